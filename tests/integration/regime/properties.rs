//! What must hold for every instant, zone and number.

use std::collections::{BTreeMap, BTreeSet};

use breach::fact::{Precision, Value, Vocabulary, When};
use breach::regime::{Assessed, Clock, Count, Duty, Span, State, Unit};
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};
use proptest::prelude::*;

use super::{World, law};

const ZONES: [&str; 7] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "America/St_Johns",
    "UTC",
];

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    // 2021 to 2029: inside every calendar.
    (1_609_459_200_i64..1_861_920_000)
        .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).expect("an instant"))
}

fn time(at: DateTime<Utc>) -> Value {
    let at = at.fixed_offset();
    Value::Time(When { earliest: at, latest: at, precision: Precision::Second })
}

/// Every clock fact of the law at one instant.
fn world(at: DateTime<Utc>, zone: &str) -> World {
    let mut world = World::new(zone.parse().expect("a zone"));
    world.at = at;
    for duty in law().regimes.iter().flat_map(|regime| &regime.duties).flat_map(Duty::versions) {
        if let Clock::Fact { name, .. } = &duty.clock {
            world.known.insert(name.clone(), time(at));
        }
        if let Some((_, name)) = &duty.cap {
            world.known.insert(name.clone(), time(at));
        }
    }
    world
}

/// The version of a duty, and those of the duties to whose filing it is tied.
fn texts<'l>(all: &[Assessed<'l>], duty: &Assessed<'l>) -> Vec<(&'l str, Span)> {
    let mut texts = vec![(duty.duty.id.as_str(), duty.duty.in_force)];
    let mut at = duty.duty;
    while let Some(tied) = match (&at.clock, &at.also) {
        (Clock::Filed { duty, .. }, _) | (_, Some((duty, _))) => Some(duty),
        _ => None,
    } {
        let (regime, _) = tied.split_once('.').expect("an id");
        let mut of = all.iter().filter(|one| one.regime.id == regime);
        let of = of
            .find(|one| one.duty.id == *tied || one.duty.id.starts_with(&format!("{tied}.until")));
        at = of.expect("a duty").duty;
        texts.push((at.id.as_str(), at.in_force));
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn hours_are_elapsed_time_in_every_zone(at in instants(), zone in 0..ZONES.len()) {
        let world = world(at, ZONES[zone]);
        let mut seen = 0;
        for duty in world.all() {
            let Some(period) = duty.duty.period.filter(|period| period.unit == Unit::Hours) else { continue };
            let simple = matches!(duty.duty.clock, Clock::Fact { .. }) && duty.duty.cap.is_none()
                && duty.duty.also.is_none() && duty.duty.instead.is_empty();
            let Some(due) = duty.due.filter(|_| simple && duty.duty.count == Count::ExactHours) else { continue };
            seen += 1;
            prop_assert_eq!(due - at, TimeDelta::hours(i64::from(period.n)), "{}", duty.duty.id);
            if let Some(latest) = duty.latest.filter(|latest| latest.count == Count::Eu1182Hours) {
                prop_assert!(latest.at > due && latest.at - due <= TimeDelta::hours(1));
                prop_assert_eq!(latest.at.timestamp() % 3600, 0);
            }
        }
        prop_assert!(seen > 10, "{}", seen);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        at in instants(), later in 1_i64..40 * 86_400, zone in 0..ZONES.len(),
    ) {
        let before = world(at, ZONES[zone]);
        let after = world(at + TimeDelta::seconds(later), ZONES[zone]);
        let (before, after) = (before.all(), after.all());
        let dues: BTreeMap<Vec<(&str, Span)>, Option<DateTime<Utc>>> =
            before.iter().map(|duty| (texts(&before, duty), duty.due)).collect();
        // Where the law changed in between, it may have become stricter.
        for duty in &after {
            if let (Some(Some(before)), Some(after)) = (dues.get(&texts(&after, duty)), duty.due) {
                prop_assert!(*before <= after, "{}: {before} then {after}", duty.duty.id);
            }
        }
    }

    #[test]
    fn days_end_with_the_day_and_no_number_has_no_instant(at in instants(), zone in 0..ZONES.len()) {
        for duty in world(at, ZONES[zone]).all() {
            let linked = matches!(duty.duty.clock, Clock::Filed { .. }) || duty.duty.also.is_some();
            match (duty.due, duty.duty.period) {
                (Some(due), Some(period)) if period.unit != Unit::Hours && !linked => {
                    let local = due.with_timezone(&duty.zone).time();
                    let ends = duty.duty.ends.unwrap_or_else(|| {
                        chrono::NaiveTime::from_hms_opt(23, 59, 59).expect("a time")
                    });
                    // Where midnight falls into a change of the clocks, the day ends with it.
                    let near = (i64::from(local.num_seconds_from_midnight())
                        - i64::from(ends.num_seconds_from_midnight())).abs() <= 3600;
                    prop_assert!(local == ends || near, "{}: {local}", duty.duty.id);
                }
                (Some(_), None) => prop_assert!(linked || duty.duty.cap.is_some(), "{}", duty.duty.id),
                _ => {}
            }
        }
    }

    #[test]
    fn the_sec_never_ends_on_a_day_off(at in instants()) {
        let duty = world(at, "UTC").duty("us-sec-8k.1-05").0;
        let calendar = law().calendars.get(Some("sec"));
        if let Some(due) = duty.due {
            let day = due.with_timezone(&duty.zone).date_naive();
            prop_assert!(calendar.is_open(day), "{day}");
            let start = at.with_timezone(&duty.zone).date_naive();
            let open = start.iter_days().skip(1).take_while(|at| *at <= day)
                .filter(|at| calendar.is_open(*at)).count();
            prop_assert_eq!(open, 4);
        }
    }

    #[test]
    fn japan_counts_the_first_day(at in instants()) {
        let duty = world(at, "UTC").duty("jp-appi.final").0;
        let start = at.with_timezone(&duty.zone).date_naive();
        let thirtieth = start + TimeDelta::days(29);
        let calendar = law().calendars.get(Some("japan"));
        if let Some(due) = duty.due {
            let day = due.with_timezone(&duty.zone).date_naive();
            prop_assert!(day >= thirtieth);
            prop_assert_eq!(day == thirtieth, calendar.is_open(thirtieth));
        }
    }
}

#[test]
fn where_the_reader_sits_changes_no_instant_of_an_authority_elsewhere() {
    let at = "2026-11-20T22:30:00Z".parse().expect("an instant");
    let dues = |zone: &str| -> Vec<(String, Option<DateTime<Utc>>)> {
        let named = world(at, zone)
            .all()
            .into_iter()
            .filter(|duty| matches!(duty.regime.zone, breach::regime::Zone::Named(_)));
        named.map(|duty| (duty.duty.id.clone(), duty.due)).collect()
    };
    assert_eq!(dues("Asia/Tokyo"), dues("Pacific/Honolulu"));
}

#[test]
fn a_stage_moves_when_the_one_before_is_filed() {
    let at: DateTime<Utc> = "2026-11-20T17:00:00Z".parse().expect("an instant");
    let mut world = world(at, "Europe/Berlin");
    let (second, _) = world.duty("eu-nis2.23-4-b");
    let (third, _) = world.duty("eu-nis2.23-4-d");
    assert!(third.start.is_some_and(|start| start.projected), "{third:?}");
    assert_eq!(third.start.map(|start| start.at), second.due);
    world.file("eu-nis2.23-4-b", "2026-11-21 10:00 +01:00", None, super::utc());
    let (filed, _) = world.duty("eu-nis2.23-4-d");
    assert!(filed.start.is_some_and(|start| !start.projected));
    assert_eq!(filed.due.map(|due| due.with_timezone(&filed.zone).day()), Some(21));
    let (sent, _) = world.duty("eu-nis2.23-4-b");
    assert_eq!(sent.state, State::Sent);
}

#[test]
fn what_is_sent_in_part_stays_owed() {
    let at: DateTime<Utc> = "2026-11-20T17:00:00Z".parse().expect("an instant");
    let mut world = world(at, "UTC");
    world.file("us-ca.individuals", "2026-11-25", Some(12), super::utc());
    assert_ne!(world.duty("us-ca.individuals").0.state, State::Sent);
    world.file("us-ca.individuals", "2026-11-27", Some(0), super::utc());
    assert_eq!(world.duty("us-ca.individuals").0.state, State::Sent);
}

#[test]
fn a_day_is_the_day_that_was_written() {
    // Written where it was already the next day, and counted in New York.
    let mut world = World::new(chrono_tz::UTC);
    let tokyo = chrono::FixedOffset::east_opt(9 * 3600).expect("an offset");
    world.know("determined_material", "2026-11-20", tokyo);
    let (duty, _) = world.duty("us-sec-8k.1-05");
    let due = duty.due.expect("due").with_timezone(&duty.zone);
    assert_eq!((due.day(), due.weekday()), (27, Weekday::Fri));
}

/// What a law takes back when more people are affected: from 500 people on, both rules want the notice
/// at once, and not once a year.
const INSTEAD: [&str; 2] = ["us-hipaa.408-c", "us-ftc-hbnr.ftc-annual"];

fn known(facts: Vec<(String, Option<Value>)>) -> World {
    let mut world = World::new(chrono_tz::UTC);
    world.known = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    world
}

/// Ids of the duties that are owed for sure.
fn owed(duties: &[Assessed<'_>]) -> BTreeSet<String> {
    let sure = duties.iter().filter(|duty| duty.state.is_open() && duty.state != State::Check);
    sure.map(|duty| duty.duty.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn more_people_or_more_kinds_of_data_take_no_duty_back(
        facts in super::unknown::facts(), more in 1_u64..5_000,
    ) {
        let mut world = known(facts);
        let before = owed(&world.all());
        if let Some(Value::People(people)) = world.known.get_mut("people_affected") {
            for count in people.by.values_mut() {
                count.n += more;
            }
        }
        if let Some(Value::Count(count)) = world.known.get_mut("persons_affected") {
            count.n += more;
        }
        let classes = &Vocabulary::builtin().get("data_classes").expect("a fact").options;
        let all = classes.iter().map(|option| option.id.clone()).collect();
        if world.known.contains_key("data_classes") {
            world.known.insert("data_classes".to_owned(), Value::Choices(all));
        }
        let after = owed(&world.all());
        let gone: Vec<&String> =
            before.difference(&after).filter(|id| !INSTEAD.contains(&id.as_str())).collect();
        prop_assert!(gone.is_empty(), "{gone:?}");
    }

    #[test]
    fn what_is_not_known_is_never_better_than_the_worst_that_it_can_be(facts in super::unknown::facts()) {
        let world = known(facts);
        let with = world.all();
        let names: Vec<String> = world.known.keys().cloned().collect();
        let conditioned = names.iter().filter(|name| !matches!(world.known[*name], Value::Time(_)));
        for name in conditioned.take(12) {
            let mut less = World { known: world.known.clone(), ..known(Vec::new()) };
            less.known.remove(name);
            for (with, without) in with.iter().zip(less.all()) {
                let id = &with.duty.id;
                let settled = without.state == State::NotTriggered;
                prop_assert!(!settled || with.state == State::NotTriggered, "{id} without `{name}`");
                if let (Some(due), Some(open)) = (with.due, without.due) {
                    prop_assert!(open <= due, "{id} without `{name}`: {open}, and not {due}");
                }
            }
        }
    }

    #[test]
    fn every_reason_is_a_fact_on_record(facts in super::unknown::facts()) {
        let world = known(facts);
        let vocabulary = Vocabulary::builtin();
        let look = |name: &str| world.known.get(name);
        for (regime, duty) in law().regimes.iter().flat_map(|regime| {
            regime.duties.iter().map(move |duty| (regime, duty))
        }) {
            for condition in duty.conditions(regime) {
                for first in [true, false] {
                    let grounds = condition.grounds(&look, vocabulary, first);
                    prop_assert_eq!(
                        condition.holds(&look).is_none(), grounds.is_empty(), "{}", duty.id
                    );
                    for ground in grounds {
                        prop_assert!(world.known.contains_key(ground.fact), "{}", duty.id);
                        prop_assert!(!ground.says.is_empty(), "{}", duty.id);
                    }
                }
            }
        }
    }
}

#[test]
fn a_request_to_wait_that_ends_leaves_what_the_law_gives_after_it() {
    for (id, place, due) in [
        ("us-md.individuals", "US-MD", "2027-01-18T04:59:59Z"),
        ("us-me.individuals", "US-ME", "2027-01-20T04:59:59Z"),
        ("us-sd.individuals", "US-SD", "2027-02-10T05:59:59Z"),
        ("us-az.individuals", "US-AZ", "2027-02-25T06:59:59Z"),
        ("us-tn.individuals", "US-TN", "2027-02-25T05:59:59Z"),
    ] {
        let mut world = world("2026-11-02T15:00:00Z".parse().expect("a moment"), "UTC");
        for (name, answer) in [
            ("people_affected", format!("{place} 2000")),
            ("data_classes", "names-contact, social-security".to_owned()),
            ("data_access", "copied-confirmed".to_owned()),
            ("data_encrypted", "no".to_owned()),
            ("misuse_likely", "yes".to_owned()),
            ("controller_or_processor", "controller".to_owned()),
        ] {
            world.know(name, &answer, super::utc());
        }
        let until: DateTime<Utc> = "2027-01-10T18:00:00Z".parse().expect("a moment");
        let before = world.duty(id).0.due.expect("a deadline");
        // A request that came too late cures nothing.
        world.delays.insert(id.to_owned(), (before + TimeDelta::minutes(1), until));
        assert_eq!(world.duty(id).0.due, Some(before), "{id}");
        world.delays.insert(id.to_owned(), (before, until));
        let (duty, steps) = world.duty(id);
        let expected = Some(due.parse().expect("a moment"));
        assert_eq!(duty.due, expected, "{id}: {:?} {steps:#?}", duty.why());
        assert!(steps.iter().any(|step| step.starts_with("the law gives ")), "{id}: {steps:?}");
    }
}

#[test]
fn where_people_make_it_owed_nobody_there_would_change_it() {
    let off = chrono::FixedOffset::east_opt(0).expect("an offset");
    let regimes = &law().regimes;
    let mut seen = 0;
    for regime in regimes {
        let concerns = regime.concerns.as_ref();
        for place in concerns.into_iter().flat_map(breach::fact::Condition::jurisdictions) {
            // People are counted where they live, in a country or a region of it.
            let home = match place {
                "EEA" | "EU" => "DE",
                place => place,
            };
            let mut world = World::new(chrono_tz::UTC);
            for (fact, answer) in [
                ("people_affected", format!("{home}=2000000")),
                ("controller_or_processor", "controller".to_owned()),
                ("risk_level", "high-risk".to_owned()),
                ("data_access", "copied-confirmed".to_owned()),
                ("data_classes", "names-contact, social-security, credentials".to_owned()),
                ("aware", "2026-11-23 02:00".to_owned()),
            ] {
                world.know(fact, &answer, off);
            }
            for duty in world.all() {
                if duty.regime.id != regime.id
                    || !duty.state.is_open()
                    || duty.state == State::Check
                {
                    continue;
                }
                let id = &duty.duty.id;
                let changes = world.with(|facts| law().changes(id, facts, Vocabulary::builtin()));
                let told = changes.iter().filter(|change| change.fact == "people_affected");
                assert!(told.count() > 0, "{id}, {place}: {changes:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen}");
}
