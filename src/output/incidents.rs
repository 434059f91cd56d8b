//! Every incident of a home, as a table and as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{DateTime, FixedOffset, NaiveDate};
use comfy_table::Cell;
use serde::Serialize;

use super::status::moment;
use super::table;
use crate::{escape, wording};

/// An incident, in short.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the JSON")]
pub struct Listed {
    /// The name of its folder.
    pub name: String,
    /// What it is called.
    pub title: Option<String>,
    /// It is a rehearsal.
    pub drill: bool,
    /// When it was opened.
    #[serde(serialize_with = "moment")]
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// When it was closed.
    #[serde(serialize_with = "moment")]
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// The last day on which its record has to be kept, if it is closed and somebody said.
    pub keep_until: Option<NaiveDate>,
    /// Whether that day has passed.
    pub keep_until_passed: bool,
    /// Whether it is in the archive.
    pub archived: bool,
    /// When its last entry was made.
    #[serde(serialize_with = "moment")]
    pub last_entry_at: Option<DateTime<FixedOffset>>,
    /// How many entries its log has.
    pub entries: u64,
    /// Whether every chain verifies.
    pub verifies: bool,
}

/// All of them, as `breach.incidents/1`.
pub fn json(all: &[Listed]) -> serde_json::Value {
    serde_json::json!({ "schema": "breach.incidents/1", "incidents": all })
}

/// All of them, as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn text(all: &[Listed], width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table::plain(&["Incident", "Title", "Opened", "State", "Entries"], width);
    for one in all {
        let opened = one.opened_at.map(wording::stamp).unwrap_or_default();
        let mut state = match one.closed_at {
            Some(at) => format!("closed {}", wording::stamp(at)),
            None => "open".to_owned(),
        };
        if one.archived {
            state.push_str(", archived");
        }
        if let Some(day) = one.keep_until {
            let _ = write!(state, ", kept until {day}");
        }
        if one.drill {
            state.push_str(", rehearsal");
        }
        if !one.verifies {
            state.push_str(", DOES NOT VERIFY");
        }
        table.add_row([
            Cell::new(escape::line(&one.name)),
            Cell::new(escape::line(one.title.as_deref().unwrap_or("-"))),
            Cell::new(opened),
            Cell::new(state),
            Cell::new(one.entries),
        ]);
    }
    writeln!(out, "{table}")?;
    for one in all.iter().filter(|one| one.keep_until_passed && !one.archived) {
        let kept = one.keep_until.map(|day| wording::kept_until(day, true)).unwrap_or_default();
        writeln!(out, "{}: {kept}", escape::line(&one.name))?;
    }
    Ok(())
}
