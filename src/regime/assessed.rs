//! What the law asks of an incident: one duty over the facts.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::count::From;
use super::{Awaits, Clock, Count, Duty, LawOf, Left, Moved, Period, Regime, Span, Status};
use crate::fact::{Condition, When};
use crate::incident::{Incident, Notice};
use crate::wording;

/// These facts and duties, and those on which the duties among them hang in turn.
pub fn hang_on(mut names: Vec<String>, of: &dyn Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut at = 0;
    while let Some(name) = names.get(at) {
        let mut more = of(name);
        more.retain(|name| !names.contains(name));
        names.extend(more);
        at += 1;
    }
    names
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Owed by a known moment.
    Due,
    /// Owed; what starts its clock is not recorded, so the earliest sign is taken.
    Assumed,
    /// Owed after a filing that was not made yet; its moment follows from that one's deadline.
    Projected,
    /// Nothing may be sent before this moment.
    Embargo,
    /// Owed; the law has a period, and nothing recorded starts it: see [`Assessed::awaits`].
    Unstarted,
    /// Owed; the law has no number.
    NoNumber,
    /// Owed; the time that the law sets was not read.
    Unread,
    /// A person has to settle whether it is owed.
    Check,
    /// Done.
    Sent,
    /// Somebody decided not to.
    Waived,
    /// Not owed.
    NotTriggered,
}

impl State {
    /// As JSON writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Assumed => "assumed",
            Self::Projected => "projected",
            Self::Embargo => "embargo",
            Self::Unstarted => "unstarted",
            Self::NoNumber => "no number",
            Self::Unread => "time not read",
            Self::Check => "check",
            Self::Sent => "sent",
            Self::Waived => "waived",
            Self::NotTriggered => "not triggered",
        }
    }

    /// Whether something is owed, as far as is known.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Sent | Self::Waived | Self::NotTriggered)
    }
}

/// What started a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start<'l> {
    /// The fact, or the duty that was filed.
    pub of: &'l str,
    /// The instant that counts.
    pub at: DateTime<Utc>,
    /// Its day: as it was written, or as the authority's calendar has it.
    pub day: NaiveDate,
    /// Whether another fact is used because the right one is not recorded.
    pub assumed: bool,
    /// That other fact.
    pub sign: Option<&'static str>,
    /// Whether it is the deadline of a filing that was not made yet.
    pub projected: bool,
}

impl<'l> Start<'l> {
    pub(super) fn new(of: &'l str, from: From, assumed: bool, projected: bool) -> Self {
        Self { of, at: from.at, day: from.day, assumed, sign: None, projected }
    }
}

/// A later moment that can be defended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The moment.
    pub at: DateTime<Utc>,
    /// The rule that gives it.
    pub count: Count,
}

/// Why a duty stands as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason<'l> {
    Owed,
    Elsewhere,
    Status(Status),
    Version(Span, NaiveDate),
    Test,
    Lifted(&'l str),
    Follows(&'l str),
    NoStart(&'l str),
    Filed,
    Told(&'l str),
    Decided,
}

/// A duty over the facts.
#[derive(Clone, Debug)]
pub struct Assessed<'l> {
    /// Its regime.
    pub regime: &'l Regime,
    /// The duty, in the version that counts.
    pub duty: &'l Duty,
    /// The duty with all its versions.
    pub(super) whole: &'l Duty,
    /// Which law that is.
    pub law: LawOf,
    /// Whether the regime concerns us: also where people of its places are on record and only their
    /// number is open.
    pub concerns: Option<bool>,
    /// Its state.
    pub state: State,
    /// The last instant in time; for an embargo, the first.
    pub due: Option<DateTime<Utc>>,
    /// How long it may take over these facts; none where the law has no number.
    pub period: Option<Period>,
    /// What it waits for, if it has no deadline although there is a number in the law: also of one
    /// that only may be owed, or is settled.
    pub awaits: Option<Awaits<'l>>,
    /// Where its days are counted.
    pub zone: Tz,
    /// Whether that is only the zone of this machine, because nobody said where the organisation sits.
    pub zone_assumed: bool,
    /// The calendar that it needs and that does not reach its deadline: from there on only weekends
    /// were skipped.
    pub beyond: Option<&'l str>,
    /// A later reading of the law.
    pub latest: Option<Latest>,
    /// What started its clock.
    pub start: Option<Start<'l>>,
    /// Facts that still have to be settled.
    pub open: Vec<&'l str>,
    /// When it was sent, or when it was recorded that it was waived.
    pub done: Option<DateTime<Utc>>,
    /// How it would stand by times that were later corrected or taken back, if that is worse.
    pub moved: Option<Moved>,
    /// When a late notice, since taken back, says that it was sent.
    pub sent_before: Option<When>,
    /// How late its recipient got an answer, at worst.
    pub answered_late: Option<TimeDelta>,
    /// If fewer people were told than are on record: how many were told, and how many are on record.
    pub reached: Option<(u64, u64)>,
    /// If notices say that people are still to be told: how many.
    pub left_over: Option<Left>,
    pub(super) reason: Reason<'l>,
}

impl Assessed<'_> {
    /// The first day of the law, if it began only after the clock of the duty started.
    pub fn began_later(&self) -> Option<NaiveDate> {
        match self.reason {
            Reason::Version(span, day) => span.from.filter(|from| day < *from),
            _ => None,
        }
    }

    /// Why it stands as it does, in words.
    pub fn why(&self) -> String {
        match self.reason {
            Reason::Elsewhere => {
                let test = self.regime.concerns.as_ref().and_then(short);
                test.map_or_else(
                    || format!("not one of those to whom it applies: {}", self.regime.applies),
                    |test| format!("does not apply to us: {test}"),
                )
            }
            Reason::Status(status) => format!("not yet law: {}", status.as_str()),
            Reason::Version(span, day) => match (span.from, span.until) {
                (Some(from), _) if day < from => format!("applies only from {from}"),
                (_, Some(until)) => format!("applied until {until}"),
                _ => "does not apply at that time".to_owned(),
            },
            Reason::Test => match (self.duty.when.as_ref().and_then(short), &self.duty.test) {
                (Some(test), _) => test,
                (None, _) => "the facts do not meet its test; `--explain` shows it".to_owned(),
            },
            Reason::Lifted(words) => format!("lifted by this: {words}"),
            Reason::Follows(other) => format!("follows `{other}`, which is not owed"),
            Reason::NoStart(name) => {
                format!("nothing is owed until `{name}`, which is not recorded")
            }
            Reason::Filed => "the notice is recorded".to_owned(),
            Reason::Told(name) => format!("`{name}` says when it was done"),
            Reason::Decided => "somebody decided not to notify".to_owned(),
            Reason::Owed => match (self.state, &self.duty.words) {
                (State::Check, _) if !self.open.is_empty() => {
                    format!("depends on {}", wording::ticked(&self.open))
                }
                (State::Unstarted, _) if self.awaits.is_some() => self.waiting().to_owned(),
                (State::NoNumber | State::Unread, Some(words)) => words.clone(),
                _ => self.duty.test.clone().unwrap_or_else(|| self.regime.trigger.clone()),
            },
        }
    }

    /// The ids under which the log may speak of it: a version of the law may have one of its own.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.whole.ids()
    }

    /// The id under which the log speaks of it.
    pub fn known_as(&self, incident: &Incident) -> &str {
        let mut ids = self.ids();
        let speaks =
            |id: &&str| incident.rulings.contains_key(*id) || incident.notices.contains_key(*id);
        ids.find(speaks).unwrap_or(&self.duty.id)
    }

    /// What was filed for it, of all that was filed.
    pub fn filed<'n>(&self, notices: &'n BTreeMap<String, Vec<Notice>>) -> &'n [Notice] {
        self.whole.filed(notices)
    }

    /// [`Assessed::awaits`] in words; empty if it waits for nothing.
    pub fn waiting(&self) -> &str {
        self.awaits.as_ref().map_or("", |awaits| awaits.words.as_str())
    }

    /// Whether an exemption lifts it.
    pub fn is_exempt(&self) -> bool {
        matches!(self.reason, Reason::Lifted(_))
    }

    /// What somebody or something has to do before anything is owed, if that is not recorded: nobody
    /// knows whether it happened.
    pub fn starts_with(&self) -> Option<&str> {
        match self.reason {
            Reason::NoStart(name) => Some(name),
            _ => None,
        }
    }

    /// The facts and duties that tell when its clock started, or will.
    pub fn clocks(&self) -> impl Iterator<Item = &str> {
        let named = match &self.duty.clock {
            Clock::Fact { name, .. } | Clock::Filed { duty: name, .. } => name.as_str(),
        };
        std::iter::once(named).chain(self.start.map(|start| start.sign.unwrap_or(start.of)))
    }

    /// The fact that says when it was done, where no notice is recorded.
    pub fn told_by(&self) -> Option<&str> {
        match self.reason {
            Reason::Told(name) => Some(name),
            _ => None,
        }
    }

    /// How long after its deadline it was sent or waived; none if it was in time or has no deadline.
    pub fn late(&self) -> Option<TimeDelta> {
        let due = self.due.filter(|_| !self.duty.embargo)?;
        self.done.map(|done| done - due).filter(|late| *late > TimeDelta::zero())
    }

    /// That its notice went to fewer people than are on record or than have to be told, if so.
    pub fn short(&self) -> Option<String> {
        if let Some(left) = &self.left_over {
            return Some(left.shown());
        }
        let (told, all) = self.reached?;
        Some(format!("sent to {told} of the {all} people on record"))
    }

    /// Why it stands worse than its state suggests, with times shown as the reader's clock has them.
    pub fn caveats(&self, show: &dyn Fn(&When) -> String) -> Vec<String> {
        let late = self.late().filter(|_| self.state == State::Waived);
        let late = late.map(|late| format!("waived {} after its deadline", wording::length(late)));
        let moved = self.moved.as_ref().map(|moved| moved.says(show));
        let before = self.sent_before.as_ref().map(|at| {
            format!("a later notice, sent {}, was recorded first and then taken back", show(at))
        });
        // A day without a time may lie before a moment of the same day.
        let early = self.done.zip(self.start).filter(|(done, start)| {
            let day = done.with_timezone(&self.zone).date_naive();
            let follows = !self.duty.clock.is_filed();
            let is_sent = self.state == State::Sent && !self.duty.embargo;
            is_sent && follows && !start.projected && day < start.day
        });
        let early = early.map(|(_, start)| {
            format!("sent before its clock started (`{}`): one of the times is wrong", start.of)
        });
        let answered = self.answered_late;
        let answered =
            answered.map(|late| format!("a question answered {} late", wording::length(late)));
        [late, early, self.short(), moved, before, answered].into_iter().flatten().collect()
    }

    /// Time that is left, negative when it has passed; of a sent one and an embargo, none.
    pub fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let counts = self.state.is_open() && self.state != State::Embargo;
        self.due.filter(|_| counts).map(|due| due - now)
    }
}

/// A condition that does not hold, if a line has room for it.
fn short(condition: &Condition) -> Option<String> {
    const ROOM: usize = 90;
    let source = condition.source().trim();
    let fits = source.len() <= ROOM && !source.contains('\n');
    fits.then(|| format!("{source} does not hold"))
}
