//! A diagnostic with its rule, its lines and columns, and a name that outlives an edit above it.

use std::collections::HashMap;
use std::ops::Range;

use super::policy::Policy;
use super::rule::{Judge, Rule};
use super::rules;
use crate::digest::Digest;
use crate::document::{Diagnostic, Level};

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What was found; its level is the one that was chosen.
    pub diagnostic: Diagnostic,
    /// Where.
    pub place: Place,
    /// Where else, in the order of `diagnostic.related`.
    pub related: Vec<Place>,
    /// Id of the step in which it stands; empty outside.
    pub step: String,
    /// 32 hex digits made of file, rule, step and message: the same when lines move, another for
    /// each finding of a file.
    pub fingerprint: String,
}

/// A place as people and tools count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Last line, from 1.
    pub end_line: usize,
    /// In characters, from 1; the first that does not belong to it.
    pub end_column: usize,
}

/// Turns diagnostics into findings; those whose rule is switched off are left out.
pub(super) fn all(
    text: &str,
    path: &str,
    found: Vec<Diagnostic>,
    steps: &[(usize, String)],
    policy: &Policy,
) -> Vec<Finding> {
    if found.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let mut seen: HashMap<Digest, u32> = HashMap::new();
    let chosen = found.into_iter().filter_map(|mut diagnostic| {
        // A test finds a rule that is missing from the list; here it must not hide a mistake.
        let rule = rules::find(diagnostic.rule).unwrap_or(&rules::syntax::RULE);
        diagnostic.level = policy.level(rule, diagnostic.level)?;
        Some((rule, diagnostic))
    });
    chosen
        .map(|(rule, diagnostic)| {
            let after = steps.partition_point(|(start, _)| *start <= diagnostic.span.start);
            let step = after.checked_sub(1).map_or("", |number| steps[number].1.as_str());
            // What a whole file is refused for is told with a place, which moves.
            let message = match rule.judge {
                Judge::File if rule.wrong.is_empty() && diagnostic.span.is_empty() => "",
                _ => &diagnostic.message,
            };
            let key = [path, rule.id, step, message].join("\0");
            let mut digest = Digest::of(key.as_bytes());
            let nth = seen.entry(digest).or_default();
            *nth += 1;
            if *nth > 1 {
                digest = Digest::of(format!("{key}\0{nth}").as_bytes());
            }
            let mut fingerprint = digest.to_string();
            fingerprint.truncate(32);
            Finding {
                rule,
                place: lines.place(&diagnostic.span),
                related: diagnostic.related.iter().map(|(span, _)| lines.place(span)).collect(),
                step: step.to_owned(),
                fingerprint,
                diagnostic,
            }
        })
        .collect()
}

impl Finding {
    /// Its level.
    pub fn level(&self) -> Level {
        self.diagnostic.level
    }
}

/// Where the lines of a text start.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let (line, column) = self.line_column(span.start);
        let (end_line, end_column) = self.line_column(span.end.max(span.start));
        Place { line, column, end_line, end_column }
    }

    /// As `Document::line_column`, without counting from the start each time.
    fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        (line, 1 + self.text[start..offset].chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn places_are_those_of_the_document() {
        let text = "é\r\nüb\n\n# c".to_owned();
        let lines = Lines::new(&text);
        let document = Document { name: String::new(), text: text.clone() };
        for offset in 0..text.len() + 3 {
            assert_eq!(lines.line_column(offset), document.line_column(offset), "{offset}");
        }
    }
}
