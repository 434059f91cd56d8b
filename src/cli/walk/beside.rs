//! What stands beside a step: whom to call, which clocks of the law run, and what a new fact changed
//! about them.

use std::borrow::Cow;

use crate::cli::desk::followed::Followed;
use crate::cli::desk::{Context, Failure, Record};
use crate::cli::duties::{Known, Standing};
use crate::cli::{duties, roster};
use crate::phase::Phase;
use crate::regime::{Law, OWED};
use crate::roster::Roster;
use crate::walk::StepCard;

pub(in crate::cli) struct Beside {
    roster: Option<Roster>,
    law: Law,
    /// How the duties stood, and after how many entries that change them.
    standing: Option<(Standing, [u64; 4])>,
}

impl Beside {
    pub(in crate::cli) fn new(context: &mut Context) -> Self {
        let roster = roster::of_home(context);
        Self { roster, law: duties::law_or_builtin(context), standing: None }
    }

    /// Says what new facts changed about the duties, and keeps the list of those that apply where the
    /// playbook repeats over it.
    pub(in crate::cli) fn follow(
        &mut self,
        context: &mut Context,
        record: &mut Record,
        followed: &Followed,
    ) -> Result<(), Failure> {
        // A review is no incident: no law asks anything.
        if followed.playbook.phase == Phase::Preparation {
            return Ok(());
        }
        let entries = Standing::entries(&record.incident);
        if self.standing.as_ref().is_some_and(|(_, known)| *known == entries) {
            return Ok(());
        }
        let vocabulary = &followed.vocabulary;
        let standing = Standing::now(context, &self.law, &record.incident, vocabulary);
        if let Some((before, _)) = &self.standing {
            for line in standing.news(before, context.world.now().at) {
                context.screen.say(&format!("Law: {line}"));
            }
        }
        let repeats = |step: &crate::playbook::Step| step.for_each.as_deref() == Some(OWED);
        if followed.playbook.steps.iter().any(repeats)
            && let Some(fact) = standing.as_fact(&record.incident)
        {
            record.append(context, fact.into())?;
        }
        self.standing = Some((standing, Standing::entries(&record.incident)));
        Ok(())
    }

    /// Lines for the card of a step.
    pub(in crate::cli) fn lines(
        &self,
        context: &Context,
        card: &StepCard,
        record: &Record,
        followed: &Followed,
    ) -> Vec<String> {
        let call = match &self.roster {
            Some(roster) => roster.call_lines(&card.call),
            None => card.call.clone(),
        };
        let mut lines: Vec<String> = call.iter().map(|line| format!("call {line}")).collect();
        if followed.playbook.phase == Phase::Preparation {
            return lines;
        }
        let incident = Cow::Borrowed(&record.incident);
        let known = Known::new(context, "", incident, Cow::Borrowed(&followed.vocabulary));
        let now = context.world.now().at;
        let step = followed.playbook.steps.iter().find(|step| step.id == card.key.step);
        let list = step.and_then(|step| step.for_each.as_deref());
        if let Some(duty) = card.key.item.as_deref().filter(|_| list == Some(OWED)) {
            lines.extend(duties::about(&self.law, &known, duty, now));
        }
        lines.extend(duties::clocks(&self.law, &known, now));
        lines
    }
}
