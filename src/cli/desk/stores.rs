//! What a home remembers of the stores that were used from it: `stores.toml`.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Context, Exit, Failure, files};
use crate::plain_file;

/// Its name in the home.
const FILE: &str = "stores.toml";

/// Bytes of it at most.
const LARGEST: usize = 1 << 20;

/// The stores of a home.
#[derive(Default, Serialize, Deserialize)]
pub(in crate::cli) struct Stores {
    #[serde(default, rename = "store")]
    all: Vec<Remembered>,
    #[serde(skip)]
    path: PathBuf,
}

/// A store.
#[derive(Default, Serialize, Deserialize)]
struct Remembered {
    place: String,
    /// Incidents that were pushed there, each with the entries that it had then.
    #[serde(default)]
    pushed: BTreeMap<String, u64>,
}

impl Stores {
    /// Reads what the home remembers; nothing where it was never used.
    ///
    /// # Errors
    /// It cannot be read.
    pub(in crate::cli) fn read(context: &Context) -> Result<Self, Failure> {
        let path = context.home()?.join(FILE);
        let failed = |why: String| {
            Failure::new(Exit::Failed, format!("failed to read `{}`: {why}", path.display())).hint(
                "nothing was done; mend that file, or remove it: every store is asked about again",
            )
        };
        let text = match plain_file::read(&path, LARGEST) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed(error.to_string())),
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| failed(error.to_string()))?,
        };
        let read = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()));
        Ok(Self { path, ..read? })
    }

    /// Whether a store was used from here.
    pub(in crate::cli) fn knows(&self, place: &str) -> bool {
        self.all.iter().any(|one| one.place == place)
    }

    /// Whether an incident was pushed there.
    pub(in crate::cli) fn has(&self, place: &str, incident: &str) -> bool {
        self.all.iter().any(|one| one.place == place && one.pushed.contains_key(incident))
    }

    /// The stores that an incident was pushed to, and how many entries it had then.
    pub(in crate::cli) fn of(&self, incident: &str) -> Vec<(&str, u64)> {
        let of = |one: &'_ Remembered| one.pushed.get(incident).copied();
        self.all.iter().filter_map(|one| Some((one.place.as_str(), of(one)?))).collect()
    }

    /// How many of an incident's `entries` are missing from the store that has the fewest of them; 0 if
    /// the incident was never pushed.
    pub(in crate::cli) fn lacking(&self, incident: &str, entries: u64) -> u64 {
        let lacking = self.of(incident).into_iter().map(|(_, there)| entries.saturating_sub(there));
        lacking.max().unwrap_or(0)
    }

    /// Remembers a store, and of an incident that was pushed there how many entries it had.
    ///
    /// # Errors
    /// It cannot be written.
    pub(in crate::cli) fn remember(
        &mut self,
        place: &str,
        pushed: Option<(&str, u64)>,
    ) -> Result<(), Failure> {
        let at = self.all.iter().position(|one| one.place == place).unwrap_or_else(|| {
            self.all.push(Remembered { place: place.to_owned(), ..Remembered::default() });
            self.all.len() - 1
        });
        let pushed = pushed.map(|(incident, entries)| (incident.to_owned(), entries));
        self.all[at].pushed.extend(pushed);
        let failed = |error: io::Error| {
            let path = self.path.display();
            Failure::new(Exit::Failed, format!("failed to write `{path}`: {error}")).hint(
                "the record is whole, and so is what arrived in the store; make room, and run the same \
                 command again",
            )
        };
        let text = toml::to_string(self).map_err(|error| failed(io::Error::other(error)))?;
        let text =
            format!("# Stores that were used from this home: `breach help sharing`.\n{text}");
        let dir = self.path.parent().map_or(Ok(()), files::make_private);
        dir.and_then(|()| files::replace(&self.path, &[text.as_bytes()])).map_err(failed)
    }
}
