//! `[step]` where `[[step]]` is meant: the file is judged as if it stood there, so that one slip
//! does not hide all the others.

use std::ops::Range;

use super::{FileKind, rules};
use crate::document::{Diagnostic, Edit, statements};

/// Tables of which there may be many, as their headers name them.
const MANY: [&str; 6] = [
    "step",
    "step.command",
    "step.evidence",
    "shared-step",
    "shared-step.command",
    "shared-step.evidence",
];

/// Headers that lack their second brackets, in the order of the text.
pub(super) struct Single {
    headers: Vec<Header>,
}

struct Header {
    name: &'static str,
    span: Range<usize>,
    /// Where it starts in the doubled text.
    doubled: usize,
}

impl Single {
    /// Those of a playbook or a file of shared steps, if there are any.
    pub(super) fn of(text: &str, kind: FileKind) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut brackets =
            memchr::memchr_iter(b'[', bytes).filter(|at| *at == 0 || bytes[at - 1] != b'[');
        if !matches!(kind, FileKind::Playbook | FileKind::Steps)
            || !brackets.any(|at| single(&text[at..]).is_some())
        {
            return None;
        }
        let mut headers: Vec<Header> = Vec::new();
        for statement in statements(text).iter().filter(|statement| statement.header) {
            let line = &text[statement.start..statement.end];
            if let Some((name, length)) = single(line) {
                let span = statement.start..statement.start + length;
                headers.push(Header { name, doubled: span.start + 2 * headers.len(), span });
            }
        }
        (!headers.is_empty()).then_some(Self { headers })
    }

    /// The text as it is meant.
    pub(super) fn doubled(&self, text: &str) -> String {
        let mut doubled = String::with_capacity(text.len() + 2 * self.headers.len());
        let mut from = 0;
        for Header { span, .. } in &self.headers {
            doubled.push_str(&text[from..span.start]);
            doubled.push('[');
            doubled.push_str(&text[span.clone()]);
            doubled.push(']');
            from = span.end;
        }
        doubled.push_str(&text[from..]);
        doubled
    }

    /// The same diagnostic, found in the doubled text, in the text as it is.
    pub(super) fn moved(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let related = diagnostic.related.iter_mut().map(|(span, _)| span);
        let edits = diagnostic.fix.iter_mut().map(|edit| &mut edit.span);
        for span in related.chain(edits).chain([&mut diagnostic.span]) {
            *span = self.place(span.start)..self.place(span.end);
        }
        diagnostic
    }

    /// Where a place of the doubled text stands in the text.
    pub(super) fn place(&self, at: usize) -> usize {
        let before = self.headers.partition_point(|header| header.doubled < at);
        let Some(last) = before.checked_sub(1) else { return at };
        let end = self.headers[last].span.end;
        let at = at - 2 * last;
        if at >= end + 2 { at - 2 } else { (at - 1).min(end) }
    }

    /// What there is to say of the headers themselves.
    pub(super) fn found(&self) -> impl Iterator<Item = Diagnostic> {
        self.headers.iter().map(|Header { name, span, .. }| {
            let key = name.rsplit('.').next().unwrap_or(name);
            let message = format!("`{key}` must be an array of tables, not a table");
            let help = format!("start each one with `[[{name}]]`, in double brackets");
            let fix = vec![Edit::new(span.clone(), format!("[[{name}]]"))];
            rules::wrong_type::RULE.at(span.clone(), message).help(help).fix(fix)
        })
    }
}

/// Which of them a header names in single brackets, and how long the header is.
fn single(line: &str) -> Option<(&'static str, usize)> {
    let line = line.strip_prefix('[').filter(|line| line.trim_start().starts_with('s'))?;
    let (path, _) = line.split_once(']')?;
    let is = |name: &&&str| path.split('.').map(str::trim).eq(name.split('.'));
    let name = MANY.iter().find(is)?;
    Some((name, path.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let text = "a = 1\n[step]\nb = 1\n[ step . command ] # c\nd = 1\n[[step]]\n[stepx]\n";
        let single = Single::of(text, FileKind::Playbook).expect("some");
        let doubled = single.doubled(text);
        assert_eq!(doubled.len(), text.len() + 4);
        for word in ["a =", "[step]", "b =", "[ step", "# c", "d =", "[[step]]\n[stepx", "[stepx]"]
        {
            let at = doubled.find(word).expect("there");
            let place = single.place(at);
            assert!(text[place..].starts_with(word), "{word}: {place}");
        }
        assert_eq!(single.place(doubled.len()), text.len());
        assert!(Single::of("do = \"\"\"\n[step]\n\"\"\"\n", FileKind::Playbook).is_none());
        assert!(Single::of(text, FileKind::Answers).is_none());
    }
}
