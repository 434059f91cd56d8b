//! Letters by place and group, beside the people on record.

use std::io::{self, Write};

use comfy_table::Cell;

use super::table;
use crate::escape;
use crate::wording;

/// Letters of one place and group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Code of the place.
    pub place: String,
    /// The group; none where there are no groups.
    pub group: Option<String>,
    /// How many letters there are.
    pub letters: u64,
    /// Bounds of the number on record, if there is one.
    pub recorded: Option<(u64, Option<u64>)>,
}

impl Counted {
    fn on_record(&self) -> String {
        match self.recorded {
            None => "not counted".to_owned(),
            Some(bounds) => wording::between(bounds),
        }
    }

    /// What differs from the record, in words.
    pub fn differs(&self) -> Option<String> {
        let fits = self.recorded.is_some_and(|(least, most)| {
            self.letters >= least && most.is_none_or(|most| self.letters <= most)
        });
        let group = self.group.as_ref().map(|group| format!(", {group}")).unwrap_or_default();
        (!fits).then(|| {
            let (place, letters, recorded) = (&self.place, self.letters, self.on_record());
            format!("{place}{group}: {letters} letters, on record: {recorded}")
        })
    }
}

/// The letters as a table at most `width` columns wide.
///
/// # Errors
/// What `out` says.
pub fn text(counts: &[Counted], width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table::plain(&["Place", "Group", "Letters", "On record"], width);
    for one in counts {
        let group = one.group.as_deref().unwrap_or("everybody");
        let cells = [one.place.clone(), group.to_owned(), one.letters.to_string(), one.on_record()];
        table.add_row(cells.map(|cell| Cell::new(escape::line(&cell))));
    }
    writeln!(out, "{table}")
}
