//! Action items as a table and as JSON.

use std::io::{self, Write};

use chrono::NaiveDate;
use comfy_table::Cell;

use super::table;
use crate::escape;
use crate::incident::{ActionItem, ActionState, Incident};

/// Open items, those that are due first at the top; all of them if asked for.
pub fn sorted(incident: &Incident, all: bool) -> Vec<&ActionItem> {
    let shown = |item: &&ActionItem| all || item.state == ActionState::Open;
    let mut items: Vec<&ActionItem> = incident.actions.iter().filter(shown).collect();
    items.sort_by_key(|item| {
        (item.state != ActionState::Open, item.due.is_none(), item.due, item.added_at)
    });
    items
}

/// Items of an incident, as `breach.actions/1`.
pub fn json(incident: &str, items: &[&ActionItem], today: NaiveDate) -> serde_json::Value {
    let actions: Vec<_> = items.iter().map(|item| value(item, today)).collect();
    serde_json::json!({ "schema": "breach.actions/1", "incident": incident, "actions": actions })
}

fn value(item: &ActionItem, today: NaiveDate) -> serde_json::Value {
    serde_json::json!({
        "id": item.id,
        "text": item.text,
        "owner": item.owner,
        "due": item.due,
        "link": item.link,
        "state": item.state,
        "reason": item.reason,
        "overdue": item.is_overdue(today),
        "added_at": item.added_at.to_rfc3339(),
        "ended_at": item.ended_at.map(|at| at.to_rfc3339()),
    })
}

/// Items as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn text(
    items: &[&ActionItem],
    today: NaiveDate,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table::plain(&["Due", "Item", "Owner", "What", "Link"], width);
    for item in items {
        let due = item.due.map(|due| due.to_string()).unwrap_or_default();
        let due = match item.state {
            ActionState::Open if item.is_overdue(today) => format!("{due} OVERDUE"),
            ActionState::Open => due,
            state => state.as_str().to_owned(),
        };
        let foreign = |text: Option<&str>| Cell::new(escape::line(text.unwrap_or_default()));
        table.add_row([
            Cell::new(due),
            Cell::new(&item.id),
            foreign(item.owner.as_deref()),
            foreign(Some(&item.text)),
            foreign(item.link.as_deref()),
        ]);
    }
    writeln!(out, "{table}")
}
