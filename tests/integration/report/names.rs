//! Names of people never reach a reader outside, however they are written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use breach::report::{Audience, Class, Gate, Known};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Deserialize)]
struct Script {
    names: Vec<String>,
    whole: Vec<String>,
    joined: Vec<String>,
    #[serde(default)]
    changed: Vec<(String, String)>,
    ordinary: String,
}

fn corpus() -> BTreeMap<String, Script> {
    toml::from_str(include_str!("names.toml")).expect("scripts")
}

fn gate(names: &[String]) -> Gate {
    let mut known = Known::default();
    for name in names {
        known.person(name);
    }
    Gate::new(Audience::Regulator, &known)
}

/// A name in ten spellings and sentences: what it is, the text, and the name as it is written there.
fn ten(script: &Script, name: &str) -> Vec<(&'static str, String, String)> {
    let unmarked = |text: &str| {
        let latin = |c: &char| !is_combining_mark(*c) || !matches!(*c, '\u{300}'..='\u{36f}');
        text.nfd().filter(latin).nfc().collect::<String>()
    };
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        c => c,
    };
    let sentence = |form: &str, name: &str| form.replace("{}", name);
    let first = &script.whole[0];
    let apart: String = name.nfd().collect();
    let wide: String = name.chars().map(wide).collect();
    let reversed = match name.rsplit_once(' ') {
        Some((given, family)) => format!("{family}, {given}"),
        None => name.to_owned(),
    };
    let spaced = name.replace(' ', "\u{a0}").replace('\'', "’").replace('-', "\u{2011}");
    let upper = name.to_uppercase();
    let plain = unmarked(name);
    vec![
        ("as it is", sentence(first, name), name.to_owned()),
        ("in brackets", sentence(&script.whole[1], name), name.to_owned()),
        ("taken apart", sentence(first, &apart), apart),
        ("capitals", sentence(first, &upper), upper),
        ("no accents", sentence(first, &plain), plain),
        ("full width", sentence(&script.whole[1], &wide), wide),
        ("family first", sentence(&script.whole[1], &reversed), reversed),
        ("other spaces", sentence(first, &spaced), spaced),
        ("joined 1", sentence(&script.joined[0], name), name.to_owned()),
        ("joined 2", sentence(&script.joined[1], name), name.to_owned()),
    ]
}

/// Whether no word of the name is left that could tell who it is.
fn is_gone(shown: &str, name: &str) -> bool {
    let words = name.split(|c: char| c.is_whitespace() || c == ',');
    words.filter(|word| word.chars().count() > 1).all(|word| !shown.contains(word))
}

#[test]
fn names_are_found_in_every_script_and_spelling_and_ordinary_words_stay() {
    let corpus = corpus();
    let all: Vec<String> = corpus.values().flat_map(|script| script.names.clone()).collect();
    assert_eq!((corpus.len(), all.len()), (15, 200));
    let gate = gate(&all);
    let mut table = String::new();
    let (mut found, mut tried, mut hidden, mut words) = (0, 0, 0, 0);
    for (name, script) in &corpus {
        let (mut here, mut missed) = (0, BTreeMap::<&str, usize>::new());
        for person in &script.names {
            for (spelling, text, written) in ten(script, person) {
                let shown = gate.text(Class::Cause, &text).expect("a cause");
                let is_gone = is_gone(shown.as_str(), &written);
                here += usize::from(is_gone);
                if !is_gone {
                    *missed.entry(spelling).or_default() += 1;
                }
            }
        }
        let shown = gate.text(Class::Cause, &script.ordinary).expect("a cause");
        let wrongly = shown.as_str().matches("responder ").count();
        let of = script.names.len() * 10;
        let ordinary = script.ordinary.split_whitespace().count();
        let _ = writeln!(
            table,
            "{name}: {here} of {of} found, {wrongly} of {ordinary} ordinary words hidden; missed \
             {missed:?}"
        );
        (found, tried) = (found + here, tried + of);
        (hidden, words) = (hidden + wrongly, words + ordinary);
    }
    let _ = writeln!(table, "all: {found} of {tried} found, {hidden} of {words} hidden");
    insta::assert_snapshot!("names", table);
    assert!(found * 100 >= tried * 98, "{table}");
    assert!(hidden <= 5, "{table}");
}

#[test]
fn a_form_that_is_not_found_is_of_a_name_that_is_counted() {
    let (mut missed, mut tried) = (Vec::new(), 0);
    for (name, form) in corpus().into_values().flat_map(|script| script.changed) {
        let shown = gate(std::slice::from_ref(&name)).text(Class::Cause, &form).expect("a cause");
        tried += 1;
        if !is_gone(shown.as_str(), &form) {
            let mut known = Known::default();
            known.person(&name);
            assert_eq!(known.elusive(), 1, "{name}: {form}");
            missed.push(form);
        }
    }
    insta::assert_snapshot!("changed", format!("{tried} tried, missed: {missed:#?}"));
}

#[test]
fn a_name_whose_forms_cannot_all_be_found_is_counted() {
    let count = |names: &[&str]| {
        let mut known = Known::default();
        for name in names {
            known.person(name);
        }
        known.elusive()
    };
    assert_eq!(count(&["Ada Lovelace", "José Núñez", "김 철수"]), 0);
    assert_eq!(count(&["田中太郎", "Иван Петров", "Γιώργος Παπαδόπουλος", "முருகன் சுந்தரம்"]), 4);
}
