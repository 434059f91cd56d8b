//! Comments that allow what a rule finds: `# breach: allow BR308 the roster names one`.
//!
//! A comment counts for its own line, or, when it stands alone on a line, for the next line that
//! holds anything else. Above a value of several lines or behind its end it counts for all of it. One
//! that allows nothing is itself reported.

use std::collections::HashMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::rules::{self, allow_unknown, allow_unused, allow_without_reason};
use crate::document::{Diagnostic, Document, Edit, Findings, Statement, statements};
use crate::escape;

const MARK: &str = "breach: allow";

/// How the mark is written otherwise: another case, other blanks, `alow`. Returns what follows it.
fn misspelt(comment: &str) -> Option<&str> {
    let start = comment.get(..6).filter(|start| start.eq_ignore_ascii_case("breach"))?;
    let rest = comment[start.len()..].trim_start();
    let (colon, rest) = match rest.strip_prefix(':') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    let distance = strsim::osa_distance(&word.to_ascii_lowercase(), "allow");
    (distance <= if colon { 2 } else { 0 }).then(|| rest.trim_start_matches(':'))
}

/// A comment that allows something.
struct Allow {
    /// The name or id that it allows, as it is written.
    what: String,
    /// The id of that rule.
    rule: &'static str,
    /// The bytes of the line for which it counts.
    line: Range<usize>,
    /// Where the value of several lines starts for which it counts instead.
    value: Option<usize>,
    /// The comment.
    span: Range<usize>,
    /// Whether it allows nothing else.
    alone: bool,
    used: bool,
}

/// Takes away what comments allow, and adds what is wrong with the comments.
pub(super) fn apply(document: &Document, findings: &mut Findings) {
    // Most texts end here: `breach` with a colon or an `a` behind it is rare in prose.
    let bytes = document.text.as_bytes();
    let marks = |at: usize| {
        let rest = bytes[at + 4..].trim_ascii_start();
        rest.starts_with(b":") || rest.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&b'a'))
    };
    if !memchr::memmem::find_iter(bytes, b"each")
        .chain(memchr::memmem::find_iter(bytes, b"EACH"))
        .any(marks)
    {
        return;
    }
    let values = values(&document.text);
    let (mut allows, wrong) = read(&document.text, &values);
    // The first comment for each line or value and rule. Lines are in their order, none inside
    // another, and so are values.
    let mut first: HashMap<(usize, &str), usize> = HashMap::with_capacity(allows.len());
    for (number, allow) in allows.iter().enumerate() {
        first.entry((allow.value.unwrap_or(allow.line.start), allow.rule)).or_insert(number);
    }
    findings.retain(|diagnostic| {
        let Some(rule) = rules::find(diagnostic.rule).filter(|rule| !rule.is_firm()) else {
            return true;
        };
        let at = diagnostic.span.start;
        let line = last_before(&allows, at, |allow| &allow.line);
        let value = last_before(&values, at, |value| value);
        let found = [line, value].into_iter().flatten();
        let Some(number) = found.filter_map(|start| first.get(&(start, rule.id))).min() else {
            return true;
        };
        allows[*number].used = true;
        false
    });
    // Of a comment that counts for something that was not kept, nobody can say that it is idle.
    let is_whole = !findings.is_partial();
    for diagnostic in wrong {
        findings.push(diagnostic);
    }
    for allow in allows.iter().filter(|allow| is_whole && !allow.used) {
        let message = format!("`{}` finds nothing here", escape::line(&allow.what));
        let help = "delete the comment, or put it on the line of the finding or the line above";
        // Another rule that it names may need it.
        let whole = allow.alone.then(|| whole_comment(&document.text, &allow.span));
        let fix = whole.map(|comment| Edit::new(comment, "")).into_iter().collect();
        findings
            .push_absent(allow_unused::RULE.at(allow.span.clone(), message).help(help).fix(fix));
    }
}

/// The comments that allow something, and what is wrong with them: no more than is kept, and one.
fn read(text: &str, values: &[Range<usize>]) -> (Vec<Allow>, Vec<Diagnostic>) {
    let (mut allows, mut wrong) = (Vec::<Allow>::new(), Vec::new());
    for token in Source::new(text).lex() {
        let span = token.span().start()..token.span().end();
        if token.kind() != TokenKind::Comment {
            continue;
        }
        let is_kept = wrong.len() <= Findings::LIMIT;
        let comment = text[span.clone()].trim_start_matches('#').trim_start();
        let Some(rest) = comment
            .strip_prefix(MARK)
            .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        else {
            if let Some(rest) = misspelt(comment).filter(|_| is_kept) {
                let start = span.end - comment.len();
                let fix = vec![Edit::new(start..span.end - rest.len(), MARK)];
                let message = "this comment allows nothing, because it is not in the right form";
                let help = "write `# breach: allow`, then the rule and the reason";
                wrong.push(allow_unknown::RULE.at(span, message).help(help).fix(fix));
            }
            continue;
        };
        let (named, reason) = named(rest.trim());
        let rules: Vec<_> = named
            .iter()
            .filter_map(|what| {
                let rule = rules::find(what).filter(|rule| !rule.is_firm());
                if rule.is_none() && is_kept {
                    wrong.push(cannot(what, span.clone()));
                }
                Some((*what, rule?))
            })
            .collect();
        if rules.is_empty() {
            continue;
        }
        if reason.is_empty() && is_kept {
            let message =
                format!("there is no reason for allowing `{}`", escape::line(&named.join(", ")));
            let help = "write one after the rule: `# breach: allow BR308 the roster names one`";
            wrong.push(allow_without_reason::RULE.at(span.clone(), message).help(help));
        }
        // Comments above one another count for the same line: only the first of them looks for it.
        let known = allows.last().map(|before| before.line.clone());
        let line =
            known.filter(|line| span.end <= line.start).unwrap_or_else(|| line_for(text, &span));
        let value = whole_value(values, &line).or_else(|| {
            // Within a value there is nothing else that it could mean.
            last_before(values, span.start, |value| value)
        });
        let alone = named.len() == 1;
        for (what, rule) in rules {
            let (line, span) = (line.clone(), span.clone());
            allows.push(Allow {
                what: what.to_owned(),
                rule: rule.id,
                line,
                value,
                span,
                alone,
                used: false,
            });
        }
    }
    (allows, wrong)
}

/// The rules that a comment names, with commas between them, and the reason.
fn named(text: &str) -> (Vec<&str>, &str) {
    let (mut named, mut rest) = (Vec::new(), text);
    loop {
        let end = rest.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(rest.len());
        let (what, behind) = rest.split_at(end);
        named.push(what);
        match behind.trim_start().strip_prefix(',') {
            Some(more) if !what.is_empty() => rest = more.trim_start(),
            _ => return (named, behind.trim()),
        }
    }
}

/// A comment that allows what is no rule, or no choice.
fn cannot(what: &str, span: Range<usize>) -> Diagnostic {
    match rules::find(what) {
        None if what.is_empty() => {
            let message = "this does not say which rule it allows";
            let help = "write the rule and a reason: `# breach: allow BR308 the roster names one`";
            allow_unknown::RULE.at(span, message).help(help)
        }
        None => {
            let message = format!("there is no rule `{}` to allow", escape::line(what));
            allow_unknown::RULE.at(span, message).help(rules::did_you_mean(what, []))
        }
        Some(rule) => {
            let message = format!("{} `{}` cannot be allowed", rule.id, rule.name);
            let help = "a walk could not use this file; correct what the rule finds";
            allow_unknown::RULE.at(span, message).help(help)
        }
    }
}

/// Where the last of these ranges that begins at or before a byte starts, if it holds that byte. The
/// ranges are in their order, none inside another.
fn last_before<T>(all: &[T], at: usize, range: impl Fn(&T) -> &Range<usize>) -> Option<usize> {
    let after = all.partition_point(|one| range(one).start <= at);
    let last = range(all.get(after.checked_sub(1)?)?);
    last.contains(&at).then_some(last.start)
}

/// A comment with the blanks before it; the whole line, if nothing else is on it.
fn whole_comment(text: &str, comment: &Range<usize>) -> Range<usize> {
    let start = text[..comment.start].trim_end_matches([' ', '\t']).len();
    if start > 0 && !text[..start].ends_with('\n') {
        return start..comment.end;
    }
    let rest = &text[comment.end..];
    let newline = ["\r\n", "\n"].into_iter().find(|newline| rest.starts_with(newline));
    start..comment.end + newline.map_or(0, str::len)
}

/// The line of a comment, or, if nothing stands before it, the next one with anything but comments.
fn line_for(text: &str, comment: &Range<usize>) -> Range<usize> {
    let start = text[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
    if !text[start..comment.start].trim().is_empty() {
        return start..comment.end;
    }
    let mut at = comment.end;
    for line in text[comment.end..].split_inclusive('\n') {
        let end = at + line.len();
        let words = line.trim();
        if !words.is_empty() && !words.starts_with('#') {
            return at..end;
        }
        at = end;
    }
    at..at
}

/// Where values of several lines stand, each with its key, in the order of the text.
fn values(text: &str) -> Vec<Range<usize>> {
    let closed =
        |statement: &Statement| statement.brackets.iter().all(|(_, close)| *close < text.len());
    statements(text)
        .into_iter()
        .filter(|statement| !statement.header && closed(statement))
        .map(|statement| statement.start..statement.end)
        .filter(|value| text[value.clone()].contains('\n'))
        .collect()
}

/// Where the value of several lines starts that begins or ends on this line.
fn whole_value(values: &[Range<usize>], line: &Range<usize>) -> Option<usize> {
    let begun = values.partition_point(|value| value.start < line.end);
    let value = &values[begun.checked_sub(1)?];
    // The end of a value is the end of its last line.
    let touches = line.contains(&value.start) || line.contains(&value.end) || line.end == value.end;
    touches.then_some(value.start)
}
