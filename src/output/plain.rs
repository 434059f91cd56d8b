//! The card of a step as plain lines, for a screen reader or a terminal that can do nothing else: one
//! thing a line, no rules, no columns, nothing cut.

use chrono::{DateTime, Utc};

use super::above;
use super::card::{self, Beside};
use crate::walk::{CardFact, OutlineRow, StepCard};

/// What the card says, line by line, and its status by itself. Foreign text, not yet escaped.
pub(super) fn lines(card: &StepCard, beside: &Beside, now: DateTime<Utc>) -> (String, Vec<String>) {
    let status = above::parts(card, beside.clock.as_deref(), now).into_iter().map(|part| part.long);
    let status = format!("{}.", status.collect::<Vec<_>>().join(", "));
    let mut lines: Vec<String> =
        card::warning(card).map(|text| format!("warning: {text}")).into_iter().collect();
    let role = card.role.map(|role| format!(", for the {role}")).unwrap_or_default();
    lines.push(format!("Step: {}{role}.", card.title));
    lines.extend(card::with_it(card).map(|with| format!("{with}.")));
    lines.extend(
        card.may_apply.iter().map(|condition| format!("May apply, depending on: {condition}")),
    );
    lines.extend(card.before.iter().map(|before| format!("So far: {before}")));
    lines.extend(beside.lines.iter().cloned());
    lines.extend(card.items.iter().map(|item| format!("{}: {}", item.name, item.state)));
    if card.acts.is_empty() {
        let said = card.instructions.lines().filter(|line| !line.trim().is_empty());
        lines.extend(said.map(|line| line.trim().to_owned()));
    }
    lines.extend(card.acts.iter().enumerate().map(|(n, act)| format!("{}. {act}", n + 1)));
    lines.extend(card.done_when.clone());
    for (number, (id, title, changes, state)) in card.commands.iter().enumerate() {
        let changes = if *changes { ", changes the system" } else { "" };
        let state = state.as_deref().map(|state| format!(", {state}")).unwrap_or_default();
        lines.push(format!("Command r {}, {id}: {title}{changes}{state}.", number + 1));
    }
    for CardFact { title, value, .. } in &card.facts {
        lines.push(match value {
            Some(value) => format!("Known: {title}: {value}"),
            None => format!("Asks: {title}"),
        });
    }
    for wanted in &card.evidence {
        lines.push(format!("Keep: {}, {}", wanted.title, card::need(wanted)));
    }
    lines.extend(card.see.iter().map(|other| format!("See: {other}")));
    lines.extend(card.unmet.iter().map(|(number, id)| format!("First: {id}, j {number}")));
    lines.push("d done, m more, n note, ? keys.".to_owned());
    (status, lines)
}

/// A row of the outline: `7, open: Isolate web-03`.
pub(super) fn row(row: &OutlineRow, (title, state): (&str, &str)) -> String {
    let here = if row.here { "here, " } else { "" };
    let note = row.note.as_deref().map(|note| format!(", {note}")).unwrap_or_default();
    format!("{}, {here}{state}: {title}{note}", row.number)
}
