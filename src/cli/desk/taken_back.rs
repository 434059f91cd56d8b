//! The words of entries that were taken back: the entry that takes one back gives only its id.

use std::collections::HashMap;

use super::{Context, Failure, chains};
use crate::incident::event::Withdrawn;
use crate::log::{Folder, entries};
use crate::output::event::unsaved;

/// The words of withdrawn entries by entry id. The log is read again only for an id not seen yet.
#[derive(Default)]
pub(in crate::cli) struct TakenBack {
    words: HashMap<String, String>,
}

impl TakenBack {
    /// The words and the position of the entry that `body` takes back:
    /// `containment/isolate-hosts: done (web-01) (1a2b3c4d/12)`.
    ///
    /// # Errors
    /// The log cannot be read.
    pub(in crate::cli) fn words(
        &mut self,
        context: &Context,
        folder: &Folder,
        body: &Withdrawn,
    ) -> Result<String, Failure> {
        if !self.words.contains_key(&body.entry) {
            entries(folder, &context.world, &mut |chain, entry| {
                if entry.is_withdrawn() {
                    let said = unsaved(&entry.stamped(chain).draft);
                    let said = format!("{said} ({chain}/{})", entry.seq);
                    self.words.insert(entry.id.to_owned(), said);
                }
            })
            .map_err(chains::unreadable)?;
        }
        // The entry may be on a chain that this copy lacks.
        let elsewhere = || format!("entry {}, which is not in this copy", body.entry);
        Ok(self.words.get(&body.entry).cloned().unwrap_or_else(elsewhere))
    }
}
