//! A line while it is edited: its text, and the position of the cursor.

use textwrap::core::display_width;

/// A key that edits or moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Left,
    Right,
    WordLeft,
    WordRight,
    First,
    Last,
    Backspace,
    Delete,
    CutWord,
    CutBefore,
    CutAfter,
    PutBack,
}

/// A text that may hold line ends, and a cursor in it.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    at: usize,
    cut: String,
}

impl Line {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn before(&self) -> &str {
        &self.text[..self.at]
    }

    /// Replaces the whole text and puts the cursor at its end.
    pub(super) fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.at = text.len();
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    /// Replaces the text between `from` and the cursor.
    pub(super) fn replace(&mut self, from: usize, text: &str) {
        self.text.replace_range(from..self.at, text);
        self.at = from + text.len();
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let at = self.at;
        match edit {
            Edit::Left => self.at = self.left(),
            Edit::Right => self.at = self.right(),
            Edit::WordLeft => self.at = self.word_left(),
            Edit::WordRight => self.at = self.word_right(),
            Edit::First => self.at = 0,
            Edit::Last => self.at = self.text.len(),
            Edit::Backspace => self.remove(self.left(), at),
            Edit::Delete => self.remove(at, self.right()),
            Edit::CutWord => self.cut(self.word_left(), at),
            Edit::CutBefore => self.cut(0, at),
            Edit::CutAfter => self.cut(at, self.text.len()),
            Edit::PutBack => self.insert(&self.cut.clone()),
        }
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.text[from..to].clone_into(&mut self.cut);
            self.remove(from, to);
        }
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.at = from;
    }

    /// Where the character before the cursor begins, with the marks that are drawn on it.
    fn left(&self) -> usize {
        let mut before = self.text[..self.at].char_indices().rev();
        before.find(|(_, c)| !is_mark(*c)).map_or(0, |(at, _)| at)
    }

    /// Where the character at the cursor ends, with the marks that are drawn on it.
    fn right(&self) -> usize {
        let mut after = self.text[self.at..].char_indices().skip(1);
        after.find(|(_, c)| !is_mark(*c)).map_or(self.text.len(), |(at, _)| self.at + at)
    }

    fn word_left(&self) -> usize {
        let before = self.text[..self.at].trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |blank| blank + before[blank..].chars().next().map_or(1, char::len_utf8))
    }

    fn word_right(&self) -> usize {
        let after = &self.text[self.at..];
        let word = after.len() - after.trim_start().len();
        after[word..].find(char::is_whitespace).map_or(self.text.len(), |end| self.at + word + end)
    }
}

/// Whether a character is drawn on the one before it.
fn is_mark(c: char) -> bool {
    c != '\n' && !crate::escape::is_harmful(c) && display_width(c.encode_utf8(&mut [0; 4])) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edits: &[Edit]) -> (String, usize) {
        let mut line = Line::default();
        line.set(text);
        for edit in edits {
            line.edit(*edit);
        }
        (line.text, line.at)
    }

    #[test]
    fn a_character_goes_as_one_with_its_marks() {
        assert_eq!(edited("ae\u{301}", &[Edit::Backspace]), ("a".to_owned(), 1));
        assert_eq!(edited("\u{6771}\u{4eac}", &[Edit::Left, Edit::Backspace]).0, "\u{4eac}");
        assert_eq!(edited("e\u{301}a", &[Edit::First, Edit::Delete]), ("a".to_owned(), 0));
        assert_eq!(edited("", &[Edit::Backspace, Edit::Delete, Edit::Left]), (String::new(), 0));
    }

    #[test]
    fn words_are_crossed_and_cut() {
        let twice = [Edit::WordLeft, Edit::WordLeft];
        assert_eq!(edited("one  two\u{3000}three ", &twice).1, 5);
        assert_eq!(edited("one two ", &[Edit::CutWord]), ("one ".to_owned(), 4));
        assert_eq!(edited("one two", &[Edit::First, Edit::WordRight, Edit::CutAfter]).0, "one");
        let moved = [Edit::CutWord, Edit::First, Edit::PutBack];
        assert_eq!(edited("one two", &moved), ("twoone ".to_owned(), 3));
    }
}
