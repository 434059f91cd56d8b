//! Sets of words that printed contracts are made of: the enum, its reader and its schema, all from
//! one table, so that none of them can name a word that the others do not know.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

/// The schema of a set: each word with its meaning (`(word, meaning)`). An open set takes any other
/// text, too: a later version may have written it.
pub(crate) fn schema(words: &[(&str, &str)], is_open: bool) -> Schema {
    let mut forms: Vec<Value> = words
        .iter()
        .map(|(word, meaning)| {
            json!({ "type": "string", "const": word, "description": meaning.trim_ascii() })
        })
        .collect();
    let key = if is_open { "anyOf" } else { "oneOf" };
    if is_open {
        forms.push(json!({ "type": "string", "description": OTHER }));
    }
    schemars::json_schema!({ key: forms })
}

/// The schema of a type, to stand inside another one.
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut generator = SchemaGenerator::default();
    T::json_schema(&mut generator).to_value()
}

/// How the schema of an open set describes what is none of its words.
pub const OTHER: &str = "A word from another version: kept and shown as it is.";

/// A word that this version does not know; foreign text. Only the reader of an open set makes one, so
/// that no known word can hide in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Foreign(String);

impl Foreign {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The word, not escaped.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A closed set: this version writes every word and reads no other.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[doc = $doc:literal])+ $variant:ident = $word:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $( $(#[doc = $doc])+ $variant ),+ }

        impl $name {
            /// Every member, in the order of [`Self::NAMES`].
            $vis const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// Every word, as it is written.
            $vis const NAMES: [&'static str; [$($word),+].len()] = [$($word),+];

            /// The word.
            $vis fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }

            /// Reads what [`Self::as_str`] wrote.
            $vis fn parse(text: &str) -> Option<Self> {
                match text { $( $word => Some(Self::$variant), )+ _ => None }
            }
        }

        $crate::lexicon::traits!($name, false, [$(($word, concat!($($doc),+))),+]);
    };
}

/// An open set: a word of another version is kept, shown and written again byte for byte.
macro_rules! open_words {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[doc = $doc:literal])+ $variant:ident = $word:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $( $(#[doc = $doc])+ $variant, )+
            /// A word of another version.
            Other($crate::lexicon::Foreign),
        }

        impl $name {
            /// The word.
            $vis fn as_str(&self) -> &str {
                match self { $( Self::$variant => $word, )+ Self::Other(word) => word.as_str() }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() { $( $word => Self::$variant, )+ _ => Self::Other($crate::lexicon::Foreign::new(text)) }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        $crate::lexicon::traits!($name, true, [$(($word, concat!($($doc),+))),+]);
    };
}

/// What both kinds of sets are: text, JSON, and a schema.
macro_rules! traits {
    ($name:ident, $is_open:literal, $words:expr) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::lexicon::schema(&$words, $is_open)
            }
        }
    };
}

pub(crate) use {open_words, traits, words};

#[cfg(test)]
mod tests {
    words! {
        /// A set.
        enum Closed {
            /// The first.
            First = "first",
            /// The second,
            /// at length.
            Second = "the second",
        }
    }

    open_words! {
        /// A set that may grow.
        enum Open {
            /// The first.
            First = "first",
        }
    }

    #[test]
    fn a_closed_set_reads_what_it_writes_and_nothing_else() {
        for (word, name) in Closed::ALL.into_iter().zip(Closed::NAMES) {
            assert_eq!(word.as_str(), name);
            assert_eq!(Closed::parse(name), Some(word));
        }
        assert_eq!(Closed::parse("third"), None);
        let schema = schemars::schema_for!(Closed).to_value();
        assert_eq!(schema["oneOf"][1]["const"], "the second");
        assert_eq!(schema["oneOf"][1]["description"], "The second, at length.");
        assert_eq!(schema["oneOf"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn an_open_set_keeps_every_word_byte_for_byte() {
        let odd = r#"["first","First","später\n",""]"#;
        let words: Vec<Open> = serde_json::from_str(odd).expect("words");
        assert_eq!(words[0], Open::First);
        assert!(matches!(&words[1], Open::Other(word) if word.as_str() == "First"));
        assert_eq!(serde_json::to_string(&words).expect("JSON"), odd);
        assert!(serde_json::from_str::<Open>(r#"{"first":null}"#).is_err());
        let schema = schemars::schema_for!(Open).to_value();
        assert_eq!(schema["anyOf"][1]["description"], super::OTHER);
    }
}
