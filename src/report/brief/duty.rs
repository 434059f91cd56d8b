//! What the law requires next, with times in the brief's zone and duties by name.

use chrono::{DateTime, Utc};

use super::{Brief, Point};
use crate::fact::names::{PEOPLE_AFFECTED, PERSONS_AFFECTED};
use crate::regime::{DORMANT, Docket, MAYBE_LATE, UNDATED};
use crate::report::gate::Audience;
use crate::report::section::naming;
use crate::wording;

/// How many duties are listed one by one.
const MOST: usize = 8;

impl Brief<'_> {
    /// The overdue duties, the one due next, caveats, and the duties that have no deadline or of which
    /// it is open whether they are owed.
    pub fn duties(&self, docket: &Docket, now: DateTime<Utc>) -> Vec<Point> {
        let due = |(due, id): &(DateTime<Utc>, &str)| {
            let (at, when) = (self.zone.moment(due), wording::relative(*due, now));
            format!("{}, due {at} ({when})", self.duty(id))
        };
        let running = docket.running();
        let (late, ahead) = running.split_at(running.partition_point(|(due, _)| *due < now));
        let late: Vec<String> = late.iter().map(due).collect();
        let next: Vec<String> = ahead.first().map(due).into_iter().collect();
        let waiting = docket.waiting().into_iter().map(|(id, words)| {
            let words = naming::spoken(words, |name| self.called(name));
            format!("{}, {words}", self.duty(id))
        });
        let waiting: Vec<String> = waiting.collect();
        let mut caveats = docket.caveats().to_vec();
        // How many people are on record may be withheld, and how many of them were told gives it away.
        if [PERSONS_AFFECTED, PEOPLE_AFFECTED].iter().any(|name| self.keeps(name)) {
            caveats.retain(|caveat| !docket.short().contains(caveat));
        }
        let dormant = docket.dormant().iter().map(|(id, fact)| {
            format!("{}, until \"{}\" is recorded", self.duty(id), self.called(fact))
        });
        let dormant = dormant.collect();
        let named = |ids: Vec<&str>| ids.into_iter().map(|id| self.duty(id)).collect();
        let unsure = docket.unsure();
        let rest = docket.unsettled().saturating_sub(unsure.len());
        let rest = (rest > 0).then(|| {
            let noun = if unsure.is_empty() { "duty" } else { "more duty" };
            let duties = wording::count(rest, noun);
            format!("{duties} may be owed{}", self.see("breach duties"))
        });
        let all = [
            ("Overdue", late),
            ("Due next", next),
            ("Caveat", caveats),
            ("Clock not started", waiting),
            (UNDATED, named(docket.undated())),
            (DORMANT, dormant),
            (MAYBE_LATE, docket.maybe_late(now).iter().map(due).collect()),
            ("May be owed", named(unsure)),
            ("May be owed", rest.into_iter().collect()),
        ];
        let told = all.into_iter().filter(|(_, duties)| !duties.is_empty());
        let point = |(what, duties): (&str, Vec<String>)| Point {
            what: what.to_owned(),
            said: wording::some(&duties, MOST),
        };
        told.map(point).collect()
    }

    /// Which command tells more, for readers who type commands.
    pub(super) fn see(&self, command: &str) -> String {
        let leads = self.gate.audience() == Audience::Executive;
        if leads { String::new() } else { format!(" (see `{command}`)") }
    }

    /// A duty in words, with its id for readers who work with it.
    pub(super) fn duty(&self, id: &str) -> String {
        let Some((_, duty)) = self.law.duty(id) else { return id.to_owned() };
        let title = duty.title();
        match self.gate.audience() {
            Audience::Executive => title,
            _ => format!("{title} ({id})"),
        }
    }

    /// The name of a fact or a duty.
    fn called(&self, id: &str) -> String {
        let fact = self.vocabulary.get(id).map(|fact| fact.title.clone());
        fact.unwrap_or_else(|| self.duty(id))
    }
}
