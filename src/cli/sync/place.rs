//! A store that was named.

use std::io;

use crate::cli::desk::stores::Stores;
use crate::cli::desk::{Context, Exit, Failure, Record, answers};
use crate::escape;
use crate::incident::event::{Draft, Stored};
use crate::log::Folder;
use crate::output::event;
use crate::prompt::Topic;
use crate::store::{Keeps, Object, Store};

/// A store, by the name it was given.
pub(super) struct Place {
    pub(super) store: Store,
    pub(super) name: String,
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
        if Stores::read(context)?.knows(&self.name) || yes {
            return Ok(());
        }
        let new = || Failure::usage(format!("{} was never used as a store here", self.shown()));
        let mut source = answers::interactive();
        let prompt = source.prompt();
        if !prompt.is_patient() {
            return Err(new().hint("nothing was done; if it is yours, add --yes"));
        }
        context.screen.say(&format!(
            "{} was never used here. Anyone who can read it can read the log: names, hosts, titles, and \
             every text and exhibit that is not left out.",
            self.shown()
        ));
        let answer = prompt.line(Topic::Opening("store"), "Use it? Type yes: ")?;
        if answer.trim().eq_ignore_ascii_case("yes") {
            return Ok(());
        }
        Err(new().hint("nothing was done"))
    }

    /// Remembers that it was used.
    pub(super) fn remember(&self, context: &Context) -> Result<(), Failure> {
        let mut stores = Stores::read(context)?;
        if stores.knows(&self.name) { Ok(()) } else { stores.remember(&self.name, None) }
    }

    /// Remembers that an incident is pushed there, and the first time writes an entry in its log.
    /// Returns whether it was the first time.
    pub(super) fn enter(&self, context: &mut Context, folder: &Folder) -> Result<bool, Failure> {
        let mut stores = Stores::read(context)?;
        let incident = folder.name().as_str();
        if stores.has(&self.name, incident) {
            return Ok(false);
        }
        let draft = Draft::from(Stored { place: self.name.clone() });
        let mut record = Record::one_shot(context, folder.clone())
            .map_err(|failure| failure.with_text(&event::unsaved(&draft)))?;
        record.append(context, draft)?;
        stores.remember(&self.name, Some((incident, 0)))?;
        Ok(true)
    }

    /// How the store protects older versions, judged by one of its objects.
    pub(super) fn promise(&self, incident: &str, name: &str) -> String {
        match self.store.keeps(incident, name) {
            Ok(Keeps::Locked(Some(until))) => {
                format!("It keeps older versions, and nobody can remove them before {until}.")
            }
            Ok(Keeps::Locked(None)) => {
                "It keeps older versions, and nobody can remove them: they are locked.".to_owned()
            }
            Ok(Keeps::Versions) => "It keeps older versions, but does not lock them: anyone with \
                                    permission can remove them (`breach sync policy`)."
                .to_owned(),
            Ok(Keeps::Nothing) => {
                "It keeps no older versions: anyone who can write there can overwrite \
                                   and delete (`breach sync policy`)."
                    .to_owned()
            }
            Ok(Keeps::Unknown) | Err(_) => {
                "It does not say whether it keeps older versions.".to_owned()
            }
        }
    }
}

/// Something went wrong with a store. Everything here is as it was.
pub(super) fn failed(place: &Place, what: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("failed to {what} {}: {error}", place.shown()))
        .hint("nothing here was changed, and what arrived stays; run the same command again")
}
