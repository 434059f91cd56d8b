//! An answer to every fact that can be known again in a paper.

use breach::fact::{Fact, FactType, Precision, Value, Vocabulary, When};
use chrono::{DateTime, FixedOffset, TimeDelta};

/// A word that stands nowhere else. It has no digit, so that no mask takes it for a machine.
pub(super) fn canary(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    format!("Zq{}qz", letters.to_lowercase())
}

/// An answer to a fact that can be known again, and every form in which a paper may show it; none of a
/// fact whose answers are those of others, too.
fn answer(number: usize, fact: &Fact) -> Option<(Value, Vec<String>)> {
    let n = 7_000_000 + number as u64;
    let grouped = format!("7,{:03},{:03}", number / 1_000, number % 1_000);
    let clock = breach::clock::FakeClock::new(moment(0).to_utc(), FixedOffset::east_opt(0)?);
    let parsed = |text: &str| {
        let value = fact.parse(text, &clock);
        value.unwrap_or_else(|why| panic!("{}: {text}: {why}", fact.name)).value
    };
    Some(match fact.kind {
        FactType::Text => {
            let word = canary(&format!("fact {}", fact.name));
            (Value::Text(word.clone()), vec![word])
        }
        FactType::List => {
            let word = canary(&format!("fact {}", fact.name));
            (Value::List(vec![word.clone()]), vec![word])
        }
        FactType::Count => (parsed(&n.to_string()), vec![n.to_string(), grouped]),
        FactType::People => (parsed(&format!("PE {n}")), vec![n.to_string(), grouped]),
        FactType::Money => (parsed(&format!("EUR {n}")), vec![n.to_string(), grouped]),
        FactType::Time => {
            let at = moment(number);
            let when = When { earliest: at, latest: at, precision: Precision::Minute };
            let forms = ["%a %-d %b %Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
            (Value::Time(when), forms.map(|form| at.format(form).to_string()).to_vec())
        }
        FactType::YesNo
        | FactType::Choice
        | FactType::Choices
        | FactType::Duration
        | FactType::Place => return None,
    })
}

/// A moment of its own for each number, long before the log.
pub(super) fn moment(number: usize) -> DateTime<FixedOffset> {
    let first = DateTime::parse_from_rfc3339("2011-01-01T03:17:00+00:00").expect("a moment");
    first + TimeDelta::days(i64::try_from(number).expect("few"))
}

/// Every fact, with the forms of its answer.
pub(super) fn facts() -> Vec<(&'static Fact, Value, Vec<String>)> {
    let all = Vocabulary::builtin().iter().enumerate();
    all.filter_map(|(number, fact)| {
        let (value, forms) = answer(number, fact)?;
        Some((fact, value, forms))
    })
    .collect()
}
