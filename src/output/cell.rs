//! Cells of comma-separated values: a spreadsheet must not take one for a formula.

use std::borrow::Cow;

use crate::escape;

/// What begins a formula: the signs, and their full-width forms, which some spreadsheets take too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The byte order mark without which spreadsheets take UTF-8 for something else.
pub const UTF_8: &[u8] = b"\xef\xbb\xbf";

/// A text as a cell: harmless on a screen, line breaks kept, and never a formula. An apostrophe is
/// put before what begins as one, blanks apart, and before an apostrophe, so that [`restored`] can
/// tell.
pub fn inert(text: &str) -> Cow<'_, str> {
    let text = escape::text(text);
    if text.trim_start().starts_with(FORMULA) || text.starts_with('\'') {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

/// The text of a cell that [`inert`] made.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start().starts_with(FORMULA) || text.starts_with('\'') => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_text_comes_back() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\n=1", "'=1", "'x", "a=1", ""]
        {
            let cell = inert(text);
            assert!(!cell.trim_start().starts_with(FORMULA), "{text:?}");
            assert_eq!(restored(&cell), text);
        }
        assert_eq!(inert("\t=cmd|' /C calc'!A0"), "'    =cmd|' /C calc'!A0");
        assert_eq!(inert("\r=1"), "\\r=1");
        assert_eq!(inert("plain"), "plain");
    }
}
