//! The law over the facts: which duties are owed, and by when.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::assessed::{Assessed, Latest, Reason, Start, State};
use super::count::{By, From, Steps, end};
use super::facts::{Facts, moment, sign};
use super::start::{begin, is_coarse, start, there};
use super::{Awaits, Clock, Count, Duty, Law, Period, Regime, Status, Zone};
use crate::fact::{self, Answers, Condition, Value, Vocabulary, When, names};
use crate::incident::Notice;
use crate::wording;

impl Law {
    /// Every duty over the facts, in the order of the files.
    pub fn assess<'l>(&'l self, facts: &Facts<'_>) -> Vec<Assessed<'l>> {
        let count = self.regimes.iter().map(|regime| regime.duties.len()).sum();
        let mut assessed = Vec::with_capacity(count);
        let answers = Answers::new(facts.known);
        let mut judge = Judge::new(self, facts, &answers, Steps(None));
        for regime in &self.regimes {
            // Most regimes do not concern an incident at all.
            let concerns = judge.concern(regime);
            let duties = regime.duties.iter();
            assessed.extend(duties.map(|duty| judge.duty(regime, duty, concerns, 0)));
        }
        assessed
    }

    /// One duty over the facts, with the arithmetic in words.
    pub fn explain<'l>(
        &'l self,
        id: &str,
        facts: &Facts<'_>,
    ) -> Option<(Assessed<'l>, Vec<String>)> {
        let (regime, whole) = self.whole(id)?;
        let mut steps = Vec::new();
        let answers = Answers::new(facts.known);
        let mut judge = Judge::new(self, facts, &answers, Steps(Some(&mut steps)));
        let concerns = judge.concern(regime);
        let duty = judge.asked(regime, whole, id)?;
        let assessed = judge.duty(regime, duty, concerns, 0);
        Some((assessed, steps))
    }
}

/// Whether what starts the clock is something that we have to find out of an incident that meets the
/// test: then nobody knows what is owed until it is recorded. An event, such as a request, that is not
/// recorded did not happen; nor is anything owed where the finding itself is the test.
fn is_ours_to_find(duty: &Duty, name: &str) -> bool {
    let is_finding = Vocabulary::builtin().get(name).is_some_and(|fact| fact.determination);
    is_finding && (duty.when.is_some() || duty.test.is_none())
}

/// Whether a regime concerns us.
#[derive(Clone, Copy)]
pub(super) struct Concern {
    /// As far as is known.
    known: Option<bool>,
    /// The same; also if people of its places are on record, and only their number is open.
    counts: Option<bool>,
}

pub(super) struct Judge<'l, 'r, 'f, 's> {
    pub(super) law: &'l Law,
    pub(super) facts: &'r Facts<'f>,
    pub(super) answers: &'r Answers<'l, 'f>,
    /// The earliest sign that anything happened.
    pub(super) sign: Option<(&'static str, &'f When)>,
    pub(super) steps: Steps<'s>,
}

impl<'l, 'r, 'f, 's> Judge<'l, 'r, 'f, 's> {
    pub(super) fn new(
        law: &'l Law,
        facts: &'r Facts<'f>,
        answers: &'r Answers<'l, 'f>,
        steps: Steps<'s>,
    ) -> Self {
        Self { law, facts, answers, sign: sign(answers), steps }
    }

    /// The same, and nobody reads the arithmetic.
    pub(super) fn quiet(&self) -> Self {
        Self { steps: Steps(None), ..*self }
    }

    pub(super) fn holds(&self, condition: Option<&'l Condition>) -> Option<bool> {
        condition.map_or(Some(true), |condition| self.answers.holds(condition))
    }

    pub(super) fn concern(&self, regime: &'l Regime) -> Concern {
        let known = self.holds(regime.concerns.as_ref());
        let counts = known.or_else(|| self.may_concern(regime).then_some(true));
        Concern { known, counts }
    }

    pub(super) fn duty(
        &mut self,
        regime: &'l Regime,
        whole: &'l Duty,
        Concern { known: concerns, counts }: Concern,
        depth: usize,
    ) -> Assessed<'l> {
        let zone = self.zone(regime);
        let elsewhere = concerns == Some(false);
        let version = self.version(regime, whole, concerns);
        let duty = version.duty;
        let instead = if elsewhere { None } else { self.instead(duty) };
        let mut assessed = Assessed {
            regime,
            duty,
            whole,
            law: version.law,
            concerns: counts,
            state: State::NotTriggered,
            due: None,
            period: instead.map(|(_, period)| *period).or(duty.period),
            awaits: None,
            zone,
            zone_assumed: regime.zone == Zone::Local && !self.facts.local_is_set,
            beyond: None,
            latest: None,
            start: None,
            open: Vec::new(),
            done: None,
            moved: None,
            sent_before: None,
            answered_late: None,
            reached: None,
            left_over: None,
            reason: Reason::Owed,
        };
        let when = if elsewhere { None } else { self.holds(duty.when.as_ref()) };
        if let Some(reason) = self.not_owed(regime, duty, concerns, when) {
            assessed.reason = reason;
            return assessed;
        }
        self.run(&mut assessed, depth);
        if assessed.reason != Reason::Owed {
            return assessed;
        }
        if let Some(outside) = version.outside {
            assessed.state = State::NotTriggered;
            assessed.reason = outside;
            assessed.due = None;
            assessed.beyond = None;
            assessed.latest = None;
            assessed.awaits = None;
            return assessed;
        }
        self.hold(&mut assessed, whole);
        self.open(&mut assessed, concerns, when);
        if !assessed.open.is_empty() {
            // Nobody recorded what has to happen first, which does not say that it did not.
            assessed.state = State::Check;
        }
        let filings = whole.filed(self.facts.filings);
        let told =
            duty.settled_by.as_deref().and_then(|name| Some((name, moment(self.answers, name)?)));
        let settled = if let Some(sent) = Notice::completing(filings) {
            assessed.reached = whole.reached(regime, filings, self.facts.known);
            Some((State::Sent, Reason::Filed, sent.at.earliest.to_utc()))
        } else if let Some((name, when)) = told {
            Some((State::Sent, Reason::Told(name), when.earliest.to_utc()))
        } else {
            let waived = whole.ids().find_map(|id| self.facts.waived.get(id));
            waived.map(|at| (State::Waived, Reason::Decided, *at))
        };
        if let Some((state, reason, at)) = settled {
            (assessed.state, assessed.reason, assessed.done) = (state, reason, Some(at));
        }
        assessed
    }

    /// Whether people of its places are on record, and only their number is open.
    fn may_concern(&self, regime: &'l Regime) -> bool {
        let (Some(concerns), Some(Value::People(people))) =
            (&regime.concerns, (self.facts.known)(names::PEOPLE_AFFECTED))
        else {
            return false;
        };
        if self.answers.undecided(concerns).iter().any(|name| *name != names::PEOPLE_AFFECTED) {
            return false;
        }
        let places = concerns.jurisdictions();
        let is_open = |count: &fact::Count| {
            let (least, most) = count.bounds();
            least == 0 && most != Some(0)
        };
        places.into_iter().any(|place| people.counts_in(place).any(is_open))
    }

    /// What is known to make the duty not owed.
    fn not_owed(
        &self,
        regime: &'l Regime,
        duty: &'l Duty,
        concerns: Option<bool>,
        when: Option<bool>,
    ) -> Option<Reason<'l>> {
        if concerns == Some(false) {
            return Some(Reason::Elsewhere);
        }
        // Where the first day of what was adopted is known, that day decides.
        let (own, law) = (duty.in_force.from, duty.in_force.from.or(regime.in_force.from));
        let dated = if duty.status == regime.status { law } else { own };
        for (status, from) in [(regime.status, law), (duty.status, dated)] {
            let pending = status == Status::Pending && from.is_none();
            if pending || matches!(status, Status::Proposed | Status::Voluntary) {
                return Some(Reason::Status(status));
            }
        }
        if when == Some(false) {
            return Some(Reason::Test);
        }
        let lifted =
            duty.unless.iter().find(|(condition, _)| self.answers.holds(condition) == Some(true));
        lifted.map(|(_, words)| Reason::Lifted(words))
    }

    /// What is not known decides whether the duty is owed at all.
    fn open(&self, assessed: &mut Assessed<'l>, concerns: Option<bool>, when: Option<bool>) {
        let conditions =
            [(concerns, assessed.regime.concerns.as_ref()), (when, assessed.duty.when.as_ref())];
        for (holds, condition) in conditions {
            let (None, Some(condition)) = (holds, condition) else { continue };
            for name in self.answers.undecided(condition) {
                if !assessed.open.contains(&name) {
                    assessed.open.push(name);
                }
            }
        }
    }

    /// Sets the clock and counts.
    fn run(&mut self, assessed: &mut Assessed<'l>, depth: usize) {
        let duty = assessed.duty;
        match &duty.clock {
            Clock::Fact { name, waits, year_end } => {
                self.by_fact(assessed, name, *waits, *year_end);
            }
            Clock::Filed { duty: other, order } => {
                self.by_filing(assessed, other, *order, depth);
            }
        }
        if assessed.reason != Reason::Owed {
            return;
        }
        if let Some((other, order)) = &duty.also {
            self.whichever_first(assessed, other, *order, depth);
        }
        if assessed.due.is_none() {
            let uncountable = || assessed.period.map(Awaits::uncountable);
            assessed.awaits = assessed.awaits.take().or_else(uncountable);
            assessed.state = match (&assessed.awaits, duty.count) {
                (Some(_), _) => State::Unstarted,
                (None, Count::Unread) => State::Unread,
                (None, _) => State::NoNumber,
            };
        } else {
            assessed.awaits = None;
            if duty.embargo {
                assessed.state = State::Embargo;
            }
        }
    }

    fn by_fact(&mut self, assessed: &mut Assessed<'l>, name: &'l str, waits: bool, year_end: bool) {
        let duty = assessed.duty;
        let cap = duty.cap.as_ref().and_then(|(period, clock)| {
            let when = moment(self.answers, clock)?;
            let from = start(when, assessed.zone, self.facts.home());
            self.steps.say(|| {
                format!("the other limit, {} from `{clock}`, {}:", period.show(), when.show())
            });
            let end = self.count(duty, Count::ExactHours, *period, from, assessed.zone)?;
            Some((clock.as_str(), from, end))
        });
        let recorded = moment(self.answers, name);
        let sign = self.sign.filter(|_| recorded.is_none() && !waits);
        let Some(when) = recorded.or(sign.map(|(_, when)| when)) else {
            match (cap, assessed.period) {
                (Some((clock, from, end)), _) => {
                    // The other limit runs whatever is decided.
                    assessed.start = Some(Start::new(clock, from, false, waits));
                    assessed.due = Some(end);
                    assessed.state = State::Due;
                    if waits {
                        // Whether there is a duty is open.
                        assessed.open.push(name);
                    }
                }
                _ if waits && !is_ours_to_find(duty, name) => {
                    assessed.reason = Reason::NoStart(name);
                }
                (None, period) if waits => {
                    assessed.awaits =
                        period.map(|period| Awaits::fact(duty, period, name, year_end));
                    assessed.open.push(name);
                }
                (None, Some(period)) => {
                    assessed.awaits = Some(Awaits::fact(duty, period, name, year_end));
                    self.steps.say(|| {
                        format!("`{name}` is not recorded, and no earlier sign can replace it")
                    });
                }
                (None, None) => {}
            }
            return;
        };
        let assumed = recorded.is_none();
        let mut from = start(when, assessed.zone, self.facts.home());
        let sign = sign.map(|(sign, _)| sign);
        assessed.start = Some(Start { sign, ..Start::new(name, from, assumed, false) });
        let home = self.facts.home();
        self.steps.say(|| begin(name, sign, when, home));
        let has_number = assessed.period.is_some();
        if has_number && !is_coarse(when) && duty.count != Count::ExactHours {
            self.steps.say(|| there(from.at, assessed.zone));
        }
        if year_end
            && let Some(last) = NaiveDate::from_ymd_opt(chrono::Datelike::year(&from.day), 12, 31)
        {
            self.steps.say(|| format!("it runs from the end of that year, {}", wording::day(last)));
            from.day = last;
        }
        assessed.state = if assumed && has_number { State::Assumed } else { State::Due };
        self.deadline(assessed, from);
        if let (Some((clock, _, end)), Some(due)) = (cap, assessed.due)
            && end < due
            && from.at <= end
        {
            self.steps.say(|| format!("the limit from `{clock}` is earlier, so it applies"));
            assessed.due = Some(end);
            assessed.beyond = None;
        }
    }

    /// The period that counts instead of the usual one: of those that hold, the first; while it is
    /// open whether one does, that one only if it is shorter, since what is not known extends nothing.
    fn instead(&self, duty: &'l Duty) -> Option<&'l (Condition, Period)> {
        duty.instead.iter().find(|(condition, period)| match self.answers.holds(condition) {
            Some(holds) => holds,
            None => duty.period.is_some_and(|usual| period.rough() < usual.rough()),
        })
    }

    /// Counts the duty's period from a start.
    pub(super) fn deadline(&mut self, assessed: &mut Assessed<'l>, from: From) {
        let duty = assessed.duty;
        let Some(period) = assessed.period else { return };
        if let Some((condition, period)) = self.instead(duty) {
            self.steps.say(|| match self.answers.holds(condition) {
                Some(_) => format!("{} instead, because {}", period.show(), condition.source()),
                None => format!(
                    "{}, the shorter period, while it is open whether {}",
                    period.show(),
                    condition.source()
                ),
            });
        }
        assessed.due = self.count(duty, duty.count, period, from, assessed.zone);
        assessed.beyond = self.beyond(duty, duty.count, assessed.due, assessed.zone);
        let latest = duty.latest.and_then(|count| {
            let at = self.quiet().count(duty, count, period, from, assessed.zone)?;
            Some(Latest { at, count })
        });
        assessed.latest = latest.filter(|latest| assessed.due.is_some_and(|due| latest.at > due));
    }

    /// The calendar that a count would need and that ends before the count does.
    pub(super) fn beyond(
        &self,
        duty: &'l Duty,
        count: Count,
        due: Option<DateTime<Utc>>,
        zone: Tz,
    ) -> Option<&'l str> {
        let name = duty.calendar.as_deref().filter(|_| count.rolls() || count.needs_calendar())?;
        let day = due?.with_timezone(&zone).date_naive();
        (!self.law.calendars.get(Some(name)).covers(day)).then_some(name)
    }

    pub(super) fn count(
        &mut self,
        duty: &Duty,
        count: Count,
        period: Period,
        from: From,
        zone: Tz,
    ) -> Option<DateTime<Utc>> {
        let calendar = self.law.calendars.get(duty.calendar.as_deref());
        end(count, period, from, By { zone, calendar, ends: duty.ends }, &mut self.steps)
    }
}
