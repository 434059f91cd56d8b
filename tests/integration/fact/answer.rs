//! Answers of every type, sensible or not.

use breach::clock::FakeClock;
use breach::document::Document;
use breach::fact::{Fact, Precision, Understood, Value, Vocabulary};
use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;

fn facts() -> Vec<Fact> {
    let text = r#"
        schema = 1
        fact.a = { title = "A", ask = "A?", type = "yes-no" }
        fact.b = { title = "B", ask = "B?", type = "count", of = "transactions" }
        fact.c = { title = "C", ask = "C?", type = "text" }
        fact.d = { title = "D", ask = "D?", type = "list", of = "hosts" }
        fact.e = { title = "E", ask = "E?", type = "choice", options = { web = "Web", wifi = "W" } }
        fact.f = { title = "F", ask = "F?", type = "choices", options = { web = "Web", 'x' = "X" } }
        fact.g = { title = "G", ask = "G?", type = "time" }
        fact.h = { title = "H", ask = "H?", type = "duration" }
        fact.i = { title = "I", ask = "I?", type = "money" }
        fact.j = { title = "J", ask = "J?", type = "people" }
    "#;
    let document = Document { name: "facts.toml".to_owned(), text: text.to_owned() };
    let (vocabulary, findings) = Vocabulary::read(&document);
    assert_eq!(findings, []);
    vocabulary.iter().cloned().collect()
}

fn clock() -> FakeClock {
    let now = DateTime::parse_from_rfc3339("2026-11-23T04:40:30Z").expect("a real moment");
    FakeClock::new(now.to_utc(), FixedOffset::east_opt(3_600).expect("in range"))
}

/// What is read, shown and read again is the same, for the types that are shown in full.
fn check(answer: &str) {
    for fact in facts() {
        match fact.parse(answer, &clock()) {
            Ok(Understood { value, .. }) => {
                let shown = value.show(Some(&fact));
                assert!(!shown.is_empty());
                let in_full = match &value {
                    // A range of whole days is shown as such, whatever their zone.
                    Value::Time(when) => when.precision != Precision::Range,
                    Value::YesNo(_) | Value::Count(_) | Value::Money(_) | Value::People(_) => true,
                    value => *value == Value::Unknown,
                };
                if in_full {
                    let again = fact.parse(&shown, &clock()).map(|again| again.value);
                    assert_eq!(again, Ok(value), "{shown}");
                }
            }
            Err(hint) => assert!(!hint.is_empty()),
        }
    }
}

const PARTS: &[&str] = &[
    "02:40",
    "2026-11-23",
    "T",
    "Z",
    " ",
    "+01:00",
    "-05:00",
    " utc",
    "yesterday ",
    "now",
    " ago",
    "3h",
    "20 min",
    " to ",
    "..",
    "23 nov 2026",
    "2026-11",
    "380",
    ",000",
    "about ",
    "at most ",
    "more than ",
    " transactions",
    "EUR ",
    "12.50",
    " jpy",
    "DE ",
    "US-CA ",
    "CA ",
    "in ",
    ", ",
    "us-states:",
    "Georgia ",
    "unknown",
    "none",
    "-",
    ";",
    "\"",
    "web",
    "é",
    "9999",
    "1900",
    "23:59:59",
    "2h",
    "\u{a0}",
    "25:00",
    "00",
    "mon ",
    "-01-01",
];

proptest! {
    #[test]
    fn any_text_is_an_answer_or_earns_a_hint(answer in any::<String>()) {
        check(&answer);
    }

    #[test]
    fn so_is_any_heap_of_words(words in prop::collection::vec(prop::sample::select(PARTS), 0..6)) {
        check(&words.concat());
    }
}

#[test]
fn numbers_have_bounds_in_many_words() {
    use breach::fact::{Basis, Count};
    for (answer, n, basis) in [
        ("61000+", 61_000, Basis::AtLeast),
        ("over 9000", 9_000, Basis::AtLeast),
        ("> 9000", 9_000, Basis::AtLeast),
        ("<1000", 1_000, Basis::AtMost),
        ("less than 1,000", 1_000, Basis::AtMost),
        ("under 50", 50, Basis::AtMost),
        ("<= 20", 20, Basis::AtMost),
    ] {
        assert_eq!(Count::parse(answer), Some(Count { n, basis }), "{answer}");
    }
    for answer in ["+", "<", "50-60", "over", "a+"] {
        assert_eq!(Count::parse(answer), None, "{answer}");
    }
}

#[test]
fn people_are_counted_before_or_behind_their_place() {
    let fact = Vocabulary::builtin().get("people_affected").expect("a fact").clone();
    for (answer, code, least) in [
        ("about 1200 in Spain", "ES", 1_200),
        ("1200 people in Spain and 300 in the Netherlands", "ES", 1_200),
        ("at least 500 from France", "FR", 500),
        ("England 500", "GB", 500),
        ("500 in Scotland", "GB", 500),
        ("ES 1,200", "ES", 1_200),
    ] {
        let value = fact.parse(answer, &clock()).unwrap_or_else(|hint| panic!("{answer}: {hint}"));
        let Value::People(people) = value.value else { panic!("{answer}") };
        assert_eq!(people.of(code).0, least, "{answer}");
    }
}
