//! The only reader of the clock: wall time, local offset and time since boot.

mod reading;
mod zone;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

pub use reading::Reading;
use zone::Zone;

/// One reading of the clocks, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Wall clock, microsecond precision.
    pub at: DateTime<Utc>,
    /// Offset of local time from UTC then in force.
    pub off: FixedOffset,
    /// Microseconds since boot, sleep included. Nobody can set this clock.
    pub mono: u64,
}

impl Moment {
    /// The moment as the responder's own clock shows it.
    pub fn local(&self) -> DateTime<FixedOffset> {
        self.at.with_timezone(&self.off)
    }
}

/// A source of moments. Injected, so that whole incidents repeat to the byte in tests.
pub trait Clock: Send + Sync {
    /// Reads the clocks.
    fn now(&self) -> Moment;

    /// Returns the offset from UTC that local time has at an instant where the responder sits.
    fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset;

    /// The instants that a wall-clock time can mean where the responder sits.
    fn reading(&self, local: NaiveDateTime) -> Reading {
        Reading::of(local, &|at| self.offset_at(at))
    }

    /// The name of the local time zone in the time zone database, if it is known.
    fn zone(&self) -> Option<&str> {
        None
    }

    /// The zone that local time should be of and nobody here knows: UTC is taken instead.
    fn unknown_zone(&self) -> Option<&str> {
        None
    }
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Moment {
        (**self).now()
    }

    fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        (**self).offset_at(at)
    }

    fn zone(&self) -> Option<&str> {
        (**self).zone()
    }

    fn unknown_zone(&self) -> Option<&str> {
        (**self).unknown_zone()
    }
}

/// The clocks of this machine.
#[derive(Clone, Debug)]
pub struct SystemClock(Zone);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Zone::here())
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the clock")]
    fn now(&self) -> Moment {
        let at = DateTime::from_timestamp_micros(Utc::now().timestamp_micros()).unwrap_or_default();
        Moment { at, off: self.offset_at(at), mono: since_boot() }
    }

    fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        self.0.offset_at(at)
    }

    fn zone(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    fn unknown_zone(&self) -> Option<&str> {
        self.0.is_unknown()
    }
}

#[cfg(target_os = "linux")]
const BOOT_CLOCK: nix::time::ClockId = nix::time::ClockId::CLOCK_BOOTTIME;
// macOS: this clock goes on while the machine sleeps, as CLOCK_BOOTTIME does on Linux.
#[cfg(not(target_os = "linux"))]
const BOOT_CLOCK: nix::time::ClockId = nix::time::ClockId::CLOCK_MONOTONIC;

fn since_boot() -> u64 {
    nix::time::clock_gettime(BOOT_CLOCK).map_or(0, |spec| {
        let seconds = u64::try_from(spec.tv_sec()).unwrap_or(0);
        let nanos = u64::try_from(spec.tv_nsec()).unwrap_or(0);
        seconds * 1_000_000 + nanos / 1_000
    })
}

/// A clock that stands where it is put. For tests and rehearsals of the library.
#[derive(Debug)]
pub struct FakeClock(std::sync::Mutex<Moment>);

impl FakeClock {
    /// A clock that shows `at`, with local time at `off`.
    pub fn new(at: DateTime<Utc>, off: FixedOffset) -> Self {
        Self(std::sync::Mutex::new(Moment { at, off, mono: 1_000_000 }))
    }

    /// Moves both the wall clock and the time since boot.
    pub fn advance(&self, by: chrono::TimeDelta) {
        let mut moment = self.lock();
        moment.at += by;
        moment.mono += u64::try_from(by.num_microseconds().unwrap_or(0)).unwrap_or(0);
    }

    /// Sets the wall clock only, as somebody with the rights to do so would.
    pub fn set(&self, at: DateTime<Utc>) {
        self.lock().at = at;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Moment> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Moment {
        *self.lock()
    }

    fn offset_at(&self, _: DateTime<Utc>) -> FixedOffset {
        self.lock().off
    }
}
