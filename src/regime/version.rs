//! Which version of a duty counts: the law of then, chosen by the day its clock started.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::assess::Judge;
use super::assessed::Reason;
use super::facts::moment;
use super::start::start;
use super::{Clock, Duty, LawOf, Regime, Span, Zone};

/// The day on which the law that comes with the tool was last gone through.
const GONE_THROUGH: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");

/// Days before it for which a rule without a first day is still taken to be the law.
const RECENT: Days = Days::new(366);

/// Filings that follow each other; no chain of the law is longer.
pub(super) const DEPTH: usize = 8;

/// The version of a duty that counts.
pub(super) struct Version<'l> {
    pub(super) duty: &'l Duty,
    pub(super) law: LawOf,
    /// Why it is not owed, if that is because of the day.
    pub(super) outside: Option<Reason<'l>>,
}

impl<'l> Judge<'l, '_, '_, '_> {
    /// The version that counts: nobody's question where the law does not concern us.
    pub(super) fn version(
        &self,
        regime: &'l Regime,
        duty: &'l Duty,
        concerns: Option<bool>,
    ) -> Version<'l> {
        let mut found = Version { duty, law: LawOf::Then, outside: None };
        if concerns == Some(false) {
            return found;
        }
        let zone = self.zone(regime);
        let today = || self.facts.at.with_timezone(&zone).date_naive();
        let day_of = |version| (version, self.began(version, zone, 0));
        // Few duties have an earlier version, and each is asked about with every fact.
        let latest: (&Duty, Option<NaiveDate>) = day_of(duty);
        let earlier: Vec<(&Duty, Option<NaiveDate>)> = duty.earlier.iter().map(day_of).collect();
        let days = || std::iter::once(latest).chain(earlier.iter().copied());
        let holds = |(version, day): &(&Duty, Option<NaiveDate>)| {
            day.is_some_and(|day| version.in_force.holds(day))
        };
        let would = |(version, day): &(&Duty, Option<NaiveDate>)| {
            day.is_none() && version.in_force.holds(today())
        };
        let held = days().find(holds).or_else(|| days().find(would));
        let (version, began) = held.unwrap_or(latest);
        let known = began.or_else(|| days().find_map(|(_, day)| day));
        let day = known.or_else(|| self.long_ago(zone)).unwrap_or_else(today);
        let first = duty.versions().last().unwrap_or(duty).in_force.from;
        found.duty = version;
        let whole = Span { from: first, until: duty.in_force.until };
        if !regime.in_force.holds(day) {
            found.outside = Some(Reason::Version(regime.in_force, day));
        } else if held.is_none() && first.is_some_and(|first| day < first) && duty.existed {
            found.law = LawOf::Today { from: first };
        } else if held.is_none() && !whole.holds(day) {
            found.outside = Some(Reason::Version(whole, day));
        } else {
            found.law = law_of(regime, duty, version, known);
        }
        found
    }

    /// The duty that is asked about: who names a version asks about that one.
    pub(super) fn asked(&self, regime: &'l Regime, whole: &'l Duty, id: &str) -> Option<&'l Duty> {
        if id == whole.id || self.version(regime, whole, None).duty.id == id {
            return Some(whole);
        }
        whole.versions().find(|version| version.id == id)
    }

    pub(super) fn zone(&self, regime: &Regime) -> Tz {
        match regime.zone {
            Zone::Named(zone) => zone,
            Zone::Local => self.facts.local,
        }
    }

    /// The day of the earliest sign of what happened more than a year ago: if nothing recorded starts a
    /// clock, the law of then decides, and not that of the day on which somebody looks.
    fn long_ago(&self, zone: Tz) -> Option<NaiveDate> {
        let day = start(self.sign?.1, zone, None).day;
        let recent = self.facts.at.with_timezone(&zone).date_naive().checked_sub_days(RECENT)?;
        (day < recent).then_some(day)
    }

    /// The day on which the clock of a version started, or that of the duty whose filing starts it;
    /// none if nothing that is recorded starts it.
    fn began(&self, duty: &'l Duty, zone: Tz, depth: usize) -> Option<NaiveDate> {
        match &duty.clock {
            Clock::Fact { name, waits, .. } => {
                let sign = || self.sign.filter(|_| !waits).map(|(_, when)| when);
                let when = moment(self.answers, name).or_else(sign)?;
                Some(start(when, zone, None).day)
            }
            Clock::Filed { duty: other, .. } if depth < DEPTH => {
                let (regime, duty) = self.law.whole(other)?;
                let zone = self.zone(regime);
                let began = |version| self.began(version, zone, depth + 1);
                let days = || duty.versions().filter_map(|one| Some((one, began(one)?)));
                let held = days().find(|(version, day)| version.in_force.holds(*day));
                let filed =
                    || Some(start(&duty.filed(self.facts.filings).first()?.at, zone, None).day);
                held.or_else(|| days().next()).map(|(_, day)| day).or_else(filed)
            }
            Clock::Filed { .. } => None,
        }
    }
}

/// Whether a version is the law of the day the clock started.
fn law_of(regime: &Regime, today: &Duty, version: &Duty, began: Option<NaiveDate>) -> LawOf {
    let old = |last: NaiveDate| {
        let recent = last.checked_sub_days(RECENT);
        began.zip(recent).is_some_and(|(began, recent)| began < recent)
    };
    if !std::ptr::eq(today, version) {
        let span = version.in_force;
        let doubtful = span.from.is_none() && span.until.is_some_and(old);
        return LawOf::Before { span, borrowed: version.borrowed, doubtful };
    }
    // A law that was amended may have been so where no first day is held, too.
    let amended = || regime.duties.iter().any(|duty| !duty.earlier.is_empty());
    let undated = version.in_force.from.is_none() && (regime.in_force.from.is_none() || amended());
    if undated && old(GONE_THROUGH) { LawOf::Today { from: None } } else { LawOf::Then }
}
