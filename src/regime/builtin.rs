//! The law that comes with the tool.

use std::sync::{Arc, LazyLock};

use super::{Calendar, Calendars, Law, Regime};
use crate::document::Document;
use crate::fact::Vocabulary;

macro_rules! table {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../playbooks/notification/", $path)))),*]
    };
}

/// Path below `playbooks/notification`, and text.
const REGIMES: &[(&str, &str)] = table! {};

/// Path below `playbooks/notification`, and text.
const CALENDARS: &[(&str, &str)] = table! {};

/// Regimes and calendars: path and text.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    REGIMES.iter().chain(CALENDARS).copied()
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let document = |(path, text): &(&str, &str)| Document {
        name: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    let regimes = REGIMES
        .iter()
        .filter_map(|file| Regime::read(&document(file), Vocabulary::builtin()).0.map(Arc::new));
    Law { regimes: regimes.collect(), calendars: Calendars::new(calendars()) }
});

/// Its calendars, each as it is written.
pub fn calendars() -> impl Iterator<Item = Calendar> {
    let document = |(path, text): &(&str, &str)| Document {
        name: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    CALENDARS.iter().filter_map(move |file| Calendar::read(&document(file)).0)
}

/// The law that comes with the tool.
pub fn law() -> &'static Law {
    &LAW
}
