//! Finds the cursor's place in a text that is still being written.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::statements::{Statement, statements};

/// The place of a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The keys that lead to the table that it is in.
    pub table: Vec<String>,
    /// The other keys of that table.
    pub others: Vec<String>,
    /// What is at the cursor.
    pub part: Part,
    /// The word at the cursor, without quotes; empty between words.
    pub word: Range<usize>,
}

/// What a cursor is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A key, or where one may be written.
    Key,
    /// The value of this key; `quoted` between the quotes of a text.
    Value {
        /// The key, without the table.
        key: String,
        /// Whether it is inside a text.
        quoted: bool,
    },
    /// `[…]` or `[[…]]`.
    Header,
    /// A comment.
    Comment,
}

/// How often a bracket that never closes is given up at the next line that looks like a statement.
const RESTARTS: usize = 32;

/// The place of the cursor at this byte.
pub fn cursor(text: &str, at: usize) -> Cursor {
    let statements = pieces(text);
    let before = statements.partition_point(|statement| statement.start <= at);
    let header = statements[..before].iter().rposition(|statement| statement.header);
    let table = header.map(|header| path(text, &statements[header])).unwrap_or_default();
    let own = before.checked_sub(1).filter(|own| at <= statements[*own].end);
    let block = header.map_or(0, |header| header + 1);
    let rest = statements[block..].iter().take_while(|statement| !statement.header);
    let keys = rest.enumerate().filter(|(number, _)| own != Some(block + number));
    let others = keys.filter_map(|(_, statement)| key(text, statement)).collect();
    let found = Cursor { table, others, part: Part::Key, word: at..at };
    let Some(own) = own.map(|own| &statements[own]) else {
        return found.outside(text);
    };
    if own.header {
        let line = text[own.start..at].contains(['#', '\n']);
        return if line { found.outside(text) } else { found.in_header(text, own) };
    }
    found.inside(text, own.start, at)
}

impl Cursor {
    /// Between statements: a comment, or the place of a key.
    fn outside(self, text: &str) -> Self {
        let line = text[..self.word.start].rfind('\n').map_or(0, |newline| newline + 1);
        let is_comment = text[line..self.word.start].contains('#');
        Self { part: if is_comment { Part::Comment } else { Part::Key }, ..self }
    }

    fn in_header(self, text: &str, header: &Statement) -> Self {
        let names = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let at = self.word.start;
        let start = text[header.start..at].trim_end_matches(names).len() + header.start;
        let rest = &text[at..];
        let end = at + rest.len() - rest.trim_start_matches(names).len();
        Self { part: Part::Header, table: Vec::new(), others: Vec::new(), word: start..end }
    }

    /// Within the statement that starts here.
    fn inside(mut self, text: &str, start: usize, at: usize) -> Self {
        let mut frames = vec![Frame::default()];
        let line_end = at + text[at..].find('\n').unwrap_or(text.len() - at);
        // The text of a value in three quotes goes on.
        let known = &text[start..];
        for token in Source::new(known).lex() {
            let span = start + token.span().start()..start + token.span().end();
            let kind = token.kind();
            let is_text = is_text(kind);
            let is_word = is_text || kind == TokenKind::Atom;
            let holds =
                span.start <= at && at <= span.end && (is_word || kind == TokenKind::Comment);
            if span.start >= at && !holds || span.start > line_end {
                break;
            }
            if holds && kind == TokenKind::Comment && span.start < at {
                self.part = Part::Comment;
                return self;
            }
            if holds && is_word {
                let (open, close) = if is_text { quotes(&text[span.clone()]) } else { (0, 0) };
                let inner = span.start + open..span.end - close;
                let quoted = is_text && inner.start <= at && at <= inner.end;
                self.word = if quoted || !is_text { inner } else { span };
                return self.among(frames, quoted);
            }
            if let Some(frame) = frames.last_mut() {
                frame.take(kind, &text[span]);
            }
            match kind {
                TokenKind::LeftCurlyBracket => frames.push(Frame::default()),
                TokenKind::LeftSquareBracket => {
                    frames.push(Frame { array: true, ..Frame::default() });
                }
                TokenKind::RightCurlyBracket | TokenKind::RightSquareBracket
                    if frames.len() > 1 =>
                {
                    frames.pop();
                }
                _ => {}
            }
        }
        self.among(frames, false)
    }

    /// In the innermost of these.
    fn among(mut self, frames: Vec<Frame>, quoted: bool) -> Self {
        let Some(innermost) = frames.iter().rposition(|frame| !frame.array) else { return self };
        for (number, frame) in frames.into_iter().enumerate().take(innermost + 1) {
            if frame.array {
                continue;
            }
            let mut keys = frame.keys;
            if number < innermost {
                self.table.append(&mut keys);
                self.others.clear();
                continue;
            }
            if number > 0 {
                self.others = frame.others;
            }
            let last = if frame.is_value { keys.pop() } else { None };
            self.table.append(&mut keys);
            if let Some(key) = last {
                self.part = Part::Value { key, quoted };
            }
        }
        self
    }
}

/// A table in braces, an array, or the statement itself, as far as it was read.
#[derive(Default)]
struct Frame {
    array: bool,
    keys: Vec<String>,
    is_value: bool,
    others: Vec<String>,
}

impl Frame {
    fn take(&mut self, kind: TokenKind, text: &str) {
        match kind {
            TokenKind::Equals => self.is_value = true,
            TokenKind::Comma if !self.array => {
                self.others.extend(self.keys.drain(..).next());
                self.is_value = false;
            }
            TokenKind::Atom if !self.is_value => self.keys.push(text.to_owned()),
            kind if is_text(kind) && !self.is_value => {
                let (before, after) = quotes(text);
                self.keys.push(text[before..text.len() - after].to_owned());
            }
            _ => {}
        }
    }
}

fn is_text(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::BasicString
            | TokenKind::LiteralString
            | TokenKind::MlBasicString
            | TokenKind::MlLiteralString
    )
}

/// How many quotes a text begins and ends with.
fn quotes(text: &str) -> (usize, usize) {
    let quote = text.chars().next().unwrap_or('"');
    let all = |most: usize, chars: &mut dyn Iterator<Item = char>| {
        chars.take(most).take_while(|c| *c == quote).count()
    };
    let before = if text.starts_with(&quote.to_string().repeat(3)) { 3 } else { 1 };
    let rest = &text[before.min(text.len())..];
    (before.min(text.len()), all(before, &mut rest.chars().rev()))
}

/// All statements; one whose bracket never closes ends where the next line looks like another.
fn pieces(text: &str) -> Vec<Statement> {
    let mut all = statements(text);
    for _ in 0..RESTARTS {
        let Some(last) = all.last_mut() else { break };
        if last.brackets.iter().all(|(_, close)| *close < text.len()) {
            break;
        }
        let Some(next) = next_statement(text, last.start) else { break };
        last.end = next - 1;
        last.brackets.clear();
        all.extend(statements(&text[next..]).into_iter().map(|mut statement| {
            statement.start += next;
            statement.end += next;
            for (open, close) in &mut statement.brackets {
                *open += next;
                *close = close.saturating_add(next);
            }
            statement
        }));
    }
    all
}

/// The next line that can only be a header or a key with its value.
fn next_statement(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text[at..].find('\n')? + 1;
        let line = text[at..].lines().next().unwrap_or_default();
        let names = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let header = line.trim_start_matches('[');
        let behind = header.trim_start_matches(names);
        let is_header = header.len() < line.len() && behind.len() < header.len();
        let is_key = header.len() == line.len()
            && behind.len() < line.len()
            && behind.trim_start().starts_with('=');
        if is_header && behind.trim_end().trim_end_matches(']').is_empty() || is_key {
            return Some(at);
        }
    }
}

/// The keys of a header.
fn path(text: &str, header: &Statement) -> Vec<String> {
    let line = text[header.start..header.end].split(['#', '\n']).next().unwrap_or_default();
    let keys = line.trim_matches(['[', ']', ' ', '\t', '\r']).split('.');
    keys.map(|key| key.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

/// The first key of a statement.
fn key(text: &str, statement: &Statement) -> Option<String> {
    let (keys, _) = text[statement.start..statement.end].split_once('=')?;
    Some(keys.split('.').next()?.trim().trim_matches(['"', '\'']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the cursor.
    fn look(marked: &str) -> (Cursor, String) {
        let at = marked.find('|').expect("a cursor");
        let text = marked.replacen('|', "", 1);
        let found = cursor(&text, at);
        let word = text[found.word.clone()].to_owned();
        (found, word)
    }

    fn value(key: &str, quoted: bool) -> Part {
        Part::Value { key: key.to_owned(), quoted }
    }

    #[test]
    fn a_cursor_knows_its_table_its_key_and_its_word() {
        for (text, table, part, word) in [
            ("sch|", &[][..], Part::Key, "sch"),
            ("a = 1\n|", &[], Part::Key, ""),
            ("[[step]]\nro|\nid = 1\n", &["step"], Part::Key, "ro"),
            ("[[step]]\nrole = |\n", &["step"], value("role", false), ""),
            ("[[step]]\nrole = \"re|sp\" # x\n", &["step"], value("role", true), "resp"),
            ("[[step]]\nneeds = [\"a\", \"b|", &["step"], value("needs", true), "b"),
            ("[[step]]\nneeds = [\"a\", |]", &["step"], value("needs", false), ""),
            ("[[step]]\nevidence = [{ id = \"x\", ti| }]", &["step", "evidence"], Part::Key, "ti"),
            ("[[step]]\nevidence = [{ id = \"|\" }]", &["step", "evidence"], value("id", true), ""),
            (
                "[[step]]\ndo = \"\"\"\none\ntw|o\n\"\"\"",
                &["step"],
                value("do", true),
                "\none\ntwo\n",
            ),
            ("[[st|ep]]\n", &[], Part::Header, "step"),
            ("[fact.x]\n# breach: allow B|", &["fact", "x"], Part::Comment, ""),
            ("[[step]]\nid = \"x\" # breach|", &["step"], Part::Comment, ""),
            ("expect.outcome = { one = \"|\" }", &["expect", "outcome"], value("one", true), ""),
        ] {
            let (found, at) = look(text);
            assert_eq!(
                (&*found.table, found.part, &*at),
                (&*table.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>(), part, word),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bracket_that_never_closes_ends_at_the_next_statement() {
        let (found, _) = look("[[step]]\nneeds = [\"a\nid = \"x\"\n[[step]]\nid = \"y\"\nro|");
        assert_eq!((found.table, found.others), (vec!["step".to_owned()], vec!["id".to_owned()]));
    }

    #[test]
    fn no_place_of_any_text_is_refused() {
        let text = "a = \"é\n[[x]\nb = [{ c = '''\r\nd = }\n\"\"\"\" # é\n[y\n=\n{[,";
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let found = cursor(text, at);
            assert!(text.get(found.word.clone()).is_some(), "{at} {found:?}");
        }
    }
}
