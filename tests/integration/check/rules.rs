//! Every rule fires on its wrong example, and on nothing else; its right example is silent.

use std::collections::HashSet;
use std::fmt::Write as _;

use breach::check::{Checked, Family, Finding, Judge, Policy, RULES, check};
use breach::document::{Diagnostic, Document};
use breach::output::diagnostics;
use chrono::NaiveDate;

use super::example::whole;

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day")
}

fn checked(text: &str) -> (Document, Checked) {
    let document = Document { name: "example.toml".to_owned(), text: whole(text) };
    let checked = check(&document, "example.toml", &Policy::default(), today());
    (document, checked)
}

fn shown(document: &Document, findings: &[Finding]) -> String {
    let found: Vec<_> = findings
        .iter()
        .map(|finding| Diagnostic { rule: finding.rule.id, ..finding.diagnostic.clone() })
        .collect();
    diagnostics::render(document, &found, false)
}

#[test]
fn each_finds_its_wrong_example_and_nothing_else() {
    let (mut all, mut failures) = (String::new(), String::new());
    for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
        let (document, wrong) = checked(rule.wrong);
        let found = shown(&document, &wrong.findings);
        let own = wrong.findings.iter().all(|finding| finding.rule.id == rule.id);
        if wrong.findings.is_empty() || !own {
            let _ = write!(failures, "{} on its wrong example:\n{found}", rule.id);
        }
        all.push_str(&found);
        let (document, right) = checked(rule.right);
        if !right.findings.is_empty() {
            let found = shown(&document, &right.findings);
            let _ = write!(failures, "{} on its right example:\n{found}", rule.id);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    insta::assert_snapshot!(all);
}

#[test]
fn each_has_its_own_id_and_name_and_says_why() {
    let mut seen = HashSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.id) && seen.insert(rule.name), "{} {}", rule.id, rule.name);
        assert!(rule.id.len() == 5 && rule.id.starts_with("BR"), "{}", rule.id);
        let family = usize::from(rule.id.as_bytes()[2] - b'0');
        assert_eq!(Family::ALL[family], rule.family, "{}", rule.id);
        assert!(rule.explanation.len() > 80 && rule.explanation.ends_with('.'), "{}", rule.id);
        let has_examples = !matches!(rule.judge, Judge::File) && rule.name != "too-many";
        assert_eq!(!rule.wrong.is_empty(), has_examples, "{}", rule.id);
        assert_eq!(!rule.right.is_empty(), has_examples, "{}", rule.id);
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
}

/// A name in a diagnostic that no rule has would be shown as another rule.
#[test]
fn every_name_that_a_reader_gives_is_a_rule() {
    let names: HashSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    let mut given = 0;
    for (path, text) in crate::guards::sources() {
        let path = path.display().to_string();
        let reads = ["/document/", "/fact/", "/playbook/", "/regime/"]
            .iter()
            .any(|part| path.contains(part));
        if !reads || path.contains("/cli/") {
            continue;
        }
        let text = text.split("#[cfg(test)]").next().expect("a first part");
        for part in
            text.split("Diagnostic::error(").chain(text.split("Diagnostic::warning(")).skip(1)
        {
            let Some(name) = part.trim_start().strip_prefix('"') else { continue };
            let name = name.split('"').next().expect("a first part");
            assert!(names.contains(name), "{path}: `{name}` is no rule");
            given += 1;
        }
    }
    assert!(given > 30, "{given}");
}

#[test]
fn the_built_in_set_is_clean() {
    let mut all = String::new();
    for (path, text) in
        breach::playbook::builtin::all().iter().chain(&breach::playbook::builtin::beside())
    {
        let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
        let found = check(&document, path, &Policy::default(), today()).findings;
        all.push_str(&shown(&document, &found));
    }
    assert!(all.is_empty(), "{all}");
}
