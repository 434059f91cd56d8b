//! What stands beside a step: whom to call, which clocks of the law run, and what a new fact changed
//! about them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::cli::desk::followed::Followed;
use crate::cli::desk::{Context, Failure, Record, contacts, law};
use crate::incident::event::{Draft, Event, StepOutcome};
use crate::output::card;
use crate::phase::Phase;
use crate::regime::{Assessed, Docket, Law, Matter, OWED, Recipient, State, gap_lines};
use crate::roster::Roster;
use crate::walk::{Act, Plan, StepCard, Walk};
use crate::wording;

pub(in crate::cli) struct Beside {
    roster: Option<Roster>,
    law: Law,
    /// How the duties stood, and after how many entries that change them.
    standing: Option<(Docket, u64)>,
    /// Duties that go to several, with those to whom each goes.
    several: BTreeMap<String, Vec<Recipient>>,
    /// Facts that duties wait for and that nobody was asked.
    unasked: Vec<String>,
}

impl Beside {
    pub(in crate::cli) fn new(context: &mut Context) -> Self {
        let roster = contacts::of_home(context);
        Self {
            roster,
            law: law::law_or_builtin(context),
            standing: None,
            several: BTreeMap::new(),
            unasked: Vec::new(),
        }
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
        let entries = Docket::entries(&record.incident);
        if self.standing.as_ref().is_some_and(|(_, known)| *known == entries) {
            return Ok(());
        }
        let vocabulary = &followed.vocabulary;
        let standing = law::docket(context, &self.law, &record.incident, vocabulary);
        if let Some((before, _)) = &self.standing {
            law::tell_changes(context, (before, &standing), &record.incident, "Law: ");
        }
        if followed.lists_duties()
            && let Some(fact) = standing.as_fact(&record.incident)
        {
            record.append(context, fact.into())?;
        }
        self.standing = Some((standing, Docket::entries(&record.incident)));
        let incident = Cow::Borrowed(&record.incident);
        let matter = law::matter(context, "", incident, Cow::Borrowed(vocabulary));
        if followed.lists_duties() {
            self.several = matter.several(&self.law);
        }
        if followed.playbook.steps.iter().any(|step| step.ask_duties) {
            self.unasked = matter.unasked(&self.law, context.world.now().at);
            // What other steps ask here is asked there.
            let plan = Plan::new(&followed.playbook, &record.incident);
            let steps = followed.playbook.steps.iter().enumerate();
            let steps = steps.filter(|(n, _)| plan.range(*n).any(|place| plan.concerns(place)));
            let asked: Vec<&String> = steps.flat_map(|(_, step)| &step.ask).collect();
            self.unasked.retain(|name| !asked.contains(&name));
        }
        Ok(())
    }

    /// Tells a walk what the law says by now: who has to be told one by one, and what it still asks.
    pub(super) fn brief(&self, walk: &mut Walk<'_>) {
        walk.tell_each(self.several.clone());
        walk.ask_for_duties(self.unasked.clone());
    }

    /// Says of a reminder that it comes after the deadline of the duty that it is about.
    pub(super) fn remind(&self, context: &mut Context, act: &Act, of: (&Record, &Followed)) {
        let Act::Record(draft) = act else { return };
        let late = self.reminds_late(context, draft, of);
        context.screen.sentences(late.as_slice());
    }

    fn reminds_late(
        &self,
        context: &Context,
        draft: &Draft,
        (record, followed): (&Record, &Followed),
    ) -> Option<String> {
        let Event::StepOutcome(StepOutcome { item, items, check_at, .. }) = &draft.event else {
            return None;
        };
        let at = (*check_at)?;
        let now = context.world.now().at;
        let incident = Cow::Borrowed(&record.incident);
        let matter = law::matter(context, "", incident, Cow::Borrowed(&followed.vocabulary));
        let mut due = item.iter().chain(items).filter_map(|id| {
            let (assessed, _) = matter.explain(&self.law, id, now)?;
            assessed.due.filter(|due| *due < at).map(|due| (id, due))
        });
        let (id, due) = due.next()?;
        let due = wording::near(due.with_timezone(&at.timezone()), now);
        Some(format!(
            "That reminder comes too late: `{id}` is due {due}. w again with an earlier time replaces it."
        ))
    }

    /// What stands on the card of a step and is not of it.
    pub(in crate::cli) fn of(
        &self,
        context: &Context,
        card: &StepCard,
        record: &Record,
        followed: &Followed,
    ) -> card::Beside {
        let step = followed.playbook.steps.iter().find(|step| step.id == card.key.step);
        let list = step.and_then(|step| step.for_each.as_deref());
        let duty = card.key.item.as_deref().filter(|_| list == Some(OWED));
        let call = match &self.roster {
            Some(roster) => roster.call_lines(&card.call),
            // A duty names its own recipient.
            None if card.call.is_empty() || duty.is_some() => Vec::new(),
            // Nobody wrote down who that is: words, as a person says them.
            None => {
                let called: Vec<String> = card.call.iter().map(|part| called(part)).collect();
                vec![wording::list(&called)]
            }
        };
        let mut lines: Vec<String> = call.iter().map(|line| format!("Call {line}")).collect();
        if followed.playbook.phase == Phase::Preparation {
            return card::Beside { lines, ..card::Beside::default() };
        }
        let incident = Cow::Borrowed(&record.incident);
        let matter = law::matter(context, "", incident, Cow::Borrowed(&followed.vocabulary));
        let now = context.world.now().at;
        if let Some(duty) = duty {
            lines.extend(about(&self.law, &matter, duty, now));
            if self.several.contains_key(duty) {
                let each = "Each is told on its own: `d NAME: REFERENCE`; the others stay owed.";
                lines.push(each.to_owned());
            }
        }
        lines.extend(gap_lines(&matter.gaps(&self.law), 1));
        let duties = matter.assess(&self.law, now);
        let clock = clock(&duties, now);
        let docket = Docket::of(&duties, Vec::new());
        let unstarted = docket.unstarted();
        if clock.is_none() && !unstarted.is_empty() {
            lines.push(format!("Clock not started: {}", wording::some(&unstarted, 1)));
        } else if clock.is_none() {
            lines.extend(docket.may_be_owed(&docket.unsure()));
        }
        let known = duty.and_then(|id| Some((id.to_owned(), self.law.duty(id)?.1.title())));
        card::Beside { clock, lines, duty: known }
    }
}

/// What the card of a step says of the duty that it is about.
fn about(law: &Law, matter: &Matter<'_>, id: &str, now: DateTime<Utc>) -> Vec<String> {
    let Some((duty, _)) = matter.explain(law, id, now) else { return Vec::new() };
    let mut lines = crate::output::duties::card(&duty, now);
    lines.push(format!(
        "`breach duties draft {id}` writes it; `breach duties --explain {id}` says why."
    ));
    lines.push(
        "Sent? `d REFERENCE`. Not yet? `w to NAME, 04:30`. It stays owed until it is sent."
            .to_owned(),
    );
    lines
}

/// A citation as people say it, if it is short: `GDPR 33(1)`.
fn short(cite: &str) -> Option<String> {
    const MOST: usize = 16;
    let cite = cite.split([',', ';']).next().unwrap_or_default().replace("Art. ", "");
    (cite.len() <= MOST).then_some(cite)
}

/// The clock of the law that ends first, of what is owed for sure or may be.
fn clock(duties: &[Assessed<'_>], now: DateTime<Utc>) -> Option<String> {
    let running = duties.iter().filter(|duty| duty.concerns == Some(true));
    let running = running.filter_map(|duty| {
        let (due, _) = duty.due.zip(duty.left(now))?;
        Some((duty.state == State::Check, due, duty))
    });
    let (unsure, due, duty) = running.min_by_key(|(unsure, due, _)| (*due, *unsure))?;
    let mark = if unsure { " if owed" } else { "" };
    let left = wording::relative(due, now);
    let left = left.strip_prefix("in ").unwrap_or(&left);
    Some(format!("{} {left}{mark}", short(&duty.duty.cite).unwrap_or_else(|| duty.duty.id.clone())))
}

/// Somebody who is called, as the end of a sentence.
fn called(part: &str) -> String {
    match part {
        "counsel" | "management" | "support" => part.to_owned(),
        "human-resources" => "human resources".to_owned(),
        "forensics" => "the forensics firm".to_owned(),
        "press" => "the press office".to_owned(),
        "hosting" => "the hosting provider".to_owned(),
        part => format!("the {}", part.replace('-', " ")),
    }
}
