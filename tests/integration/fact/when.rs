//! Times that somebody gives in local time, where clocks are put forward and back.

use breach::fact::{Precision, When};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::clock::{Wall, all_changes};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("a moment").to_utc()
}

/// What is understood in this zone, and what is said of it.
fn read(zone: Tz, now: &str, text: &str) -> (String, String) {
    let when = When::parse(text, &Wall(at(now), zone)).expect(text);
    (when.value.earliest.to_rfc3339(), when.remarks.join(" "))
}

#[test]
fn an_hour_that_came_twice_is_the_earlier_one_and_says_so() {
    for (zone, text, taken, other) in [
        (Tz::Europe__Berlin, "2026-10-25 02:30", "2026-10-25T02:30:00+02:00", "+01:00"),
        (Tz::America__New_York, "2026-11-01 01:30", "2026-11-01T01:30:00-04:00", "-05:00"),
        (Tz::Australia__Lord_Howe, "2026-04-05 01:45", "2026-04-05T01:45:00+11:00", "+10:30"),
    ] {
        let (earliest, said) = read(zone, "2026-11-23T10:00:00Z", text);
        assert_eq!(earliest, taken);
        assert!(said.contains("twice") && said.contains(&format!("`{text} {other}`")), "{said}");
        // With its offset, it can only be meant so.
        let (_, said) = read(zone, "2026-11-23T10:00:00Z", &format!("{text} {other}"));
        assert_eq!(said, "");
    }
    let (earliest, said) = read(Tz::Europe__Berlin, "2026-10-25T10:00:00Z", "02:30");
    assert_eq!(earliest, "2026-10-25T02:30:00+02:00");
    assert!(said.contains("`2026-10-25 02:30 +01:00`"), "{said}");
    let (_, said) = read(Tz::Europe__Berlin, "2026-10-25T10:00:00Z", "01:00 to 02:30");
    assert!(said.contains("`2026-10-25 02:30 +01:00`"), "{said}");
}

#[test]
fn a_second_time_of_day_is_of_the_day_of_the_first() {
    for (text, from, to) in [
        ("2026-11-20 8 pm to 11 pm", "2026-11-20T20:00:00+01:00", "2026-11-20T23:59:59+01:00"),
        ("20 Nov 2026 8pm to 9 pm", "2026-11-20T20:00:00+01:00", "2026-11-20T21:59:59+01:00"),
        ("20 Nov 2026 8 PM to 9PM", "2026-11-20T20:00:00+01:00", "2026-11-20T21:59:59+01:00"),
        ("2026-11-20 11 pm..1:30 am", "2026-11-20T23:00:00+01:00", "2026-11-21T01:30:59+01:00"),
        ("yesterday 8 pm to 9 pm", "2026-11-22T20:00:00+01:00", "2026-11-22T21:59:59+01:00"),
        ("8 am to 9 am", "2026-11-23T08:00:00+01:00", "2026-11-23T09:59:59+01:00"),
    ] {
        let clock = Wall(at("2026-11-23T10:00:00Z"), Tz::Europe__Berlin);
        let when = When::parse(text, &clock).expect(text).value;
        let read = (when.earliest.to_rfc3339(), when.latest.to_rfc3339());
        assert_eq!(read, (from.to_owned(), to.to_owned()), "{text}");
    }
}

#[test]
fn an_hour_that_never_came_is_recorded_and_says_so() {
    for (zone, text, taken) in [
        (Tz::Europe__Berlin, "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        (Tz::America__New_York, "2026-03-08 02:30", "2026-03-08T03:30:00-04:00"),
        (Tz::Australia__Lord_Howe, "2025-10-05 02:15", "2025-10-05T02:45:00+11:00"),
        (Tz::Pacific__Apia, "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
    ] {
        let (earliest, said) = read(zone, "2026-11-23T10:00:00Z", text);
        assert_eq!(earliest, taken);
        assert!(said.contains(&format!("{text} did not exist")), "{said}");
    }
}

#[test]
fn every_change_of_every_clock_is_told_and_can_be_written() {
    let mut told = 0;
    for (zone, (change, old, new)) in all_changes() {
        // Offsets are written to the minute.
        if old.local_minus_utc() % 60 != 0 || new.local_minus_utc() % 60 != 0 {
            continue;
        }
        let wall = Wall(change + TimeDelta::days(9), zone);
        // The first local time that it repeats or leaves out.
        let first = if new.local_minus_utc() > old.local_minus_utc() { old } else { new };
        let local = change.with_timezone(&first).naive_local();
        let text = local.format("%Y-%m-%d %H:%M:%S").to_string();
        let when = When::parse(&text, &wall).expect("a time");
        assert_eq!(when.value.precision, Precision::Second);
        let [said] = when.remarks.as_slice() else { panic!("{zone} {text}: {when:?}") };
        if new.local_minus_utc() > old.local_minus_utc() {
            assert!(said.contains("did not exist"), "{zone}: {said}");
            assert_eq!(when.value.earliest.to_utc(), change, "{zone}: {said}");
        } else {
            let written = said.split('`').nth(1).expect("how to write it");
            let later = When::parse(written, &wall).expect("it can be read");
            assert_eq!(later.remarks, [""; 0], "{zone}: {written}");
            assert_eq!(later.value.earliest.to_utc(), change, "{zone}: {said}");
            assert!(when.value.earliest < later.value.earliest, "{zone}: {said}");
        }
        told += 1;
    }
    assert!(told > 30_000, "{told}");
}

#[test]
fn a_day_has_the_hours_that_clocks_gave_it() {
    let hours = |zone: Tz, day: &str| {
        let when = When::parse(day, &Wall(at("2026-11-23T10:00:00Z"), zone)).expect(day);
        assert_eq!(when.remarks, [""; 0], "{day}");
        (when.value.latest - when.value.earliest + TimeDelta::seconds(1)).num_hours()
    };
    assert_eq!(hours(Tz::Europe__Berlin, "2026-10-25"), 25);
    assert_eq!(hours(Tz::Europe__Berlin, "2026-03-29"), 23);
    // Midnight itself comes twice, or never.
    assert_eq!(hours(Tz::America__Havana, "2026-11-01"), 25);
    assert_eq!(hours(Tz::America__Havana, "2026-03-08"), 23);
    let (_, said) = read(Tz::Pacific__Apia, "2026-11-23T10:00:00Z", "2011-12-30");
    assert!(said.contains("2011-12-30 did not exist"), "{said}");
    let (_, said) = read(Tz::Pacific__Apia, "2026-11-23T10:00:00Z", "2011-12");
    assert_eq!(said, "");
}

#[test]
fn the_next_time_of_day_can_be_the_second_one() {
    for (now, next) in [
        ("2026-10-24T22:00:00Z", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T00:45:00Z", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T01:45:00Z", "2026-10-26T02:30:00+01:00"),
        ("2026-03-29T00:45:00Z", "2026-03-29T03:30:00+02:00"),
    ] {
        let when = When::coming("02:30", &Wall(at(now), Tz::Europe__Berlin)).expect("a time");
        assert_eq!(when.value.earliest.to_rfc3339(), next, "{now}");
    }
}
