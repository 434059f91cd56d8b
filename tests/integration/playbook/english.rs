//! The built-in playbooks, facts and shared steps speak plain English.
//!
//! A tired responder reads them aloud on the phone: a phrase that sounds translated costs a second
//! look. Each phrase below crept in once, with whatever else is of its kind.

use breach::playbook::{builtin, chooser};
use toml::{Table, Value};

/// What is never said, and what is said in its place.
const PLAIN: &[(&str, &str)] = &[
    // How a step ends, and where things are.
    ("it worked when", "Done when"),
    ("the place for evidence", "the evidence store"),
    ("lies in", "is in"),
    ("lie in", "are in"),
    ("stands in", "is in"),
    ("stand in", "are in"),
    ("stands as", "is recorded as"),
    ("lies beside", "is next to"),
    ("stands beside", "is next to"),
    ("in reach", "within reach"),
    // Things that are tried, seen and known.
    ("a try", "an attempt"),
    ("each try", "each attempt"),
    ("every try", "every attempt"),
    ("failed tries", "failed attempts"),
    ("wrong tries", "wrong attempts"),
    ("refused tries", "refused attempts"),
    ("look whether", "check whether"),
    ("look whom", "check who"),
    ("let the block log", "switch on logging for the block"),
    ("cannot be excluded", "cannot be ruled out"),
    ("cannot exclude", "cannot rule out"),
    ("not a no", "answer unknown"),
    ("cannot be told", "cannot tell"),
    ("say it as it was", "write the state you can prove"),
    ("led to nothing", "was missed"),
    ("logs of reading", "read logs"),
    ("log of reading", "read log"),
    ("reading is logged", "reads are logged"),
    ("reading was logged", "reads were logged"),
    // Who and whom.
    ("whom it hits", "who is affected"),
    ("whom to call", "who to call"),
    ("whom to tell", "who to tell"),
    ("whom they wake", "who they wake"),
    ("is hit", "is affected"),
    ("are hit", "are affected"),
    ("is concerned", "is affected"),
    ("data of people is", "personal data is"),
    // Words of another language.
    ("part the", "separate the"),
    ("asked apart", "asked for separately"),
    ("kept apart", "kept separately"),
    ("kind apart", "kind separately"),
    ("states apart", "states separately"),
    ("for each of them apart", "separately for each"),
    ("all the same", "anyway"),
    ("anew", "again"),
    ("by the clock", "against the clock"),
    ("by which way", "how"),
    ("by which ways", "how"),
    ("before the law", "in law"),
    ("the law wants", "the law requires"),
    ("foreign account", "outside account"),
    ("hoster", "hosting provider"),
    ("hosters", "hosting providers"),
    ("maker of the", "vendor of the"),
    ("maker's media", "vendor's media"),
    ("was hit", "was breached"),
    ("were hit", "were affected"),
    ("decides whom", "decides who"),
    ("look at the clock", "time it"),
    ("point to nothing", "has no target"),
    ("reckon with", "expect"),
    ("replace the page by", "replace the page with"),
    ("rightful", "legitimate"),
    ("talked out of people", "people can be talked into giving it away"),
    ("the beginning", "the start"),
    ("the log behind", "the log that supports"),
    ("the step behind", "the step that fixes"),
    ("group of its own", "separate group"),
    ("groups of their own", "separate groups"),
    ("row of its own", "separate row"),
    // Accounts, keys and what is done with them.
    ("acts of", "actions of"),
    ("administrative acts", "admin activity"),
    ("that were made", "that were created"),
    ("changes of rights", "permission changes"),
    ("which right", "which permission"),
    ("which rights", "which permissions"),
    ("withdraw its", "revoke its"),
    ("withdraw the token", "revoke the token"),
    ("withdraw tokens", "revoke tokens"),
    ("open elsewhere", "sessions on every other platform"),
    ("on the graph", "watches the graph"),
    ("mail receiving", "let mail arrive"),
    ("a business of their own", "who earns by it"),
    ("points to nothing", "has no target"),
    ("wrap what is weak", "hash the weak hashes again"),
    ("second best", "only if the first is impossible"),
    ("'s leave", "'s approval"),
    // What gives no order.
    ("consider", "the act itself"),
    ("ensure", "the act itself"),
    ("make sure", "the act itself"),
    ("appropriate", "what fits, by name"),
];

/// Keys whose values are read by the program, never by a person.
const OF_THE_PROGRAM: &[&str] = &[
    "cite",
    "for-each",
    "id",
    "if",
    "needs",
    "references",
    "run",
    "type",
    "unless",
    "use",
    "when",
];

/// Calls `read` with every text that a person sees, and with the keys that lead to it.
fn each_text(value: &Value, path: &str, read: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => read(path, text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, path, read)),
        Value::Table(table) => {
            let id = table.get("id").and_then(Value::as_str).unwrap_or_default();
            for (key, value) in table {
                if !OF_THE_PROGRAM.contains(&key.as_str()) {
                    each_text(value, &format!("{path} {id} {key}"), read);
                }
            }
        }
        _ => {}
    }
}

/// Everything built in that a person reads in the walk.
fn everything() -> impl Iterator<Item = (&'static str, &'static str)> {
    let beside = builtin::beside().into_iter().chain([("playbooks/chooser.toml", chooser::TEXT)]);
    builtin::all().iter().copied().chain(beside)
}

/// Whether the phrase occurs as whole words; both are in lower case.
fn says(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[test]
fn nothing_sounds_translated() {
    let mut found = Vec::new();
    let mut texts = 0;
    for (path, text) in everything() {
        let table: Table = text.parse().expect("a built-in file is TOML");
        each_text(&Value::Table(table), path, &mut |place, text| {
            texts += 1;
            // A line break in the source is a blank to whoever reads aloud.
            let words = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            for (phrase, plain) in PLAIN {
                if says(&words, phrase) {
                    found.push(format!("{place}: \"{phrase}\"; plainly: {plain}"));
                }
            }
        });
    }
    assert!(texts > 3000, "only {texts} texts were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Words of a sentence that a tired person can read aloud in one breath.
const BREATH: usize = 30;

/// What is read in one breath: up to a full stop, a colon or a semicolon, within one line of a list.
fn breaths(text: &str) -> Vec<String> {
    let mut breaths = vec![String::new()];
    let mut code = false;
    for line in text.lines() {
        let line_text = line.trim_start();
        // A block of code is copied, not read.
        let is_code = line.starts_with("    ");
        let mark = line_text.split(' ').next().unwrap_or_default();
        let is_item = mark == "-" || mark.ends_with('.') && mark.starts_with(char::is_numeric);
        if line_text.is_empty() || is_item || is_code {
            breaths.push(String::new());
        }
        let words = line_text.split_whitespace().skip(usize::from(is_item));
        for word in words.filter(|_| !is_code) {
            // A command counts as one word, whatever it holds.
            let inside = code;
            code ^= word.matches('`').count() % 2 == 1;
            let breath = breaths.last_mut().expect("there is one");
            if !inside {
                breath.push(' ');
            }
            breath.push_str(word);
            let bare = word.trim_end_matches(['"', '\'', ')']);
            if !code && bare.ends_with(['.', '!', '?', ':', ';']) {
                breaths.push(String::new());
            }
        }
    }
    breaths
}

#[test]
fn nothing_takes_more_than_a_breath() {
    let mut long = Vec::new();
    let mut read = 0;
    for (path, text) in everything() {
        let table: Table = text.parse().expect("a built-in file is TOML");
        each_text(&Value::Table(table), path, &mut |place, text| {
            for breath in breaths(text) {
                read += 1;
                let words = breath.split_whitespace().count();
                if words > BREATH {
                    long.push(format!("{place}: {words} words: {breath}"));
                }
            }
        });
    }
    assert!(read > 6000, "only {read} were read");
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_breath_ends_where_one_breathes() {
    let text = "Do it: now.\n\n- One; `two three`.\n1. Four\n   five\n\n    code that is copied\n";
    let found: Vec<_> = breaths(text).into_iter().filter(|it| !it.is_empty()).collect();
    assert_eq!(found, [" Do it:", " now.", " One;", " `twothree`.", " Four five"]);
}

/// A number changes with the first step that is put before it; a name does not.
#[test]
fn no_step_is_named_by_its_number() {
    let mut found = Vec::new();
    for (path, text) in everything() {
        let table: Table = text.parse().expect("a built-in file is TOML");
        each_text(&Value::Table(table), path, &mut |place, text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            for pair in words.windows(2) {
                let step = pair[0].trim_start_matches(['(', '"']).eq_ignore_ascii_case("step")
                    || pair[0].eq_ignore_ascii_case("steps");
                if step && pair[1].starts_with(|c: char| c.is_ascii_digit()) {
                    found.push(format!("{place}: {} {}", pair[0], pair[1]));
                }
            }
        });
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn phrases_are_found_as_whole_words_only() {
    assert!(says("done. it worked when the page", "it worked when"));
    assert!(says("a try, refused", "a try"));
    assert!(!says("a tryout", "a try"));
    assert!(!says("within reach", "in reach"));
}
