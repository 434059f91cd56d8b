//! What entries said that were taken back: one that takes another back names it by its id alone.

use std::collections::HashMap;

use super::{Context, Failure, chains};
use crate::incident::event::Withdrawn;
use crate::log::{Folder, entries};
use crate::output::event::unsaved;

/// What was taken back, by the ids of the entries. Read once, and again when there is more.
#[derive(Default)]
pub(in crate::cli) struct TakenBack {
    words: HashMap<String, String>,
}

impl TakenBack {
    /// `containment/isolate-hosts: done (web-01) (1a2b3c4d/12)`: what an entry takes back, and where
    /// that stands.
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
        // It may be on a chain that is not here.
        let elsewhere = || format!("entry {}, which is not in this copy", body.entry);
        Ok(self.words.get(&body.entry).cloned().unwrap_or_else(elsewhere))
    }
}
