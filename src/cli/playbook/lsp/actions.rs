//! What the editor can do to a text: the fixes of `--fix`, a comment that allows, one form for all.

use std::collections::HashMap;
use std::ops::Range;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, TextEdit, WorkspaceEdit,
};
use similar::{DiffOp, TextDiff};

use super::findings::diagnostic;
use super::open::Open;
use crate::check::{Finding, Judge};
use crate::document;

/// What can be done about what was found between two places.
pub(super) fn actions(open: &Open, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let wanted = |kind: &CodeActionKind| {
        let only = params.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|one| kind.as_str().starts_with(one.as_str())))
    };
    let (start, end) = (open.offset(params.range.start), open.offset(params.range.end));
    let findings = open.findings();
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let here = findings.clone().filter(|found| {
            let span = &found.diagnostic.span;
            span.start <= end && start <= span.end
        });
        for finding in here {
            actions.extend(fix(open, finding));
            actions.extend(allow(open, finding));
        }
    }
    let all = findings.map(|finding| &finding.diagnostic);
    if wanted(&CodeActionKind::SOURCE_FIX_ALL)
        && let Some((text, _)) = document::mend(&open.text, all)
    {
        actions.push(CodeAction {
            title: "Fix everything that breach can fix".to_owned(),
            kind: Some(CodeActionKind::SOURCE_FIX_ALL),
            edit: Some(edit(open, changes(open, &text))),
            ..CodeAction::default()
        });
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The one thing that can have been meant.
fn fix(open: &Open, finding: &Finding) -> Option<CodeAction> {
    let found = &finding.diagnostic;
    let edits = found.fix.iter().map(|edit| text_edit(open, &edit.span, &edit.text));
    let edits: Vec<TextEdit> = edits.collect();
    let [first, ..] = found.fix.as_slice() else { return meant(open, finding) };
    let title = match first.text.trim() {
        "" => format!("Remove it ({})", finding.rule.name),
        text if found.fix.len() == 1 && text.len() < 60 => format!("Change to {text}"),
        _ => format!("Fix {}", finding.rule.name),
    };
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(open, finding)]),
        edit: Some(edit(open, edits)),
        is_preferred: Some(true),
        ..CodeAction::default()
    })
}

/// What the help takes to be meant, where a person has to agree.
fn meant(open: &Open, finding: &Finding) -> Option<CodeAction> {
    // The reader fixes a key itself, unless the key that was meant is taken.
    if finding.rule.name == "unknown-key" {
        return None;
    }
    let found = &finding.diagnostic;
    let (_, help) = found.help.as_deref()?.split_once("did you mean `")?;
    let (meant, _) = help.split_once('`')?;
    let mut span = found.span.clone();
    let written = open.text.get(span.clone())?;
    let inner = written.trim_matches(['"', '\'']);
    span.start += written.len() - written.trim_start_matches(['"', '\'']).len();
    span.end = span.start + inner.len();
    Some(CodeAction {
        title: format!("Change to `{meant}`"),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(open, finding)]),
        edit: Some(edit(open, vec![text_edit(open, &span, meant)])),
        ..CodeAction::default()
    })
}

/// A comment above the line, which still needs its reason.
fn allow(open: &Open, finding: &Finding) -> Option<CodeAction> {
    if finding.rule.is_firm() || matches!(finding.rule.judge, Judge::Checker) {
        return None;
    }
    let at = finding.diagnostic.span.start.min(open.text.len());
    let line = open.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let ending = if open.text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("# breach: allow {} {ending}", finding.rule.id);
    Some(CodeAction {
        title: format!("Allow {} here, and say why", finding.rule.id),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(open, finding)]),
        edit: Some(edit(open, vec![text_edit(open, &(line..line), &comment)])),
        ..CodeAction::default()
    })
}

/// The text in the one form, as what changes; none while it has syntax errors.
pub(super) fn format(open: &Open) -> Option<Vec<TextEdit>> {
    document::format(&open.text).map(|text| changes(open, &text))
}

/// What makes another text of this one, line by line, so that the cursor stays where it is.
fn changes(open: &Open, after: &str) -> Vec<TextEdit> {
    let split =
        |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (old, new) = (split(&open.text), split(after));
    let old_lines: Vec<&str> = old.iter().map(String::as_str).collect();
    let new_lines: Vec<&str> = new.iter().map(String::as_str).collect();
    let mut starts = vec![0];
    for line in &old {
        starts.push(starts[starts.len() - 1] + line.len());
    }
    let difference = TextDiff::configure().diff_slices(&old_lines, &new_lines);
    let changed = difference.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let edits = changed.map(|op| {
        let (from, to) = (op.old_range(), op.new_range());
        text_edit(open, &(starts[from.start]..starts[from.end]), &new[to].concat())
    });
    edits.collect()
}

fn text_edit(open: &Open, span: &Range<usize>, text: &str) -> TextEdit {
    TextEdit::new(open.lines.range(&open.text, span), text.to_owned())
}

fn edit(open: &Open, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit::new(HashMap::from([(open.uri.clone(), edits)]))
}
