//! Places as editors count them: lines, and UTF-16 units in a line.

use std::ops::Range;

use lsp_types::Position;

/// Where the lines of a text start.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| {
            // `\r\n` ends one line.
            bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')
        });
        Self(std::iter::once(0).chain(ends.map(|at| at + 1)).collect())
    }

    /// The place of a byte.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.0.partition_point(|start| *start <= offset) - 1;
        let units = text[self.0[line]..offset].chars().map(char::len_utf16).sum::<usize>();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(count(line), count(units))
    }

    pub(super) fn range(&self, text: &str, span: &Range<usize>) -> lsp_types::Range {
        let end = span.end.max(span.start);
        lsp_types::Range::new(self.position(text, span.start), self.position(text, end))
    }

    /// The byte at a place; one past the end of its line is that end.
    pub(super) fn offset(&self, text: &str, place: Position) -> usize {
        let line = usize::try_from(place.line).unwrap_or(usize::MAX);
        let Some(start) = self.0.get(line).copied() else { return text.len() };
        let end = self.0.get(line + 1).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        let mut units = usize::try_from(place.character).unwrap_or(usize::MAX);
        for (at, c) in content.char_indices() {
            if units < c.len_utf16() {
                return start + at;
            }
            units -= c.len_utf16();
        }
        start + content.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_utf_16_and_come_back() {
        let text = "é = \"😀x\"\r\nb\rc\n";
        let lines = Lines::new(text);
        for (offset, line, character) in [(0, 0, 0), (2, 0, 1), (10, 0, 7), (14, 1, 0), (16, 2, 0)]
        {
            let place = Position::new(line, character);
            assert_eq!(lines.position(text, offset), place, "{offset}");
            assert_eq!(lines.offset(text, place), offset, "{place:?}");
        }
        assert_eq!(lines.offset(text, Position::new(0, 99)), 12, "the end of the line");
        assert_eq!(lines.offset(text, Position::new(99, 0)), text.len());
        assert_eq!(lines.offset(text, Position::new(0, 6)), 6, "within a pair");
    }
}
