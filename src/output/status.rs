//! What is done, what is next, what is owed: as text and as JSON.

use std::collections::BTreeSet;
use std::io::{self, Write};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use super::duties::besides;
use crate::phase::Phase;
use crate::regime::{DORMANT, MAYBE_LATE, UNDATED, may_be_owed};
use crate::report::Point;
use crate::walk::Aside;
use crate::{escape, wording};

/// Debts and unknown facts that are shown; JSON has all.
const MOST: usize = 5;

/// How many steps set aside are shown for each phase.
const MOST_ASIDE: usize = 15;

/// How an incident stands.
#[derive(Serialize)]
pub struct Status {
    /// The name of its folder.
    pub name: String,
    /// What it is called.
    pub title: Option<String>,
    /// It is a rehearsal.
    pub drill: bool,
    /// When it was opened.
    #[serde(serialize_with = "moment")]
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// When it was closed.
    #[serde(serialize_with = "moment")]
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// The last day on which its record has to be kept, if it is closed and somebody said.
    pub keep_until: Option<NaiveDate>,
    /// Whether that day has passed.
    pub keep_until_passed: bool,
    /// When its last entry was made.
    #[serde(serialize_with = "moment")]
    pub last_entry_at: Option<DateTime<FixedOffset>>,
    /// The four phases, in their order.
    pub phases: Vec<PhaseStatus>,
    /// What steps still owe.
    pub debts: Vec<String>,
    /// The same in the words of the playbooks, a line for all items that owe the same.
    #[serde(skip)]
    pub owed: Vec<String>,
    /// Action items whose last day is over, a line for each.
    pub overdue_actions: Vec<String>,
    /// Duties whose deadline is over.
    pub overdue_duties: Vec<String>,
    /// The duty that falls due next.
    pub next_duty: Option<String>,
    /// Why duties stand worse than they seem to, one line per reason.
    pub duty_caveats: Vec<String>,
    /// Duties whose clock has not started.
    pub unstarted_duties: Vec<String>,
    /// Duties that are owed without a number in the law.
    pub undated_duties: Vec<String>,
    /// Duties of which nothing is owed until a fact is recorded.
    pub dormant_duties: Vec<String>,
    /// Duties whose deadline has passed if they are owed.
    pub maybe_late_duties: Vec<String>,
    /// Duties of which it is open whether they are owed.
    pub unsure_duties: Vec<String>,
    /// How many more may be owed, if their laws apply to us.
    pub unsettled_duties: usize,
    /// What is to be said of places of which no law is held.
    pub without_law: Vec<String>,
    /// What was said differently and nobody settled.
    pub conflicts: Vec<String>,
    /// The stores that it was pushed to.
    pub stores: Vec<StoreStatus>,
    /// What else waits for somebody: a hand-over, decisions to look at again.
    pub waiting: Vec<Point>,
    /// How it belongs with other incidents, a line for each.
    pub linked: Vec<String>,
    /// Clocks that disagree, one line each.
    pub clocks: Vec<String>,
    /// Names of facts whose answers are kept separately and are not here.
    pub absent_facts: Vec<String>,
    /// Names of facts that were answered with "unknown".
    pub unknown_facts: Vec<String>,
    /// The same by their titles.
    #[serde(skip)]
    pub unknown: Vec<String>,
    /// How many exhibits are kept.
    pub evidence: usize,
    /// How many entries the log has.
    pub entries: u64,
    /// Of these, how many are marked privileged.
    pub privileged_entries: u64,
    /// Whether counsel directs the work, so that what people write is marked privileged.
    pub directed_by_counsel: bool,
    /// Of the entries, how many need a newer version of the program, wholly or in part.
    pub newer_entries: u64,
    /// Who wrote them.
    pub people: Vec<String>,
    /// The last code that proves the log.
    pub last_code: Option<LastCode>,
    /// The chains of its log, one per machine.
    pub chains: Vec<ChainStatus>,
}

/// The code of the last entry that names every head.
#[derive(Debug, Serialize)]
pub struct LastCode {
    /// As people write it down.
    pub code: String,
    /// Entries that it does not cover.
    pub newer: u64,
}

/// A store that the incident was pushed to.
#[derive(Debug, Serialize)]
pub struct StoreStatus {
    /// The place, as it was named.
    pub place: String,
    /// Entries that were not pushed from here yet.
    pub not_pushed: u64,
}

/// How a phase stands.
#[derive(Serialize)]
pub struct PhaseStatus {
    /// Which phase.
    pub phase: Phase,
    /// The id of the playbook that is followed, if it was begun.
    pub playbook: Option<String>,
    /// Steps of the playbook, each counted once.
    pub steps: usize,
    /// Of these, those that are settled for each of their items.
    pub steps_settled: usize,
    /// Steps that are done, skipped or do not apply, counted for each item.
    pub settled: usize,
    /// Steps that are done.
    pub done: usize,
    /// Steps that were skipped.
    pub skipped: usize,
    /// Steps that do not apply.
    pub not_applicable: usize,
    /// Steps of the playbook, counted for each item.
    pub total: usize,
    /// Steps that are blocked or wait for somebody.
    pub set_aside: Vec<Aside>,
    /// The title of the step that is next.
    pub next: Option<String>,
    /// Steps and items that anybody can take now.
    pub ready: usize,
    /// Steps that anybody can take now, each counted once.
    pub ready_steps: usize,
    /// Overdue steps; items in the same state count as one.
    pub overdue: usize,
    /// Why nothing can be said of its steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One chain of the log.
#[derive(Serialize)]
pub struct ChainStatus {
    /// Its name.
    pub chain: String,
    /// How many lines it has.
    pub lines: u64,
    /// The digest of its last line.
    pub head: Option<String>,
    /// How many lines a crash cut short.
    pub torn: usize,
    /// What does not verify.
    pub damage: Option<String>,
}

/// A closed incident with action items whose last day is over.
#[derive(Serialize)]
pub struct Late {
    /// The name of its folder.
    pub name: String,
    /// The items, a line for each.
    pub overdue_actions: Vec<String>,
}

/// A closed incident that has been kept for as long as it had to be.
#[derive(Serialize)]
pub struct Expired {
    /// The name of its folder.
    pub name: String,
    /// The last day on which its record had to be kept.
    pub keep_until: NaiveDate,
}

#[expect(clippy::ref_option, reason = "the form that serde calls")]
pub(super) fn moment<S: Serializer>(
    at: &Option<DateTime<FixedOffset>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    at.map(|at| at.to_rfc3339()).serialize(serializer)
}

/// Open incidents, closed ones with overdue action items, and closed ones that need not be kept any
/// longer, as `breach.status/1`.
pub fn json(open: &[Status], late: &[Late], expired: &[Expired]) -> serde_json::Value {
    serde_json::json!({
        "schema": "breach.status/1", "incidents": open, "closed_with_overdue_actions": late,
        "closed_past_retention": expired,
    })
}

/// An open incident.
///
/// # Errors
/// What `out` says.
pub fn text(status: &Status, now: DateTime<Utc>, out: &mut dyn Write) -> io::Result<()> {
    let title = status.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    let drill = wording::rehearsal(status.drill);
    writeln!(out, "{}", escape::line(&format!("Incident {}{title}{drill}", status.name)))?;
    if let Some(opened) = status.opened_at {
        let relative = wording::relative(opened.with_timezone(&Utc), now);
        writeln!(out, "Opened {} ({relative})", wording::moment(opened))?;
    }
    if let Some(closed) = status.closed_at {
        let kept = status.keep_until.map(|day| wording::kept_until(day, status.keep_until_passed));
        let kept = kept.map(|kept| format!("; {kept}")).unwrap_or_default();
        writeln!(out, "Closed {}{kept}", wording::moment(closed))?;
    }
    phases(status, out)?;
    // A screen shows the first lines: what is late, what can be done.
    listed("Overdue duties", &status.overdue_duties, out)?;
    let mut late = status.overdue_actions.iter();
    late.try_for_each(|action| writeln!(out, "Overdue: {}", escape::line(action)))?;
    team(status, out)?;
    aside(status, now, out)?;
    let mut owed = status.owed.iter().take(MOST);
    owed.try_for_each(|one| writeln!(out, "Owed: {}", escape::line(one)))?;
    if let more @ 1.. = status.owed.len().saturating_sub(MOST) {
        writeln!(out, "Owed: {more} more; `--format json` lists all")?;
    }
    for line in &status.without_law {
        writeln!(out, "{}", escape::line(line))?;
    }
    if let Some(next) = &status.next_duty {
        writeln!(out, "Next duty: {}; `breach duties` lists all", escape::line(next))?;
    }
    for caveat in &status.duty_caveats {
        writeln!(out, "Caveat: {}", escape::line(caveat))?;
    }
    if !status.unstarted_duties.is_empty() {
        let count = wording::count(status.unstarted_duties.len(), "duty");
        let duties = wording::some(&status.unstarted_duties, 3);
        writeln!(out, "Clock not started for {count}: {}", escape::line(&duties))?;
    }
    listed(UNDATED, &status.undated_duties, out)?;
    listed(DORMANT, &status.dormant_duties, out)?;
    listed(MAYBE_LATE, &status.maybe_late_duties, out)?;
    let besides = besides(status.unsettled_duties).map(|more| format!("; {more}"));
    if let Some(line) = may_be_owed(&status.unsure_duties, &besides.unwrap_or_default()) {
        writeln!(out, "{}", escape::line(&line))?;
    }
    if !status.absent_facts.is_empty() {
        let absent = wording::some(&status.absent_facts, MOST);
        let absent = escape::line(&absent);
        writeln!(out, "Not here: {absent}; the law may require more than is shown")?;
    }
    listed("Unknown", &status.unknown, out)?;
    let people = match status.people.as_slice() {
        [] => "people who gave no name".into(),
        people => escape::line(&wording::list(people)).into_owned(),
    };
    let count = |n: u64| wording::count(usize::try_from(n).unwrap_or(usize::MAX), "entry");
    let evidence = wording::count(status.evidence, "piece");
    writeln!(out, "{}, {evidence} of evidence, by {people}", count(status.entries))?;
    if status.privileged_entries > 0 {
        writeln!(
            out,
            "Marked privileged: {}; `breach brief --audience counsel` tells them, other briefs count \
             them",
            count(status.privileged_entries)
        )?;
    }
    if let Some(LastCode { code, newer }) = &status.last_code {
        writeln!(out, "Last code: {code}; {}", wording::not_covered(*newer))?;
    }
    Ok(())
}

/// The progress of the phases.
fn phases(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    for phase in &status.phases {
        let playbook = phase.playbook.as_deref().map(|id| format!(" ({})", escape::line(id)));
        let stands = match (&phase.problem, &playbook) {
            (Some(_), _) => "not known".to_owned(),
            (_, None) if status.closed_at.is_some() => "not started".to_owned(),
            (_, None) => format!("not started: `breach {}`", phase.phase.command()),
            _ => format!("{} of {} steps settled", phase.steps_settled, phase.steps),
        };
        // As the steps are counted: of one that is done for each item, several may be set aside.
        let aside: BTreeSet<usize> = phase.set_aside.iter().map(|aside| aside.number).collect();
        let aside = match aside.len() {
            0 => String::new(),
            aside => format!(", {aside} set aside"),
        };
        let playbook = playbook.unwrap_or_default();
        writeln!(out, "{:<13} {stands}{aside}{playbook}", phase.phase.as_str())?;
        if let Some(next) = &phase.next {
            writeln!(out, "  next: {}", escape::line(next))?;
        }
    }
    Ok(())
}

/// What is set aside.
fn aside(status: &Status, now: DateTime<Utc>, out: &mut dyn Write) -> io::Result<()> {
    for phase in &status.phases {
        let lines = Aside::lines(&phase.set_aside, now);
        for line in lines.iter().take(MOST_ASIDE) {
            writeln!(out, "{}", escape::line(&format!("{}, {line}", phase.phase)))?;
        }
        if let Some(more) = lines.len().checked_sub(MOST_ASIDE).filter(|more| *more > 0) {
            let more = wording::count(more, "more step");
            writeln!(out, "{}, {more} set aside; `breach next` lists them", phase.phase)?;
        }
    }
    Ok(())
}

fn listed(what: &str, all: &[String], out: &mut dyn Write) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "{what}: {}", escape::line(&wording::some(all, MOST)))
}

/// What people can take, what waits for somebody, and how it relates to other work.
fn team(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let sum = |of: fn(&PhaseStatus) -> usize| status.phases.iter().map(of).sum::<usize>();
    let (ready, overdue) = (sum(|phase| phase.ready), sum(|phase| phase.overdue));
    if ready + overdue > 0 {
        let overdue = if overdue > 0 { format!(", {overdue} overdue") } else { String::new() };
        let (steps, places) = (sum(|phase| phase.ready_steps), ready);
        let each =
            if places > steps { format!(" ({places} with each item)") } else { String::new() };
        let ready = wording::count(steps, "step");
        writeln!(out, "Ready now: {ready}{each}{overdue}; `breach next` lists them")?;
    }
    for StoreStatus { place, not_pushed } in status.stores.iter().filter(|one| one.not_pushed > 0) {
        let entries = wording::count(usize::try_from(*not_pushed).unwrap_or(usize::MAX), "entry");
        let text = format!("Not in {place}: {entries}; `breach sync push` brings it up to date");
        writeln!(out, "{}", escape::line(&text))?;
    }
    for point in &status.waiting {
        writeln!(out, "{}", escape::line(&format!("{}: {}", point.what, point.said)))?;
    }
    for clock in &status.clocks {
        writeln!(out, "Clocks: {}", escape::line(clock))?;
    }
    for linked in &status.linked {
        writeln!(out, "{}", escape::line(&format!("Linked: {linked}")))?;
    }
    if status.directed_by_counsel {
        writeln!(out, "Counsel directs the work: what you write is marked privileged")?;
    }
    Ok(())
}

/// Closed incidents with overdue action items, a line for each.
///
/// # Errors
/// What `out` says.
pub fn late(late: &[Late], out: &mut dyn Write) -> io::Result<()> {
    for Late { name, overdue_actions } in late.iter().take(MOST) {
        let items = wording::count(overdue_actions.len(), "action item");
        writeln!(
            out,
            "Overdue in closed incident {name}: {items}; `breach action list --incident {name}`"
        )?;
    }
    if late.len() > MOST {
        let more = wording::count(late.len() - MOST, "closed incident");
        writeln!(out, "Overdue in {more} more; `breach report --all` lists all")?;
    }
    Ok(())
}

/// Closed incidents that need not be kept any longer, a line for each.
///
/// # Errors
/// What `out` says.
pub fn expired(expired: &[Expired], out: &mut dyn Write) -> io::Result<()> {
    for Expired { name, keep_until } in expired.iter().take(MOST) {
        writeln!(out, "Closed incident {name}: {}", wording::kept_until(*keep_until, true))?;
    }
    if expired.len() > MOST {
        let more = wording::count(expired.len() - MOST, "closed incident");
        writeln!(out, "Past its day in {more} more; `breach incident list` lists all")?;
    }
    Ok(())
}
