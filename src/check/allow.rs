//! Comments that allow what a rule finds: `# breach: allow BR308 the roster names one`.
//!
//! A comment counts for its own line, or, when it stands alone on a line, for the next line that
//! holds anything else. One that allows nothing is itself reported.

use std::collections::HashMap;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::rules::{self, allow_unknown, allow_unused, allow_without_reason};
use crate::document::{Diagnostic, Document, Edit, Findings, did_you_mean};
use crate::escape;

const MARK: &str = "breach: allow";

/// A comment that allows something.
struct Allow {
    /// The name or id that it allows, as it is written.
    what: String,
    /// The id of that rule.
    rule: &'static str,
    /// The bytes of the line for which it counts.
    line: Range<usize>,
    /// The comment.
    span: Range<usize>,
    used: bool,
}

/// Takes away what comments allow, and adds what is wrong with the comments.
pub(super) fn apply(document: &Document, findings: &mut Findings) {
    if memchr::memmem::find(document.text.as_bytes(), MARK.as_bytes()).is_none() {
        return;
    }
    let (mut allows, wrong) = read(&document.text);
    // The first comment for each line and rule. Lines are in their order, none inside another.
    let mut first: HashMap<(usize, &str), usize> = HashMap::with_capacity(allows.len());
    for (number, allow) in allows.iter().enumerate() {
        first.entry((allow.line.start, allow.rule)).or_insert(number);
    }
    findings.retain(|diagnostic| {
        let Some(rule) = rules::find(diagnostic.rule).filter(|rule| !rule.is_firm()) else {
            return true;
        };
        let at = diagnostic.span.start;
        let after = allows.partition_point(|allow| allow.line.start <= at);
        let line = after.checked_sub(1).map(|last| allows[last].line.clone());
        let line = line.filter(|line| line.contains(&at));
        let Some(number) = line.and_then(|line| first.get(&(line.start, rule.id))) else {
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
        let message = format!("nothing that `{}` finds stands here", escape::line(&allow.what));
        let help = "delete the comment, or put it on the line of the finding or the line above";
        let fix = vec![Edit::new(whole_comment(&document.text, &allow.span), "")];
        findings.push(allow_unused::RULE.at(allow.span.clone(), message).help(help).fix(fix));
    }
}

/// The comments that allow something, and what is wrong with them: no more than is kept, and one.
fn read(text: &str) -> (Vec<Allow>, Vec<Diagnostic>) {
    let (mut allows, mut wrong) = (Vec::<Allow>::new(), Vec::new());
    for token in Source::new(text).lex() {
        let span = token.span().start()..token.span().end();
        if token.kind() != TokenKind::Comment {
            continue;
        }
        let Some(rest) = text[span.clone()].trim_start_matches('#').trim_start().strip_prefix(MARK)
        else {
            continue;
        };
        let (what, reason) =
            rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let is_kept = wrong.len() <= Findings::LIMIT;
        let Some(rule) = rules::find(what).filter(|rule| !rule.is_firm()) else {
            wrong.extend(is_kept.then(|| cannot(what, span)));
            continue;
        };
        if reason.trim().is_empty() && is_kept {
            let message = format!("no reason is given for allowing `{}`", escape::line(what));
            let help = "write it behind the rule: `# breach: allow BR308 the roster names one`";
            wrong.push(allow_without_reason::RULE.at(span.clone(), message).help(help));
        }
        // Comments above one another count for the same line: only the first of them looks for it.
        let known = allows.last().map(|before| before.line.clone());
        let line =
            known.filter(|line| span.end <= line.start).unwrap_or_else(|| line_for(text, &span));
        allows.push(Allow { what: what.to_owned(), rule: rule.id, line, span, used: false });
    }
    (allows, wrong)
}

/// A comment that allows what is no rule, or no choice.
fn cannot(what: &str, span: Range<usize>) -> Diagnostic {
    match rules::find(what) {
        None => {
            let names = rules::ALL.iter().flat_map(|rule| [rule.id, rule.name]);
            let message = format!("there is no rule `{}` to allow", escape::line(what));
            allow_unknown::RULE.at(span, message).maybe_help(did_you_mean(what, names))
        }
        Some(rule) => {
            let message = format!("{} `{}` cannot be allowed", rule.id, rule.name);
            let help = "the walk could not use the file; correct what the rule finds";
            allow_unknown::RULE.at(span, message).help(help)
        }
    }
}

/// A comment with the blanks before it; with its line, if nothing else stands there.
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
