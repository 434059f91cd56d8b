//! `breach duties`: who must be told by when, and what was done about it.

mod concerned;
mod doubts;
mod draft;
mod form;
mod language;
mod letters;
mod places;
mod record;
mod ruling;
mod sent;
mod template;
mod unsaid;

use std::io::Write;

use chrono::{DateTime, Utc};

use crate::cli::args::{DutiesArgs, DutiesFormat, DutyCommand};
use crate::cli::desk::typed::typed;
use crate::cli::desk::{Context, Exit, Failure, law, matters, moment};
use crate::fact::{Clash, FactType, Understood, names};
use crate::incident::event::RulingKind;
use crate::output::duties::{Explanation, Grouped, View};
use crate::output::{Screen, json};
use crate::regime::{Law, Matter, gap_lines};

pub(super) fn run(context: &mut Context, args: &DutiesArgs) -> Result<Exit, Failure> {
    if let Some(command) = &args.record {
        return verb(context, command);
    }
    let law = law::law(context)?;
    let mut matter = law::open_matter(context, args.set.is_empty())?;
    for set in &args.set {
        suppose(context, &mut matter, set)?;
    }
    let at = match &args.at {
        Some(at) => moment::read(context, at)?.earliest.to_utc(),
        None => context.world.now().at,
    };
    if let Some(id) = &args.explain {
        let done = one(context, &law, &matter, id, at)?;
        tell_wrong(context, (&matter, &law), at);
        return Ok(done);
    }
    let duties = matter.assess(&law, at);
    let ask = |name: &str| matter.vocabulary.get(name).map(|fact| fact.ask.clone());
    let off = context.world.now().off;
    let record = &matter.incident;
    let gaps = matter.gaps(&law);
    let view = View {
        at,
        now: context.world.now().at,
        off,
        incident: &matter.name,
        duties: &duties,
        gaps: &gaps,
        record,
        ask: &ask,
    };
    let width = context.table_width;
    let out = &mut context.out;
    match args.format {
        DutiesFormat::Json => json::write(out, &view.json())?,
        DutiesFormat::Csv => view.csv(out)?,
        DutiesFormat::Ical => {
            out.write_all(view.ical().as_bytes())?;
            undated(&mut context.screen, &view);
        }
        DutiesFormat::Text => {
            let grouped = if args.by_recipient { Grouped::ByRecipient } else { Grouped::ByTime };
            view.text(out, width, grouped, args.all)?;
        }
    }
    for (duty, asked) in view.unowed_questions() {
        context.screen.warn(&format!(
            "{} is not known to be owed, but {} waits for an answer: {}",
            duty.duty.id, asked.by, asked.reason
        ));
    }
    for line in matters::to_correct(record, &matter.vocabulary) {
        context.screen.warn(&line);
    }
    let is_ahead = tell_wrong(context, (&matter, &law), at);
    // While times or numbers of people contradict each other, no deadline counts as met.
    let people = [names::PEOPLE_AFFECTED, names::PERSONS_AFFECTED];
    let counts = |clash: &Clash| people.iter().all(|name| clash.facts.iter().any(|it| it == name));
    let is_sure = matter.contradictions().is_empty() && !matter.clashes().iter().any(counts);
    let is_late = view.is_overdue() || !is_sure || is_ahead;
    let may_be_late = view.may_be_overdue();
    if args.check && may_be_late && !is_late {
        context
            .screen
            .warn("a deadline may have passed: which laws apply depends on facts not yet known");
    }
    Ok(if args.check && (is_late || may_be_late) { Exit::Overdue } else { Exit::Done })
}

fn verb(context: &mut Context, command: &DutyCommand) -> Result<Exit, Failure> {
    use RulingKind::{Answered, Asked, Delayed, Resumed, Waived};
    match command {
        DutyCommand::Draft(args) => draft::run(context, args),
        DutyCommand::Form(args) => form::run(context, args),
        DutyCommand::Letters(args) => letters::run(context, args),
        DutyCommand::Sent(args) => sent::run(context, args),
        DutyCommand::Waive(args) => ruling::run(context, Waived, args, None),
        DutyCommand::Resume(args) => ruling::run(context, Resumed, args, None),
        DutyCommand::Answered(args) => ruling::run(context, Answered, args, None),
        DutyCommand::Asked(args) => ruling::run(context, Asked, &args.ruling, Some(&args.until)),
        DutyCommand::Delay(args) => ruling::run(context, Delayed, &args.ruling, Some(&args.until)),
    }
}

/// Says what cannot be true together, and which clocks would start only after the moment that is
/// asked about.
/// Returns whether a recorded time that starts a clock is still to come.
fn tell_wrong(
    context: &mut Context,
    (matter, law): (&Matter<'_>, &Law),
    at: DateTime<Utc>,
) -> bool {
    for wrong in matter.contradictions() {
        context.screen.warn(&wrong.says());
    }
    for wrong in matter.clashes() {
        context.screen.warn(&wrong.says());
    }
    for (name, when) in matter.supposed_after(at) {
        context.screen.warn(&format!(
            "`{name}` ({}) is after the time that this page is about: at that time no clock had \
             started from it",
            when.show(),
        ));
    }
    let ahead = matter.ahead(law, context.world.now().at);
    for ahead in &ahead {
        context.screen.warn(ahead);
    }
    !ahead.is_empty()
}

/// Says what a calendar cannot hold.
fn undated(screen: &mut Screen, view: &View<'_>) {
    for line in gap_lines(view.gaps, usize::MAX) {
        screen.warn(&line);
    }
    let ids: Vec<&str> = view.undated().map(|duty| duty.duty.id.as_str()).collect();
    if !ids.is_empty() {
        screen.warn(&format!(
            "{} owed without a date: {}",
            crate::wording::count(ids.len(), "duty"),
            crate::wording::some(&ids, 8),
        ));
    }
}

fn one(
    context: &mut Context,
    law: &Law,
    matter: &Matter<'_>,
    id: &str,
    at: DateTime<Utc>,
) -> Result<Exit, Failure> {
    let Some((duty, steps)) = matter.explain(law, id, at) else {
        return Err(law::unknown_duty(law, id));
    };
    let lookup = |name: &str| matter.value(name);
    let page = Explanation {
        duty: &duty,
        steps: &steps,
        changes: &matter.changes(law, id, at),
        known: &lookup,
        vocabulary: &matter.vocabulary,
        record: &matter.incident,
        at,
        off: context.world.now().off,
        width: usize::from(context.table_width.unwrap_or(100).clamp(40, 100)),
    }
    .page();
    context.out.write_all(page.as_bytes())?;
    Ok(Exit::Done)
}

/// Takes what is supposed of a fact, and says how it was understood.
fn suppose(context: &mut Context, matter: &mut Matter<'_>, set: &str) -> Result<(), Failure> {
    let (name, answer) = set
        .split_once('=')
        .ok_or_else(|| Failure::usage(format!("`{set}` sets nothing")).hint("write NAME=VALUE"))?;
    let name = name.trim();
    let (fact, understood) = typed(context, &matter.vocabulary, name, answer.trim())?;
    let Understood { value, remarks } = understood;
    // What can be read in more than one way is said as it was understood.
    if matches!(fact.kind, FactType::Time | FactType::People | FactType::Place) {
        context.screen.say(&format!("Assuming: {}: {}", fact.title, value.echo(&fact)));
    }
    context.screen.sentences(&remarks);
    matter.suppose(&fact.name, value);
    Ok(())
}
