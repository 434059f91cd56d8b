//! Groups of people as a table and as JSON.

use std::io::{self, Write};

use comfy_table::Cell;

use super::table;
use crate::escape;
use crate::fact::{Fact, Value};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::wording;

/// The groups, as `breach.groups/1`.
pub fn json(incident: &Incident) -> serde_json::Value {
    serde_json::json!({
        "schema": "breach.groups/1",
        "groups": incident.groups,
        "differences": incident.group_differences(),
    })
}

/// The groups, as a table at most `width` columns wide; the fact gives the classes their titles.
///
/// # Errors
/// What `out` says.
pub fn text(
    groups: &[Group],
    fact: Option<&Fact>,
    width: Option<u16>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table::plain(&["Group", "Lost", "People", "Overlaps with", "Offered"], width);
    for group in groups {
        let people = group.people.clone().map(|people| Value::People(people).show(None));
        let overlaps = match (group.alone, group.shares_with(groups).as_slice()) {
            (true, _) => "no other".to_owned(),
            (false, []) => "nobody looked".to_owned(),
            (false, overlaps) => wording::list(overlaps),
        };
        let cells = [
            group.name.clone(),
            Value::Choices(group.classes.clone()).show(fact),
            people.unwrap_or_else(|| "not counted".to_owned()),
            overlaps,
            group.offer.as_deref().unwrap_or("not recorded").to_owned(),
        ];
        table.add_row(cells.map(|cell| Cell::new(escape::line(&cell))));
    }
    writeln!(out, "{table}")
}
