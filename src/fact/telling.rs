//! What a report has to know of a fact: where it tells it, to whom, and what it hides.

use schemars::JsonSchema;
use serde::Serialize;

use super::kind::FactType;
use crate::document::shape::{Key, Kind, SNAKE};
use crate::document::{Diagnostic, Findings, Table};

/// What a report has to know of a fact. Nothing of it changes what an answer means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// What its values name; none: a value is hidden if it can only be the name of a thing.
    pub hide: Option<Hide>,
    /// Where the report tells it; none: in the timeline alone.
    pub section: Option<Topic>,
    /// Its place among the facts of its section, from 1. Those without one come last, in the order
    /// of their file.
    pub rank: Option<i64>,
    /// What its text is, which decides who reads it.
    pub class: Option<Class>,
    /// Whether most incidents have no answer to it: without one it is neither missing nor an open
    /// question.
    pub rare: bool,
    /// With whom it shows that the organisation deals: only those may read it who may know of that.
    pub dealing: Option<Dealing>,
    /// Names of the times after which it cannot come.
    pub not_after: Vec<String>,
    /// Names of the numbers of which it is a part.
    pub part_of: Vec<String>,
    /// Conditions that cannot hold: where one does, something on record is wrong.
    pub never: Vec<String>,
}

/// Declares a closed set of words, each with its variant.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$one])* $variant,)* }

        impl $name {
            const NAMES: &[&str] = &[$($word),*];

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// What the values of a fact name, and so what a reader outside must not see.
    Hide {
        /// People: they get a pseudonym.
        Person = "person",
        /// Machines, accounts, firms, whatever their names look like.
        Name = "name",
        /// Nothing that has to be hidden: what was released, or traces of the intruder.
        Nothing = "nothing",
    }
}

words! {
    /// Where a report tells a fact.
    Topic {
        /// What to know if you read nothing else.
        Summary = "summary",
        /// What was affected, besides numbers.
        Scope = "scope",
        /// What it did to the organisation and what came of it.
        Impact = "impact",
        /// How it was noticed, and what was missed.
        Detection = "detection",
        /// How it happened and why it was possible.
        Causes = "causes",
        /// How each control was found.
        Controls = "controls",
        /// What went well, what badly, and luck.
        Lessons = "lessons",
        /// What will be looked at later, and measures that are still in place.
        Checks = "checks",
        /// What is not known.
        Questions = "questions",
        /// Who was responsible.
        Roles = "roles",
        /// When somebody was told outside any duty.
        Told = "told",
    }
}

crate::lexicon::words! {
    /// Parties that an organisation deals with in an incident.
    pub enum Dealing {
        /// The bank that takes card payments for it.
        Acquirer = "acquirer",
        /// A supervisory authority.
        Authority = "authority",
        /// A card scheme.
        CardBrands = "card-brands",
        /// Whoever it processes data for.
        Controller = "controller",
        /// Its lawyers.
        Counsel = "counsel",
        /// Its insurer.
        Insurer = "insurer",
        /// Its own data protection officer.
        Officer = "officer",
        /// Police and prosecutors.
        LawEnforcement = "law-enforcement",
        /// Firms that it works with.
        Partner = "partner",
        /// The people affected.
        People = "people",
        /// Everybody.
        Public = "public",
        /// Its own staff.
        Staff = "staff",
    }
}

words! {
    /// What a text is. The allow-list of each audience hangs on it.
    Class {
        /// What the incident is called.
        Title = "title",
        /// What counsel released for the outside, word for word.
        Released = "released",
        /// What was written of it inside.
        Summary = "summary",
        /// How and why it was possible, signals that were missed.
        Cause = "cause",
        /// Titles of steps, of facts and of options: a playbook's words.
        Plan = "plan",
        /// Values that are numbers, choices or classes of data.
        Scope = "scope",
        /// What it cost, and who paid.
        Cost = "cost",
        /// What will be done.
        Action = "action",
        /// What worked, what did not, luck.
        Lesson = "lesson",
        /// References that recipients gave.
        Reference = "reference",
        /// Why something was decided, skipped or set.
        Reason = "reason",
        /// Whom a notice went to, by name.
        Recipient = "recipient",
        /// Free notes.
        Note = "note",
        /// Machines, accounts, files, commands.
        Machine = "machine",
    }
}

/// The keys of a fact that say how a report tells it.
pub(super) const HIDE: Key = Key::optional(
    "hide",
    Kind::Option(Hide::NAMES),
    "What its values name; hidden from outsiders.",
)
.since(2);
pub(super) const SECTION: Key =
    Key::optional("section", Kind::Option(Topic::NAMES), "Which section of the report shows it.")
        .since(2);
pub(super) const RANK: Key =
    Key::optional("rank", Kind::Integer, "Its position there, from 1; without one it comes last.")
        .since(2);
pub(super) const CLASS: Key = Key::optional(
    "class",
    Kind::Option(Class::NAMES),
    "What kind of text it is, which decides who may read it.",
)
.since(2);
pub(super) const RARE: Key =
    Key::optional("rare", Kind::Flag, "Most incidents have no answer, so none counts as missing.")
        .since(2);
pub(super) const DEALING: Key = Key::optional(
    "dealing",
    Kind::Option(&Dealing::NAMES),
    "Whom it shows dealings with; hidden from readers who must not know of them.",
)
.since(2);
static NAME: Kind = Kind::Word(&SNAKE);
pub(super) const NOT_AFTER: Key =
    Key::optional("not-after", Kind::Array(&NAME), "Times that it cannot be later than.").since(2);
pub(super) const PART_OF: Key =
    Key::optional("part-of", Kind::Array(&NAME), "Numbers that it cannot be more than.").since(2);
pub(super) const NEVER: Key = Key::optional(
    "never",
    Kind::Array(&Kind::Line),
    "Conditions that cannot hold: if one does, something on record is wrong.",
)
.since(2);

/// Reads how a report tells a fact of a type.
pub(super) fn read(
    name: &str,
    kind: FactType,
    table: &Table<'_>,
    findings: &mut Findings,
) -> Telling {
    let hide = table.text("hide");
    if let Some(hide) = hide.as_ref().filter(|_| !kind.is_free_text()) {
        let message = format!("`{name}` is of type `{}`, which contains no names", kind.as_str());
        let help = "only facts of type `text` and `list` can hide names";
        findings.push(Diagnostic::error("wrong-type", message, hide.span.clone()).help(help));
    }
    let not_after = table.texts("not-after");
    if let Some(first) = not_after.first().filter(|_| kind != FactType::Time) {
        let message = format!("`{name}` is of type `{}`, not a time", kind.as_str());
        let help = "only a fact of type `time` can have `not-after`";
        findings.push(Diagnostic::error("wrong-type", message, first.span.clone()).help(help));
    }
    let part_of = table.texts("part-of");
    if let Some(first) = part_of.first().filter(|_| !kind.is_number()) {
        let message = format!("`{name}` is of type `{}`, not a number", kind.as_str());
        let help = "only a fact of type `count` or `people` can have `part-of`";
        findings.push(Diagnostic::error("wrong-type", message, first.span.clone()).help(help));
    }
    Telling {
        hide: hide.and_then(|hide| Hide::parse(&hide.text)),
        section: table.text("section").and_then(|section| Topic::parse(&section.text)),
        rank: table.integer("rank"),
        class: table.text("class").and_then(|class| Class::parse(&class.text)),
        rare: table.flag("rare"),
        dealing: table.text("dealing").and_then(|with| Dealing::parse(&with.text)),
        not_after: not_after.into_iter().map(|name| name.text.into_owned()).collect(),
        part_of: part_of.into_iter().map(|name| name.text.into_owned()).collect(),
        never: table.texts("never").into_iter().map(|text| text.text.into_owned()).collect(),
    }
}

impl Class {
    /// What texts of it are, in the plural.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "titles",
            Self::Released => "released texts",
            Self::Summary => "summaries",
            Self::Cause => "causes",
            Self::Plan => "words of playbooks",
            Self::Scope => "values",
            Self::Cost => "costs",
            Self::Action => "action items",
            Self::Lesson => "lessons",
            Self::Reference => "references",
            Self::Reason => "reasons",
            Self::Recipient => "recipients",
            Self::Note => "notes",
            Self::Machine => "machines, accounts, files and commands",
        }
    }
}
