//! Every syntax error, each once, whatever the text.

use breach::document::{Document, Findings, Level, syntax};
use breach::output::diagnostics;
use breach::playbook::{Library, Playbook};
use proptest::prelude::*;

/// Checks what must be true of any text.
fn check(text: &str) {
    let mut findings = Findings::default();
    let tables = syntax::read(text, &mut findings, |tree, _| tree.len());
    assert!(tables <= text.len());
    assert_eq!(findings.has_errors(), text.parse::<toml::Table>().is_err(), "{text:?}");
    let document = Document { name: "x".to_owned(), text: text.to_owned() };
    let (playbook, findings) = Playbook::read(&document, Library::builtin());
    assert!(playbook.is_some() || findings.iter().any(|finding| finding.level == Level::Error));
    assert!(findings.len() <= Findings::LIMIT + 1);
    assert!(!diagnostics::render(&document, &findings, true).contains("##"));
}

const PARTS: &[&str] = &[
    "[[step]]\n",
    "[step]\n",
    "[step\n",
    "[[step]\n",
    "[]\n",
    "[fact.a]\n",
    "id = 'a'\n",
    "id",
    " = ",
    "'",
    "\"",
    "\"\"\"",
    "'''",
    "\n",
    "\r\n",
    "\r",
    "[",
    "]",
    "{",
    "}",
    ",",
    "a.b = 1\n",
    "x = [1, 2\n",
    "y = { a = 1\n",
    "# é\n",
    "é",
    "\t",
    "title = \"\"\"\ntext\n",
    "1e999",
    "\\",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "=",
    "2026-11-20",
    "a = 1\n",
    "##[x]",
    "needs = ['b']\n",
];

proptest! {
    #[test]
    fn any_text_is_judged_as_the_strict_parser_does(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn so_is_any_heap_of_statements(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..24),
    ) {
        check(&parts.concat());
    }
}

/// Texts that make a careless reader slow, deep or silent.
#[test]
fn hostile_texts_are_read_to_their_end() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(20_000)),
        "[a]\n".repeat(20_000),
        "[[step]]\n".repeat(20_000),
        "[[step]\n".repeat(20_000),
        "a = [1\n".repeat(1_000),
        "a = \"\"\"\n".repeat(1_000),
        "a = '\n".repeat(1_000),
        format!("a = \"{}", "x".repeat(1_000_000)),
        "= ".repeat(20_000),
        "\u{202e}".repeat(20_000),
        "\r".repeat(50_000),
    ] {
        check(&text);
    }
}

#[test]
fn nobody_is_told_of_ten_thousand_errors() {
    let mut findings = Findings::default();
    let text = "a 1\n".repeat(10_000);
    syntax::read(&text, &mut findings, |_, _| ());
    let findings = findings.into_sorted();
    assert_eq!(findings.len(), Findings::LIMIT + 1);
    assert_eq!(findings.last().map(|last| last.rule), Some("too-many"));
}
