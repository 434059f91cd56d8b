//! What a fact is called, how it is asked, and what its answer can be.

use super::asking::{self, Asking};
use super::kind::FactType;
use super::telling::{self, Telling};
use crate::document::shape::{KEBAB, Key, Kind, SNAKE, Shape};
use crate::document::{Diagnostic, Findings, Table, did_you_mean};
use crate::{escape, wording};

/// Something that can be known of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// How playbooks and the log call it, `snake_case`.
    pub name: String,
    /// A short noun for tables.
    pub title: String,
    /// The question.
    pub ask: String,
    /// The type of the answer.
    pub kind: FactType,
    /// What is listed or counted, in the plural.
    pub of: Option<String>,
    /// What one of a list is called, in the singular.
    pub item: Option<String>,
    /// Whether its items are phrases, which may contain commas.
    pub phrases: bool,
    /// How to find out, and what to write.
    pub help: Option<String>,
    /// A legal determination: it matters who decided, and on what basis.
    pub determination: bool,
    /// Whether "there is none" is an answer, and not only an empty list or a zero.
    pub none: bool,
    /// What can be chosen, in order; for `choice` and `choices` only.
    pub options: Vec<FactOption>,
    /// When it is asked.
    pub asking: Asking,
    /// How a report tells it.
    pub telling: Telling,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactOption {
    /// As conditions and the log write it, kebab-case.
    pub id: String,
    /// What it means.
    pub title: String,
    /// What to do next after this answer. A choice in which an option has one is a grade: its
    /// options stand from the best to the worst.
    pub next: Option<String>,
}

impl Fact {
    /// Whether any text is an answer.
    pub fn is_free_text(&self) -> bool {
        self.kind.is_free_text()
    }

    /// Whether its number says how much was affected: of other numbers, such as of employees, nobody
    /// may read that.
    pub fn counts_affected(&self) -> bool {
        self.kind.is_number() && self.name.ends_with("_affected")
    }

    /// Whether two facts are asked and answered alike, however a report tells them.
    pub fn means_the_same(&self, other: &Self) -> bool {
        self == &Self { telling: self.telling.clone(), ..other.clone() }
    }
}

/// What a count may count.
pub(crate) const UNITS: &[&str] =
    &["people", "accounts", "records", "cards", "transactions", "hosts", "files"];

/// The table `[fact]`: names and facts.
pub(crate) const FACTS: Kind = Kind::Named(&SNAKE, &Kind::Table(&FACT));

static FACT: Shape = Shape {
    name: "a fact",
    keys: &[
        Key::required("title", Kind::Line, "A short noun, for tables."),
        Key::required("ask", Kind::Line, "The question."),
        Key::required("type", Kind::Option(&FactType::NAMES), "The type of the answer."),
        Key::optional("of", Kind::Line, "What is listed or counted, in the plural."),
        Key::optional("item", Kind::Line, "One of a list, in the singular: `host`.").since(2),
        Key::optional(
            "phrases",
            Kind::Flag,
            "Whether the items of a list are phrases: semicolons separate them, commas do not.",
        )
        .since(2),
        Key::optional("help", Kind::Text, "How to find out, and what to write."),
        Key::optional("determination", Kind::Flag, "A legal determination: who decides matters."),
        Key::optional(
            "none",
            Kind::Flag,
            "Whether it can be answered with `none`: it does not apply.",
        )
        .since(2),
        asking::TO_COME,
        Key::optional("options", Kind::Named(&KEBAB, &Kind::Line), "What can be chosen."),
        Key::optional(
            "next",
            Kind::Named(&KEBAB, &Kind::Line),
            "What to do next, by option; the options are then ordered from best to worst.",
        ),
        asking::ASKED_WHEN,
        asking::YES_WHEN,
        telling::HIDE,
        telling::SECTION,
        telling::RANK,
        telling::CLASS,
        telling::RARE,
        telling::DEALING,
        telling::NOT_AFTER,
        telling::PART_OF,
        telling::NEVER,
    ],
};

/// Reads the table `[fact]` of a document that was compared with its shape. Facts that cannot be
/// used are left out, and said to be wrong.
pub(crate) fn read_facts(document: &Table<'_>, findings: &mut Findings) -> Vec<Fact> {
    let Some(facts) = document.table("fact") else {
        return Vec::new();
    };
    let names: Vec<_> = facts.keys().collect();
    names
        .iter()
        .filter_map(|name| {
            let fact = facts.table(&name.text);
            let fact = fact.and_then(|fact| read_fact(&name.text, &fact, findings));
            if fact.is_none() {
                findings.spoil(&name.text);
            }
            fact
        })
        .collect()
}

fn read_fact(name: &str, table: &Table<'_>, findings: &mut Findings) -> Option<Fact> {
    if RESERVED.contains(&name) {
        let message = format!("`{name}` means something else in a condition");
        let help = "rename the fact";
        findings.push(Diagnostic::error("reserved-name", message, table.span.clone()).help(help));
        return None;
    }
    let kind = FactType::parse(&table.text("type")?.text)?;
    options(name, kind, table, findings);
    units(name, kind, table, findings);
    let next = table.table("next");
    if let Some(next) = &next {
        no_such_option(next, table.table("options").as_ref(), findings);
    }
    let options = table.table("options").filter(|_| kind.has_options());
    let options = options.iter().flat_map(|options| {
        options.keys().filter_map(|id| {
            let title = options.text(&id.text)?.to_owned();
            let next = next.as_ref().and_then(|next| next.text(&id.text));
            Some(FactOption { id: id.to_owned(), title, next: next.map(|next| next.to_owned()) })
        })
    });
    Some(Fact {
        name: name.to_owned(),
        title: table.text("title")?.to_owned(),
        ask: table.text("ask")?.to_owned(),
        kind,
        of: table.text("of").map(|of| of.to_owned()),
        item: item(name, kind, table, findings),
        phrases: phrases(name, kind, table, findings),
        help: table.text("help").map(|help| help.to_owned()),
        determination: table.flag("determination"),
        none: allows_none(name, kind, table, findings),
        options: options.collect(),
        asking: asking::read(name, kind, table, findings),
        telling: telling::read(name, kind, table, findings),
    })
}

/// Words of conditions, and the item of a repeated step.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "yes", "no", "item"];

fn options(name: &str, kind: FactType, table: &Table<'_>, findings: &mut Findings) {
    let options = table.table("options");
    match (&options, kind.has_options()) {
        (None, true) => {
            let message = format!("`{name}` is a {} without `options`", kind.as_str());
            let help = format!("add `[fact.{name}.options]` with lines such as `web = \"…\"`");
            let diagnostic = Diagnostic::error("missing-key", message, table.span.clone());
            findings.push_absent(diagnostic.help(help));
        }
        (Some(options), false) => {
            let message = format!("`{name}` is of type `{}`, which has no options", kind.as_str());
            findings.push(Diagnostic::error("options-unused", message, options.span.clone()));
        }
        (Some(options), true) => {
            for id in options.keys().filter(|id| id.text == "unknown" || id.text == "none") {
                let message =
                    format!("`{}` is always a possible answer and cannot be an option", id.text);
                findings.push(Diagnostic::error("reserved-name", message, id.span));
            }
            if options.keys().next().is_none() {
                let message = format!("`{name}` has no options to choose from");
                findings.push_absent(Diagnostic::error(
                    "missing-key",
                    message,
                    options.span.clone(),
                ));
            }
        }
        (None, false) => {}
    }
}

/// What one of a list is called; nothing else has items.
fn item(name: &str, kind: FactType, table: &Table<'_>, findings: &mut Findings) -> Option<String> {
    let item = table.text("item")?;
    if kind != FactType::List {
        let message = format!("`{name}` is of type `{}`, which has no `item`", kind.as_str());
        findings.push(Diagnostic::error("unit-unused", message, item.span.clone()));
    }
    Some(item.to_owned())
}

/// Whether the items are phrases. Only a list has items that people word freely.
fn phrases(name: &str, kind: FactType, table: &Table<'_>, findings: &mut Findings) -> bool {
    let phrases = table.flag("phrases");
    if phrases && kind != FactType::List {
        let message = format!("`{name}` is of type `{}`, which has no `phrases`", kind.as_str());
        findings.push(Diagnostic::error("unit-unused", message, table.span.clone()));
    }
    phrases
}

/// Whether `none` can be answered. Where there is a plain word for it, one fact must not have two.
fn allows_none(name: &str, kind: FactType, table: &Table<'_>, findings: &mut Findings) -> bool {
    let plain = match kind {
        FactType::YesNo => "no",
        FactType::Count | FactType::People => "0",
        _ => return table.flag("none"),
    };
    if table.flag("none") {
        let message = format!("`{name}` is of type `{}`, whose none is `{plain}`", kind.as_str());
        findings.push(
            Diagnostic::error("none-unused", message, table.span.clone()).help("leave `none` out"),
        );
    }
    false
}

/// What comes next belongs to an answer.
fn no_such_option(next: &Table<'_>, options: Option<&Table<'_>>, findings: &mut Findings) {
    let ids: Vec<_> = options.into_iter().flat_map(Table::keys).map(|id| id.text).collect();
    for id in next.keys().filter(|id| !ids.contains(&id.text)) {
        let message = format!("there is no option `{}`", escape::line(&id.text));
        let help = did_you_mean(&id.text, ids.iter().map(AsRef::as_ref));
        let diagnostic = Diagnostic::error("unknown-option", message, id.span);
        findings.push(diagnostic.maybe_help(help));
    }
}

fn units(name: &str, kind: FactType, table: &Table<'_>, findings: &mut Findings) {
    let Some(of) = table.text("of") else { return };
    if !matches!(kind, FactType::Count | FactType::List) {
        let message = format!("`{name}` is of type `{}`, which has no `of`", kind.as_str());
        findings.push(Diagnostic::error("unit-unused", message, of.span));
    } else if kind == FactType::Count && !UNITS.contains(&&*of.text) {
        let message = format!("`{name}` cannot count `{}`", escape::line(&of.text));
        let meant = did_you_mean(&of.text, UNITS.iter().copied());
        let meant = meant.map(|meant| format!("{meant} ")).unwrap_or_default();
        let help = format!("{meant}it counts one of {}", wording::ticked(UNITS));
        findings.push(Diagnostic::error("wrong-option", message, of.span).help(help));
    }
}
