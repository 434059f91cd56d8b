//! What logs and tools of the world write, drawn from one table: known by the names in a record.

use std::sync::LazyLock;

use serde::Deserialize;

use super::moment::{self, Time};
use super::records::Record;
use super::zone::Zone;

/// A way to write records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Dialect {
    /// Who writes so.
    pub(super) title: String,
    known_by: Vec<String>,
    #[serde(default)]
    time: Vec<String>,
    #[serde(default)]
    unit: Unit,
    #[serde(default)]
    say: Vec<String>,
}

/// A kind of file that holds no records that are read here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    begins: String,
    hint: String,
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    /// ISO 8601, and what is near to it.
    #[default]
    Iso,
    /// The same, and in UTC where it names no zone, as its name says.
    Utc,
    /// Since 1970, in UTC.
    Microseconds,
    /// `11/23/2026 02:40:00 UTC`, the month first.
    L2t,
}

#[derive(Debug, Deserialize)]
struct Table {
    dialect: Vec<Dialect>,
    file: Vec<File>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("dialects.toml"))
        .unwrap_or_else(|error| unreachable!("a test reads it: {error}"))
});

/// The dialect of a record.
pub(super) fn of(record: &Record) -> Option<&'static Dialect> {
    TABLE
        .dialect
        .iter()
        .find(|dialect| dialect.known_by.iter().all(|name| record.get(name).is_some()))
}

/// What a file is that holds no records: its title, and what to do with it.
pub(super) fn of_file(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let found = TABLE.file.iter().find(|file| {
        let head = bytes.get(..file.begins.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(file.begins.as_bytes()))
    });
    found.map(|file| (file.title.as_str(), file.hint.as_str()))
}

impl Dialect {
    /// Whether its records are taken in, and not only named.
    pub(super) fn is_read(&self) -> bool {
        !self.time.is_empty()
    }

    /// When a record happened.
    pub(super) fn time(&self, record: &Record, zone: Zone<'_>) -> Result<Time, String> {
        let parts: Vec<String> = self.time.iter().filter_map(|name| record.words(name)).collect();
        let text = parts.join(" ");
        let time = match self.unit {
            Unit::Iso => moment::read(&text, zone),
            Unit::Utc => moment::read(&text, Zone::Utc).map(Time::known),
            Unit::Microseconds => moment::microseconds(&text),
            Unit::L2t => moment::l2t(&text),
        };
        time.ok_or_else(|| {
            let names = self.time.join("`, `");
            format!("{}: `{names}` is `{text}`, which is no time", record.place)
        })
    }

    /// What a record says: the first of its words, the others in brackets.
    pub(super) fn said(&self, record: &Record) -> Option<String> {
        let mut words = self.say.iter().filter_map(|name| record.words(name));
        let first = words.next()?;
        let rest: Vec<String> = words.collect();
        Some(if rest.is_empty() { first } else { format!("{first} ({})", rest.join(", ")) })
    }

    /// Whether a column is taken in.
    pub(super) fn takes(&self, name: &str) -> bool {
        let of = |taken: &String| taken.split('.').next() == Some(name) || taken == name;
        self.time.iter().chain(&self.say).any(of)
    }
}

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn each_that_is_read_says_something() {
        assert!(TABLE.file.iter().all(|file| !file.hint.is_empty()));
        assert!(TABLE.dialect.iter().all(|one| one.is_read() != one.say.is_empty()));
    }
}
