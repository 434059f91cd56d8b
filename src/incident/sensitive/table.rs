//! The table of shapes, read once, and the search for all their beginnings at once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// All shapes.
#[derive(Deserialize)]
pub(super) struct Table {
    token: Vec<Token>,
    name: Vec<Name>,
    option: Vec<Program>,
    check: Vec<Check>,
    /// Lengths of bank account numbers, by country.
    pub(super) iban: BTreeMap<String, usize>,
}

/// A token: a beginning, and a run of characters behind it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Token {
    what: String,
    starts: Vec<String>,
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
    what: String,
    names: Vec<String>,
    /// No end of a longer name.
    pub(super) whole: bool,
    /// Whether it is one as a long option, too.
    #[serde(default = "yes")]
    pub(super) option: bool,
    /// Only where a card number is near.
    #[serde(default)]
    pub(super) beside_card: bool,
}

/// Programs with options that take a secret.
#[derive(Deserialize)]
pub(super) struct Program {
    what: String,
    programs: Vec<String>,
    pub(super) options: Vec<String>,
    pub(super) form: Form,
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
}

#[derive(Deserialize)]
struct Check {
    what: String,
    check: String,
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

/// What a beginning can be the beginning of.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Token(&'static Token),
    Name(&'static Name),
    Program(&'static Program),
    /// Before the address of a server.
    Address,
    PrivateKey,
    Authorization,
    /// Before an empty field, as dumps of Windows passwords have.
    WindowsHash,
}

/// A shape by its place in the table: a finding takes the name of the first.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) rank: usize,
    pub(super) what: &'static str,
}

/// A beginning, what it is one of, and whose.
pub(super) struct Beginning {
    /// As written: tokens are searched in any case, and compared.
    pub(super) text: String,
    pub(super) sign: Sign,
    pub(super) shape: Shape,
}

/// The beginnings of all shapes.
pub(super) struct Signs {
    pub(super) finder: AhoCorasick,
    pub(super) beginnings: Vec<Beginning>,
}

/// The table that is built in.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("shapes.toml"))
        .unwrap_or_else(|error| unreachable!("a test reads the built-in shapes: {error}"))
});

/// What they begin with, ready to be looked for.
pub(super) static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut beginnings = Vec::new();
    let mut rank = 0;
    let mut add = |what: &'static str, texts: Vec<String>, sign: Sign| {
        let shape = Shape { rank, what };
        rank += 1;
        beginnings.extend(texts.into_iter().map(|text| Beginning { text, sign, shape }));
    };
    for token in &TABLE.token {
        add(&token.what, token.starts.clone(), Sign::Token(token));
    }
    for name in &TABLE.name {
        add(&name.what, jointed(&name.names), Sign::Name(name));
    }
    for program in &TABLE.option {
        add(&program.what, program.programs.clone(), Sign::Program(program));
    }
    for check in &TABLE.check {
        let (text, sign) = match &*check.check {
            "address" => ("://", Sign::Address),
            "private-key" => ("-----BEGIN", Sign::PrivateKey),
            "authorization" => ("authorization", Sign::Authorization),
            "windows-hash" => ("::", Sign::WindowsHash),
            _ => continue,
        };
        add(&check.what, vec![text.to_owned()], sign);
    }
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(beginnings.iter().map(|beginning| &beginning.text))
        .unwrap_or_else(|error| unreachable!("a test builds the search: {error}"));
    Signs { finder, beginnings }
});

/// The shape that a check by that name has.
pub(super) fn checked(name: &str) -> Shape {
    let place = TABLE.check.iter().position(|check| check.check == name);
    let place = place.unwrap_or_else(|| unreachable!("a test holds every check: {name}"));
    // Behind all others.
    Shape { rank: usize::MAX - TABLE.check.len() + place, what: &TABLE.check[place].what }
}

/// Names with every joint in place of `_`, and with none.
fn jointed(names: &[String]) -> Vec<String> {
    let joints = ["_", "-", " ", ""];
    let with = |name: &String| joints.map(|joint| name.replace('_', joint));
    let mut names: Vec<String> = names.iter().flat_map(with).collect();
    names.sort();
    names.dedup();
    names
}

fn yes() -> bool {
    true
}
