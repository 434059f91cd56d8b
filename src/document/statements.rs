//! Where the statements of a TOML text stand, whatever is wrong with them.
//!
//! One look at each byte, because a faulty text is parsed twice already. It knows brackets, texts and
//! comments, and nothing else: the parser judges, this only says how much of a text to give up.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

/// A header or a key with its value.
pub(crate) struct Statement {
    /// Where its first word stands.
    pub(crate) start: usize,
    /// Whether it is `[…]` or `[[…]]`.
    pub(crate) header: bool,
    /// The end of its last line.
    pub(crate) end: usize,
    /// Outermost brackets of its value: where each opens and closes.
    pub(crate) brackets: Vec<(usize, usize)>,
    /// Texts in three quotes.
    pub(super) texts: Vec<Range<usize>>,
}

/// All statements in their order. What never closes goes on to the end.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    let mut statements = Vec::new();
    while let Some(start) = scanner.next_word() {
        let header = scanner.bytes[start] == b'[';
        let (brackets, texts) = (Vec::new(), Vec::new());
        let mut statement = Statement { start, header, end: start, brackets, texts };
        if header {
            scanner.line_end();
        } else {
            scanner.value(&mut statement);
        }
        statement.end = scanner.at;
        statements.push(statement);
    }
    statements
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    /// The next byte that is neither blank nor part of a comment.
    fn next_word(&mut self) -> Option<usize> {
        loop {
            match self.bytes.get(self.at)? {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'#' => self.line_end(),
                _ => return Some(self.at),
            }
        }
    }

    fn line_end(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// Goes to the end of the line in which all brackets of a value are closed.
    fn value(&mut self, statement: &mut Statement) {
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' if depth == 0 => return,
                b'#' => {
                    self.line_end();
                    continue;
                }
                b'"' | b'\'' => {
                    self.text(*byte, statement);
                    continue;
                }
                b'[' | b'{' => {
                    if depth == 0 {
                        statement.brackets.push((self.at, usize::MAX));
                    }
                    depth += 1;
                }
                b']' | b'}' if depth > 0 => {
                    depth -= 1;
                    if let (0, Some(last)) = (depth, statement.brackets.last_mut()) {
                        last.1 = self.at;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes behind a text that starts here.
    fn text(&mut self, quote: u8, statement: &mut Statement) {
        let start = self.at;
        if !self.bytes[start..].starts_with(&[quote; 3]) {
            self.at += 1;
            self.line(quote);
            return;
        }
        self.at += 3;
        while let Some(next) = self.quote_or_escape(quote) {
            self.at += next;
            let rest = &self.bytes[self.at..];
            if rest[0] == b'\\' {
                self.at = (self.at + 2).min(self.bytes.len());
            } else if rest.starts_with(&[quote; 3]) {
                // Up to two quotes more belong to the text.
                self.at += rest.iter().take(5).take_while(|byte| **byte == quote).count();
                statement.texts.push(start..self.at);
                return;
            } else {
                self.at += 1;
            }
        }
        self.at = self.bytes.len();
        statement.texts.push(start..self.at);
    }

    /// Goes behind the quote that ends a text of one line, or to the end of the line.
    fn line(&mut self, quote: u8) {
        // In single quotes a backslash is a letter.
        let escape = if quote == b'"' { b'\\' } else { quote };
        loop {
            let rest = &self.bytes[self.at..];
            self.at += memchr3(quote, escape, b'\n', rest).unwrap_or(rest.len());
            match self.bytes[self.at..] {
                [byte, ..] if byte == quote => {
                    self.at += 1;
                    return;
                }
                [b'\\', b'\n', ..] | [b'\\'] => self.at += 1,
                [b'\\', ..] => self.at += 2,
                _ => return,
            }
        }
    }

    fn quote_or_escape(&self, quote: u8) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        if quote == b'"' { memchr2(quote, b'\\', rest) } else { memchr(quote, rest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_apart() {
        let text = "# c\n[a]\nb = [1, # ]\n 2]\nc = \"\"\"x = [\n\"\"\"\"\nd = '# [' # {\n[[e]]\nf = { g = [\n";
        let found = statements(text);
        let starts: Vec<&str> =
            found.iter().map(|found| &text[found.start..=found.start]).collect();
        assert_eq!(starts, ["[", "b", "c", "d", "[", "f"]);
        assert_eq!(found[1].brackets, [(12, 22)]);
        assert_eq!(&text[found[2].texts[0].clone()], "\"\"\"x = [\n\"\"\"\"");
        assert_eq!(found[5].brackets, [(text.len() - 8, usize::MAX)]);
    }

    #[test]
    fn no_text_is_too_wild() {
        for text in ["\"", "'''", "\"\"\"\\", "a = \"\\", "]", "a = ]", "[", "\"\"\"\"\"", "é = 'é"]
        {
            assert!(statements(text).len() <= 2, "{text}");
        }
    }
}
