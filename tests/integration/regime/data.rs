//! Worked deadlines, decisions and examples as data.

use breach::regime::{Confidence, Duty, Passage, State};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use toml::{Table, Value};

use super::{World, law, utc};

fn rows(text: &str, key: &str) -> Vec<Table> {
    let tree: Table = text.parse().expect("TOML");
    let rows = tree[key].as_array().expect("rows").iter();
    rows.map(|row| row.as_table().expect("a table").clone()).collect()
}

fn text<'r>(row: &'r Table, key: &str) -> &'r str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A value as one would type it.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::Array(values) if values.is_empty() => "none".to_owned(),
        Value::Array(values) => values.iter().map(typed).collect::<Vec<_>>().join(", "),
        Value::Table(people) => {
            let pair = |(code, n): (&String, &Value)| format!("{code} {n}");
            people.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
        Value::Datetime(moment) => moment.to_string().replace('T', " "),
        other => other.to_string(),
    }
}

fn offset(text: &str) -> FixedOffset {
    DateTime::parse_from_rfc3339(text).map_or_else(|_| utc(), |at| *at.offset())
}

/// `2026-11-20T15:00:00+01:00` as the tool reads it.
fn moment(text: &str) -> String {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
        Err(_) => text.to_owned(),
    }
}

#[test]
fn every_worked_deadline_comes_out_to_the_second() {
    let vectors = rows(include_str!("vectors.toml"), "vector");
    assert!(vectors.len() >= 42, "{}", vectors.len());
    every_vector(&vectors);
}

#[test]
fn every_deadline_under_the_law_of_then_comes_out_to_the_second() {
    let vectors = rows(include_str!("versions.toml"), "vector");
    assert!(vectors.len() >= 134, "{}", vectors.len());
    every_vector(&vectors);
}

fn every_vector(vectors: &[Table]) {
    let mut failures = Vec::new();
    for vector in vectors {
        let id = text(vector, "id");
        let mut world = World::new(text(vector, "tz").parse().expect("a zone"));
        for (name, value) in vector["facts"].as_table().expect("facts") {
            let value = typed(value);
            let off = offset(&value);
            match name.as_str() {
                "discovered_year" => world.know("discovered", &format!("{value}-06-15"), off),
                "consumers" => world.know("persons_affected", &value, off),
                "small_agent" => world.know("br_small_agent", &value, off),
                // Here that is the filing of the notice to people: another duty's, with a time.
                "individuals_notified" => {}
                name => match name.strip_prefix("submitted:") {
                    Some(duty) => world.file(duty, &moment(&value), None, off),
                    None => world.know(name, &moment(&value), off),
                },
            }
        }
        let (duty, steps) = world.duty(text(vector, "duty"));
        if text(vector, "which") == "words" {
            if duty.due.is_some() || duty.period.is_some() || !duty.state.is_open() {
                failures.push(format!("{id}: got {:?}, {}; {steps:?}", duty.due, duty.why()));
            }
            continue;
        }
        let expected: DateTime<Utc> = text(vector, "expect_utc").parse().expect("an instant");
        let found = match text(vector, "which") {
            "legal_latest" => duty.latest.map(|latest| latest.at),
            _ => duty.due,
        };
        let wrong = match text(vector, "which") {
            "never" => found == Some(expected),
            _ => found != Some(expected) || duty.state == State::NotTriggered,
        };
        if wrong {
            let why = duty.why();
            failures.push(format!("{id}: expected {expected}, got {found:?}; {why}; {steps:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_decision_comes_out() {
    let decisions = rows(include_str!("decisions.toml"), "decision");
    assert!(decisions.len() >= 48, "{}", decisions.len());
    let (mut failures, mut count) = (Vec::new(), 0);
    for decision in &decisions {
        let mut world = World::new(chrono_tz::UTC);
        for (name, value) in decision["facts"].as_table().expect("facts") {
            let value = typed(value);
            world.know(name, &moment(&value), offset(&value));
        }
        for (id, expected) in decision["expect"].as_table().expect("expected") {
            count += 1;
            let (duty, _) = world.duty(id);
            if duty.state.as_str() != typed(expected) {
                let (row, state) = (text(decision, "id"), duty.state.as_str());
                let why = duty.why();
                failures.push(format!("{row}, {id}: expected {expected}, got {state}: {why}"));
            }
        }
    }
    assert!(count > 120, "{count}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_example_of_the_us_comes_out() {
    let examples = rows(include_str!("us-examples.toml"), "example");
    let (mut failures, mut count) = (Vec::new(), 0);
    for example in &examples {
        let mut world = World::new(chrono_tz::UTC);
        for (name, value) in example["facts"].as_table().expect("facts") {
            let value = typed(value);
            world.know(name, &moment(&value), offset(&value));
        }
        for (duty, at) in example.get("filed").and_then(Value::as_table).into_iter().flatten() {
            world.file(duty, &typed(at), None, utc());
        }
        for expected in example["expect"].as_array().expect("expected") {
            count += 1;
            let expected = expected.as_table().expect("a table");
            if let Some(failure) = differs(&world, expected) {
                failures.push(format!("{}, {}", text(example, "id"), failure));
            }
        }
    }
    assert!(count > 800, "{count}");
    assert!(failures.is_empty(), "{} of {count}\n{}", failures.len(), failures.join("\n"));
}

fn differs(world: &World, expected: &Table) -> Option<String> {
    let id = text(expected, "duty");
    if text(expected, "state") == "absent" {
        return law().duty(id).map(|_| format!("{id} exists"));
    }
    let (duty, _) = world.duty(id);
    let got = format!("{id}: {}, due {:?}: {}", duty.state.as_str(), duty.due, duty.why());
    let local = duty.due.map(|due| due.with_timezone(&duty.zone).date_naive());
    let is_right = match text(expected, "state") {
        "no-number" => duty.state == State::NoNumber && duty.due.is_none(),
        "owed" => duty.state.is_open() && duty.state != State::Check,
        "check" => duty.state == State::Check,
        "not-triggered" => duty.state == State::NotTriggered,
        "sent" => duty.state == State::Sent,
        "" => true,
        state => panic!("{id}: unknown state {state}"),
    };
    let day = ["due", "with", "before"].iter().find_map(|key| expected.get(*key));
    let day_is_right = day.is_none_or(|day| {
        let day: NaiveDate = day.to_string().parse().expect("a day");
        local == Some(day) && duty.state != State::NotTriggered
    });
    let at_is_right = expected.get("at").is_none_or(|at| {
        let at = DateTime::parse_from_rfc3339(&at.to_string()).expect("an instant");
        duty.due == Some(at.to_utc())
    });
    (!is_right || !day_is_right || !at_is_right).then(|| format!("{got}; expected {expected}"))
}

#[test]
fn the_words_of_a_law_with_a_number_are_whole() {
    const NUMBERS: [(&str, &str); 6] = [
        ("2", "two"),
        ("3", "three"),
        ("5", "five"),
        ("30", "thirty"),
        ("72", "seventy-two"),
        ("1", "one"),
    ];
    let mut wrong = Vec::new();
    let duties = law().regimes.iter().flat_map(|regime| &regime.duties);
    for duty in duties.flat_map(Duty::versions) {
        let (Some(words), Some(period)) = (&duty.words, duty.period) else { continue };
        let number = period.n.to_string();
        let written = NUMBERS.iter().find(|(n, _)| *n == number).map(|(_, word)| *word);
        let parts = || words.split(|c: char| !c.is_alphanumeric() && c != '-');
        let counts = |part: &str| part.contains(&number) || Some(part) == written;
        // Where the words say something else of the time, they must not stop half way.
        let cut = ["than", "event", "case", "feasible", "practicable", "within"];
        let last = parts().rfind(|part| !part.is_empty()).unwrap_or_default();
        let first = words.split(';').next().unwrap_or_default();
        let delay = ["delay", "soon as", "promptly as", "contemporaneously"];
        let half = delay.iter().any(|delay| first.contains(delay)) && !parts().any(counts);
        if half || cut.contains(&last) && !parts().any(counts) {
            wrong.push(format!("{}: {words}", duty.id));
        }
    }
    assert!(wrong.is_empty(), "words that end before their number:\n{}", wrong.join("\n"));
}

/// Where a page about the law was read, and not the law: no passage is surer than another.
const SECONDARY: [&str; 2] = ["hk-ci.serious", "hk-ci.other"];

#[test]
fn what_is_partly_from_memory_says_which_passage() {
    let (mut lists, mut unread) = (0, 0);
    for duty in law().regimes.iter().flat_map(|regime| &regime.duties) {
        let mixed = duty.confidence == Confidence::Mixed && !SECONDARY.contains(&&*duty.id);
        assert_eq!(mixed, !duty.from_memory.is_empty(), "{}", duty.id);
        for version in duty.versions() {
            let id = &version.id;
            let named = version.doubt().unwrap_or_default();
            assert_eq!(named.is_empty(), version.confidence == Confidence::SourceSeen, "{id}");
            if version.is_from_memory(Passage::Content) && !version.from_memory.is_empty() {
                assert!(named.contains("list of contents"), "{id}: {named}");
            }
            // What a version takes from today is no surer than it is today.
            let taken = version.content == duty.content && !version.content.is_empty();
            if taken && duty.is_from_memory(Passage::Content) {
                assert!(version.is_from_memory(Passage::Content), "{id}");
            }
            if version.from_memory.contains(&Passage::Content) {
                assert!(!(version.content.is_empty() && version.never.is_empty()), "{id}");
            }
            if version.from_memory.contains(&Passage::Words) {
                assert!(version.words.is_some(), "{id}");
            }
            if version.from_memory.contains(&Passage::Wait) {
                assert!(version.wait.is_some(), "{id}");
            }
        }
        if !duty.content.is_empty() {
            lists += 1;
            unread += usize::from(duty.is_from_memory(Passage::Content));
        }
    }
    // Lists of contents that nobody has held against their source yet.
    assert_eq!((lists, unread), (129, 17));
}
