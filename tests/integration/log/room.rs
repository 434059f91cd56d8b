//! An incident folder in a world where time and chance are given.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use breach::clock::FakeClock;
use breach::id::IncidentName;
use breach::incident::event::{Actor, Draft, Note};
use breach::log::{Folder, IncidentLog};
use breach::world::{Entropy, World};
use chrono::{DateTime, FixedOffset};

/// The name of its incident.
pub(crate) const NAME: &str = "2026-11-23-amber-heron";

/// Bytes that count up: never twice the same, always the same.
pub(crate) struct Counting(AtomicU8);

impl Counting {
    pub(crate) fn new() -> Self {
        Self(AtomicU8::new(1))
    }
}

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()> {
        let start = self.0.fetch_add(1, Ordering::SeqCst);
        for (place, byte) in buffer.iter_mut().enumerate() {
            *byte = start.wrapping_add(u8::try_from(place).unwrap_or(0).wrapping_mul(7));
        }
        Ok(())
    }
}

/// A world at 03:12 in Berlin.
pub(crate) fn world() -> World {
    world_and_clock().0
}

/// The same, with its clock in hand.
pub(crate) fn world_and_clock() -> (World, Arc<FakeClock>) {
    let off = FixedOffset::east_opt(3600).expect("a real offset");
    let at = DateTime::parse_from_rfc3339("2026-11-23T03:12:07.123456+01:00").expect("a moment");
    let clock = Arc::new(FakeClock::new(at.to_utc(), off));
    (World::given(Arc::clone(&clock), Counting(AtomicU8::new(1))), clock)
}

/// An incident folder that vanishes.
pub(crate) struct Room {
    pub(crate) folder: Folder,
    pub(crate) world: World,
    _home: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let name = IncidentName::parse(NAME).expect("a name");
        let folder = Folder::create(home.path(), &name).expect("an incident");
        Self { folder, world: world(), _home: home }
    }

    pub(crate) fn open(&self) -> IncidentLog {
        IncidentLog::open(&self.folder, &self.world, true, &mut Vec::new()).expect("a log")
    }

    pub(crate) fn append(&self, log: &mut IncidentLog, draft: impl Into<Draft>) {
        log.append(&draft.into(), &actor(), &self.world).expect("recorded");
    }

    /// A chain with this many notes.
    pub(crate) fn notes(&self, count: usize) {
        let mut log = self.open();
        for number in 0..count {
            self.append(&mut log, Note::new(format!("note {number}")));
        }
    }

    /// The only chain.
    pub(crate) fn chain(&self) -> PathBuf {
        let chains = self.folder.chains().expect("chains");
        assert_eq!(chains.len(), 1);
        chains[0].1.clone()
    }
}

pub(crate) fn actor() -> Actor {
    Actor { name: Some("Ada Lovelace".to_owned()), user: "ops".to_owned(), login: 1 }
}
