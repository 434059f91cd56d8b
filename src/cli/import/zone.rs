//! The zone of times that name none: what is assumed is told.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, Utc};
use chrono_tz::Tz;

use super::TOLD;
use crate::cli::desk::Context;
use crate::clock::{Clock, Reading};
use crate::fact::{Precision, When};
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

    /// What a local time means there.
    pub(super) fn reading(self, local: NaiveDateTime) -> Reading {
        let offset = |at: DateTime<Utc>, zone: Tz| at.with_timezone(&zone).offset().fix();
        match self {
            Self::Named(zone) => Reading::of(local, &|at| offset(at, zone)),
            Self::Utc => Reading::Once(local.and_utc().fixed_offset()),
            Self::Here(clock) => clock.reading(local),
        }
    }
}

/// So many seconds from a time on; where clocks showed it twice, all that may be meant.
pub(super) fn when(reading: Reading, seconds: i64, precision: Precision) -> When {
    let is_twice = matches!(reading, Reading::Twice { .. });
    When {
        earliest: reading.first(),
        latest: reading.last() + TimeDelta::seconds(seconds),
        precision: if is_twice { Precision::Range } else { precision },
    }
}

/// Times that name no zone, each with its place in the file.
#[derive(Default)]
pub(super) struct Local {
    count: usize,
    twice: Vec<String>,
    never: Vec<String>,
}

impl Local {
    pub(super) fn add(&mut self, reading: Reading, place: &dyn Fn() -> String) {
        self.count += 1;
        match reading {
            Reading::Once(_) => {}
            Reading::Twice { .. } => self.twice.push(place()),
            Reading::Never(_) => self.never.push(place()),
        }
    }

    /// Says in which zone they were read, `zone` as [`Zone::words`] has it, and which of them its clocks
    /// did not show exactly once.
    pub(super) fn tell(&self, context: &mut Context, zone: &str, noun: &str) {
        let Self { count, twice, never } = self;
        if *count == 0 {
            return;
        }
        let (verb, read) = if *count == 1 { ("names", "was") } else { ("name", "were") };
        let count = wording::count(*count, noun);
        context.screen.say(&format!("{count} {verb} no time zone and {read} read in {zone}."));
        for (places, when, what) in [
            (
                twice,
                "In an hour that happened twice, because the clocks went back",
                "Recorded as a range, from the earlier to the later time.",
            ),
            (
                never,
                "At a time that did not exist, because the clocks went forward",
                "Recorded as the time that it was then.",
            ),
        ] {
            if !places.is_empty() {
                let count = wording::count(places.len(), noun);
                let places = wording::some(places, TOLD);
                context.screen.say(&format!("{when}: {count} ({places}). {what}"));
            }
        }
    }
}
