//! A TOML text with its places, and what is wrong with it.
//!
//! A reader goes through three stages and never stops at the first mistake: [`syntax`] finds every
//! syntax error, [`shape`] compares the tree with a static table of what may stand where, and the
//! reader itself judges what is left through [`Table`], whose reads skip what was already reported.

mod crowd;
mod cursor;
mod diagnostic;
mod fix;
mod format;
mod hidden;
mod json_schema;
mod salvage;
pub mod shape;
mod statements;
mod suggest;
pub mod syntax;
mod table;
mod twice;
pub mod visit;

pub use cursor::{Cursor, Part, cursor};
pub use diagnostic::{Diagnostic, Edit, Findings, Level, short};
pub use fix::mend;
pub use format::format;
pub(crate) use hidden::{hidden, shaper};
pub use json_schema::json_schema;
pub(crate) use statements::{Statement, statements};
pub use suggest::{did_you_mean, nearest};
pub use table::{Spanned, Table, TextOrTable};

/// Bytes that a document may have.
pub const LIMIT: usize = 4 * 1024 * 1024;

/// A named text.
#[derive(Clone, Debug)]
pub struct Document {
    /// As shown in places: a path, or where it came from. Not yet escaped.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
}

impl Document {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// More than [`LIMIT`] bytes, no UTF-8, or more words and signs than anybody could read. The
    /// place is a byte offset; there is no text to show.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Box<Diagnostic>> {
        Self::within(name, bytes, LIMIT)
    }

    /// Takes the bytes of a file of at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Document::from_bytes`].
    pub fn within(
        name: impl Into<String>,
        bytes: Vec<u8>,
        limit: usize,
    ) -> Result<Self, Box<Diagnostic>> {
        let name = name.into();
        if bytes.len() > limit {
            let message = format!(
                "the file is larger than the {} allowed for a playbook",
                crate::wording::size(limit as u64),
            );
            let help = "split it into playbooks that a person can read";
            return Err(Box::new(Diagnostic::error("too-large", message, 0..0).help(help)));
        }
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                // A second one is no mark: it stays for the parser to refuse.
                if text.starts_with('\u{feff}') && !text.starts_with("\u{feff}\u{feff}") {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                if let Some((over, most)) = crowd::crowded(&text, limit) {
                    let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..over]).count();
                    let message = format!(
                        "the file has more than the {most} words and signs allowed for a playbook: \
                         they end on line {line}",
                    );
                    let help = "split it into playbooks that a person can read";
                    let at = Diagnostic::error("too-crowded", message, over..over).help(help);
                    return Err(Box::new(at));
                }
                Ok(Self { name, text })
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
                let message = format!("the file is not UTF-8: byte {at}, on line {line}");
                let diagnostic =
                    Diagnostic::error("not-utf-8", message, at..at).help("save the file as UTF-8");
                Err(Box::new(diagnostic))
            }
        }
    }

    /// Line and column (in characters) of a byte offset, both from 1. An offset past the end is the
    /// end; one inside a character is that character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |newline| newline + 1);
        let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
        (line, 1 + before[start..].chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        let error = Document::from_bytes("x", b"a = 1\nb = \"\xff\"".to_vec()).expect_err("bad");
        assert_eq!(error.message, "the file is not UTF-8: byte 11, on line 2");
        assert!(Document::from_bytes("x", vec![b'#'; LIMIT + 1]).is_err());
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let document = Document::from_bytes("x", b"\xef\xbb\xbfa = 1".to_vec()).expect("good");
        assert_eq!(document.text, "a = 1");
    }

    #[test]
    fn columns_count_characters() {
        let document = Document { name: String::new(), text: "é\nüb".to_owned() };
        assert_eq!(document.line_column(5), (2, 2));
        assert_eq!(document.line_column(4), (2, 1));
        assert_eq!(document.line_column(99), (2, 3));
    }
}
