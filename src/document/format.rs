//! One way to write a document: blanks, empty lines and indents; values and comments stay.
//!
//! Only what stands between the tokens changes, so the text means what it meant. Lines stay where
//! their writer broke them.

use std::ops::Range;

use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::lexer::TokenKind as Token;

/// Blanks for each open bracket.
const INDENT: usize = 4;

/// Formats a text. `None`: it has a syntax error.
pub fn format(text: &str) -> Option<String> {
    let errors = DeTable::parse_recoverable(text).1;
    if !errors.is_empty() {
        return None;
    }
    let newline = if text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    };
    let mut printer = Printer { text, newline, out: String::with_capacity(text.len()), open: 0 };
    // Lines of tokens, blanks left out.
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    for token in Source::new(text).lex() {
        match token.kind() {
            Token::Whitespace | Token::Eof => {}
            Token::Newline => lines.push(std::mem::take(&mut line)),
            kind => line.push((kind, token.span().start()..token.span().end())),
        }
    }
    lines.push(line);
    printer.lines(&lines);
    Some(printer.out)
}

/// A token and where it stands.
type Place = (Token, Range<usize>);

struct Printer<'t> {
    text: &'t str,
    newline: &'static str,
    out: String,
    /// Brackets that a line before left open.
    open: usize,
}

impl Printer<'_> {
    fn lines(&mut self, lines: &[Vec<Place>]) {
        let mut gap = false;
        // The header of the block, as in `step.`: deeper ones may stand close to what they add to.
        let mut block = None;
        for (number, line) in lines.iter().enumerate() {
            if line.is_empty() {
                gap = true;
                continue;
            }
            // Comments belong to the header that follows them; only the first of them looks for it.
            let after_comment = number > 0 && is_comment(&lines[number - 1]);
            let looks = self.open == 0 && !(after_comment && is_comment(line));
            let next = lines[number..].iter().filter(|_| looks).find(|line| !is_comment(line));
            let header = next.filter(|line| is_header(line)).map(|line| self.path(line));
            let starts_block = header.as_ref().is_some_and(|header| {
                block.as_ref().is_none_or(|block: &String| !header.starts_with(block))
            });
            let wants_gap = gap && self.open == 0 || starts_block && !after_comment;
            if wants_gap && !self.out.is_empty() {
                self.out.push_str(self.newline);
            }
            gap = false;
            self.line(line);
            if starts_block && !is_comment(line) {
                block = header;
            }
        }
    }

    /// The parts of a header, each with a full stop behind it.
    fn path(&self, header: &[Place]) -> String {
        let part = |kind: Token| !opens(kind) && !closes(kind) && kind != Token::Comment;
        let parts = header.iter().filter(|(kind, _)| part(*kind));
        parts.map(|(_, span)| &self.text[span.clone()]).chain(["."]).collect()
    }

    fn line(&mut self, line: &[Place]) {
        let closing = line.iter().take_while(|(kind, _)| closes(*kind)).count();
        // A header's brackets are closed in its own line.
        let depth = self.open.saturating_sub(closing);
        self.out.extend(std::iter::repeat_n(' ', depth * INDENT));
        let header = self.open == 0 && is_header(line);
        for (number, (kind, span)) in line.iter().enumerate() {
            if number > 0 && !header_part(header, *kind) && spaced(line[number - 1].0, *kind) {
                self.out.push(' ');
            }
            self.token(*kind, span.clone());
            if opens(*kind) {
                self.open += 1;
            } else if closes(*kind) {
                self.open = self.open.saturating_sub(1);
            }
        }
        self.out.push_str(self.newline);
    }

    fn token(&mut self, kind: Token, span: Range<usize>) {
        let text = &self.text[span];
        let words = text.trim_start_matches('#');
        if kind != Token::Comment {
            self.out.push_str(text);
        } else if words.starts_with([':', '!', ' ', '\t']) || words.is_empty() {
            // `#:schema` is an instruction.
            self.out.push_str(text.trim_end());
        } else {
            self.out.push_str(&text[..text.len() - words.len()]);
            self.out.push(' ');
            self.out.push_str(words.trim_end());
        }
    }
}

fn is_comment(line: &[Place]) -> bool {
    matches!(line.first(), Some((Token::Comment, _)))
}

fn is_header(line: &[Place]) -> bool {
    matches!(line.first(), Some((Token::LeftSquareBracket, _)))
}

fn opens(kind: Token) -> bool {
    matches!(kind, Token::LeftSquareBracket | Token::LeftCurlyBracket)
}

fn closes(kind: Token) -> bool {
    matches!(kind, Token::RightSquareBracket | Token::RightCurlyBracket)
}

/// Inside a header nothing is spaced; a comment behind it is.
fn header_part(header: bool, kind: Token) -> bool {
    header && kind != Token::Comment
}

/// Whether a blank stands between two tokens.
fn spaced(before: Token, after: Token) -> bool {
    match (before, after) {
        // Two atoms are the day and the time of a moment.
        (_, Token::Comment) | (Token::Atom, Token::Atom) => true,
        (_, Token::Comma | Token::Dot | Token::RightSquareBracket)
        | (Token::Dot | Token::LeftSquareBracket, _)
        | (Token::LeftCurlyBracket, Token::RightCurlyBracket) => false,
        (Token::Comma | Token::LeftCurlyBracket, _) | (_, Token::RightCurlyBracket) => true,
        (before, after) => before == Token::Equals || after == Token::Equals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_lines_and_indents_have_one_form() {
        let text = "#:schema x\n#note\n\n\na=1 #one\nb   = [ 1,2 ,\n3, # c\n  [4]\n]\n# of c\n[ c . d ]# e\nx.y={a=1,b = {}}\n\
                    t = \"\"\"\n  kept  \n\"\"\"\nn = -1.5\n[[e]]\n[e.f]\n[ef]";
        let wanted = "#:schema x\n# note\n\na = 1 # one\nb = [1, 2,\n    3, # c\n    [4]\n]\n\n# of c\n[c.d] # e\n\
                      x.y = { a = 1, b = {} }\nt = \"\"\"\n  kept  \n\"\"\"\nn = -1.5\n\n[[e]]\n[e.f]\n\n[ef]\n";
        assert_eq!(format(text).as_deref(), Some(wanted));
        assert_eq!(format(wanted).as_deref(), Some(wanted));
        assert_eq!(format(&text.replace('\n', "\r\n")), Some(wanted.replace('\n', "\r\n")));
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        assert_eq!(format("a = \n"), None);
        assert_eq!(format("").as_deref(), Some(""));
    }
}
