//! `breach close` and `breach reopen`.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{Months, NaiveDate};

use super::args::{CloseArgs, ReopenArgs};
use super::desk::{
    Context, Exit, Failure, Record, answers, chains, debts, followed, home, law, matters,
};
use crate::fact::{Fact, Vocabulary, day_to_come};
use crate::incident::event::{Closed, Event, Reopened};
use crate::incident::{Incident, LeftOpen, Owed, Subject};
use crate::phase::Phase;
use crate::prompt::{Prompt, Stop, Topic};
use crate::regime::gap_lines;
use crate::walk::{Plan, Summary};
use crate::wording;

/// Closes the incident, if nothing is owed or open.
pub(super) fn close(context: &mut Context, args: &CloseArgs) -> Result<Exit, Failure> {
    if let Some(day) = args.keep_until.filter(|day| *day < today(context)) {
        return Err(Failure::usage(format!("{day} is over, so nothing can be kept until then"))
            .hint("nothing was changed; give a day that is still to come"));
    }
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.privileged = args.privilege.said();
    if record.incident.closed_at.is_some() {
        return Err(Failure::usage(format!("incident {} is already closed", record.incident.name)));
    }
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let open = left(context, &record, &vocabulary);
    let debts = record.incident.debts();
    // Who decided that nothing happened has nothing left to do.
    let alarm = false_alarm(&record.incident);
    if !(args.anyway || alarm.is_some() || debts.is_empty() && open.is_empty()) {
        tell(context, (&record, &vocabulary), &open)?;
        let count = wording::count(debts.len() + open.len(), "thing");
        let error = format!("{count} still open, so the incident stays open");
        return Err(Failure::usage(error)
            .hint("nothing was changed; settle these, or close it with `--anyway --reason TEXT`"));
    }
    let mut source = answers::interactive();
    let keep_until = match args.keep_until {
        None if record.incident.drill => None,
        None => ask_keep_until(context, source.prompt(), &record)?,
        given => given,
    };
    record.catch_up()?;
    if record.incident.closed_at.is_some() {
        return Err(Failure::usage("somebody closed this incident meanwhile")
            .hint("nothing was recorded; `breach status` shows how it stands"));
    }
    // Somebody may have gone on while this was asked.
    let (debts, open) = (record.incident.debts(), left(context, &record, &vocabulary));
    let body = Closed {
        reason: args.reason.clone().or_else(|| alarm.clone()).map(Into::into),
        keep_until,
        ..Closed::new(debts.clone(), open.iter().map(LeftOpen::to_string).collect())
    };
    record.append_careful(context, source.prompt(), body.into())?;
    tell(context, (&record, &vocabulary), &open)?;
    let name = record.incident.name.clone();
    let as_what = if alarm.is_some() { " as a false alarm" } else { "" };
    context.screen.say(&format!("Closed incident {name}{as_what}. Its log stays as it is."));
    if let Some(day) = keep_until {
        context.screen.say(&format!("The record is {}.", wording::kept_until(day, false)));
    }
    record.end(context);
    Ok(Exit::Done)
}

/// Who decided that it is a false alarm, and on what basis.
fn false_alarm(incident: &Incident) -> Option<String> {
    let decided = incident.false_alarm()?;
    Some(format!("a false alarm, decided by {}: {}", decided.by, decided.basis))
}

fn today(context: &Context) -> NaiveDate {
    context.world.now().local().date_naive()
}

/// Years for which a record is kept if nobody knows better: 45 CFR 164.530(j) (HIPAA) wants six for
/// what documents a breach. Counsel may want more, and a law on data protection less.
const YEARS: u32 = 6;

/// Asks how long the record has to be kept; only a person is asked.
fn ask_keep_until(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &Record,
) -> Result<Option<NaiveDate>, Failure> {
    let today = today(context);
    let offer = today.checked_add_months(Months::new(12 * YEARS));
    let Some(offer) = offer.filter(|_| prompt.is_patient()) else { return Ok(None) };
    // What was decided when it was closed before is not shortened by an Enter.
    let offer = before(context, record)?.map_or(offer, |before| before.max(offer));
    context.screen.say(&format!(
        "How long does the record have to be kept? HIPAA wants {YEARS} years; ask counsel what \
         applies to you."
    ));
    loop {
        let question = format!("Keep it until (Enter for {offer}, - for no date): ");
        let answer = match prompt.line(Topic::Opening("keep_until"), &question) {
            Ok(answer) => answer,
            Err(Stop::EndOfInput) => return Ok(None),
            Err(stop) => return Err(stop.into()),
        };
        match (answer.trim(), day_to_come(&answer, today)) {
            ("", _) => return Ok(Some(offer)),
            ("-", _) => return Ok(None),
            (_, Some(day)) if day >= today => return Ok(Some(day)),
            _ => context.screen.say(&format!(
                "Write a future date, such as {offer}, or a length, such as 6 years."
            )),
        }
    }
}

/// Until when the record was to be kept, by whoever closed the incident before.
fn before(context: &Context, record: &Record) -> Result<Option<NaiveDate>, Failure> {
    let mut until = None;
    crate::log::entries(&record.folder, &context.world, &mut |_, entry| {
        if entry.kind == "closed"
            && let Event::Closed(body) = entry.read().event
        {
            until = body.keep_until.or(until);
        }
    })
    .map_err(chains::unreadable)?;
    Ok(until)
}

/// Says what holds up closing, or held it up: a line for each kind, with the way to settle
/// it. The entry of the log lists all of it.
fn tell(
    context: &mut Context,
    (record, vocabulary): (&Record, &Vocabulary),
    open: &[LeftOpen],
) -> Result<(), Failure> {
    const MOST: usize = 6;
    let debts = record.incident.owed();
    let owed = debts::lines(&record.folder, &record.incident, &debts);
    let mut lines: Vec<String> =
        owed.iter().take(MOST).map(|debt| format!("Owed: {debt}")).collect();
    if owed.len() > MOST {
        lines.push(format!(
            "Owed: {} more; `breach status --format json` lists all",
            owed.len() - MOST
        ));
    }
    if debts.iter().any(|debt| matches!(debt.owed, Owed::Evidence(_))) {
        lines.push("To keep evidence, walk its phase again: `j STEP`, then `e PATH`.".to_owned());
    }
    for phase in Phase::RESPONSE {
        let titles: Vec<&str> = open
            .iter()
            .filter_map(|open| match open {
                LeftOpen::Step(of, title) if *of == phase => Some(title.as_str()),
                _ => None,
            })
            .collect();
        if !titles.is_empty() {
            let steps = wording::count(titles.len(), "step");
            let titles = wording::some(&titles, 3);
            let walk = phase.command();
            lines.push(format!("Open: {phase}, {steps}: {titles}. `breach {walk}`"));
        }
    }
    lines.extend(
        open.iter()
            .filter(|open| !matches!(open, LeftOpen::Step(..) | LeftOpen::Fact(_)))
            .map(|open| format!("Open: {open}")),
    );
    let facts: Vec<&str> = open
        .iter()
        .filter_map(|open| if let LeftOpen::Fact(name) = open { Some(name.as_str()) } else { None })
        .collect();
    if !facts.is_empty() {
        let count = wording::count(facts.len(), "fact");
        let all_none = facts.iter().all(|name| vocabulary.get(name).is_some_and(Fact::may_be_none));
        let none = if all_none { "; `none` where there is none" } else { "" };
        let names = wording::some(&debts::titled(vocabulary, &facts), 4);
        lines.push(format!(
            "Open: {count} nobody knows: {names}. `breach fact set NAME VALUE`{none}"
        ));
    }
    for line in lines {
        writeln!(context.page(), "{}", crate::escape::line(&line))?;
    }
    Ok(())
}

/// Opens a closed incident again.
pub(super) fn reopen(context: &mut Context, args: &ReopenArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.privileged = args.privilege.said();
    let name = record.incident.name.clone();
    if record.incident.closed_at.is_none() {
        return Err(Failure::usage(format!("incident {name} is not closed")));
    }
    let body = Reopened { reason: args.reason.clone().into() };
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), body.into())?;
    context.screen.say(&format!("Reopened incident {name}."));
    Ok(Exit::Done)
}

/// What is open: steps, facts, duties of law.
fn left(context: &mut Context, record: &Record, vocabulary: &Vocabulary) -> Vec<LeftOpen> {
    let mut open = open_questions(record, vocabulary);
    open.extend(law_left(context, &record.incident, vocabulary));
    open
}

/// Places of which no law is held, and duties of the law that nobody settled, on one line: there can
/// be a hundred.
fn law_left(context: &mut Context, incident: &Incident, vocabulary: &Vocabulary) -> Vec<LeftOpen> {
    let law = law::law_or_builtin(context);
    let standing = law::docket(context, &law, incident, vocabulary);
    let now = context.world.now().at;
    let (overdue, _) = standing.urgent(now);
    let open = wording::count(standing.open(), "duty");
    let overdue = match overdue.len() {
        0 => String::new(),
        n => format!(", {n} overdue"),
    };
    let mut left: Vec<LeftOpen> =
        gap_lines(standing.gaps(), usize::MAX).into_iter().map(LeftOpen::Other).collect();
    if standing.open() > 0 {
        let open = format!("{open} to notify, neither sent nor waived{overdue}: `breach duties`");
        left.push(LeftOpen::Duties(open));
    }
    let unsure = standing.unsure().len();
    if unsure > 0 {
        let late = match standing.maybe_late(now).len() {
            0 => String::new(),
            n => format!(", {n} overdue if so"),
        };
        let unsure = wording::count(unsure, "duty");
        let unsure =
            format!("{unsure} that may be owed{late}: `breach duties` says what decides it");
        left.push(LeftOpen::Duties(unsure));
    }
    left.extend(standing.short().iter().cloned().map(LeftOpen::Other));
    let untrue = matters::corrections(incident, vocabulary);
    left.extend(untrue.map(|one| LeftOpen::Other(format!("{}: {}", one.what, one.said))));
    left
}

/// Steps that nobody settled, phases that nobody started, facts that nobody knows, but for those that
/// only steps ask that do not apply.
fn open_questions(record: &Record, vocabulary: &Vocabulary) -> Vec<LeftOpen> {
    let incident = &record.incident;
    let mut open = Vec::new();
    let mut asked: BTreeMap<String, bool> = BTreeMap::new();
    for phase in Phase::RESPONSE {
        let pinned = incident.phases.get(&phase).and_then(|phase| phase.pinned.as_ref());
        let Some(pinned) = pinned else {
            open.push(LeftOpen::Phase(phase));
            continue;
        };
        let Ok(followed) = followed::kept_in(&record.folder, phase, pinned) else {
            open.push(LeftOpen::Other(format!("the kept playbook for {phase} cannot be read")));
            continue;
        };
        let plan = Plan::new(&followed.playbook, incident);
        for (number, step) in followed.playbook.steps.iter().enumerate() {
            let applies = plan.range(number).any(|place| plan.concerns(place));
            for name in &step.ask {
                *asked.entry(name.clone()).or_default() |= applies;
            }
        }
        let summary = Summary::new(&followed.playbook, &plan, incident);
        open.extend(summary.open.into_iter().map(|open| LeftOpen::Step(phase, open.title)));
        let aside = summary.aside.into_iter();
        open.extend(aside.map(|aside| {
            LeftOpen::Step(phase, format!("{} ({})", aside.title, aside.outcome.as_str()))
        }));
    }
    let conflicts = incident.conflicts().into_iter();
    open.extend(conflicts.map(|one| {
        LeftOpen::Other(format!("{} is in conflict: `breach conflicts`", one.subject.shown()))
    }));
    let contested = |fact: &&str| {
        incident.contested(&Subject::Fact { name: (*fact).to_owned(), item: None }).is_some()
    };
    let known = |name: &str| incident.fact_value(name);
    let applies = |name: &&str| {
        let is_moot = |fact: &Fact| fact.is_moot(vocabulary, &known);
        asked.get(*name) != Some(&false) && !vocabulary.get(name).is_some_and(is_moot)
    };
    let unknown = incident.unknown_facts().into_iter().filter(|fact| !contested(fact));
    let unknown = unknown.filter(applies);
    open.extend(unknown.map(|fact| LeftOpen::Fact(fact.to_owned())));
    open
}
