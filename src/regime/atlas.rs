//! The law of places in outline: named with its authority, and without duties that could be counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::Confidence;
use crate::document::shape::{Form, Key, Kind, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax, visit};
use crate::fact::place_name;

/// A file of places in outline.
pub static ATLAS: Shape = Shape {
    name: "an atlas",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("place", Kind::Array(&Kind::Table(&PLACE)), "Places in outline."),
    ],
};

static PLACE: Shape = Shape {
    name: "a place",
    keys: &[
        Key::required("code", Kind::Word(&CODE), "Its code, as people are counted by."),
        Key::optional("law", Kind::Line, "Its law; without one, none is known."),
        Key::optional("authority", Kind::Line, "Who is told."),
        Key::optional("words", Kind::Line, "What is known of the time."),
        Key::optional("period", Kind::Line, "The time as a number, if it was read in the source."),
        Key::optional("whose", Kind::Line, "Whose law it is, if it is not simply its own."),
        Key::required("confidence", Kind::Option(&Confidence::NAMES), "How sure we are."),
        Key::optional("source", Kind::Line, "Where it was read."),
        Key::optional("note", Kind::Line, "What else to know."),
    ],
};

static CODE: Form = Form {
    says: "the code of a place, such as `PE` or `US-AS`",
    pattern: "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
    valid: |text| place_name(text).is_some(),
    mend: |_| None,
};

/// What is known of the law of a place that no regime holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its law; none if no law is known.
    pub law: Option<String>,
    /// Who is told.
    pub authority: Option<String>,
    /// What is known of the time, in words.
    pub words: Option<String>,
    /// The time as a number; only where it was read in the source.
    pub period: Option<String>,
    /// Whose law it is, if it is not simply its own.
    pub whose: Option<String>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: Option<String>,
    /// What else to know.
    pub note: Option<String>,
}

/// Outlines by code.
pub(super) type Atlas = BTreeMap<String, Outline>;

/// Reads outlines; there are some only without errors.
pub(super) fn read(document: &Document) -> (Option<Atlas>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let atlas = syntax::read(&document.text, &mut findings, |tree, findings| {
        check(tree, findings);
        let atlas = Table::root(tree).tables("place").iter().map(place).collect();
        Some(atlas).filter(|_| !findings.has_errors())?
    });
    (atlas, findings.into_sorted())
}

/// Says what is wrong in a file of places.
pub fn check(tree: &toml::de::DeTable<'_>, findings: &mut Findings) {
    visit::check(tree, &ATLAS, findings);
    let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for place in Table::root(tree).tables("place") {
        let Some(code) = place.text("code") else { continue };
        let seen_there = place.text("confidence").is_some_and(|word| word.text == "source-seen");
        let sure = seen_there && place.has("source");
        if place.has("period") && !sure {
            let at = place.value_span("period").unwrap_or_else(|| place.span.clone());
            let found = Diagnostic::error("period", "a number that was not read in a source", at);
            findings.push(found.help(
                "say it in `words`, or name the `source` and write `confidence = \"source-seen\"`",
            ));
        }
        if let Some(before) = first.get(&*code.text) {
            let message = format!("`{}` stands here twice", code.text);
            let found = Diagnostic::error("duplicate-id", message, code.span.clone());
            findings.push(found.related(before.clone(), "first defined here"));
        } else {
            first.insert(code.to_owned(), code.span);
        }
    }
}

fn place(table: &Table<'_>) -> Option<(String, Outline)> {
    let text = |key| table.text(key).map(|text| text.to_owned());
    let outline = Outline {
        law: text("law"),
        authority: text("authority"),
        words: text("words"),
        period: text("period"),
        whose: text("whose"),
        confidence: Confidence::parse(&text("confidence")?)?,
        source: text("source"),
        note: text("note"),
    };
    Some((text("code")?, outline))
}

impl Outline {
    /// The law, its authority and its words on the time, with how sure we are, in sentences; empty
    /// if no law is known.
    pub fn show(&self) -> String {
        let Some(law) = &self.law else { return String::new() };
        let mut line = law.clone();
        if let Some(whose) = &self.whose {
            let _ = write!(line, " ({whose})");
        }
        if let Some(authority) = &self.authority {
            let _ = write!(line, "; authority: {authority}");
        }
        let doubt = self.confidence.doubt();
        let _ = match (&self.period, &self.words, doubt) {
            (Some(period), Some(words), _) => write!(line, "; time, {period}: {words}"),
            (Some(period), None, _) => write!(line, "; time: {period}"),
            (None, Some(words), Some(doubt)) => write!(line, "; time ({doubt}): {words}"),
            (None, Some(words), None) => write!(line, "; time: {words}"),
            (None, None, Some(doubt)) => write!(line, ", {doubt}"),
            (None, None, None) => Ok(()),
        };
        if let Some(note) = &self.note {
            let _ = write!(line, "; note: {note}");
        }
        line
    }
}
