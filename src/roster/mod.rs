//! Whom to call: the people and firms that an incident needs, kept where no network is needed.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use crate::document::shape::{self, Key, Kind, Shape};
use crate::document::{Diagnostic, Document, Findings, Spanned, Table, syntax};
use crate::part::{NEEDED, PARTS};
use crate::wording;

/// Days after which phone numbers are no longer believed.
const FRESH: u64 = 180;

/// A roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Whose it is.
    pub organisation: String,
    /// When somebody last tried the numbers.
    pub reviewed_on: NaiveDate,
    /// Where the team talks when company chat and mail are read by the intruder.
    pub channel: Option<String>,
    /// In the order of the file; whoever is to be called first stands first.
    pub contacts: Vec<Contact>,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What they do, one of [`PARTS`].
    pub part: String,
    /// A person, or the name of a desk.
    pub name: String,
    /// Their firm, if not ours.
    pub organisation: Option<String>,
    /// Numbers, the best first.
    pub phone: Vec<String>,
    /// An address outside our own mail.
    pub mail: Option<String>,
    /// When they answer.
    pub hours: Option<String>,
    /// Policy, contract or customer number to give.
    pub reference: Option<String>,
    /// Where to file a form.
    pub portal: Option<String>,
    /// Anything else that helps at 3 a.m.
    pub note: Option<String>,
}

/// A roster file.
pub static SHAPE: Shape = Shape {
    name: "a roster",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("organisation", Kind::Line, "Whose roster it is."),
        Key::required("reviewed-on", Kind::Day, "When somebody last tried the numbers."),
        Key::optional("channel", Kind::Line, "Where the team talks out of band; no passwords."),
        Key::required("contact", Kind::Array(&Kind::Table(&CONTACT)), "Who to call."),
    ],
};

static CONTACT: Shape = Shape {
    name: "a contact",
    keys: &[
        Key::required("part", Kind::Option(&PARTS), "What they do."),
        Key::required("name", Kind::Line, "A person, or the name of a desk."),
        Key::optional("organisation", Kind::Line, "Their firm, if not ours."),
        Key::optional("phone", Kind::Array(&Kind::Line), "Numbers, the best first."),
        Key::optional("mail", Kind::Line, "An address outside your own mail."),
        Key::optional("hours", Kind::Line, "When they answer."),
        Key::optional("reference", Kind::Line, "Policy, contract or customer number to give."),
        Key::optional("portal", Kind::Line, "Where to file a form."),
        Key::optional("note", Kind::Line, "Anything else that helps at 3 a.m."),
    ],
};

/// A roster to fill in. Its names are empty, so the check says what is missing.
pub const TEMPLATE: &str = include_str!("template.toml");

impl Roster {
    /// Reads a roster; there is one only without errors. What is missing from it or stale on a day
    /// is a warning.
    pub fn read(document: &Document, today: NaiveDate) -> (Option<Self>, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let roster = syntax::read(&document.text, &mut findings, |tree, findings| {
            shape::check(tree, &SHAPE, findings);
            let root = Table::root(tree);
            let roster = read(&root);
            if let Some(roster) = &roster {
                judge(roster, &root, today, findings);
            }
            roster.filter(|_| !findings.has_errors())
        });
        (roster, findings.into_sorted())
    }

    /// The contacts with a part.
    pub fn with_part<'r>(&'r self, part: &'r str) -> impl Iterator<Item = &'r Contact> {
        self.contacts.iter().filter(move |contact| contact.part == part)
    }

    /// Whom to call for these parts, a line each; a part that nobody has is named, too.
    pub fn call_lines(&self, parts: &[String]) -> Vec<String> {
        let mut lines = Vec::new();
        for part in parts {
            let found: Vec<String> =
                self.with_part(part).map(|contact| format!("{part}: {}", contact.line())).collect();
            if found.is_empty() {
                lines.push(format!("{part}: not on the roster"));
            }
            lines.extend(found);
        }
        lines
    }
}

impl Contact {
    /// Name, firm, numbers, hours and reference on one line.
    pub fn line(&self) -> String {
        let mut line = self.name.clone();
        let mut add = |part: &Option<String>, before: &str| {
            if let Some(part) = part {
                line.push_str(", ");
                line.push_str(before);
                line.push_str(part);
            }
        };
        add(&self.organisation, "");
        add(&(!self.phone.is_empty()).then(|| self.phone.join(" or ")), "");
        add(&self.hours, "");
        add(&self.mail, "");
        add(&self.reference, "reference ");
        add(&self.portal, "");
        add(&self.note, "");
        line
    }
}

fn read(root: &Table<'_>) -> Option<Roster> {
    let text = |table: &Table<'_>, key: &str| table.text(key).map(|text| text.to_owned());
    let contacts = root.tables("contact").into_iter().filter_map(|table| {
        Some(Contact {
            part: text(&table, "part")?,
            name: text(&table, "name")?,
            organisation: text(&table, "organisation"),
            phone: table.texts("phone").iter().map(Spanned::to_owned).collect(),
            mail: text(&table, "mail"),
            hours: text(&table, "hours"),
            reference: text(&table, "reference"),
            portal: text(&table, "portal"),
            note: text(&table, "note"),
        })
    });
    Some(Roster {
        organisation: text(root, "organisation")?,
        reviewed_on: root.day("reviewed-on")?,
        channel: text(root, "channel"),
        contacts: contacts.collect(),
    })
}

/// What would be missed at 3 a.m.
fn judge(roster: &Roster, root: &Table<'_>, today: NaiveDate, findings: &mut Findings) {
    let warning = |rule, message: String, span: Range<usize>, help: &str| {
        Diagnostic::warning(rule, message, span).help(help)
    };
    let missing: Vec<&str> =
        NEEDED.into_iter().filter(|part| roster.with_part(part).next().is_none()).collect();
    if !missing.is_empty() {
        let message = format!("the roster has no {}", wording::ticked(&missing));
        let help = "add a `[[contact]]` for each, with a phone number";
        findings.push_absent(warning("roster-gap", message, 0..0, help));
    }
    if roster.channel.is_none() {
        let message = "the roster names no out-of-band channel".to_owned();
        let help = "add `channel = \"…\"`: a phone bridge, or a group on private phones";
        findings.push_absent(warning("roster-gap", message, 0..0, help));
    }
    for (table, contact) in root.tables("contact").iter().zip(&roster.contacts) {
        if contact.phone.is_empty() {
            let message = format!("`{}` has no phone number", crate::escape::line(&contact.name));
            let help = "the intruder may be reading mail; add `phone = [\"…\"]`";
            findings.push(warning("roster-gap", message, table.span.clone(), help));
        }
    }
    let stale = roster.reviewed_on.checked_add_days(Days::new(FRESH));
    if stale.is_some_and(|stale| stale < today) {
        let span = root.value_span("reviewed-on").unwrap_or(0..0);
        let message = format!("nobody has tried the numbers since {}", roster.reviewed_on);
        let help = "call each number, then write today's date";
        findings.push(warning("roster-stale", message, span, help));
    }
}
