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
    /// What it is called, and how to name another if nobody named it.
    pub(super) fn words(self) -> String {
        match self {
            Self::Named(zone) => zone.name().to_owned(),
            Self::Utc => "UTC; --zone names another".to_owned(),
            Self::Here(clock) => {
                let name = clock.zone().map(|zone| format!("{zone}, ")).unwrap_or_default();
                format!("{name}this machine's zone; --zone names another")
            }
        }
    }

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

/// Says in which zone so many were read that name none; `zone` as [`Zone::words`] has it.
pub(super) fn tell(context: &mut Context, zone: &str, (local, noun): (usize, &str)) {
    if local == 0 {
        return;
    }
    let (count, verb) = (wording::count(local, noun), if local == 1 { "names" } else { "name" });
    let read = if local == 1 { "was read" } else { "were read" };
    context.screen.say(&format!("{count} {verb} no time zone and {read} in {zone}."));
}
