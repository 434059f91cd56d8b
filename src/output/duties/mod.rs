//! Duties as people and machines read them: one file per format.

mod csv;
mod explain;
mod ical;
mod json;
mod next;
mod open;
mod table;

use std::io;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

pub use explain::Explanation;
pub use table::Grouped;

use crate::fact::{Value, When, names};
use crate::incident::{Incident, Ruling};
use crate::regime::{Assessed, Clock, Gap, Order, State};
use crate::wording;

/// Duties at a moment.
pub struct View<'v> {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Now; `at` may be another moment.
    pub now: DateTime<Utc>,
    /// The offset of the person who asks.
    pub off: FixedOffset,
    /// Name of the incident; `what-if` without one.
    pub incident: &'v str,
    /// The duties.
    pub duties: &'v [Assessed<'v>],
    /// Places of which no law is held.
    pub gaps: &'v [Gap],
    /// What was done about them.
    pub record: &'v Incident,
    /// The question of a fact.
    pub ask: &'v dyn Fn(&str) -> Option<String>,
}

/// Said wherever somebody could take our word for counsel's, and nowhere else.
pub const NO_ADVICE: &str = "This is not legal advice: counsel decides.";

impl View<'_> {
    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        json::value(self)
    }

    /// As comma-separated values.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        csv::write(self, out)
    }

    /// As a calendar: an event and a to-do for each deadline.
    pub fn ical(&self) -> String {
        ical::calendar(self)
    }

    /// For people.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn text(
        &self,
        out: &mut dyn io::Write,
        width: Option<u16>,
        grouped: Grouped,
        all: bool,
    ) -> io::Result<()> {
        table::write(self, out, width, grouped, all)
    }

    /// What a calendar has no day for: duties that are owed and have no date, because nothing recorded
    /// starts their clock or the law has no number.
    pub fn undated(&self) -> impl Iterator<Item = &Assessed<'_>> {
        let undated = [State::Unstarted, State::NoNumber, State::Unread];
        let owed = move |duty: &&Assessed<'_>| {
            undated.contains(&duty.state) && duty.concerns == Some(true)
        };
        self.duties.iter().filter(owed)
    }

    /// Whether a deadline has passed: of a duty that is or may be owed, or of an unanswered question.
    pub fn is_overdue(&self) -> bool {
        self.is_any_late(|duty| duty.concerns == Some(true))
            || self.unowed_questions().next().is_some()
    }

    /// Questions whose time is over about duties that do not concern us, as far as is known: whoever
    /// asked waits all the same.
    pub fn unowed_questions(&self) -> impl Iterator<Item = (&Assessed<'_>, &Ruling)> {
        let others = self.duties.iter().filter(|duty| duty.concerns != Some(true));
        let asked = others.flat_map(|duty| {
            let asked = self.record.questions_of(duty.known_as(self.record));
            asked.map(move |asked| (duty, asked))
        });
        asked.filter(|(_, asked)| asked.until.is_some_and(|until| until < self.at))
    }

    /// Whether a deadline may have passed under a law that may not concern us, because a fact it depends
    /// on was answered "unknown" or because nobody knows who is affected where.
    pub fn may_be_overdue(&self) -> bool {
        let unknown = |name: &&str| {
            *name == names::PEOPLE_AFFECTED || self.record.fact_value(name) == Some(&Value::Unknown)
        };
        self.is_any_late(|duty| duty.concerns.is_none() && duty.open.iter().any(unknown))
    }

    fn is_any_late(&self, counts: impl Fn(&Assessed<'_>) -> bool) -> bool {
        self.duties.iter().filter(|duty| counts(duty)).any(|duty| {
            let mut questions = self.record.questions_of(duty.known_as(self.record));
            let ahead = duty.start.is_some_and(|start| !start.projected && start.at > self.at);
            ahead && duty.state.is_open()
                || duty.left(self.at).is_some_and(|left| left < TimeDelta::zero())
                || questions.any(|asked| asked.until.is_some_and(|until| until < self.at))
        })
    }
}

/// A duty in a few lines, for the card of a step.
pub fn card(duty: &Assessed<'_>, now: DateTime<Utc>) -> Vec<String> {
    let rule = duty.duty;
    let mut lines = vec![format!("{}, {}: to {}", duty.regime.name, rule.cite, whom(duty))];
    match (local(duty), &rule.words) {
        (Some(due), _) if duty.state == State::Embargo => lines.push(format!("Not before {due}")),
        (Some(due), _) => {
            let assumed = duty.start.is_some_and(|start| start.assumed);
            let assumed = if assumed { "; its start is assumed" } else { "" };
            // Of one that is settled, nothing is left.
            let left = duty.left(now).map(|time| format!(", {}", left(Some(time))));
            lines.push(format!("Due {due}{}{assumed}", left.unwrap_or_default()));
            lines.extend(duty.caveats(&When::show));
        }
        (None, words) => {
            let waiting = Some(duty.waiting()).filter(|waiting| !waiting.is_empty());
            lines.extend(waiting.map(str::to_owned));
            lines.extend(words.clone());
        }
    }
    lines
}

/// The last instant as its authority's clock shows it.
fn local(duty: &Assessed<'_>) -> Option<String> {
    let due = duty.due?.with_timezone(&duty.zone);
    Some(wording::moment(due))
}

/// How it stands, in words that need no key.
fn state(duty: &Assessed<'_>) -> &'static str {
    match duty.state {
        State::Due => "owed",
        State::Assumed => "owed, start assumed",
        State::Projected => match &duty.duty.clock {
            Clock::Filed { order: Order::Before, .. } => "owed before another filing",
            Clock::Filed { order: Order::With, .. } => "owed with another filing",
            _ => "owed after another filing",
        },
        State::Embargo => "not before",
        State::Unstarted => "owed, clock not started",
        State::NoNumber => "owed, no number in the law",
        State::Unread => "owed, time not read here",
        State::Check => "may be owed",
        State::Sent => "sent",
        State::Waived => "waived",
        State::NotTriggered if duty.starts_with().is_some() => "not triggered yet",
        State::NotTriggered => "not owed",
    }
}

/// That holidays after the end of a calendar are not known.
fn beyond(calendar: &str) -> String {
    format!("holidays not known that far (`{calendar}`)")
}

/// What makes a deadline less than certain, or changes it.
fn notes(view: &View<'_>, duty: &Assessed<'_>) -> String {
    let mut notes: Vec<String> = Vec::new();
    if duty.due.is_some() && duty.start.is_some_and(|start| start.assumed) {
        notes.push("start assumed".to_owned());
    }
    if let Clock::Filed { duty: other, order } = &duty.duty.clock
        && duty.state.is_open()
        && duty.awaits.is_none()
    {
        let how = match order {
            Order::Before => "before",
            Order::With => "with or before",
            Order::After | Order::AfterLast => "follows",
        };
        notes.push(format!("{how} {other}"));
    }
    notes.extend(duty.beyond.map(beyond));
    notes.extend(duty.duty.doubt());
    notes.extend(Some(duty.law.note()).filter(|note| !note.is_empty()));
    if let Some(until) =
        view.record.delay_of(duty.known_as(view.record)).and_then(|delay| delay.until)
    {
        let not =
            if duty.duty.wait.is_some() { "" } else { ", which this law does not provide for" };
        notes.push(format!("asked to wait until {}{not}", wording::moment(until)));
    }
    notes.extend(duty.caveats(&When::show));
    notes.join("; ")
}

/// How late a duty was sent or waived, if it was late: `61 h late`.
fn late(duty: &Assessed<'_>) -> Option<String> {
    Some(format!("{} late", wording::length(duty.late()?)))
}

/// `41 h 12 min`, `OVERDUE 3 h`.
fn left(left: Option<TimeDelta>) -> String {
    match left {
        None => String::new(),
        Some(left) if left < TimeDelta::zero() => {
            let length = wording::length(left);
            let rough: Vec<&str> = length.split(' ').take(2).collect();
            format!("OVERDUE {}", rough.join(" "))
        }
        Some(left) => wording::length(left),
    }
}

/// How many more may be owed than those that are known to concern us.
pub(super) fn besides(n: usize) -> Option<String> {
    (n > 0).then(|| format!("{n} more if their laws apply to us"))
}

/// Whom it tells, in words.
fn whom(duty: &Assessed<'_>) -> String {
    duty.duty.to.join(", ").replace('-', " ")
}
