//! A duty whose period nothing recorded starts: how long it takes, and from what.

use std::fmt::Write as _;

use super::{Duty, Order, Period};

/// What a duty waits for until its deadline can be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaits<'l> {
    /// How long it may take from then; none where another duty's own limit counts.
    pub period: Option<Period>,
    /// The fact of type `time` that is not recorded; of a duty that is tied to the filing of
    /// another, the fact that the other waits for, if it is one.
    pub fact: Option<&'l str>,
    /// The duty whose filing starts it.
    pub filing: Option<&'l str>,
    /// Hours that it can take in all, roughly: to put the shortest first.
    pub rough: u64,
    /// All of it in words: "72 hours from `aware`, which is not recorded".
    pub words: String,
}

impl<'l> Awaits<'l> {
    /// For a fact.
    pub(super) fn fact(duty: &Duty, period: Period, name: &'l str, year_end: bool) -> Self {
        let year = if year_end { "the end of the calendar year of " } else { "" };
        let cap = duty.cap.as_ref();
        let cap = cap.map(|(period, from)| format!("; at most {} from `{from}`", period.show()));
        let words = format!(
            "{} from {year}`{name}`, which is not recorded{}",
            period.show(),
            cap.unwrap_or_default()
        );
        Self { period: Some(period), fact: Some(name), filing: None, rough: period.rough(), words }
    }

    /// For the filing of another duty, which itself waits for something or has no number; none if
    /// neither says a number.
    pub(super) fn filing(
        duty: &Duty,
        period: Option<Period>,
        (other, order): (&'l str, Order),
        then: Option<Self>,
    ) -> Option<Self> {
        let words = match (period, order) {
            (Some(period), _) => {
                let not_before = if duty.embargo { "not before " } else { "" };
                let last = if order == Order::AfterLast { " for the last time" } else { "" };
                format!("{not_before}{} after `{other}` is filed{last}", period.show())
            }
            (None, Order::With) => format!("not later than `{other}`: {}", then.as_ref()?.words),
            (None, Order::Before) => format!("before `{other}`: {}", then.as_ref()?.words),
            (None, Order::After | Order::AfterLast) => return None,
        };
        let before = then.as_ref().map_or(0, |then| then.rough);
        let rough = before + period.map_or(0, Period::rough);
        let fact = then.and_then(|then| then.fact);
        Some(Self { period, fact, filing: Some(other), rough, words })
    }

    /// Adds that the filing of another duty counts, if it comes first.
    pub(super) fn or_filing(&mut self, other: &str) {
        let _ = write!(self.words, "; if `{other}` is filed earlier, that counts");
    }

    /// For nothing any more: the calendar has no day that late.
    pub(super) fn uncountable(period: Period) -> Self {
        let words = format!("{}, which ends beyond the calendar", period.show());
        Self { period: Some(period), fact: None, filing: None, rough: period.rough(), words }
    }
}
