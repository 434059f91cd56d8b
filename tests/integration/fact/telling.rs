//! What a report has to know of a fact stands with the fact.

use breach::document::Document;
use breach::fact::{Condition, Contradiction, FactType, Value, Vocabulary, When};
use breach::fact::{clashes, contradictions};

fn read(text: &str) -> Vec<String> {
    let text = format!("schema = 2\n\n{text}");
    let (_, found) = Vocabulary::read(&Document { name: "facts.toml".to_owned(), text });
    found.iter().map(|one| format!("{}: {}", one.rule, one.message)).collect()
}

fn fact(name: &str, kind: &str, more: &str) -> String {
    format!("[fact.{name}]\ntitle = \"{name}\"\nask = \"{name}?\"\ntype = \"{kind}\"\n{more}\n")
}

#[test]
fn a_word_outside_the_closed_sets_is_said() {
    for key in ["hide", "section", "class"] {
        let found = read(&fact("a", "text", &format!("{key} = \"nowhere\"")));
        assert!(found.iter().any(|one| one.starts_with("wrong-option: ")), "{key}: {found:?}");
    }
    let good = "hide = \"name\"\nsection = \"causes\"\nclass = \"machine\"\nrank = 1\nrare = true";
    assert_eq!(read(&fact("a", "text", good)), [""; 0]);
    let found = read(&fact("a", "time", "hide = \"name\""));
    assert_eq!(found, ["wrong-type: `a` is of type `time`, which contains no names"]);
}

#[test]
fn an_order_of_no_fact_of_no_time_or_in_a_circle_is_said() {
    let text = fact("b", "text", "");
    for (a, said) in [
        (fact("a", "time", "not-after = [\"c\"]"), "unknown-fact: there is no fact `c`"),
        (fact("a", "time", "not-after = [\"b\"]"), "wrong-type: `b` is of type `text`, not a time"),
        (fact("a", "text", "not-after = [\"t\"]"), "wrong-type: `a` is of type `text`, not a time"),
        (
            fact("a", "time", "not-after = [\"a\"]"),
            "circle: `a` and `a` cannot each come before the other",
        ),
    ] {
        let found = read(&format!("{a}{text}{}", fact("t", "time", "")));
        assert_eq!(found, [said]);
    }
    let round = [("a", "b"), ("b", "c"), ("c", "a")]
        .map(|(name, other)| fact(name, "time", &format!("not-after = [\"{other}\"]")));
    let found = read(&round.concat());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|one| one.starts_with("circle: ")), "{found:?}");
}

/// Every pair of the vocabulary is found where it is wrong, and only there.
#[test]
fn times_in_the_wrong_order_contradict_each_other() {
    let vocabulary = Vocabulary::builtin();
    let at = |text: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(text).expect("a moment");
        When { earliest: at, latest: at, precision: breach::fact::Precision::Minute }
    };
    let (early, late) = (at("2026-11-01T10:00:00Z"), at("2026-11-02T10:00:00Z"));
    let mut pairs = 0;
    for fact in vocabulary.iter() {
        for other in &fact.telling.not_after {
            pairs += 1;
            assert_eq!(fact.kind, FactType::Time);
            let of = |first, then| {
                contradictions(vocabulary, move |name| match name {
                    name if name == fact.name => Some(first),
                    name if name == other => Some(then),
                    _ => None,
                })
            };
            assert_eq!(of(&early, &late), []);
            assert_eq!(of(&late, &late), []);
            let title = &vocabulary.get(other).expect("a fact").title;
            let wrong = Contradiction {
                first: &fact.name,
                then: other,
                titles: [&fact.title, title],
                before: &late,
                after: &early,
            };
            assert_eq!(of(&late, &early), [wrong]);
        }
    }
    assert!(pairs >= 11, "{pairs}");
}

#[test]
fn a_part_of_no_number_and_a_rule_that_cannot_be_read_are_said() {
    let count = fact("n", "count", "");
    for (a, said) in [
        (fact("a", "count", "part-of = [\"c\"]"), "unknown-fact: there is no fact `c`"),
        (
            fact("a", "count", "part-of = [\"b\"]"),
            "wrong-type: `b` is of type `text`, not a number",
        ),
        (fact("a", "text", "part-of = [\"n\"]"), "wrong-type: `a` is of type `text`, not a number"),
    ] {
        assert_eq!(read(&format!("{a}{count}{}", fact("b", "text", ""))), [said]);
    }
    for fact in Vocabulary::builtin().iter() {
        for never in &fact.telling.never {
            let condition = Condition::parse(never, Vocabulary::builtin());
            let condition = condition.unwrap_or_else(|found| panic!("{never}: {found:?}"));
            assert!(condition.facts().contains(&fact.name), "{never} stands with `{}`", fact.name);
        }
    }
}

#[test]
fn an_answer_that_follows_from_another_is_a_yes() {
    let yes = fact("a", "time", "yes-when = \"true\"");
    assert!(read(&yes)[0].contains("`a` is of type `time`, which has no yes"), "{:?}", read(&yes));
    for built_in in Vocabulary::builtin().iter() {
        let asking = &built_in.asking;
        assert!(asking.yes_when.is_none() || built_in.kind == FactType::YesNo);
        for condition in asking.when.iter().chain(&asking.yes_when) {
            let read = Condition::parse(condition, Vocabulary::builtin());
            let read = read.unwrap_or_else(|found| panic!("{condition}: {found:?}"));
            assert!(!read.facts().contains(&built_in.name), "{condition} asks for itself");
        }
    }
}

#[test]
fn what_cannot_be_true_together_is_found_and_nothing_else() {
    let vocabulary = Vocabulary::builtin();
    let clock = breach::clock::FakeClock::new(
        "2026-11-23T12:00:00Z".parse().expect("a moment"),
        chrono::FixedOffset::east_opt(0).expect("an offset"),
    );
    let found = |answers: &[(&str, &str)]| -> Vec<String> {
        let values: Vec<(&str, Value)> = answers
            .iter()
            .map(|(name, answer)| {
                let fact = vocabulary.get(name).expect("a fact");
                (*name, fact.parse(answer, &clock).expect("an answer").value)
            })
            .collect();
        let known =
            |name: &str| values.iter().find(|(own, _)| *own == name).map(|(_, value)| value);
        clashes(vocabulary, &known).iter().map(breach::fact::Clash::says).collect()
    };
    let more = found(&[("persons_affected", "100"), ("people_affected", "US-NY 900")]);
    assert_eq!(
        more,
        [
            "People by jurisdiction cannot be more than People affected: US-NY 900 against 100 people \
             (`people_affected` and `persons_affected`)"
        ]
    );
    for fits in ["900", "at least 100", "unknown"] {
        let answers = [("persons_affected", fits), ("people_affected", "US-NY 900")];
        assert_eq!(found(&answers), [""; 0], "{fits}");
    }
    // An estimate contradicts nothing, and hides nothing that is certain beside it.
    for (persons, people, clash) in [
        ("about 100", "US-NY 900", false),
        ("100", "US-NY about 900", false),
        ("100", "US-NY 900, DE about 5", true),
    ] {
        let answers = [("persons_affected", persons), ("people_affected", people)];
        assert_eq!(!found(&answers).is_empty(), clash, "{persons}, {people}");
    }
    let both = found(&[("data_access", "excluded"), ("data_published", "published")]);
    assert!(
        both[0].starts_with(
            "What was done with the data and Published or offered cannot both be so: "
        ),
        "{both:?}"
    );
    assert_eq!(found(&[("data_access", "excluded"), ("data_published", "no-sign")]), [""; 0]);
}
