//! The law over one incident, against a floor that only evaluates every condition once, by itself,
//! in the same run: `cargo bench --bench duties`.
//!
//! One incident with people in sixty jurisdictions over every regime; then ten thousand what-ifs,
//! each with another moment of awareness.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use breach::clock::FakeClock;
use breach::fact::{Value, Vocabulary};
use breach::regime::{Facts, Law, builtin};
use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 200;
const WHAT_IFS: usize = 10_000;

const FACTS: [(&str, &str); 16] = [
    ("persons_affected", "about 20000"),
    ("incident_kind", "web-skimming"),
    ("controller_or_processor", "controller"),
    ("establishment", "one-state"),
    ("home_country", "IE"),
    ("entity_kinds", "merchant, online-service, au-turnover-over-3m"),
    ("card_brands", "visa, mastercard, amex"),
    ("cards_taken", "yes"),
    ("data_classes", "names-contact, card-number, card-cvv"),
    ("data_access", "copied-confirmed"),
    ("data_encrypted", "no"),
    ("risk_level", "high-risk"),
    ("external_unlawful_access", "yes"),
    ("discovered", "2026-11-20"),
    ("noticed", "2026-11-20 23:10"),
    ("aware", "2026-11-21 03:40"),
];

/// Sixty places: the states of the US, and what most shops sell to besides.
const PLACES: &str = "US-AL US-AK US-AZ US-AR US-CA US-CO US-CT US-DE US-FL US-GA US-HI US-ID US-IL \
    US-IN US-IA US-KS US-KY US-LA US-ME US-MD US-MA US-MI US-MN US-MS US-MO US-MT US-NE US-NV US-NH \
    US-NJ US-NM US-NY US-NC US-ND US-OH US-OK US-OR US-PA US-RI US-SC US-SD US-TN US-TX US-UT US-VT \
    US-VA US-WA US-WV US-WI US-WY US-DC DE GB CH JP KR IN BR SG AU";

fn main() {
    let reading = timed(|| {
        builtin::law();
    });
    let law = builtin::law();
    let at: DateTime<Utc> = "2026-11-23T03:00:00Z".parse().expect("a moment");
    let mut known = known(at);
    let duties = assess(law, &known, at);
    let owed = duties_owed(law, &known, at);
    println!("{} regimes, {duties} duties, {owed} owed or open", law.regimes.len());
    println!("{:<50} {reading:>10.1?}", "reading the law, once in a process");
    let (mut floor, mut assessed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floor.push(timed(|| {
            black_box(evaluate(law, &known));
        }));
        assessed.push(timed(|| {
            black_box(assess(law, &known, at));
        }));
    }
    row("one incident in 60 jurisdictions | conditions", median(assessed), median(floor));
    let floor = timed(|| {
        for _ in 0..WHAT_IFS {
            black_box(evaluate(law, &known));
        }
    });
    let ask = |known: &mut BTreeMap<String, Value>, number: usize| {
        let minutes = i64::try_from(number).unwrap_or(0);
        known.insert("aware".to_owned(), time(at - TimeDelta::minutes(minutes)));
        black_box(assess(law, known, at));
    };
    let all = timed(|| (0..WHAT_IFS).for_each(|number| ask(&mut known, number)));
    row("10,000 what-ifs | conditions", all, floor);
    let all = timed(|| {
        let each = |known: &mut BTreeMap<String, Value>, number| ask(known, number);
        (0..WHAT_IFS).into_par_iter().for_each_init(|| known.clone(), each);
    });
    row("the same on all processors | conditions on one", all, floor);
    process();
}

fn row(what: &str, ours: Duration, floor: Duration) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<50} {ours:>10.1?} {floor:>10.1?} {ratio:>6.2}");
}

fn known(at: DateTime<Utc>) -> BTreeMap<String, Value> {
    let clock = FakeClock::new(at, chrono::FixedOffset::east_opt(0).expect("zero is an offset"));
    let people: Vec<String> = PLACES.split(' ').map(|place| format!("{place} 333")).collect();
    let people = format!("countries: {}", people.join(", "));
    FACTS
        .iter()
        .copied()
        .chain([("people_affected", people.as_str())])
        .map(|(name, answer)| {
            let fact = Vocabulary::builtin().get(name).expect("a fact");
            (name.to_owned(), fact.parse(answer, &clock).expect("a value").value)
        })
        .collect()
}

fn time(at: DateTime<Utc>) -> Value {
    let at = at.fixed_offset();
    let precision = breach::fact::Precision::Second;
    Value::Time(breach::fact::When { earliest: at, latest: at, precision })
}

fn with<R>(
    known: &BTreeMap<String, Value>,
    at: DateTime<Utc>,
    then: impl FnOnce(&Facts<'_>) -> R,
) -> R {
    then(&Facts {
        known: &|name| known.get(name),
        filings: &BTreeMap::new(),
        waived: &BTreeMap::new(),
        delays: &BTreeMap::new(),
        local: chrono_tz::Europe::Dublin,
        local_is_set: true,
        at,
    })
}

fn assess(law: &Law, known: &BTreeMap<String, Value>, at: DateTime<Utc>) -> usize {
    with(known, at, |facts| law.assess(facts).len())
}

fn duties_owed(law: &Law, known: &BTreeMap<String, Value>, at: DateTime<Utc>) -> usize {
    with(known, at, |facts| law.assess(facts).iter().filter(|duty| duty.state.is_open()).count())
}

/// The floor: every condition once, by itself, nothing counted.
fn evaluate(law: &Law, known: &BTreeMap<String, Value>) -> usize {
    let lookup = |name: &str| known.get(name);
    let of = |regime: &std::sync::Arc<breach::regime::Regime>| {
        let holds = regime.concerns.as_ref().and_then(|condition| condition.holds(&lookup));
        let own = regime.duties.iter().filter_map(|duty| duty.when.as_ref()?.holds(&lookup));
        usize::from(holds == Some(true)) + own.count()
    };
    law.regimes.iter().map(of).sum()
}

/// The whole program, as it is typed.
fn process() {
    let mut times = Vec::new();
    for _ in 0..30 {
        times.push(timed(|| {
            let status = std::process::Command::new(env!("CARGO_BIN_EXE_breach"))
                .args(["duties", "--set", "people_affected=US-CA 5, DE 5", "--set"])
                .arg("aware=2026-11-21 03:40")
                .env("BREACH_HOME", "/nonexistent")
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .status();
            assert!(status.expect("it starts").success());
        }));
    }
    println!("{:<50} {:>10.1?}", "breach duties, a process of its own", median(times));
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
