//! The only reader of the clock: wall time, local offset and time since boot.

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, Offset, TimeZone, Utc};

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

    /// Returns the offset that a wall-clock time has where the responder sits.
    ///
    /// A time that occurs twice (clocks go back) gets its earlier instant; a time that never
    /// occurs (clocks go forward) gets the offset in force before the jump.
    fn offset_at(&self, local: NaiveDateTime) -> FixedOffset;
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Moment {
        (**self).now()
    }

    fn offset_at(&self, local: NaiveDateTime) -> FixedOffset {
        (**self).offset_at(local)
    }
}

/// The clocks of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the clock")]
    fn now(&self) -> Moment {
        let local = Local::now();
        let micros = local.timestamp_micros();
        Moment {
            at: DateTime::from_timestamp_micros(micros).unwrap_or_default(),
            off: local.offset().fix(),
            mono: since_boot(),
        }
    }

    fn offset_at(&self, local: NaiveDateTime) -> FixedOffset {
        Local
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| before_gap(local), |moment| moment.offset().fix())
    }
}

/// Offset in force before a gap that swallows `local`; no gap is longer than a day.
fn before_gap(local: NaiveDateTime) -> FixedOffset {
    let earlier = local - chrono::TimeDelta::days(1);
    Local
        .from_local_datetime(&earlier)
        .earliest()
        .map_or_else(|| Utc.fix(), |moment| moment.offset().fix())
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

    fn offset_at(&self, _: NaiveDateTime) -> FixedOffset {
        self.lock().off
    }
}
