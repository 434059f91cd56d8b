//! Local time where clocks are put forward and back: every zone, against the time zone database.

use std::sync::LazyLock;

use breach::clock::{Clock, Moment, Reading};
use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _,
    Utc,
};
use chrono_tz::{TZ_VARIANTS, Tz};

/// A clock that stands at a moment, on a wall in this zone.
pub(crate) struct Wall(pub(crate) DateTime<Utc>, pub(crate) Tz);

impl Clock for Wall {
    fn now(&self) -> Moment {
        Moment { at: self.0, off: self.offset_at(self.0), mono: 1 }
    }

    fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        at.with_timezone(&self.1).offset().fix()
    }
}

/// A change of a zone's offset: the first instant that has the new one, the old one, the new one.
pub(crate) type Change = (DateTime<Utc>, FixedOffset, FixedOffset);

/// Every change of every zone from 1970 to 2049.
pub(crate) fn all_changes() -> impl Iterator<Item = (Tz, Change)> {
    static ALL: LazyLock<Vec<(Tz, Change)>> = LazyLock::new(|| {
        let changes = |zone: Tz| changes(zone).into_iter().map(move |change| (zone, change));
        TZ_VARIANTS.into_iter().flat_map(changes).collect()
    });
    ALL.iter().copied()
}

fn changes(zone: Tz) -> Vec<Change> {
    let wall = Wall(DateTime::UNIX_EPOCH, zone);
    let mut changes = Vec::new();
    let mut from = DateTime::UNIX_EPOCH;
    let mut offset = wall.offset_at(from);
    while from.timestamp() < 2_524_608_000 {
        let to = from + TimeDelta::days(8);
        let (old, new) = (offset, wall.offset_at(to));
        if old != new {
            let (mut before, mut after) = (from.timestamp(), to.timestamp());
            while after - before > 1 {
                let middle = i64::midpoint(before, after);
                let at = DateTime::from_timestamp(middle, 0).expect("a moment");
                if wall.offset_at(at) == old { before = middle } else { after = middle }
            }
            let at = DateTime::from_timestamp(after, 0).expect("a moment");
            changes.push((at, old, wall.offset_at(at)));
        }
        (from, offset) = (to, new);
    }
    changes
}

/// Local times on both sides of both ends of what a change of the offset repeats or leaves out.
fn around((at, old, new): Change) -> Vec<NaiveDateTime> {
    let ends = [old, new].map(|off| at.with_timezone(&off).naive_local());
    let middle = ends[0] + (ends[1] - ends[0]) / 2;
    let second = TimeDelta::seconds(1);
    ends.into_iter().flat_map(|end| [end - second, end, end + second]).chain([middle]).collect()
}

#[test]
fn a_local_time_is_read_as_the_database_says() {
    let (mut twice, mut never) = (0, 0);
    for (zone, change) in all_changes() {
        let wall = Wall(DateTime::UNIX_EPOCH, zone);
        for local in around(change) {
            let reading = wall.reading(local);
            let fixed = |at: DateTime<Tz>| at.fixed_offset();
            match zone.from_local_datetime(&local).map(fixed) {
                MappedLocalTime::Single(at) => {
                    assert_eq!(reading, Reading::Once(at), "{zone} {local}");
                }
                MappedLocalTime::Ambiguous(one, other) => {
                    let (first, second) = (one.min(other), one.max(other));
                    assert_eq!(reading, Reading::Twice { first, second }, "{zone} {local}");
                    twice += 1;
                }
                MappedLocalTime::None => {
                    let (_, old, new) = change;
                    let unmoved = old.from_local_datetime(&local).single().expect("one");
                    assert_eq!(reading, Reading::Never(unmoved), "{zone} {local}");
                    assert_eq!(*reading.first().offset(), new, "{zone} {local}");
                    never += 1;
                }
            }
        }
    }
    assert!(twice > 50_000 && never > 50_000, "{twice} {never}");
}
