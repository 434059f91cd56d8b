//! Words of the table.

use serde::{Deserialize, Deserializer};

/// Words of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }

    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }

    /// Whether one of them is this, in any case, or begins so where any beginning does.
    pub(super) fn has_option(&self, word: &str, prefix: bool) -> bool {
        self.0.iter().any(|known| {
            known == word
                || known.starts_with('/') && known.eq_ignore_ascii_case(word)
                || prefix
                    && word.len() > 1
                    && known.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    }

    /// Whether one of them is `-` and this letter.
    pub(super) fn has_letter(&self, letter: char) -> bool {
        self.0.iter().any(|known| {
            known.strip_prefix('-').is_some_and(|rest| rest.chars().eq(std::iter::once(letter)))
        })
    }

    pub(super) fn begin(&self, word: &str) -> bool {
        self.0.iter().any(|known| word.starts_with(known.as_str()))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}
