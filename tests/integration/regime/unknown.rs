//! What is said where something is not known: a place of which no law is held, a clock that nothing
//! recorded starts.

use breach::fact::{Basis, Count as Counted, FactType, People, Precision, Value, Vocabulary, When};
use breach::incident::Incident;
use breach::output::duties::{Grouped, View};
use breach::regime::{Assessed, Clock, Count, Gap, Law, Order, Regime, State};
use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{World, law, utc};

pub(super) fn gaps(law: &Law, world: &World) -> Vec<Gap> {
    law.gaps(&|name| world.known.get(name))
}

/// Every code of two letters that is a place.
pub(super) fn countries() -> Vec<String> {
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes = letters().flat_map(|one| letters().map(move |two| format!("{one}{two}")));
    let people = Vocabulary::builtin().get("people_affected").expect("a fact");
    let clock = World::new(chrono_tz::UTC).clock(utc());
    codes.filter(|code| people.parse(&format!("{code} 7"), &clock).is_ok()).collect()
}

pub(super) fn with_people(answer: &str, home: &str) -> World {
    let mut world = World::new(chrono_tz::UTC);
    world.know("people_affected", answer, utc());
    world.know("home_country", home, utc());
    world
}

/// Which laws concern an incident, as far as it hangs on these two facts.
fn concerned(world: &World) -> Vec<Option<bool>> {
    world.all().iter().map(|duty| duty.concerns).collect()
}

/// A place that has no law at all.
const NOWHERE: &str = "AQ";

#[test]
fn every_country_that_no_law_can_follow_from_is_named() {
    let nowhere = concerned(&with_people("AQ 7", NOWHERE));
    let (mut held, mut unheld) = (Vec::new(), Vec::new());
    for code in countries() {
        let world = with_people(&format!("{code} 7"), NOWHERE);
        let is_held = concerned(&world) != nowhere;
        // A territory of the US is a region of it.
        let is_here = |gap: &Gap| gap.place == code || gap.place == format!("US-{code}");
        let gap = gaps(law(), &world).into_iter().find(is_here);
        let is_named = gap.as_ref().is_some_and(|gap| gap.people == Some((7, Some(7))));
        assert_eq!(is_named, !is_held || code == "US", "{code}: {gap:?}");
        let abroad = with_people("DE 1", &code);
        let home = gaps(law(), &abroad).into_iter().find(is_here);
        // Which law a company's home brings hangs on more than its country, so people of it count.
        assert_eq!(home.is_some_and(|gap| gap.home), !is_held, "{code}");
        if is_held { held.push(code) } else { unheld.push(code) }
    }
    assert!(unheld.len() > 150 && held.len() > 50, "{} {}", unheld.len(), held.len());
    for code in ["PE", "CL", "RU", "GL", NOWHERE] {
        assert!(unheld.iter().any(|unheld| unheld == code), "{code}");
    }
    for code in ["DE", "NO", "GB", "BR", "AU", "CA", "US", "PR"] {
        assert!(held.iter().any(|held| held == code), "{code}");
    }
}

#[test]
fn a_country_covers_its_regions_and_a_region_not_its_country() {
    let named = |answer: &str| -> String {
        let gaps = gaps(law(), &with_people(answer, "DE"));
        let show = |gap: &Gap| match &gap.region {
            Some(region) => format!("{}, by region as {region}", gap.show()),
            None => gap.show(),
        };
        gaps.iter().map(show).collect::<Vec<String>>().join("; ")
    };
    for (people, shown) in [
        ("CA-QC 3, CA-ON 4, DE-BY 5, US-CA 6, US-VI 2, EU 900", ""),
        ("US 500", "United States (US) 500, by region as US-AK"),
        ("US 500, US-CA 500", ""),
        ("US 500, US-CA 300", "United States (US) 200, by region as US-AK"),
        (
            "US 501, US-CA 300, US-AS 1",
            "United States (US) 200, by region as US-AK; American Samoa (US-AS) 1",
        ),
        ("PE-LIM 3", "PE-LIM 3"),
        ("PE 30, PE-LIM 3", "Peru (PE) 30"),
        ("PE 0", ""),
        ("PE unknown", "Peru (PE) an unknown number"),
        ("PE at least 4, CL at most 5", "Chile (CL) at most 5; Peru (PE) at least 4"),
    ] {
        assert_eq!(named(people), shown, "{people}");
    }
    assert_eq!(gaps(law(), &World::new(chrono_tz::UTC)), []);
}

#[test]
fn a_regime_of_ones_own_makes_its_place_held() {
    let own = |test: &str| {
        let source = include_str!("../../../playbooks/notification/regimes/ke-dpa.toml");
        let test = if test.is_empty() { String::new() } else { format!("where = \"{test}\"\n") };
        let source = source.replace("ke-dpa", "pe-own");
        let lines = source.lines().filter(|line| !line.starts_with("where"));
        let lines: Vec<&str> = lines.collect();
        let source = lines.join("\n").replacen("trigger", &format!("{test}trigger"), 1);
        let document = breach::document::Document::from_bytes("pe.toml", source.into_bytes());
        let document = document.expect("a document");
        let (regime, found) = Regime::read(&document, Vocabulary::builtin());
        let mut law = law().clone();
        law.regimes.push(regime.unwrap_or_else(|| panic!("{found:?}")).into());
        let world = with_people("PE 5", "DE");
        gaps(&law, &world).first().map(|gap| gap.region.clone())
    };
    assert_eq!(own("people_affected['PE'] > 0 or home_country == 'PE'"), None);
    assert_eq!(own("'merchant' in entity_kinds and people_affected['PE'] > 499"), None);
    assert_eq!(own("home_country == 'PE'"), None);
    assert_eq!(own("people_affected['PE-LIM'] > 0"), Some(Some("PE-LIM".to_owned())));
    assert_eq!(own("not (people_affected['PE'] > 0)"), Some(None), "it is law elsewhere");
    assert_eq!(own("home_country != 'PE'"), Some(None));
    assert_eq!(own(""), Some(None));
}

fn times() -> impl Strategy<Value = Value> {
    let base: DateTime<FixedOffset> = "2026-11-01T00:00:00Z".parse().expect("a moment");
    (0_i64..40 * 86_400).prop_map(move |seconds| {
        let at = base + TimeDelta::seconds(seconds);
        Value::Time(When { earliest: at, latest: at, precision: Precision::Second })
    })
}

/// Values of every fact that the law can look at: most of them missing.
pub(super) fn facts() -> impl Strategy<Value = Vec<(String, Option<Value>)>> {
    let counts = || {
        (0_u64..2_000, select(vec![Basis::Exact, Basis::AtLeast, Basis::AtMost]))
            .prop_map(|(n, basis)| Counted { n, basis })
    };
    let places = vec!["DE", "US-CA", "US-TX", "US-NY", "US", "BR", "KR", "JP", "IN", "GB", "PE"];
    let of = |fact: &breach::fact::Fact| -> Option<BoxedStrategy<Value>> {
        let options: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
        Some(match fact.kind {
            FactType::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
            FactType::Choice => select(options).prop_map(Value::Choice).boxed(),
            FactType::Choices => {
                let all = options.len();
                subsequence(options, 0..=all).prop_map(Value::Choices).boxed()
            }
            FactType::Time => times().boxed(),
            FactType::Count => counts().prop_map(Value::Count).boxed(),
            FactType::Place => {
                select(places.clone()).prop_map(|place| Value::Text(place.to_owned())).boxed()
            }
            FactType::People => {
                let by = prop::collection::btree_map(select(places.clone()), counts(), 0..6);
                let people = by.prop_map(|by| People {
                    by: by.into_iter().map(|(place, count)| (place.to_owned(), count)).collect(),
                });
                people.prop_map(Value::People).boxed()
            }
            _ => return None,
        })
    };
    let vocabulary = Vocabulary::builtin();
    let facts = vocabulary.names().filter_map(|name| vocabulary.get(name));
    let facts: Vec<_> = facts
        .filter_map(|fact| {
            // Without most times, clocks have nothing to start from.
            let chance = if fact.kind == FactType::Time { 0.01 } else { 0.6 };
            let value = prop::option::weighted(chance, of(fact)?);
            Some((Just(fact.name.clone()), value))
        })
        .collect();
    facts
}

fn page(world: &World, duties: &[Assessed<'_>], all: bool) -> String {
    let view = View {
        now: world.at,
        at: world.at,
        off: utc(),
        incident: "what-if",
        duties,
        gaps: &gaps(law(), world),
        record: &Incident::default(),
        ask: &|_| None,
    };
    let mut out = Vec::new();
    view.text(&mut out, None, Grouped::ByTime, all).expect("a page");
    String::from_utf8(out).expect("text")
}

/// The lines of a section of the page.
fn section<'p>(page: &'p str, title: &str) -> Vec<&'p str> {
    let from = page.split_once(&format!("\n{title}\n")).map_or("", |(_, rest)| rest);
    from.lines().take_while(|line| !line.is_empty()).collect()
}

/// Whether the law, or that of the duty to which it is tied, has a number.
fn has_number(duty: &Assessed<'_>, all: &[Assessed<'_>]) -> bool {
    let Clock::Filed { duty: tied, order: Order::With | Order::Before } = &duty.duty.clock else {
        return duty.duty.period.is_some();
    };
    let other = all.iter().find(|one| one.duty.id == *tied).expect("the other");
    duty.duty.period.is_some() || has_number(other, all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_has_a_number_is_never_said_to_have_none(facts in facts()) {
        let mut world = World::new(chrono_tz::UTC);
        world.known = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let duties = world.all();
        for duty in &duties {
            let id = &duty.duty.id;
            match duty.state {
                State::Due | State::Assumed | State::Projected | State::Embargo => {
                    prop_assert!(duty.due.is_some() && duty.awaits.is_none(), "{id}");
                }
                State::Unstarted => {
                    prop_assert!(duty.due.is_none() && duty.awaits.is_some(), "{id}");
                    prop_assert_eq!(duty.why(), duty.waiting(), "{}", id);
                }
                State::NoNumber => prop_assert!(
                    !has_number(duty, &duties) && duty.duty.count != Count::Unread, "{}", id
                ),
                State::Unread => prop_assert!(
                    !has_number(duty, &duties) && duty.duty.count == Count::Unread, "{}", id
                ),
                State::Check => prop_assert_eq!(
                    duty.due.is_none() && has_number(duty, &duties), duty.awaits.is_some(), "{}", id
                ),
                State::Sent | State::Waived | State::NotTriggered => {}
            }
            let Some(awaits) = &duty.awaits else { continue };
            prop_assert!(!awaits.words.contains("no number"), "{}: {}", id, awaits.words);
            if let Some(period) = awaits.period {
                prop_assert!(awaits.words.contains(&period.show()), "{}: {}", id, awaits.words);
            }
            if let Some(fact) = awaits.fact.filter(|_| awaits.filing.is_none()) {
                prop_assert!(!matches!(world.known.get(fact), Some(Value::Time(_))), "{}", id);
                prop_assert!(awaits.words.contains(&format!("`{fact}`")), "{}", id);
            }
            prop_assert!(awaits.fact.is_some() || awaits.filing.is_some(), "{}", id);
        }
        for all in [false, true] {
            let page = page(&world, &duties, all);
            let of = |line: &str| duties.iter().find(|duty| {
                line.split(' ').next() == Some(duty.duty.id.as_str())
            });
            for line in section(&page, "OWED, NO NUMBER IN THE LAW") {
                let is_without = |duty: &Assessed<'_>| {
                    !has_number(duty, &duties) && duty.duty.count != Count::Unread
                };
                prop_assert!(of(line).is_none_or(is_without), "{}", line);
            }
            for line in section(&page, "OWED, CLOCK NOT STARTED") {
                prop_assert!(of(line).is_none_or(|duty| line.contains(duty.waiting())), "{}", line);
            }
            let started = section(&page, "OWED, CLOCK NOT STARTED").len().saturating_sub(2);
            let unstarted = duties.iter().filter(|duty| {
                duty.state == State::Unstarted && duty.concerns == Some(true)
            });
            prop_assert_eq!(started, unstarted.count(), "{}", page);
            let may = duties.iter().filter(|duty| {
                duty.state == State::Check && duty.concerns == Some(true) && duty.awaits.is_some()
            });
            for duty in may.filter(|duty| duty.due.is_none()) {
                let none = page.lines().find(|line| {
                    let law = format!("{}.", duty.regime.id);
                    line.starts_with("These laws set no number: ")
                        && line.trim_start_matches("These laws set no number: ")
                            .replace(" and ", ", ").trim_end_matches('.').split(", ")
                            .any(|name| name == law.trim_end_matches('.'))
                });
                prop_assert!(none.is_none(), "{}: {:?}", duty.duty.id, none);
            }
        }
    }

    #[test]
    fn no_page_is_a_clean_bill_for_a_place_of_which_no_law_is_held(
        n in 1_u64..1_000, code in select(countries()), more in select(vec!["FR 4", "US-CA 4", "GB 4"]),
    ) {
        let names_it = more.starts_with(&code) || code == "UK" && more.starts_with("GB");
        prop_assume!(!names_it);
        let world = with_people(&format!("{more}, {code} {n}"), "DE");
        let gaps = gaps(law(), &world);
        let page = page(&world, &world.all(), false);
        let first = page.lines().next().unwrap_or_default();
        // A territory of the US is a region of it.
        let names = |line: &str| {
            line.contains(&format!("({code}) {n}")) || line.contains(&format!("(US-{code}) {n}"))
        };
        prop_assert_eq!(gaps.is_empty(), !names(first), "{}", page);
    }
}

#[test]
fn a_filing_that_waits_says_for_what() {
    let mut world = World::new(chrono_tz::UTC);
    for (name, answer) in [
        ("people_affected", "US-CA 600, US-NJ 40, US-AR 1500"),
        ("data_classes", "names-contact, social-security"),
        ("data_access", "copied-confirmed"),
        ("data_encrypted", "no"),
    ] {
        world.know(name, answer, utc());
    }
    let (regulator, steps) = world.duty("us-ca.regulator");
    assert_eq!(regulator.state, State::Unstarted);
    assert_eq!(regulator.waiting(), "15 days after `us-ca.individuals` is filed");
    let awaits = regulator.awaits.expect("it waits");
    assert_eq!((awaits.fact, awaits.filing), (Some("discovered"), Some("us-ca.individuals")));
    assert!(steps.iter().any(|step| step.contains("has no deadline: 30 days from")), "{steps:?}");
    let (with, _) = world.duty("us-ar.regulator");
    assert!(with.waiting().contains("if `us-ar.individuals` is filed earlier"), "{with:?}");
    world.know("discovered", "2026-11-20", utc());
    assert_eq!(world.duty("us-ca.regulator").0.state, State::Projected);
    world.file("us-ca.individuals", "2026-11-25", None, utc());
    let (filed, _) = world.duty("us-ca.regulator");
    assert!(filed.state == State::Due && filed.awaits.is_none(), "{filed:?}");
}

#[test]
fn whoever_was_told_or_suspects_has_a_clock() {
    for sign in ["processor_informed", "suspected"] {
        let mut world = with_people("DE 50, US-CA 600", "DE");
        for (name, answer) in [
            ("controller_or_processor", "controller"),
            ("data_classes", "names-contact, social-security"),
            ("data_access", "copied-confirmed"),
            (sign, "2026-11-20 10:00"),
        ] {
            world.know(name, answer, utc());
        }
        for (id, due) in [
            ("eu-gdpr.33-1", "2026-11-23T10:00:00Z"),
            ("us-ca.individuals", "2026-12-21T07:59:59Z"),
        ] {
            let (duty, steps) = world.duty(id);
            assert_eq!(duty.state, State::Assumed, "{id} from {sign}");
            assert_eq!(duty.due, Some(due.parse().expect("a moment")), "{id} from {sign}");
            assert!(steps[0].contains(&format!("`{sign}`")), "{steps:?}");
        }
    }
}

#[test]
fn what_was_not_read_is_never_said_to_have_no_number() {
    let law = law();
    let duties = law.regimes.iter().flat_map(|regime| &regime.duties);
    let of_reading = |words: &str| {
        ["not read", "sources read", "pages read"].iter().any(|said| words.contains(said))
    };
    let mut unread = 0;
    for duty in duties.flat_map(breach::regime::Duty::versions) {
        let words = duty.words.as_deref().unwrap_or_default();
        assert_eq!(of_reading(words), duty.count == Count::Unread, "{}: {words}", duty.id);
        unread += usize::from(duty.count == Count::Unread);
    }
    assert!(unread > 0);
}
