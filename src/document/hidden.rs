//! Characters that hide what a text says, wherever they stand: in a value, a key or a comment.

use super::diagnostic::{Diagnostic, Findings};
use crate::escape;

/// Reports each run of them in a text. One that is written as an escape hides nothing.
pub(super) fn check(text: &str, findings: &mut Findings) {
    let mut reported = 0;
    for (at, c, shapes) in invisible(text) {
        if shapes || at < reported {
            continue;
        }
        let run = text[at..].find(|c: char| c.is_ascii() || !escape::is_harmful(c));
        reported = run.map_or(text.len(), |length| at + length);
        findings.push(hidden(c, at..reported));
    }
}

/// The first character of a text that only shapes the letters around it, and where.
pub(crate) fn shaper(text: &str) -> Option<(usize, char)> {
    invisible(text).find(|(.., shapes)| *shapes).map(|(at, c, _)| (at, c))
}

/// Each invisible character, and whether it only shapes what stands around it. Those of ASCII are
/// refused by the parser.
fn invisible(text: &str) -> impl Iterator<Item = (usize, char, bool)> {
    // Most texts end here.
    let text = if text.is_ascii() { "" } else { text };
    let mut next = 0;
    let starts = text.split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        (start, line)
    });
    starts.filter(|(_, line)| !line.is_ascii()).flat_map(|(start, line)| {
        let mut before = ' ';
        line.char_indices().filter_map(move |(at, c)| {
            let last = std::mem::replace(&mut before, c);
            let found = !c.is_ascii() && escape::is_harmful(c);
            found.then(|| (start + at, c, joins(last, c, &line[at + c.len_utf8()..])))
        })
    })
}

/// What there is to say of a character that hides something.
pub(crate) fn hidden(c: char, span: std::ops::Range<usize>) -> Diagnostic {
    let code = u32::from(c);
    let message = format!("the invisible character U+{code:04X} is here");
    let help = "remove it, or write it as an escape where it is needed";
    Diagnostic::warning("hidden-character", message, span).help(help)
}

/// Whether it shapes the letters or the emoji around it, as writing needs it: a joiner behind
/// anything but ASCII, in which it has nothing to shape; a soft hyphen inside a word.
fn joins(before: char, c: char, rest: &str) -> bool {
    let after = rest.chars().next().unwrap_or(' ');
    match c {
        '\u{200c}' | '\u{200d}' => {
            let shapes = |c: char| !c.is_ascii() && !c.is_whitespace() && !escape::is_harmful(c);
            shapes(before)
                && (shapes(after) || c == '\u{200d}' && !after.is_alphanumeric())
                && !escape::is_harmful(after)
        }
        '\u{ad}' => before.is_alphabetic() && after.is_alphabetic(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<std::ops::Range<usize>> {
        let mut findings = Findings::default();
        check(text, &mut findings);
        findings.into_sorted().into_iter().map(|found| found.span).collect()
    }

    #[test]
    fn each_run_is_found_at_its_place() {
        assert_eq!(places("# a\u{202e}b\nc = 'd\u{200b}\u{2066}'\n"), [3..6, 14..20]);
        for hidden in
            ["pay\u{200d}pal", "می\u{200c}\u{200c}خواهم", "a\u{ad}.com", "é\u{200d}\u{202e}"]
        {
            assert_eq!(places(hidden).len(), 1, "{hidden:?}");
        }
    }

    #[test]
    fn writing_keeps_what_it_needs() {
        for text in [
            "👩\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
            "می\u{200c}خواهم",
            "ന\u{d4d}\u{200d} ",
            "Daten\u{ad}schutz",
        ] {
            assert!(places(text).is_empty(), "{text:?}");
        }
    }
}
