//! Edits that mend what is found, where only one thing can have been meant.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Edit};
use super::table::Value;
use crate::id;

/// Mends a text by what was found in it. Each diagnostic is mended wholly or not at all: where two
/// want the same place, the first one has it. Returns the text and how many were mended.
pub fn mend<'d>(
    text: &str,
    found: impl IntoIterator<Item = &'d Diagnostic>,
) -> Option<(String, usize)> {
    let mut edits: Vec<&Edit> = Vec::new();
    let mut mended = 0;
    for diagnostic in found.into_iter().filter(|diagnostic| !diagnostic.fix.is_empty()) {
        let clash = |edit: &Edit| {
            edits.iter().any(|taken| {
                edit.span.start < taken.span.end && taken.span.start < edit.span.end
                    || edit.span == taken.span
            })
        };
        if !diagnostic.fix.iter().any(clash) {
            edits.extend(&diagnostic.fix);
            mended += 1;
        }
    }
    if mended == 0 {
        return None;
    }
    edits.sort_by_key(|edit| edit.span.start);
    let (mut result, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        result.push_str(text.get(at..edit.span.start)?);
        result.push_str(&edit.text);
        at = edit.span.end;
    }
    result.push_str(text.get(at..)?);
    Some((result, mended))
}

/// A key or a word written otherwise, if there is another.
pub(super) fn word(span: Range<usize>, meant: Option<&str>, quoted: bool) -> Vec<Edit> {
    let text = meant.map(|meant| if quoted { format!("\"{meant}\"") } else { meant.to_owned() });
    text.map(|text| Edit::new(span, text)).into_iter().collect()
}

/// A value without its quotes: a day, a flag or a number.
pub(super) fn unquoted(value: &Value<'_>, reads: impl Fn(&str) -> bool) -> Vec<Edit> {
    let text = value.get_ref().as_str().map(str::trim).filter(|text| reads(text));
    text.map(|text| Edit::new(value.span(), text)).into_iter().collect()
}

/// Brackets around a text that stands alone.
pub(super) fn bracketed(value: &Value<'_>) -> Vec<Edit> {
    if !value.get_ref().is_str() {
        return Vec::new();
    }
    let Range { start, end } = value.span();
    vec![Edit::new(start..start, "["), Edit::new(end..end, "]")]
}

/// A line as a program and its arguments, if it needs no shell to be split.
pub(super) fn split(value: &Value<'_>) -> Vec<Edit> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -_./:=@,+%{}".contains(c);
    let line = value.get_ref().as_str().unwrap_or_default();
    if line.trim().is_empty() || !line.chars().all(plain) {
        return Vec::new();
    }
    let words: Vec<_> = line.split_whitespace().map(|word| format!("\"{word}\"")).collect();
    vec![Edit::new(value.span(), format!("[{}]", words.join(", ")))]
}

/// `ImageWeb_Hosts` as ids are written, `image-web-hosts`, if it is only that.
pub(super) fn kebab(text: &str) -> Option<String> {
    let mut words = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.trim().chars() {
        match c {
            '_' | ' ' | '.' | '-' if !words.ends_with('-') => words.push('-'),
            '_' | ' ' | '.' | '-' => {}
            c if c.is_ascii_uppercase() => {
                if before.is_ascii_lowercase() {
                    words.push('-');
                }
                words.push(c.to_ascii_lowercase());
            }
            c => words.push(c),
        }
        before = c;
    }
    id::is_kebab(&words).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(edits: &[(Range<usize>, &str)]) -> Diagnostic {
        let mut diagnostic = Diagnostic::error("x", "x", 0..0);
        diagnostic.fix = edits.iter().map(|(span, text)| Edit::new(span.clone(), *text)).collect();
        diagnostic
    }

    #[test]
    fn a_diagnostic_is_mended_wholly_or_not_at_all() {
        let first = diagnostic(&[(0..1, "A"), (4..4, "!")]);
        let clash = diagnostic(&[(0..2, "B"), (2..3, "C")]);
        let (text, mended) = mend("abcd", [&first, &clash]).expect("mended");
        assert_eq!((text.as_str(), mended), ("Abcd!", 1));
        assert_eq!(mend("abcd", [&diagnostic(&[])]), None);
    }

    #[test]
    fn ids_are_recognised_in_other_forms() {
        for (text, id) in [
            ("Image_Web Hosts", Some("image-web-hosts")),
            ("imageHosts", Some("image-hosts")),
            ("AWS", Some("aws")),
            ("a__b", Some("a-b")),
            ("2nd", None),
            ("büro", None),
            ("-", None),
        ] {
            assert_eq!(kebab(text).as_deref(), id, "{text}");
        }
    }
}
