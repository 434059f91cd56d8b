//! Lines of a calendar, RFC 5545: folded, escaped, with the line ends that the format wants.

use chrono::{DateTime, Utc};

use crate::{escape, wording};

/// Octets of a line before it is folded.
const FOLD: usize = 75;

/// An alarm so long before.
pub(super) fn alarm(text: &mut String, before: &str, related: &str, summary: &str) {
    let description = summary.replacen("SUMMARY", "DESCRIPTION", 1);
    fold(text, "BEGIN:VALARM");
    fold(text, "ACTION:DISPLAY");
    fold(text, &format!("TRIGGER{related}:{before}"));
    fold(text, &description);
    fold(text, "END:VALARM");
}

/// A property with foreign text in it, which a calendar shows without markup.
pub(super) fn property(name: &str, value: &str) -> String {
    let value = wording::unmarked(value);
    let value = escape::text(&value);
    let value = value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    format!("{name}:{}", value.replace('\n', "\\n"))
}

/// What a calendar shows of an entry, which says of a rehearsal that it is one.
pub(super) fn summary(is_rehearsal: bool, text: &str) -> String {
    let rehearsal = if is_rehearsal { "Rehearsal: " } else { "" };
    property("SUMMARY", &format!("{rehearsal}{text}"))
}

/// A moment.
pub(super) fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Writes a line, folded between characters, ended as the format wants it.
pub(super) fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > FOLD {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}
