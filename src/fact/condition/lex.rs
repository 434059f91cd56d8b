//! The words of a condition.

use std::ops::Range;

use super::Mistake;

/// A word, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'s> {
    /// A name or a word of the language.
    Word(&'s str),
    /// The text between single quotes.
    Text(&'s str),
    /// A whole number.
    Number(u64),
    /// `==`, `(`, `.` and so on.
    Sign(&'s str),
}

const SIGNS: [&str; 12] = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", "."];

/// Splits a condition into words with their places.
pub(super) fn lex(source: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, Mistake> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let (token, length) = match c {
            ' ' | '\t' | '\n' | '\r' => {
                at += 1;
                continue;
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let word = prefix(rest, |c| c.is_ascii_alphanumeric() || c == '_');
                (Token::Word(word), word.len())
            }
            '0'..='9' => {
                let digits = prefix(rest, |c| c.is_ascii_digit());
                let number = digits.parse().map_err(|_| {
                    mistake(at..at + digits.len(), "this number is too large", None)
                })?;
                (Token::Number(number), digits.len())
            }
            '\'' => {
                let text = prefix(&rest[1..], |c| c != '\'');
                if text.len() + 1 == rest.len() {
                    let help = "close it with a second `'`";
                    return Err(mistake(at..at + 1, "this text is never closed", Some(help)));
                }
                (Token::Text(text), text.len() + 2)
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => return Err(stranger(c, at)),
            },
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    &text[..end]
}

fn stranger(c: char, at: usize) -> Mistake {
    let help = match c {
        '"' => Some("put texts in single quotes: `'web'`"),
        '=' => Some("write `==` to compare"),
        '&' => Some("write `and`"),
        '|' => Some("write `or`"),
        '!' => Some("write `not`, or `!=` to compare"),
        _ => None,
    };
    let message = format!(
        "`{}` has no meaning in a condition",
        crate::escape::line(c.encode_utf8(&mut [0; 4]))
    );
    mistake(at..at + c.len_utf8(), &message, help)
}

/// What stands in a condition and makes no sense there.
pub(super) const CONDITION: &str = "condition";

pub(super) fn mistake(span: Range<usize>, message: &str, help: Option<&str>) -> Mistake {
    Mistake { rule: CONDITION, span, message: message.to_owned(), help: help.map(str::to_owned) }
}
