//! What a wall-clock time means where clocks are put forward and back.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, TimeZone as _, Utc};

/// The instants that a wall-clock time can mean, each with the offset that clocks there have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Clocks showed it once.
    Once(DateTime<FixedOffset>),
    /// Clocks were put back over it, so that they showed it twice.
    Twice {
        /// The earlier instant.
        first: DateTime<FixedOffset>,
        /// The later instant.
        second: DateTime<FixedOffset>,
    },
    /// Clocks were put forward over it. The instant is that of a clock that nobody put forward; it
    /// has the offset of those that were.
    Never(DateTime<FixedOffset>),
}

/// No offset is so far from UTC, and no zone changes its offset twice in so short a time.
const DAY: TimeDelta = TimeDelta::days(1);

impl Reading {
    /// Reads `local` in a zone that has the offset `offset_at` at an instant.
    pub fn of(local: NaiveDateTime, offset_at: &dyn Fn(DateTime<Utc>) -> FixedOffset) -> Self {
        let utc = local.and_utc();
        let moved = |by: TimeDelta| offset_at(utc.checked_add_signed(by).unwrap_or(utc));
        let (before, after) = (moved(-DAY), moved(DAY));
        let at = |off: FixedOffset| match off.from_local_datetime(&local).single() {
            Some(at) => at,
            None => utc.with_timezone(&off),
        };
        let holds = |off: FixedOffset| offset_at(at(off).to_utc()) == off;
        match (holds(before), holds(after)) {
            (true, true) if before != after => Self::Twice { first: at(before), second: at(after) },
            (true, _) => Self::Once(at(before)),
            (false, true) => Self::Once(at(after)),
            (false, false) => {
                let instant = at(before).to_utc();
                Self::Never(instant.with_timezone(&offset_at(instant)))
            }
        }
    }

    /// The earliest instant that is meant.
    pub fn first(self) -> DateTime<FixedOffset> {
        match self {
            Self::Once(at) | Self::Never(at) | Self::Twice { first: at, .. } => at,
        }
    }

    /// The latest instant that is meant.
    pub fn last(self) -> DateTime<FixedOffset> {
        match self {
            Self::Once(at) | Self::Never(at) | Self::Twice { second: at, .. } => at,
        }
    }
}
