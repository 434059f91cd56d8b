//! The zone of times that name none: what is assumed is told.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, Utc};
use chrono_tz::Tz;

use crate::cli::desk::Context;
use crate::clock::{Clock, Reading};
use crate::wording;

/// The zone in which times without one are read.
#[derive(Clone, Copy)]
pub(super) enum Zone<'c> {
    /// Somebody named it.
    Named(Tz),
    /// Nobody did, and tools mean UTC.
    Utc,
    /// Nobody did, and people mean the clocks around them.
    Here(&'c dyn Clock),
}

impl Zone<'_> {
    /// The moment of a local time, the earlier one where clocks showed it twice.
    pub(super) fn at(self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let offset = |at: DateTime<Utc>, zone: Tz| at.with_timezone(&zone).offset().fix();
        match self {
            Self::Named(zone) => Reading::of(local, &|at| offset(at, zone)).first(),
            Self::Utc => local.and_utc().fixed_offset(),
            Self::Here(clock) => clock.reading(local).first(),
        }
    }
}

/// Says in which zone so many were read that name none.
pub(super) fn tell(
    context: &mut Context,
    zone: Option<Tz>,
    (local, noun): (usize, &str),
    or: &str,
) {
    if local == 0 {
        return;
    }
    let (count, verb) = (wording::count(local, noun), if local == 1 { "names" } else { "name" });
    let read = if local == 1 { "was read" } else { "were read" };
    let zone =
        zone.map_or_else(|| format!("{or}; --zone names another"), |zone| zone.name().to_owned());
    context.screen.say(&format!("{count} {verb} no time zone and {read} in {zone}."));
}
