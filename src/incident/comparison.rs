//! What came of reading an exhibit again, as custody entries write it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// How the bytes of an exhibit compare with the digest in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// They are what they were.
    Intact,
    /// They are gone.
    Missing,
    /// They changed: what the digest is now.
    Differs(String),
    /// They could not be read: why.
    Unreadable(String),
    /// In the words of another version.
    Other(String),
}

const INTACT: &str = "intact";
const MISSING: &str = "missing";
const DIFFERS: &str = "differs, now ";
const UNREADABLE: &str = "cannot be read: ";

impl From<&str> for Comparison {
    fn from(text: &str) -> Self {
        let after = |start| text.strip_prefix(start).map(str::to_owned);
        match text {
            INTACT => Self::Intact,
            MISSING => Self::Missing,
            _ => after(DIFFERS)
                .map(Self::Differs)
                .or_else(|| after(UNREADABLE).map(Self::Unreadable))
                .unwrap_or_else(|| Self::Other(text.to_owned())),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Intact => f.write_str(INTACT),
            Self::Missing => f.write_str(MISSING),
            Self::Differs(found) => write!(f, "{DIFFERS}{found}"),
            Self::Unreadable(why) => write!(f, "{UNREADABLE}{why}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Comparison {
    fn schema_name() -> Cow<'static, str> {
        "Comparison".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let starts = |start: &str| format!("^{start}");
        schemars::json_schema!({ "anyOf": [
            { "type": "string", "const": INTACT, "description": "The bytes are what they were." },
            { "type": "string", "const": MISSING, "description": "The bytes are gone." },
            { "type": "string", "pattern": starts(DIFFERS), "description": "The bytes changed: their digest now." },
            { "type": "string", "pattern": starts(UNREADABLE), "description": "The bytes could not be read: why." },
            { "type": "string", "description": crate::lexicon::OTHER },
        ] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_is_written_as_it_was_read() {
        let other = |text: &str| Comparison::Other(text.to_owned());
        for (text, meant) in [
            ("intact", Comparison::Intact),
            ("missing", Comparison::Missing),
            ("differs, now 0a1b", Comparison::Differs("0a1b".to_owned())),
            ("cannot be read: no such file", Comparison::Unreadable("no such file".to_owned())),
            ("differs", other("differs")),
            ("Intact", other("Intact")),
            ("", other("")),
        ] {
            assert_eq!(Comparison::from(text), meant);
            assert_eq!(meant.to_string(), text);
        }
    }
}
