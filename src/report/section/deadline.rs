//! Duties of law: what started them, by when they were due, and with what margin they were met.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::may_be_owed::MayBeOwed;
use super::tally::Tally;
use super::unheld::Unheld;
use crate::fact::names::{DETECTED, PEOPLE_AFFECTED, PERSONS_AFFECTED, PUBLIC_STATEMENT_AT};
use crate::fact::{Condition, Value, When};
use crate::regime::{Assessed, Confidence, State, gap_lines};
use crate::report::gate::{Class, Text};
use crate::report::material::Build;
use crate::report::measure::interval::second;
use crate::report::measure::{Interval, Zone};
use crate::wording;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Done in time.
    Met,
    /// Done too late, or before it was allowed.
    Missed,
    /// Done, but the time is too imprecise to tell, or is in time only because it was corrected.
    Unclear,
    /// Done; the law has no number, or nothing recorded starts its clock.
    Sent,
    /// Done, although not owed as far as is known.
    NotOwed,
    /// Not done, and there was time left at the last entry.
    Open,
    /// Not done, and overdue at the last entry.
    Overdue,
    /// Somebody decided not to do it.
    Waived,
    /// Owed; the law has a period, but nothing recorded starts it.
    Unstarted,
    /// Owed; the law has no number.
    NoNumber,
    /// Owed; the time that the law sets was not read.
    Unread,
    /// Whether it is owed depends on what is not settled.
    Check,
    /// What it depends on is marked privileged.
    Withheld,
    /// Done before its clock started: an error in the record.
    Error,
    /// Anything that was done is behind damage in the log.
    NotBelieved,
}

/// A duty.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Deadline {
    /// `eu-gdpr.33-1`.
    pub duty: String,
    /// Name of the law or contract.
    pub law: String,
    /// The provision that imposes the duty: article, section or clause.
    pub cite: String,
    /// Kinds of recipient.
    pub to: Vec<String>,
    /// The duty in words: `GDPR Art. 34(1), to the people affected`.
    pub title: String,
    /// How it ended.
    pub verdict: Verdict,
    /// The same in words, with the margin: `met, 1 d 17 h to spare`.
    pub shown: String,
    /// The fact or filing that started its clock.
    pub clock: Option<String>,
    /// Its title.
    pub clock_title: Option<String>,
    /// When that was.
    pub started: Option<When>,
    /// Whether another fact is used because the right one is not recorded.
    pub assumed: bool,
    /// Whether the start is the deadline of another filing that was not made yet.
    pub projected: bool,
    /// The legal limit: `72 hours`.
    pub limit: Option<String>,
    /// The last moment that is still in time.
    pub due: Option<DateTime<Utc>>,
    /// The same on the clock of the authority.
    pub due_local: Option<String>,
    /// When it was done: the first notice that left nobody to be told.
    pub done: Option<When>,
    /// From the start of the clock until it was done.
    pub lag: Option<Interval>,
    /// The time to spare, the time it was late, or the time left at the last entry.
    pub margin: Option<Interval>,
    /// What it waits for, in words, if the law has a period and nothing recorded starts it:
    /// "72 hours from `aware`, which is not recorded".
    pub awaits: Option<String>,
    /// Why it stands so: the law's words, or what somebody has to settle.
    pub why: String,
    /// Facts that still have to be settled.
    pub unsettled: Vec<String>,
    /// Why it was waived.
    pub reason: Option<Text>,
    /// Whether the clock began more than a year before the log was opened under a rule of which the
    /// library does not say from when it is in force: nobody looked whether it was law then.
    pub hypothetical: bool,
    /// Which law it is judged by, if that is not simply the law of today.
    pub law_of_then: Option<String>,
    /// How sure we are of the rule.
    pub confidence: Confidence,
    /// What of it was not checked against a source: `list of contents from memory`.
    pub doubt: Option<String>,
}

/// Every duty that applies to the incident and that this audience may see.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Deadlines {
    /// The time of the last entry: what was open is judged as of then.
    pub as_of: Option<DateTime<Utc>>,
    /// In the order they were due.
    pub duties: Vec<Deadline>,
    /// Whether it is known of every duty that the reader may see if it is owed.
    pub settled: bool,
    /// Duties that may be owed. Left empty for readers outside.
    pub may_be_owed: MayBeOwed,
    /// Whether the log was opened more than a year after detection, or failing that after the public
    /// statement: the library may hold another law than that of then.
    pub replayed: bool,
    /// Places of which no law is held, so that nothing here says what is owed there. Left empty for
    /// readers outside.
    pub unheld: Vec<Unheld>,
    /// What that means, in sentences.
    pub unheld_shown: Vec<String>,
    /// How many were met, missed, open, overdue.
    pub tally: Tally,
}

/// Said in place of what a mark withholds.
const WITHHELD: &str = "withheld: what it depends on is marked privileged";

impl Deadline {
    /// Whether nobody is told, and nobody waits.
    pub fn is_kept_on_file(&self) -> bool {
        self.to.iter().all(|to| to == "register")
    }

    /// What was done before its clock began, in words.
    pub(in crate::report) fn disorder(&self, zone: Zone) -> Option<String> {
        let (from, to) = (self.started.as_ref()?, self.done.as_ref()?);
        let clock = self.clock_title.as_deref().unwrap_or_default();
        self.lag.as_ref().filter(|lag| lag.is_contradiction())?;
        Some(format!(
            "sent ({}) before its clock started ({clock}: {})",
            zone.show(to),
            zone.show(from)
        ))
    }
}

impl Build<'_> {
    pub(in crate::report) fn deadlines(&self) -> Deadlines {
        let mut settled = true;
        let mut duties = Vec::new();
        let told = |assessed: &&Assessed<'_>| self.gather.reach.duty(&assessed.duty.id);
        for assessed in self.material.duties.iter().filter(told) {
            let acted = assessed.ids().any(|id| {
                self.gather.incident.notices.contains_key(id)
                    || self.gather.incident.rulings.contains_key(id)
                    || self.gather.withheld.duties.contains(id)
            });
            let hangs = assessed.moved.is_some();
            if acted || assessed.concerns == Some(true) && (assessed.state.is_open() || hangs) {
                duties.push(self.deadline(assessed));
            } else if assessed.state.is_open() {
                settled = false;
            }
        }
        duties.sort_by(|a, b| {
            (a.due.is_none(), a.due, &a.duty).cmp(&(b.due.is_none(), b.due, &b.duty))
        });
        let mut tally = Tally::default();
        for duty in &duties {
            *match duty.verdict {
                _ if duty.hypothetical => &mut tally.hypothetical,
                Verdict::Met => &mut tally.met,
                Verdict::Missed => &mut tally.missed,
                Verdict::Open => &mut tally.open,
                Verdict::Overdue => &mut tally.overdue,
                Verdict::Waived => &mut tally.waived,
                Verdict::Sent => &mut tally.sent,
                Verdict::Unclear | Verdict::Error | Verdict::NotBelieved => &mut tally.unclear,
                _ => &mut tally.other,
            } += 1;
        }
        let as_of = self.gather.incident.last_at.map(|at| at.to_utc());
        let since = self.time(DETECTED).or_else(|| self.time(PUBLIC_STATEMENT_AT));
        let replayed = since.is_some_and(|when| self.opened_later_than_a_year(when.earliest));
        let gaps = self.gaps();
        let (unheld, unheld_shown) =
            (gaps.iter().map(Unheld::new).collect(), gap_lines(gaps, usize::MAX));
        let may_be_owed = self.may_be_owed();
        Deadlines { as_of, duties, settled, may_be_owed, replayed, unheld, unheld_shown, tally }
    }

    fn deadline(&self, assessed: &Assessed<'_>) -> Deadline {
        let duty = assessed.duty;
        let incident = &self.gather.incident;
        let notices = assessed.filed(&incident.notices);
        let told = assessed.told_by().and_then(|name| match incident.fact_value(name) {
            Some(Value::Time(when)) => Some(when.clone()),
            _ => None,
        });
        let done = crate::incident::Notice::completing(notices).map(|sent| sent.at.clone());
        let done = done.or(told);
        let started =
            assessed.start.map(|start| match incident.fact_value(start.sign.unwrap_or(start.of)) {
                Some(Value::Time(when)) => when.clone(),
                _ => second(start.at.fixed_offset()),
            });
        let waived =
            incident.rulings.get(assessed.known_as(incident)).and_then(|rulings| rulings.last());
        let mut row = Deadline {
            duty: duty.id.clone(),
            law: assessed.regime.name.clone(),
            cite: duty.cite.clone(),
            to: duty.to.clone(),
            title: duty.title(),
            verdict: Verdict::Check,
            shown: String::new(),
            clock: assessed.start.map(|start| start.sign.unwrap_or(start.of).to_owned()),
            clock_title: assessed.start.map(|start| self.called(start.sign.unwrap_or(start.of))),
            assumed: assessed.start.is_some_and(|start| start.assumed),
            projected: assessed.start.is_some_and(|start| start.projected),
            limit: assessed.period.map(crate::regime::Period::show),
            awaits: assessed.awaits.as_ref().map(|awaits| self.spoken(&awaits.words)),
            due: assessed.due,
            due_local: assessed.due.map(|due| wording::moment(due.with_timezone(&assessed.zone))),
            lag: started
                .as_ref()
                .filter(|_| assessed.start.is_some_and(|start| !start.projected))
                .zip(done.as_ref())
                .map(|(from, to)| Interval::between(from, to)),
            started,
            done,
            margin: None,
            why: self.spoken(&assessed.why()),
            unsettled: assessed.open.iter().map(|name| (*name).to_owned()).collect(),
            reason: waived
                .filter(|_| assessed.state == State::Waived)
                .and_then(|ruling| self.gate.text(Class::Reason, &ruling.reason)),
            hypothetical: self.is_hypothetical(assessed),
            law_of_then: Some(assessed.law.note()).filter(|note| !note.is_empty()),
            confidence: duty.confidence,
            doubt: duty.doubt(),
        };
        row.unsettled.retain(|name| !self.is_withheld(name));
        let is_open = matches!(assessed.state, State::Check | State::NotTriggered);
        if is_open && self.rests_on_withheld(assessed) {
            WITHHELD.clone_into(&mut row.why);
        }
        if self.hangs_on_withheld(assessed) {
            row.verdict = Verdict::Withheld;
            WITHHELD.clone_into(&mut row.shown);
            (row.due, row.due_local) = (None, None);
            (row.done, row.reason) = (None, None);
            row.why.clear();
            row.unsettled.clear();
            (row.clock, row.clock_title, row.started) = (None, None, None);
            (row.lag, row.awaits) = (None, None);
            return row;
        }
        self.judge(&mut row, assessed);
        let short = assessed.short().filter(|_| self.hides_people());
        let mut caveats = assessed.caveats(&|when| self.zone.show(when));
        caveats.retain(|caveat| short.as_ref() != Some(caveat));
        if !caveats.is_empty() {
            let shown = std::mem::take(&mut row.shown);
            let is_corrected = assessed.moved.is_some() || assessed.sent_before.is_some();
            let is_moved = row.verdict == Verdict::Met && is_corrected;
            row.shown = if is_moved {
                // Whether it was met depends on which of two times is right.
                row.verdict = Verdict::Unclear;
                caveats.join("; ")
            } else {
                [&[shown][..], &caveats].concat().join("; ")
            };
        }
        row
    }

    /// The library holds the law of today.
    pub(super) fn is_hypothetical(&self, assessed: &Assessed<'_>) -> bool {
        if assessed.start.is_some() {
            return assessed.law.is_doubtful();
        }
        let dated = assessed.regime.in_force.from.or(assessed.duty.in_force.from).is_some();
        let detected = self.time(DETECTED).map(|when| when.earliest);
        !dated && detected.is_some_and(|start| self.opened_later_than_a_year(start))
    }

    fn opened_later_than_a_year(&self, than: DateTime<chrono::FixedOffset>) -> bool {
        self.gather.incident.opened_at.is_some_and(|opened| (opened - than).num_days() > 366)
    }

    /// Whether the number of the people is marked.
    pub(super) fn hides_people(&self) -> bool {
        let of_people = [PEOPLE_AFFECTED, PERSONS_AFFECTED];
        of_people.iter().any(|name| self.gather.withheld.facts.contains(*name))
    }

    /// Whether how a duty stands is not told: something that was done for it is marked, or what started
    /// its clock is, which a deadline and a margin tell.
    fn hangs_on_withheld(&self, assessed: &Assessed<'_>) -> bool {
        let marked = &self.gather.withheld.duties;
        let told = assessed.told_by();
        assessed.ids().any(|id| marked.contains(id))
            || told.is_some_and(|name| self.gather.withheld.facts.contains(name))
            || self.hides_start(assessed)
    }

    /// Whether what starts its clock is marked, or the clock of the duty that it follows.
    fn hides_start(&self, assessed: &Assessed<'_>) -> bool {
        let withheld = &self.gather.withheld;
        let of = |name: &str| {
            let mut duties = self.material.duties.iter();
            let duty = duties.find(|duty| duty.ids().any(|id| id == name));
            duty.into_iter().flat_map(Assessed::clocks).map(str::to_owned).collect()
        };
        let hidden = |name: &str| withheld.facts.contains(name) || withheld.duties.contains(name);
        let own = assessed.clocks().map(str::to_owned).collect();
        crate::regime::hang_on(own, &of).iter().any(|name| hidden(name))
    }

    /// Whether a fact that decides if it is owed is marked.
    fn rests_on_withheld(&self, assessed: &Assessed<'_>) -> bool {
        let mut facts = assessed.duty.conditions(assessed.regime).flat_map(Condition::facts);
        facts.any(|name| self.gather.withheld.facts.contains(name))
    }
}
