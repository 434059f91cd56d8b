//! Texts that are too crowded to be parsed: a tree takes some two hundred bytes for each sign.
//!
//! In a playbook there are seven bytes or more to a key, a sign or a text. One of nothing but commas,
//! brackets or line ends costs hundreds of times its size, and nobody could read what is found in it.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::LIMIT;

/// Words, signs, blanks and line ends that a text of [`LIMIT`] bytes may have.
const MOST: usize = 600_000;

/// Where a text of at most `limit` bytes has more parts than it may have, and how many those are.
/// Who raised the limit of bytes has raised this one, too.
pub(super) fn crowded(text: &str, limit: usize) -> Option<(usize, usize)> {
    let most = MOST.saturating_mul((limit / LIMIT).max(1));
    // Each part has a byte at least: most texts end here.
    if text.len() <= most {
        return None;
    }
    let mut parts = 0;
    for token in Source::new(text).lex() {
        let span = token.span().start()..token.span().end();
        // A text of many lines has as many parts. The end has no bytes, and is none.
        parts += match token.kind() {
            TokenKind::Eof => 0,
            TokenKind::MlBasicString | TokenKind::MlLiteralString => {
                1 + memchr::memchr_iter(b'\n', &text.as_bytes()[span.clone()]).count()
            }
            _ => 1,
        };
        if parts > most {
            return Some((span.start, most));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_crowd_is_refused() {
        assert_eq!(crowded(&"\n".repeat(MOST), LIMIT), None);
        assert_eq!(crowded(&"\n".repeat(MOST + 1), LIMIT), Some((MOST, MOST)));
        assert_eq!(crowded(&"\n".repeat(MOST + 1), 2 * LIMIT), None);
        assert_eq!(crowded(&format!("# {}", "x".repeat(LIMIT - 2)), LIMIT), None);
        let text = |lines: usize| format!("do = '''{}'''", "\n".repeat(lines));
        assert_eq!(crowded(&text(MOST), LIMIT), Some((5, MOST)));
        assert_eq!(crowded(&text(MOST - 5), LIMIT), None);
        let prose = "Take an image of every disk, and write down its digest. ".repeat(4);
        let step = format!("[[step]]\nid = \"image-host\"\ntitle = \"Image\"\ndo = \"{prose}\"\n");
        assert_eq!(crowded(&step.repeat(LIMIT / step.len()), LIMIT), None);
    }
}
