//! What notices say, item by item: `playbooks/notification/notices/items.toml`.

use std::sync::LazyLock;

use super::Reader;
use crate::document::shape::{KEBAB, Key, Kind, SNAKE, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax, visit};
use crate::fact::{Condition, Vocabulary};

/// Where in a notice an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What happened, and when.
    Happened,
    /// Which data, of how many people.
    Data,
    /// What can come of it.
    Consequences,
    /// What was done.
    Measures,
    /// What the reader can do.
    Advice,
    /// Where to ask.
    Contact,
    /// What goes with it, and what no template has a place for.
    More,
    /// The form of the text: nothing to write.
    Form,
}

impl Part {
    /// All of them, in the order of a notice.
    pub const ALL: [Self; 8] = [
        Self::Happened,
        Self::Data,
        Self::Consequences,
        Self::Measures,
        Self::Advice,
        Self::Contact,
        Self::More,
        Self::Form,
    ];

    const NAMES: [&str; 8] =
        ["happened", "data", "consequences", "measures", "advice", "contact", "more", "form"];

    /// As templates write it.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }
}

/// One thing that a notice can have to say.
#[derive(Clone, Debug)]
pub struct Item {
    /// `breach-dates`.
    pub id: String,
    /// Its place.
    pub part: Part,
    /// Words of laws that ask for it, lower case. Several words are found anywhere in an item of a
    /// law, as whole words; one word alone has to be all of it, because it can mean many things.
    pub says: Vec<String>,
    /// Facts without which it cannot be written.
    pub needs: Vec<String>,
    /// Facts that plain language needs instead.
    pub plain_needs: Vec<String>,
    /// Readers who are told it whatever the law says.
    pub always: Vec<Reader>,
    /// Readers who are told it if we hold no list of what the law requires.
    pub unlisted: Vec<Reader>,
    /// The item that says what is known while a fact that this one needs is not.
    pub meanwhile: Option<String>,
    /// Whether it says when the period of its duty began, where no other item does.
    pub clock: bool,
    /// Only of a notice that is late.
    pub if_late: bool,
    /// Only if this holds or is open.
    pub only_if: Option<Condition>,
    /// What a person does about it, because no text is proof: `ENCLOSE`, `JUDGE`.
    pub by_hand: Option<String>,
    /// How it is put to an office: a template.
    pub text: Option<Document>,
    /// How it is put to people, if otherwise.
    pub plain: Option<Document>,
}

/// The file of items.
pub static ITEMS: Shape = Shape {
    name: "a file of notice items",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("item", Kind::Array(&Kind::Table(&ITEM)), "What notices say."),
    ],
};

static ITEM: Shape = Shape {
    name: "an item of a notice",
    keys: &[
        Key::required("id", Kind::Word(&KEBAB), "Its id."),
        Key::required("part", Kind::Option(&Part::NAMES), "Where in a notice it appears."),
        Key::required("says", Kind::Array(&Kind::Line), "Words of laws that require it."),
        Key::optional("needs", Kind::Array(&Kind::Word(&SNAKE)), "Facts it is made from."),
        Key::optional("plain-needs", Kind::Array(&Kind::Word(&SNAKE)), "The same for people."),
        Key::optional("always", Kind::Array(&Kind::Line), "Readers who are always told."),
        Key::optional("unlisted", Kind::Array(&Kind::Line), "Told if we hold no legal list."),
        Key::optional(
            "meanwhile",
            Kind::Word(&KEBAB),
            "An item told while one of them is unknown.",
        ),
        Key::optional("clock", Kind::Flag, "Says when the period of a duty began."),
        Key::optional("if-late", Kind::Flag, "Only in a notice that is late."),
        Key::optional("only-if", Kind::Text, "A condition: included only if it holds or is open."),
        Key::optional("by-hand", Kind::Line, "What a person has to do about it: ENCLOSE, JUDGE."),
        Key::optional("text", Kind::Text, "How it is worded for an authority."),
        Key::optional("plain", Kind::Text, "How it is worded for people."),
    ],
};

pub(super) const TEXT: &str = include_str!("../../playbooks/notification/notices/items.toml");

static BUILTIN: LazyLock<Vec<Item>> = LazyLock::new(|| {
    let name = "playbooks/notification/notices/items.toml".to_owned();
    Item::read(&Document { name, text: TEXT.to_owned() })
        .unwrap_or_else(|found| unreachable!("a test reads the built-in items: {found:?}"))
});

/// The items that come with the tool, in the order of a notice.
pub fn items() -> &'static [Item] {
    &BUILTIN
}

/// Whether a law forbids saying what happened.
pub(super) fn forbids_account(never: &[String]) -> bool {
    let account = |item: &&Item| item.part == Part::Happened;
    never.iter().any(|words| items().iter().filter(account).any(|item| item.answers(words)))
}

/// Whether these words of a law are a list of what a notice says: where a list stands, or what may be
/// asked later, is none.
pub(super) fn is_list(content: &[String]) -> bool {
    content.iter().any(|words| items().iter().any(|item| item.answers(words)))
}

impl Item {
    /// Reads a file of items.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(document: &Document) -> Result<Vec<Self>, Vec<Diagnostic>> {
        let mut findings = Findings::default();
        let items = syntax::read(&document.text, &mut findings, |tree, findings| {
            visit::check(tree, &ITEMS, findings);
            let tables = Table::root(tree).tables("item");
            tables.iter().map(read).collect::<Option<Vec<Self>>>()
        });
        match items {
            Some(items) if !findings.has_errors() => Ok(items),
            _ => Err(findings.into_sorted()),
        }
    }

    /// Whether words of a law ask for it.
    pub fn answers(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        self.says.iter().any(|said| {
            if !said.contains(' ') {
                return words == *said;
            }
            words.match_indices(said.as_str()).any(|(at, _)| {
                let letter = |c: char| c.is_alphanumeric();
                let before = words[..at].chars().next_back().is_some_and(letter);
                let after = words[at + said.len()..].chars().next().is_some_and(letter);
                !before && !after
            })
        })
    }

    /// The facts that it needs for a reader.
    pub fn needs_for(&self, audience: Reader) -> &[String] {
        let plain = audience.is_plain() && !self.plain_needs.is_empty();
        if plain { &self.plain_needs } else { &self.needs }
    }

    /// Whether a reader is told it unasked: always, or if we hold no list of what the law requires.
    pub fn is_told(&self, reader: Reader, has_list: bool) -> bool {
        self.always.contains(&reader) || !has_list && self.unlisted.contains(&reader)
    }

    /// Its text for a reader.
    pub fn text_for(&self, audience: Reader) -> Option<&Document> {
        let plain = self.plain.as_ref().filter(|_| audience.is_plain());
        plain.or(self.text.as_ref())
    }
}

fn read(table: &Table<'_>) -> Option<Item> {
    let id = table.text("id")?.to_owned();
    let owned = |key| table.texts(key).iter().map(crate::document::Spanned::to_owned).collect();
    let template = |key: &str| {
        let name = format!("items.toml, {key} of {id}");
        table.text(key).map(|text| Document { name, text: text.to_owned() })
    };
    let readers = |key| -> Option<Vec<Reader>> {
        table.texts(key).iter().map(|name| Reader::parse(&name.text)).collect()
    };
    Some(Item {
        part: Part::parse(&table.text("part")?.text)?,
        says: table.texts("says").iter().map(|said| said.text.to_lowercase()).collect(),
        needs: owned("needs"),
        plain_needs: owned("plain-needs"),
        always: readers("always")?,
        unlisted: readers("unlisted")?,
        meanwhile: table.text("meanwhile").map(|id| id.to_owned()),
        clock: table.flag("clock"),
        if_late: table.flag("if-late"),
        only_if: match table.text("only-if") {
            Some(source) => Some(Condition::parse(&source.text, Vocabulary::builtin()).ok()?),
            None => None,
        },
        by_hand: table.text("by-hand").map(|word| word.to_owned()),
        text: template("text"),
        plain: template("plain"),
        id,
    })
}
