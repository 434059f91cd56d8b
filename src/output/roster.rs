//! The roster as a table and as JSON.

use std::io::{self, Write};

use comfy_table::Cell;

use super::table;
use crate::escape;
use crate::roster::{Contact, Roster};

/// Whom to call, as `breach.roster/1`.
pub fn json(roster: &Roster) -> serde_json::Value {
    let contacts: Vec<_> = roster.contacts.iter().map(contact).collect();
    serde_json::json!({
        "schema": "breach.roster/1",
        "organisation": roster.organisation,
        "reviewed_on": roster.reviewed_on.to_string(),
        "channel": roster.channel,
        "contacts": contacts,
    })
}

fn contact(contact: &Contact) -> serde_json::Value {
    serde_json::json!({
        "part": contact.part,
        "name": contact.name,
        "organisation": contact.organisation,
        "phone": contact.phone,
        "mail": contact.mail,
        "hours": contact.hours,
        "reference": contact.reference,
        "portal": contact.portal,
        "note": contact.note,
    })
}

/// Whom to call, as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn text(roster: &Roster, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}, reviewed on {}. Out of band: {}",
        escape::line(&roster.organisation),
        roster.reviewed_on,
        escape::line(roster.channel.as_deref().unwrap_or("not agreed")),
    )?;
    let mut table = table::plain(&["Part", "Who to call"], width);
    for contact in &roster.contacts {
        table.add_row([Cell::new(&contact.part), Cell::new(escape::line(&contact.line()))]);
    }
    writeln!(out, "{table}")
}
