//! Moments as a report shows them: in one zone, which is named once, and never finer than given.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone, Timelike as _};
use chrono_tz::Tz;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::interval::{Unit, unit};
use crate::fact::{Precision, When};

/// The one zone in which times are shown: the organisation's or, if it is not recorded, UTC or the
/// reader's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    tz: Option<Tz>,
    /// Whether it is the reader's.
    is_here: bool,
    /// Whether every moment names it: rows that others take apart.
    is_named: bool,
}

impl Zone {
    /// UTC, named with each moment: for rows that are read one by one.
    pub fn of_rows() -> Self {
        Self { is_named: true, ..Self::default() }
    }

    /// The zone that a fact names.
    pub fn named(name: Option<&str>) -> Self {
        Self { tz: name.and_then(|name| name.parse().ok()), ..Self::default() }
    }

    /// The same or, if the organisation's zone is not recorded, the reader's.
    #[must_use]
    pub fn or_here(self, name: Option<&str>) -> Self {
        if self.tz.is_some() { self } else { Self { is_here: true, ..Self::named(name) } }
    }

    fn clock(self) -> Tz {
        self.tz.unwrap_or(Tz::UTC)
    }

    /// Its name in the time zone database.
    pub fn name(self) -> &'static str {
        match self.clock() {
            Tz::Etc__UTC => "UTC",
            clock => clock.name(),
        }
    }

    /// Its name and, if it is not the organisation's, why not.
    pub fn words(self) -> String {
        let is_theirs = self.tz.is_some() && !self.is_here;
        let why = if is_theirs { "" } else { ", the organisation's zone is not recorded" };
        format!("{}{why}", self.name())
    }

    /// The same moment, with the offset of this zone.
    pub fn there(self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.clock()).fixed_offset()
    }

    /// The time on a clock there.
    pub fn local(self, at: DateTime<FixedOffset>) -> NaiveDateTime {
        at.with_timezone(&self.clock()).naive_local()
    }

    /// A moment to the minute: `Tue 21 Aug 2018 22:58`; with its offset where clocks showed it twice.
    pub fn moment<Z: TimeZone>(self, at: &DateTime<Z>) -> String {
        let at = at.with_timezone(&self.clock());
        let form = if self.is_twice(&at) { "%a %-d %b %Y %H:%M %:z" } else { "%a %-d %b %Y %H:%M" };
        at.format(form).to_string()
    }

    /// A moment in words: `Tue 21 Aug 2018 22:58`. A day is the day as it was written.
    pub fn show(self, when: &When) -> String {
        if unit(when) == Unit::Day {
            return when.show();
        }
        let [from, to] = [when.earliest, when.latest].map(|at| at.with_timezone(&self.clock()));
        // What was an hour elsewhere may begin at half past one here.
        let precision = match when.precision {
            Precision::Hour if from.minute() != 0 => Precision::Range,
            precision => precision,
        };
        let (earliest, latest) = (from.fixed_offset(), to.fixed_offset());
        let shown = match precision {
            Precision::Hour => earliest.format("%a %-d %b %Y about %H:00 %:z").to_string(),
            _ => When { earliest, latest, precision }.show(),
        };
        if self.is_named {
            return shown.replace(" +00:00", " UTC");
        }
        if self.is_twice(&from) || self.is_twice(&to) {
            return shown;
        }
        let without = |shown: String, at: &DateTime<FixedOffset>| {
            shown.replace(&at.format(" %:z").to_string(), "")
        };
        without(without(shown, &earliest), &latest)
    }

    fn is_twice(self, at: &DateTime<Tz>) -> bool {
        self.clock().from_local_datetime(&at.naive_local()).single().is_none()
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl JsonSchema for Zone {
    fn schema_name() -> Cow<'static, str> {
        "Zone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A name of the time zone database: `Europe/London`.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FakeClock;

    #[test]
    fn one_zone_tells_all_moments_and_names_none() {
        let clock = FakeClock::new(DateTime::UNIX_EPOCH, FixedOffset::east_opt(0).expect("UTC"));
        let london = Zone::named(Some("Europe/London"));
        let kolkata = Zone::named(Some("Asia/Kolkata"));
        for (zone, text, shown) in [
            (london, "2018-08-21 21:58Z", "Tue 21 Aug 2018 22:58"),
            (london, "2018-01-21 21:58:07Z", "Sun 21 Jan 2018 21:58:07"),
            (london, "2018-08-21", "Tue 21 Aug 2018"),
            (london, "2018-08-21 14h +02:00", "Tue 21 Aug 2018 about 13:00"),
            (kolkata, "2018-08-21 14h +02:00", "Tue 21 Aug 2018 17:30 to Tue 21 Aug 2018 18:29"),
            (london, "2018-10-28 00:30Z", "Sun 28 Oct 2018 01:30 +01:00"),
            (london, "2018-10-28 01:30Z", "Sun 28 Oct 2018 01:30 +00:00"),
            (Zone::named(Some("Mars/Olympus")), "2018-08-21 22:58 +01:00", "Tue 21 Aug 2018 21:58"),
        ] {
            let when = When::parse(text, &clock).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(zone.show(&when.value), shown, "{text}");
            if when.value.precision == Precision::Minute {
                assert_eq!(zone.moment(&when.value.earliest), shown, "{text}");
            }
        }
        let when = When::parse("2018-08-21 22:58 +01:00", &clock).expect("a moment").value;
        assert_eq!(Zone::of_rows().show(&when), "Tue 21 Aug 2018 21:58 UTC");
        assert_eq!(london.words(), "Europe/London");
        assert_eq!(Zone::default().words(), "UTC, the organisation's zone is not recorded");
    }
}
