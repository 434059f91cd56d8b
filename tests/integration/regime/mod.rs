//! The law that comes with the tool, against worked deadlines, decisions and examples, each with its
//! source, and against what must hold for every fact.

mod atlas;
mod data;
mod properties;
mod unknown;
mod version;

use std::collections::BTreeMap;

use breach::clock::FakeClock;
use breach::fact::{Value, Vocabulary};
use breach::incident::event::NoticeKind;
use breach::incident::{Counts, Notice};
use breach::regime::{Assessed, Facts, Law, builtin};
use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

/// Facts and filings as a test writes them.
#[derive(Default)]
pub(crate) struct World {
    known: BTreeMap<String, Value>,
    filings: BTreeMap<String, Vec<Notice>>,
    waived: BTreeMap<String, DateTime<Utc>>,
    delays: BTreeMap<String, (DateTime<Utc>, DateTime<Utc>)>,
    local: Tz,
    at: DateTime<Utc>,
}

impl World {
    fn new(local: Tz) -> Self {
        let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
        Self { local, at, ..Self::default() }
    }

    /// A clock that shows local time at `off`.
    fn clock(&self, off: FixedOffset) -> FakeClock {
        FakeClock::new(self.at, off)
    }

    fn know(&mut self, name: &str, answer: &str, off: FixedOffset) {
        let fact = Vocabulary::builtin().get(name).unwrap_or_else(|| panic!("no fact `{name}`"));
        let value = fact.parse(answer, &self.clock(off));
        let value = value.unwrap_or_else(|hint| panic!("{name} = {answer}: {hint}")).value;
        self.known.insert(name.to_owned(), value);
    }

    fn file(&mut self, duty: &str, at: &str, remaining: Option<u64>, off: FixedOffset) {
        let at = breach::fact::When::parse(at, &self.clock(off));
        let at = at.unwrap_or_else(|hint| panic!("{duty}: {hint}")).value;
        self.filings.entry(duty.to_owned()).or_default().push(Notice {
            recorded_at: at.latest,
            entry: String::new(),
            at,
            what: NoticeKind::Notice,
            recipient: None,
            channel: None,
            reference: None,
            proof: None,
            manifest: None,
            returned: None,
            counts: Counts { remaining, ..Counts::default() },
            by: "test".to_owned(),
        });
    }

    fn with<R>(&self, then: impl FnOnce(&Facts<'_>) -> R) -> R {
        let known = |name: &str| self.known.get(name);
        then(&Facts {
            known: &known,
            filings: &self.filings,
            waived: &self.waived,
            delays: &self.delays,
            local: self.local,
            local_is_set: true,
            at: self.at,
        })
    }

    fn duty(&self, id: &str) -> (Assessed<'static>, Vec<String>) {
        let found = self.with(|facts| law().explain(id, facts));
        found.unwrap_or_else(|| panic!("no duty `{id}`"))
    }

    fn all(&self) -> Vec<Assessed<'static>> {
        self.with(|facts| law().assess(facts))
    }
}

fn law() -> &'static Law {
    builtin::law()
}

fn utc() -> FixedOffset {
    FixedOffset::east_opt(0).expect("zero is an offset")
}
