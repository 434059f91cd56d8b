//! What the law requires next, with times in the brief's zone and duties by name.

use chrono::{DateTime, Utc};

use super::{Brief, Point};
use crate::fact::names::{PEOPLE_AFFECTED, PERSONS_AFFECTED};
use crate::regime::{DORMANT, MAYBE_LATE, UNDATED, hang_on};
use crate::report::gate::Audience;
use crate::report::section::naming;
use crate::wording;

/// How many duties are listed one by one.
const MOST: usize = 8;

impl Brief<'_> {
    /// The overdue duties, the one due next, caveats, and the duties that have no deadline or of which
    /// it is open whether they are owed.
    pub fn duties(&self, now: DateTime<Utc>) -> Vec<Point> {
        let docket = self.docket;
        let due = |(due, id): &(DateTime<Utc>, &str)| {
            let (at, when) = (self.zone.moment(due), wording::relative(*due, now));
            format!("{}, due {at} ({when})", self.duty(id))
        };
        // A deadline tells when its clock started. Those who work against it need it all the same.
        let leads = self.gate.audience() == Audience::Executive;
        let withheld = &self.gather.withheld;
        let marked = |name: &str| withheld.facts.contains(name) || withheld.duties.contains(name);
        let of = |name: &str| docket.clocks(name).to_vec();
        let is_hidden = |(_, id): &(DateTime<Utc>, &str)| {
            leads && hang_on(docket.clocks(id).to_vec(), &of).iter().any(|name| marked(name))
        };
        let (hidden, running): (Vec<_>, Vec<_>) = docket.running().into_iter().partition(is_hidden);
        let hidden: Vec<String> = hidden.iter().map(|(_, id)| self.duty(id)).collect();
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
        let mut maybe_late = docket.maybe_late(now);
        maybe_late.retain(|duty| !is_hidden(duty));
        let dormant = docket.dormant().iter().map(|(id, fact)| {
            format!("{}, until \"{}\" is recorded", self.duty(id), self.called(fact))
        });
        let dormant = dormant.collect();
        let named =
            |ids: Vec<&str>| ids.into_iter().map(|id| self.duty(id)).collect::<Vec<String>>();
        let unsure: Vec<String> = named(docket.unsure());
        let first = &unsure[..unsure.len().min(MOST)];
        let all = docket.unsettled().max(unsure.len());
        let more = match all - first.len() {
            0 => String::new(),
            _ if first.is_empty() => self.see("breach duties"),
            more => format!(" and {more} more{}", self.see("breach duties")),
        };
        let called =
            if first.is_empty() { String::new() } else { format!(": {}", first.join("; ")) };
        let count = wording::count(all, "duty");
        let unsure = (all > 0).then(|| format!("{count}{called}{more}"));
        let all = [
            ("Overdue", late),
            ("Due next", next),
            ("Owed, its date marked privileged", hidden),
            ("Caveat", caveats),
            ("Clock not started", waiting),
            (UNDATED, named(docket.undated())),
            (DORMANT, dormant),
            (MAYBE_LATE, maybe_late.iter().map(due).collect()),
            ("May be owed", unsure.into_iter().collect()),
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
        let title = self.docket.title(id).map(str::to_owned);
        let title = title.or_else(|| Some(self.law.duty(id)?.1.title()));
        let Some(title) = title else { return id.to_owned() };
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
