//! Duties that are tied to the filing of another: they wait for it, or for what it waits for.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::assess::Judge;
use super::assessed::{Assessed, Reason, Start, State};
use super::count::{From, last_second};
use super::start::start;
use super::version::DEPTH;
use super::{Awaits, Order};
use crate::incident::Notice;
use crate::wording;

impl<'l> Judge<'l, '_, '_, '_> {
    pub(super) fn by_filing(
        &mut self,
        assessed: &mut Assessed<'l>,
        other: &'l str,
        order: Order,
        depth: usize,
    ) {
        let Some(link) = self.link(other, order, depth) else {
            assessed.reason = Reason::Follows(other);
            return;
        };
        let Some((from, projected)) = link.from else {
            self.steps.say(|| match &link.awaits {
                Some(awaits) => {
                    format!("`{other}` has not been filed, and has no deadline: {}", awaits.words)
                }
                None => format!("`{other}` has not been filed, and the law has no number for it"),
            });
            let (duty, period) = (assessed.duty, assessed.period);
            assessed.awaits = Awaits::filing(duty, period, (other, order), link.awaits);
            return;
        };
        assessed.start = Some(Start::new(other, from, false, projected));
        self.steps.say(|| {
            let at = wording::moment(from.at.with_timezone(&assessed.zone));
            if projected {
                format!("`{other}` has not been filed yet; its own deadline is used instead: {at}")
            } else {
                format!("`{other}` was filed {at}")
            }
        });
        assessed.state = if projected { State::Projected } else { State::Due };
        match order {
            // Nothing but the other filing says when.
            Order::With | Order::Before if assessed.duty.period.is_none() => {
                assessed.due = Some(end_with(order, from, projected, assessed.zone));
            }
            _ => self.deadline(assessed, from),
        }
    }

    /// The filing of another duty counts if it is earlier than the own period.
    pub(super) fn whichever_first(
        &mut self,
        assessed: &mut Assessed<'l>,
        other: &'l str,
        order: Order,
        depth: usize,
    ) {
        let Some(link) = self.link(other, order, depth) else { return };
        let Some((from, projected)) = link.from else {
            if let Some(awaits) = &mut assessed.awaits {
                awaits.or_filing(other);
            }
            return;
        };
        if assessed.due.is_none_or(|due| from.at < due) {
            self.steps.say(|| format!("`{other}` comes first, so its time counts"));
            assessed.due = Some(from.at);
            assessed.beyond = None;
            assessed.start = Some(Start::new(other, from, false, projected));
            assessed.state = if projected { State::Projected } else { State::Due };
        }
    }

    /// Where the filing of another duty puts us; `None` if that one is not owed.
    fn link(&mut self, other: &str, order: Order, depth: usize) -> Option<Link<'l>> {
        let law = self.law;
        let (regime, duty) = law.whole(other)?;
        let filings = duty.filed(self.facts.filings);
        let filing = match order {
            Order::AfterLast => {
                let last = filings.last().filter(|filing| filing.is_complete());
                last.filter(|_| Notice::completing(filings).is_some())
            }
            _ => filings.iter().find(|filing| filing.is_first()),
        };
        let zone = self.zone(regime);
        if let Some(filing) = filing {
            let from = start(&filing.at, zone, self.facts.home());
            return Some(Link { from: Some((from, false)), awaits: None });
        }
        if depth >= DEPTH {
            return Some(Link { from: None, awaits: None });
        }
        let concerns = self.concern(regime);
        let before = self.quiet().duty(regime, duty, concerns, depth + 1);
        if before.state == State::NotTriggered {
            return None;
        }
        let from = before.due.map(|at| {
            let day = at.with_timezone(&zone).date_naive();
            (From { at, day }, true)
        });
        Some(Link { from, awaits: before.awaits })
    }
}

/// Until when a duty is met that goes before another filing, or with it. No law says within how many
/// minutes "with" is: what goes out on the day of the other goes with it.
fn end_with(order: Order, from: From, projected: bool, zone: Tz) -> DateTime<Utc> {
    match order {
        Order::With if !projected => last_second(from.day, zone).unwrap_or(from.at),
        _ => from.at,
    }
}

struct Link<'l> {
    /// The start, and whether it is only a deadline. `None` if nothing says when.
    from: Option<(From, bool)>,
    /// Then: what the other duty waits for, if the law has a number for it.
    awaits: Option<Awaits<'l>>,
}
