//! Explains what is at the cursor.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::known::Known;
use super::names::{self, Names};
use super::open::Open;
use crate::check::{Rule, rule};
use crate::document::{Part, cursor};
use crate::escape;
use crate::fact::Fact;
use crate::playbook::Library;

pub(super) fn hover(open: &Open, at: usize) -> Option<Hover> {
    let place = cursor(&open.text, at);
    let known = Known::of(open);
    let mut parts = Vec::new();
    match names::names(known.kind, &place) {
        Some(names) => {
            let name = match names {
                Names::Condition | Names::Answer | Names::Argument | Names::Item | Names::Rules => {
                    word(&open.text, at)
                }
                _ => &open.text[place.word.clone()],
            };
            parts.extend(named(names, name, &known));
        }
        None if place.part == Part::Key => {
            let shape = names::shape(known.kind, open)?;
            let name = &open.text[place.word.clone()];
            let key = names::keys(shape, &place).into_iter().find(|key| key.name == name);
            let required = |required| if required { " (required)" } else { "" };
            parts.extend(key.map(|key| format!("`{name}`{}: {}", required(key.required), key.doc)));
        }
        None if place.part == Part::Header => {
            let name = word(&open.text, at);
            let own = known.own.iter().any(|(own, _)| own == name);
            parts.extend(known.vocabulary.get(name).filter(|_| own).map(fact));
        }
        None => {}
    }
    let findings = open.findings();
    let here = findings.filter(|found| {
        let span = &found.diagnostic.span;
        span.start <= at && at <= span.end
    });
    parts.extend(here.take(3).map(|found| explained(found.rule)));
    (!parts.is_empty()).then(|| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: parts.join("\n\n---\n\n"),
        }),
        range: None,
    })
}

fn named(names: Names, name: &str, known: &Known) -> Option<String> {
    match names {
        Names::Steps | Names::Needs => {
            let step = known.steps.iter().find(|step| step.id == name)?;
            Some(format!(
                "**{}**\n\n{}",
                escape::markdown(&step.title),
                escape::markdown(&step.why)
            ))
        }
        Names::Facts | Names::Lists | Names::Argument => known.vocabulary.get(name).map(fact),
        Names::Condition | Names::Answer => {
            let mut options = known.vocabulary.iter().flat_map(|fact| &fact.options);
            let option = options.find(|option| option.id == name);
            let shown = || option.map(|option| format!("**{}**", escape::markdown(&option.title)));
            known.vocabulary.get(name).map(fact).or_else(shown)
        }
        Names::SharedSteps => {
            let library = Library::builtin();
            let title = library.says(name, "title")?;
            let says = |key| library.says(name, key).unwrap_or_default();
            Some(format!("**{title}**\n\n{}\n\n{}", says("why"), says("do")))
        }
        Names::Rules => rule(name).map(explained),
        Names::Evidence | Names::Item | Names::Playbooks | Names::Kinds | Names::Units => None,
    }
}

fn fact(fact: &Fact) -> String {
    let mut text = format!(
        "**{}**: `{}`, {}\n\n{}",
        escape::markdown(&fact.title),
        fact.name,
        fact.kind.as_str(),
        escape::markdown(&fact.ask),
    );
    if let Some(help) = &fact.help {
        let _ = write!(text, "\n\n{}", escape::markdown(help));
    }
    for option in &fact.options {
        let _ = write!(text, "\n- `{}`: {}", option.id, escape::markdown(&option.title));
    }
    text
}

fn explained(rule: &Rule) -> String {
    let Rule { id, name, title, explanation, .. } = rule;
    format!("**{id} {name}**: {title}\n\n{explanation}")
}

/// The word around a place.
pub(super) fn word(text: &str, at: usize) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let start = text[..at].trim_end_matches(is_name).len();
    let rest = &text[at..];
    &text[start..at + rest.len() - rest.trim_start_matches(is_name).len()]
}
