//! The schema's coarse time: one date, and lengths of a number and a unit.

use chrono::Datelike;
use serde_json::{Value, json};

use super::UNKNOWN;
use crate::fact::When;
use crate::report::{Interval, Presence, Report};

/// Units with their seconds, finest first. Months and years are those of the calendar's mean.
const UNITS: [(&str, i64); 7] = [
    ("Seconds", 1),
    ("Minutes", 60),
    ("Hours", 3_600),
    ("Days", 86_400),
    ("Weeks", 604_800),
    ("Months", 2_629_746),
    ("Years", 31_556_952),
];

/// Years that the schema takes.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2050;

/// The place of days among them.
const DAYS: usize = 3;

pub(super) fn coarse(report: &Report) -> Value {
    let at = |ids: &[&str]| {
        let of = |id: &&str| report.anchors.iter().find(|anchor| anchor.id == **id)?.at.as_ref();
        ids.iter().find_map(of)
    };
    let is_none = |ids: &[&str]| {
        let mut anchors = report.anchors.iter().filter(|anchor| ids.contains(&&*anchor.id));
        anchors.any(|anchor| anchor.presence == Presence::Inapplicable)
    };
    let length = |from: &[&str], to: &[&str]| match at(from).zip(at(to)) {
        Some((from, to)) => duration(&Interval::between(from, to)),
        None if is_none(to) => json!({ "unit": "NA" }),
        None => json!({ "unit": UNKNOWN }),
    };
    json!({
        "incident": date(began(report).map(|(_, at)| at), report),
        "compromise": length(&["E0"], &["E1"]),
        "exfiltration": length(&["E1"], &["E2"]),
        "discovery": length(&["E1", "E0"], &["E3"]),
        "containment": length(&["E3"], &["E7"]),
    })
}

/// The anchor whose date is that of the incident: the earliest in the order of an attack that is in
/// the years of the schema. When the record was opened says nothing of it.
pub(super) fn began(report: &Report) -> Option<(&'static str, &When)> {
    ["E0", "E1", "E2", "S1", "E3"].into_iter().find_map(|id| {
        let at = report.anchors.iter().find(|anchor| anchor.id == id)?.at.as_ref()?;
        YEARS.contains(&at.earliest.year()).then_some((id, at))
    })
}

/// The year in which it was known at the latest, if a fact says so.
fn known_by(report: &Report) -> Option<i32> {
    let known = report
        .anchors
        .iter()
        .filter(|anchor| anchor.id.starts_with('E') && !anchor.source.starts_with("entry "));
    known.filter_map(|anchor| Some(anchor.at.as_ref()?.earliest.year())).min()
}

/// A date no finer than it is known. The year is a must: failing all else, that of the record.
fn date(when: Option<&When>, report: &Report) -> Value {
    let Some(when) = when else {
        let record = || report.banner.last_entry_at.map_or(1970, |at| at.year());
        let year = known_by(report).unwrap_or_else(record);
        return json!({ "year": year.clamp(*YEARS.start(), *YEARS.end()) });
    };
    let (from, to) = (when.earliest.date_naive(), when.latest.date_naive());
    let mut date = json!({ "year": from.year() });
    if (from.year(), from.month()) == (to.year(), to.month()) {
        date["month"] = json!(from.month());
        if from == to {
            date["day"] = json!(from.day());
        }
    }
    date
}

/// Days are the longest natural unit. Where the bounds are not the same number of it, a coarser one
/// in which they are; failing that, the order of the longer bound, without a number.
fn duration(length: &Interval) -> Value {
    if length.is_contradiction() {
        return json!({ "unit": UNKNOWN });
    }
    let finest = length.unit as usize;
    let (least, most) = (length.least * UNITS[finest].1, length.most * UNITS[finest].1);
    let natural = (finest..=DAYS).rev().find(|unit| most >= 2 * UNITS[*unit].1).unwrap_or(finest);
    let same = |(_, unit): &&(&str, i64)| {
        least >= 0 && least / unit == most / unit && (least >= *unit || most == 0)
    };
    if let Some((name, unit)) = UNITS[natural..].iter().find(same) {
        return json!({ "unit": name, "value": least / unit });
    }
    let order = UNITS[finest..].iter().rfind(|(_, unit)| most >= *unit).unwrap_or(&UNITS[finest]);
    json!({ "unit": order.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Unit;

    #[test]
    fn a_length_is_as_coarse_as_it_is_known() {
        for (least, most, unit, told) in [
            (75, 75, Unit::Day, json!({ "unit": "Days", "value": 75 })),
            (21_527, 21_527, Unit::Minute, json!({ "unit": "Days", "value": 14 })),
            (90, 90, Unit::Minute, json!({ "unit": "Minutes", "value": 90 })),
            (40, 40, Unit::Hour, json!({ "unit": "Hours", "value": 40 })),
            (52, 79, Unit::Day, json!({ "unit": "Months" })),
            (631, 661, Unit::Day, json!({ "unit": "Years", "value": 1 })),
            (64, 69, Unit::Day, json!({ "unit": "Weeks", "value": 9 })),
            (0, 0, Unit::Day, json!({ "unit": "Days", "value": 0 })),
            (-2, 3, Unit::Day, json!({ "unit": "Days" })),
            (-3, -2, Unit::Day, json!({ "unit": "Unknown" })),
        ] {
            let length = Interval { least, most, unit, shown: String::new() };
            assert_eq!(duration(&length), told, "{least} to {most}");
        }
    }
}
