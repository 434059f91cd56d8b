//! Which entry is meant.

use super::{Context, Exit, Failure, chains};
use crate::incident::event::Event;
use crate::log::{Entry, Folder};
use crate::wording;

/// An entry, as people name it: `12`, `1a2b3c4d/12`, its id, or the exhibit that it records.
pub(in crate::cli) struct Naming<'t> {
    typed: &'t str,
}

impl<'t> Naming<'t> {
    pub(in crate::cli) fn new(typed: &'t str) -> Self {
        Self { typed }
    }

    fn is(&self, chain: &str, entry: &Entry<'_>) -> bool {
        if let Some((of, seq)) = self.typed.split_once('/') {
            return !of.is_empty() && chain.starts_with(of) && seq == entry.seq.to_string();
        }
        self.typed == entry.seq.to_string() || self.typed == entry.id || self.is_exhibit(entry)
    }

    fn is_exhibit(&self, entry: &Entry<'_>) -> bool {
        // Looked for before it is read: there can be millions that are something else.
        entry.kind == "evidence"
            && entry.body.get().contains(self.typed)
            && matches!(entry.read().event, Event::EvidenceAdded(body) if body.exhibit == self.typed)
    }

    /// Takes what is needed of the one entry that is meant.
    ///
    /// # Errors
    /// There is none, or there are several; or the log cannot be read.
    pub(in crate::cli) fn find<T>(
        &self,
        context: &mut Context,
        folder: &Folder,
        take: &mut dyn FnMut(&str, &Entry<'_>) -> T,
    ) -> Result<T, Failure> {
        let mut found = Vec::new();
        let reports = crate::log::entries(folder, &context.world, &mut |chain, entry| {
            if self.is(chain, entry) {
                found.push((format!("{chain}/{}", entry.seq), take(chain, entry)));
            }
        })
        .map_err(chains::unreadable)?;
        chains::show_damage(context, &reports);
        let typed = self.typed;
        match found.len() {
            1 => Ok(found.remove(0).1),
            0 => Err(Failure::new(Exit::Usage, format!("there is no entry `{typed}`"))
                .hint("nothing was changed; `breach log show` gives each entry as CHAIN/NUMBER")),
            _ => {
                let places: Vec<&String> = found.iter().map(|(place, _)| place).collect();
                Err(Failure::new(Exit::Usage, format!("`{typed}` is in several chains"))
                    .hint(format!("nothing was changed; name one: {}", wording::ticked(&places))))
            }
        }
    }
}
