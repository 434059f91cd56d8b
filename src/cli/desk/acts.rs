//! Which entries were written by one act of the person at the keyboard.

/// Entries by act: an outcome can bring a note, evidence and a notice with it.
#[derive(Default)]
pub(in crate::cli) struct Acts(Vec<Vec<String>>);

impl Acts {
    /// From here on another act is recorded.
    pub(in crate::cli) fn begin(&mut self) {
        if self.0.last().is_none_or(|act| !act.is_empty()) {
            self.0.push(Vec::new());
        }
    }

    /// An entry was written. Before the first act, each is one by itself.
    pub(super) fn wrote(&mut self, entry: &str) {
        if let Some(act) = self.0.last_mut() {
            act.push(entry.to_owned());
        }
    }

    /// The number of the act that wrote an entry.
    pub(super) fn of(&self, entry: &str) -> Option<usize> {
        self.0.iter().position(|act| act.iter().any(|known| known == entry))
    }
}
