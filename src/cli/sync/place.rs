//! A store that was named, and what the home remembers of it.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cli::desk::{Context, Exit, Failure, Record, answers, files};
use crate::escape;
use crate::incident::event::Stored;
use crate::log::Folder;
use crate::plain_file;
use crate::prompt::Topic;
use crate::store::{Object, Store};

/// Where a home remembers its stores.
const FILE: &str = "stores.toml";

/// Bytes of it at most.
const LARGEST: usize = 1 << 20;

/// A store, by the name it was given.
pub(super) struct Place {
    pub(super) store: Store,
    name: String,
}

/// What a home remembers.
#[derive(Default, Serialize, Deserialize)]
struct Remembered {
    #[serde(default)]
    store: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    place: String,
    /// Incidents that were pushed there.
    #[serde(default)]
    incidents: Vec<String>,
}

impl Place {
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let store = Store::parse(text).map_err(|why| {
            let text = escape::line(text);
            Failure::usage(format!("`{text}` is no store: {why}"))
                .hint("nothing was done; name a folder, or rclone:REMOTE:PATH")
        })?;
        Ok(Self { name: store.name(), store })
    }

    pub(super) fn shown(&self) -> String {
        escape::line(&self.name).into_owned()
    }

    pub(super) fn list(&self, incident: &str) -> Result<Vec<Object>, Failure> {
        self.store.list(incident).map_err(|error| failed(self, "read", &error))
    }

    /// Asks whether a store that was never used from this home may be.
    pub(super) fn ask(&self, context: &mut Context, yes: bool) -> Result<(), Failure> {
        let (_, known) = read(context)?;
        if yes || known.store.iter().any(|row| row.place == self.name) {
            return Ok(());
        }
        let new = || Failure::usage(format!("{} was never used as a store here", self.shown()));
        let mut source = answers::interactive();
        let prompt = source.prompt();
        if !prompt.is_patient() {
            return Err(new().hint("nothing was done; if it is yours, add --yes"));
        }
        context.screen.say(&format!(
            "{} was never used here. Whoever can read it reads the log: names, hosts, titles, and \
             every text and exhibit that is not left out.",
            self.shown()
        ));
        let answer = prompt.line(Topic::Opening("store"), "Use it? Type yes: ")?;
        if answer.trim().eq_ignore_ascii_case("yes") {
            return Ok(());
        }
        Err(new().hint("nothing was done"))
    }

    /// Remembers that it was used; the first push of an incident is an entry of its log.
    pub(super) fn remember(
        &self,
        context: &mut Context,
        pushed: Option<&Folder>,
    ) -> Result<(), Failure> {
        let (path, mut known) = read(context)?;
        let at = known.store.iter().position(|row| row.place == self.name).unwrap_or_else(|| {
            known.store.push(Row { place: self.name.clone(), incidents: Vec::new() });
            known.store.len() - 1
        });
        let incidents = &mut known.store[at].incidents;
        if let Some(folder) = pushed
            && !incidents.iter().any(|name| name == folder.name().as_str())
        {
            let mut record = Record::one_shot(context, folder.clone())?;
            record.append(context, Stored { place: self.name.clone() }.into())?;
            incidents.push(folder.name().to_string());
        }
        let failed = |error: io::Error| {
            Failure::new(Exit::Failed, format!("failed to write `{}`: {error}", path.display()))
        };
        let text = toml::to_string(&known).map_err(|error| failed(io::Error::other(error)))?;
        let text =
            format!("# Stores that were used from this home: `breach help sharing`.\n{text}");
        let dir = path.parent().map_or(Ok(()), files::make_private);
        dir.and_then(|()| files::replace(&path, &[text.as_bytes()])).map_err(failed)
    }
}

/// What the home remembers, and where.
fn read(context: &Context) -> Result<(PathBuf, Remembered), Failure> {
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
    let known = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
    Ok((path, known))
}

/// Something went wrong with a store. Everything here is as it was.
pub(super) fn failed(place: &Place, what: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("failed to {what} {}: {error}", place.shown()))
        .hint("nothing here was changed, and what arrived stays; run the same command again")
}
