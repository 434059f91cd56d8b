//! The law of then: each version counts from its first day to its last, and a date beats a word.

use std::collections::BTreeSet;

use breach::regime::{Clock, Duty, LawOf, State};
use chrono::{Days, NaiveDate};

use super::{World, law, utc};

/// Every clock of the law started on this day.
fn world(day: NaiveDate) -> World {
    let mut world = World::new(chrono_tz::UTC);
    for duty in duties().flat_map(Duty::versions) {
        if let Clock::Fact { name, .. } = &duty.clock {
            world.know(name, &day.to_string(), utc());
        }
    }
    world
}

fn duties() -> impl Iterator<Item = &'static Duty> {
    law().regimes.iter().flat_map(|regime| &regime.duties)
}

#[test]
fn every_version_counts_from_its_first_day_to_its_last() {
    let firsts: BTreeSet<NaiveDate> =
        duties().flat_map(Duty::versions).filter_map(|version| version.in_force.from).collect();
    assert!(firsts.len() > 35, "{}", firsts.len());
    for first in &firsts {
        for day in [first.pred_opt(), Some(*first), first.succ_opt()].into_iter().flatten() {
            for found in world(day).all() {
                let (regime, id) = (found.regime, &found.duty.id);
                let of = |duty: &&Duty| duty.versions().any(|version| version.id == *id);
                let whole = regime.duties.iter().find(of).expect("a duty");
                let held = whole.versions().find(|version| version.in_force.holds(day));
                match held.filter(|_| regime.in_force.holds(day)) {
                    Some(held) => {
                        assert_eq!(found.duty.in_force, held.in_force, "{id} at {day}");
                        assert_eq!(found.duty.period, held.period, "{id} at {day}");
                        assert!(!found.why().contains("applies only"), "{id} at {day}");
                    }
                    None if regime.in_force.holds(day) && whole.existed => {
                        let note = found.law.note();
                        assert!(note.contains("may differ"), "{id} at {day}: {note}");
                    }
                    None => assert_eq!(found.state, State::NotTriggered, "{id} at {day}"),
                }
            }
        }
    }
}

#[test]
fn versions_follow_each_other_inside_their_law() {
    let mut count = 0;
    for regime in &law().regimes {
        for duty in &regime.duties {
            for (later, earlier) in duty.versions().zip(&duty.earlier) {
                count += 1;
                let next =
                    earlier.in_force.until.and_then(|day| day.checked_add_days(Days::new(1)));
                assert_eq!(next, later.in_force.from, "{}", earlier.id);
            }
            let first = duty.versions().last().and_then(|version| version.in_force.from);
            if let (Some(first), Some(law)) = (first, regime.in_force.from) {
                assert!(law <= first, "{}: {first} before its law", duty.id);
            }
        }
    }
    assert!(count >= 56, "{count}");
}

#[test]
fn a_day_that_is_not_held_says_so() {
    for (day, id, note) in [
        ("2012-05-05", "us-ct.individuals", "as it is today; the law before 2015-10-01 may differ"),
        ("2008-05-05", "us-ga.individuals", "as it is today; the law of then may differ"),
        ("2017-05-05", "us-wa.owner", "as it is today; the law of then may differ"),
        (
            "2017-05-05",
            "us-wa.individuals",
            "law of 2015-07-24 to 2020-02-29, with the test of today, which may differ",
        ),
        ("2019-05-05", "uk-gdpr.33-1", "law of 2018-05-25 to 2020-12-31"),
        ("2026-05-05", "us-wa.individuals", ""),
        ("2026-05-05", "us-ga.individuals", ""),
    ] {
        let (duty, _) = world(day.parse().expect("a day")).duty(id);
        assert_eq!(duty.law.note(), note, "{id} at {day}");
        assert_eq!(duty.law == LawOf::Then, note.is_empty());
    }
}

#[test]
fn a_duty_that_did_not_exist_says_since_when_it_does() {
    for (day, id, since) in [
        ("2017-05-05", "us-co.regulator", "2018-09-01"),
        ("2017-05-05", "us-al.individuals", "2018-06-01"),
        ("2016-05-05", "us-nm.regulator", "2017-06-16"),
        ("2017-05-05", "us-tx.regulator", "2020-01-01"),
        ("2023-05-05", "us-nydfs-500.ransom", "2023-12-01"),
        ("2017-05-05", "eu-gdpr.33-1", "2018-05-25"),
    ] {
        let (duty, _) = world(day.parse().expect("a day")).duty(id);
        assert_eq!(duty.state, State::NotTriggered, "{id}");
        assert_eq!(duty.why(), format!("applies only from {since}"), "{id}");
    }
}

#[test]
fn a_date_beats_the_word_pending() {
    for (at, applies) in [("2027-05-13", false), ("2027-05-14", true), ("2027-06-11", true)] {
        let mut world = World::new(chrono_tz::UTC);
        world.at = format!("{at}T12:00:00Z").parse().expect("a moment");
        let duties = law().regimes.iter().find(|regime| regime.id == "in-dpdp").expect("the law");
        for duty in &duties.duties {
            let (found, _) = world.duty(&duty.id);
            let early = found.why() == "applies only from 2027-05-14";
            assert_eq!(early, !applies, "{} at {at}: {}", duty.id, found.why());
            assert!(!found.why().contains("pending"), "{} at {at}", duty.id);
        }
    }
}

#[test]
fn a_version_is_told_by_its_own_id_and_filed_under_either() {
    let day = "2022-05-05".parse().expect("a day");
    let own = "us-tx.regulator.until-2023-08-31";
    for filed in [own, "us-tx.regulator"] {
        let mut world = world(day);
        assert_eq!(world.duty("us-tx.regulator").0.duty.id, own);
        assert_eq!(world.duty(own).0.due, world.duty("us-tx.regulator").0.due);
        world.file(filed, "2022-05-20", None, utc());
        assert_eq!(world.duty("us-tx.regulator").0.state, State::Sent, "{filed}");
    }
    let (old, _) = world("2026-05-05".parse().expect("a day")).duty(own);
    assert_eq!((old.state, old.why().as_str()), (State::NotTriggered, "applied until 2023-08-31"));
}
