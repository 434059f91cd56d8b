//! When a fact is asked, and of what time, as the vocabulary says it.

use super::kind::FactType;
use crate::document::shape::{Key, Kind};
use crate::document::{Diagnostic, Findings, Table};

/// When a fact is asked, and of what time. Conditions, as they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// A person is not asked while this does not hold.
    pub when: Option<String>,
    /// Where this holds, the answer is yes.
    pub yes_when: Option<String>,
    /// Whether it is a time that still lies ahead when people give it.
    pub to_come: bool,
}

pub(super) const ASKED_WHEN: Key =
    Key::optional("asked-when", Kind::Line, "A person is not asked while this does not hold.")
        .since(2);
pub(super) const YES_WHEN: Key = Key::optional(
    "yes-when",
    Kind::Line,
    "Where this holds, the answer is yes and nobody is asked.",
)
.since(2);

pub(super) const TO_COME: Key = Key::optional(
    "to-come",
    Kind::Flag,
    "Whether a time still lies ahead when it is given: a deadline, a meeting.",
)
.since(2);

/// The keys that hold one condition each.
pub(super) const CONDITIONS: [&str; 2] = ["asked-when", "yes-when"];

/// Reads when a fact of a type is asked.
pub(super) fn read(
    name: &str,
    kind: FactType,
    table: &Table<'_>,
    findings: &mut Findings,
) -> Asking {
    let yes_when = table.text("yes-when");
    if let Some(yes) = yes_when.as_ref().filter(|_| kind != FactType::YesNo) {
        let message = format!("`{name}` is of type `{}`, which has no yes", kind.as_str());
        let help = "only a fact of type `yes-no` can have `yes-when`";
        findings.push(Diagnostic::error("wrong-type", message, yes.span.clone()).help(help));
    }
    Asking {
        when: table.text("asked-when").map(|when| when.to_owned()),
        yes_when: yes_when.map(|when| when.to_owned()),
        to_come: is_to_come(kind, table, findings),
    }
}

/// Whether a time still lies ahead when it is given.
fn is_to_come(kind: FactType, table: &Table<'_>, findings: &mut Findings) -> bool {
    let is_to_come = table.flag("to-come");
    if is_to_come && kind != FactType::Time {
        let message = "only a fact of type `time` can have `to-come`";
        findings.push(Diagnostic::error("wrong-type", message, table.span.clone()));
    }
    is_to_come && kind == FactType::Time
}
