//! What is known, how it came to be known, and what can be: as tables and as JSON.

use std::io::{self, Write};

use comfy_table::Cell;

use super::{event, table};
use crate::fact::{Fact, Vocabulary};
use crate::incident::event::Stamped;
use crate::incident::{FactChange, Incident};
use crate::{escape, wording};

/// The latest value of every fact, as `breach.facts/1`.
pub fn json(incident: &Incident) -> serde_json::Value {
    let facts: serde_json::Map<String, serde_json::Value> = incident
        .facts
        .iter()
        .filter_map(|(name, history)| {
            Some((name.clone(), serde_json::to_value(&history.last()?.value).ok()?))
        })
        .collect();
    serde_json::json!({ "schema": "breach.facts/1", "facts": facts })
}

/// The latest value of every fact, as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn text(
    incident: &Incident,
    vocabulary: &Vocabulary,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table::plain(&["Fact", "Value", "Since", "By"], width);
    for (name, history) in &incident.facts {
        let Some(latest) = history.last() else {
            continue;
        };
        let value = match &latest.said {
            Some(_) => "unknown, in conflict: `breach conflicts`".to_owned(),
            None => latest.shown(latest.value.brief(vocabulary.get(name))),
        };
        table.add_row([
            Cell::new(escape::line(name)),
            Cell::new(escape::line(&value)),
            Cell::new(wording::stamp(latest.at)),
            Cell::new(escape::line(&latest.by)),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// Every value that a fact had, as `breach.fact/1`.
pub fn history_json(
    name: &str,
    changes: &[FactChange],
    taken_back: &[Stamped],
    fact: Option<&Fact>,
) -> serde_json::Value {
    let history: Vec<serde_json::Value> = changes
        .iter()
        .map(|change| {
            serde_json::json!({
                "value": change.value,
                "said": change.said,
                "absent": change.absent,
                "at": change.at.to_rfc3339(),
                "by": change.by,
                "why": change.why,
                "item": change.item,
                "decided": change.decided.as_ref()
                    .map(|(by, role)| serde_json::json!({
                        "by": by, "role": role, "dissent": change.dissent,
                        "review_at": change.review_at.map(|at| at.to_rfc3339()),
                    })),
            })
        })
        .collect();
    serde_json::json!({
        "schema": "breach.fact/1", "name": name, "history": history,
        "taken_back": taken_back.iter().map(|said| serde_json::json!({
            "at": said.at.to_rfc3339(),
            "by": said.actor.shown(),
            "says": event::unsaved(&said.draft),
        })).collect::<Vec<_>>(),
        "title": fact.map(|fact| &fact.title),
        "ask": fact.map(|fact| &fact.ask),
        "type": fact.map(|fact| fact.kind.as_str()),
        "help": fact.and_then(|fact| fact.help.as_ref()),
        "determination": fact.is_some_and(|fact| fact.determination),
        "options": fact.map_or_else(Vec::new, |fact| fact.options.iter().map(|option| {
            serde_json::json!({ "id": option.id, "title": option.title })
        }).collect()),
    })
}

/// Every value that a fact had, a line for each, then what was taken back.
///
/// # Errors
/// What `out` says.
pub fn history(
    name: &str,
    changes: &[FactChange],
    taken_back: &[Stamped],
    fact: Option<&Fact>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(fact) = fact {
        about(fact, out)?;
    }
    if changes.is_empty() {
        let set = if taken_back.is_empty() { "never set" } else { "no longer set" };
        writeln!(out, "{name}: {set}")?;
    }
    for change in changes {
        let value = match &change.said {
            Some(said) => format!("{}, in conflict", said.show(fact)),
            None => change.shown(change.value.show(fact)),
        };
        let decided =
            change.decided.as_ref().map(|(by, role)| format!(", decided by {by} ({role})"));
        let why = change.why.as_ref().map(|why| format!(", because {why}"));
        let dissent = change.dissent.as_ref().map(|text| format!(", against it {text}"));
        let item = change.item.as_ref().map(|item| format!(" for {item}"));
        let text = format!(
            "{}  {value}{} ({}{}{}{})",
            wording::stamp(change.at),
            item.unwrap_or_default(),
            change.by,
            decided.unwrap_or_default(),
            why.unwrap_or_default(),
            dissent.unwrap_or_default(),
        );
        writeln!(out, "{}", escape::line(&text))?;
    }
    for said in taken_back {
        let (at, by) = (wording::stamp(said.at), said.actor.shown());
        let text = format!("{at}  taken back since: {} ({by})", event::unsaved(&said.draft));
        writeln!(out, "{}", escape::line(&text))?;
    }
    Ok(())
}

/// What a fact asks, and how it can be answered.
///
/// # Errors
/// What `out` says.
pub fn about(fact: &Fact, out: &mut dyn Write) -> io::Result<()> {
    let decided = if fact.determination { "; a determination: somebody decides it" } else { "" };
    writeln!(out, "{}: {}", escape::line(&fact.title), escape::line(&fact.ask))?;
    if let Some(help) = &fact.help {
        writeln!(out, "{}", escape::line(help))?;
    }
    writeln!(out, "Answer {}{decided}.", fact.form())?;
    for option in &fact.options {
        writeln!(out, "  {}: {}", escape::line(&option.id), escape::line(&option.title))?;
    }
    writeln!(out)
}

/// Every fact that can be set, as `breach.vocabulary/1`.
pub fn vocabulary_json(vocabulary: &Vocabulary) -> serde_json::Value {
    let facts: Vec<serde_json::Value> = vocabulary
        .iter()
        .map(|fact| {
            serde_json::json!({
                "name": fact.name, "title": fact.title, "type": fact.kind.as_str(),
                "ask": fact.ask, "determination": fact.determination,
                "options": fact.options.iter().map(|option| &option.id).collect::<Vec<_>>(),
            })
        })
        .collect();
    serde_json::json!({ "schema": "breach.vocabulary/1", "facts": facts })
}

/// Every fact that can be set, as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn vocabulary(
    vocabulary: &Vocabulary,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table::plain(&["Fact", "Type", "What it says"], width);
    for fact in vocabulary.iter() {
        let mark = if fact.determination { ", decided" } else { "" };
        table.add_row([
            Cell::new(&fact.name),
            Cell::new(format!("{}{mark}", fact.kind.as_str())),
            Cell::new(escape::line(&fact.title)),
        ]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}
