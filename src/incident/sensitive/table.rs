//! The table of shapes, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// All shapes.
#[derive(Deserialize)]
pub(super) struct Table {
    /// Words and marks that link a name to its value in a sentence.
    pub(super) says: Vec<String>,
    /// Words that do not occur in passphrases, separated by blanks.
    pub(super) explains: String,
    pub(super) token: Vec<Token>,
    pub(super) name: Vec<Name>,
    pub(super) option: Vec<Program>,
    pub(super) key: [Key; KEYS],
    pub(super) check: Vec<Check>,
    /// Lengths of bank account numbers, by country.
    pub(super) iban: BTreeMap<String, usize>,
}

/// A token: a beginning, and a run of characters behind it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Token {
    pub(super) what: String,
    pub(super) starts: Vec<String>,
    pub(super) of: Alphabet,
    /// The least and the largest number of characters behind the beginning.
    pub(super) length: (usize, usize),
    /// The same of those before it, where there are any.
    pub(super) before: Option<(usize, usize)>,
    pub(super) before_of: Option<Alphabet>,
}

/// Names whose value is a secret.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Name {
    pub(super) what: String,
    pub(super) names: Vec<String>,
    /// No end of a longer name.
    pub(super) whole: bool,
    /// Whether it is one as a long option, too.
    #[serde(default = "yes")]
    pub(super) option: bool,
    #[serde(default)]
    pub(super) needs: Needs,
}

/// What else must hold before a name counts.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Needs {
    #[default]
    Nothing,
    /// The name has other uses, so its value must mix letters and digits.
    Mixed,
    /// A card number must be near.
    Card,
}

/// Programs with options that take a secret.
#[derive(Deserialize)]
pub(super) struct Program {
    pub(super) what: String,
    pub(super) programs: Vec<String>,
    pub(super) options: Vec<String>,
    /// A word without which they take none.
    pub(super) after: Option<String>,
    /// Words between the option and the secret.
    #[serde(default)]
    pub(super) skip: usize,
    pub(super) form: Form,
}

/// So many kinds of blocks.
pub(super) const KEYS: usize = 3;

/// A block of lines that holds a key.
#[derive(Deserialize)]
pub(super) struct Key {
    pub(super) what: String,
    pub(super) starts: String,
    /// What stands in it if the key is private.
    pub(super) marks: String,
    pub(super) ends: String,
}

/// Where the secret of an option stands.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    /// In the next word, behind `:` or `%`.
    Login,
    /// In the option's own word.
    Glued,
    /// In the next word.
    Next,
    /// In the next word, in the form in which browsers send cookies.
    Cookies,
    /// Some words further on.
    Behind,
    /// In the last word before a pipe, behind which an option stands.
    Fed,
    /// The same, behind `:`.
    FedLogin,
}

#[derive(Deserialize)]
pub(super) struct Check {
    pub(super) what: String,
    pub(super) check: String,
}

/// Characters that a token is made of.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Alphabet {
    Digits,
    Hex,
    /// Hexadecimal digits and hyphens.
    Hexword,
    Upper,
    Lower,
    Alnum,
    /// Letters, digits, `_` and `-`.
    Word,
    /// A word with dots.
    Dotted,
    Base64,
    /// A word with what ends BASE64.
    Base64word,
    Azure,
    Path,
    /// As in the query of an address.
    Query,
    /// As in a password hash.
    Crypt,
}

impl Alphabet {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Crypt as usize + 1;

    /// Whether a byte belongs to it.
    pub(super) fn has(self, byte: u8) -> bool {
        let among = |others: &[u8]| byte.is_ascii_alphanumeric() || others.contains(&byte);
        match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Hexword => byte.is_ascii_hexdigit() || byte == b'-',
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Word => among(b"_-"),
            Self::Dotted => among(b"_-."),
            Self::Base64 => among(b"+/="),
            Self::Base64word => among(b"_-+/="),
            Self::Azure => among(b"_-.~"),
            Self::Path => among(b"_-/@"),
            Self::Query => among(b"%+/=_-"),
            Self::Crypt => among(b"./$=,+_-@*"),
        }
    }
}

/// The table that is built in.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("shapes.toml"))
        .unwrap_or_else(|error| unreachable!("a test reads the built-in shapes: {error}"))
});

fn yes() -> bool {
    true
}
