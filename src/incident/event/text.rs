//! Free text: in the log itself, or kept apart and named there by a digest.
//!
//! A text kept apart can be destroyed, and the chain still verifies. Whoever reads it through
//! [`Text`] reads its words or a word on where they are, never nothing.

use std::fmt;
use std::ops::Deref;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as DeError, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::Digest;

/// A text kept apart from the log, named by the digest of salt and text. Destroying the text
/// leaves the chain whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRef {
    /// SHA-256 over salt then text; also the name of the file in `texts/`.
    pub sha256: Digest,
    /// Length of the text in bytes, without the salt. Entries of the first release do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

/// Free text. It is written as it stands, or as a [`TextRef`] if it is kept apart.
///
/// It reads as a string: its words, or for a text kept apart of which nobody has looked for the words,
/// or not found them, a word on that in square brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    shown: String,
    /// Boxed, because there are many texts and few are kept apart.
    apart: Option<Box<TextRef>>,
}

impl Text {
    /// A text kept apart, with its words or what is to be read in their place.
    pub fn apart(text: TextRef, shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), apart: Some(Box::new(text)) }
    }

    /// What is read.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// Where it is kept, if apart.
    pub fn kept(&self) -> Option<&TextRef> {
        self.apart.as_deref()
    }

    /// What is read: to be changed before it is written.
    pub fn shown_mut(&mut self) -> &mut String {
        &mut self.shown
    }
}

impl From<TextRef> for Text {
    /// Nobody has looked for its words.
    fn from(text: TextRef) -> Self {
        let shown = format!("[a text kept separately, sha256 {}]", text.sha256);
        Self { shown, apart: Some(Box::new(text)) }
    }
}

impl From<String> for Text {
    fn from(shown: String) -> Self {
        Self { shown, apart: None }
    }
}

impl From<&str> for Text {
    fn from(shown: &str) -> Self {
        shown.to_owned().into()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.shown
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.apart {
            Some(text) => text.serialize(serializer),
            None => serializer.serialize_str(&self.shown),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or where it is kept")
            }

            fn visit_str<E: DeError>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_string<E: DeError>(self, text: String) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                TextRef::deserialize(MapAccessDeserializer::new(map)).map(Text::from)
            }
        }

        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_it_was_read() {
        let digest = Digest::of(b"x");
        for json in [
            r#""a text""#.to_owned(),
            format!(r#"{{"sha256":"{digest}"}}"#),
            format!(r#"{{"sha256":"{digest}","length":7}}"#),
        ] {
            let text: Text = serde_json::from_str(&json).expect("a text");
            assert_eq!(serde_json::to_string(&text).expect("JSON"), json);
            assert!(!text.is_empty());
        }
        for json in ["7".to_owned(), "{}".to_owned(), format!(r#"{{"sha256":"{digest}","x":1}}"#)] {
            assert!(serde_json::from_str::<Text>(&json).is_err(), "{json}");
        }
    }
}
