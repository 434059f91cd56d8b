//! Bodies with nothing but what they cannot do without: `FactSet { why, ..FactSet::new(name, value) }`.

use super::body::Outcome;
use super::text::{Text, TextRef};
use super::words::{ActionChange, DecidedAs, RulingKind};
use super::{
    ActionTaken, Closed, Decision, Draft, DutyDecided, EvidenceAdded, FactEdit, FactSet, Note,
    Source, StepOutcome,
};
use crate::fact::{FactType, Value};
use crate::wording;

impl StepOutcome {
    /// A step came out so.
    pub fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            item: None,
            items: Vec::new(),
            text: None,
            to: None,
            waits_for: None,
            why: None,
            check_at: None,
            missing_evidence: Vec::new(),
            used_facts: Vec::new(),
            imported: None,
            settles: Vec::new(),
        }
    }
}

impl Note {
    /// A text.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), original: None, imported: None }
    }
}

impl FactSet {
    /// A fact has this value.
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), value, apart: None, item: None, why: None, settles: Vec::new() }
    }
}

impl EvidenceAdded {
    /// An exhibit with this name and title came from there.
    pub fn new(exhibit: impl Into<String>, title: impl Into<Text>, source: Source) -> Self {
        Self {
            exhibit: exhibit.into(),
            title: title.into(),
            source,
            kept: None,
            wanted: None,
            item: None,
            changed_during_acquisition: false,
            modified_at: None,
            started_at: None,
            expires_at: None,
        }
    }
}

impl ActionTaken {
    /// This happened to an item.
    pub fn new(action: impl Into<String>, what: ActionChange) -> Self {
        Self {
            action: action.into(),
            what,
            text: None,
            owner: None,
            due: None,
            link: None,
            reason: None,
        }
    }
}

impl FactEdit {
    /// Items go on the list that a fact has, or come off it.
    ///
    /// # Errors
    /// None of them changes it; they are given back.
    pub fn of(
        name: &str,
        known: Option<&Value>,
        items: Vec<String>,
        adds: bool,
    ) -> Result<Self, Vec<String>> {
        let list = known.and_then(Value::items).unwrap_or_default();
        let has = |item: &String| list.contains(item);
        let (items, unchanged): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| has(item) != adds);
        if items.is_empty() {
            return Err(unchanged);
        }
        let (add, remove) = if adds { (items, Vec::new()) } else { (Vec::new(), items) };
        Ok(Self { name: name.to_owned(), add, remove, apart: None, why: None })
    }

    /// Turns the edit into an event. If no options were chosen before, the added ones become the value,
    /// because an edit that starts from nothing would make a list of names.
    pub fn of_kind(self, kind: FactType, known: Option<&Value>) -> Draft {
        if kind == FactType::Choices && known.and_then(Value::items).is_none() {
            return FactSet { why: self.why, ..FactSet::new(self.name, Value::Choices(self.add)) }
                .into();
        }
        self.into()
    }

    /// `Affected hosts, added: web-04 and web-05`; the list is called by its title.
    pub fn told(&self, title: &str) -> String {
        let (what, items) = match self.add.as_slice() {
            [] => ("taken off", &self.remove),
            _ => ("added", &self.add),
        };
        format!("{title}, {what}: {}", wording::few(items))
    }
}

/// The start of a note that keeps what somebody said about a step before it was done.
pub const ANNOUNCES: &str = "about to be called done";

/// The start of a note beside an entry in which something was masked.
const BESIDE: &str = "the unmasked text of entry ";

impl Note {
    /// A note of what was said about a step that is about to be called done on these items. The step may
    /// come to nothing, so the note must not read as if it were done.
    pub fn announcing(items: &[String], text: &str) -> Self {
        let on = match items {
            [] => String::new(),
            items => format!(" on {}", wording::few_of(items, 6)),
        };
        Self::new(format!("{ANNOUNCES}{on}: {text}"))
    }

    /// Whether it is such a note. Once the step has an outcome, that says the same.
    pub fn announces(&self) -> bool {
        self.text.starts_with(ANNOUNCES)
    }

    /// A note beside an entry in which something was masked, by which its original text is found.
    pub fn beside(entry: &str, original: TextRef) -> Self {
        let text = format!("{BESIDE}{entry} is kept separately");
        Self { original: Some(original), ..Self::new(text) }
    }

    /// Whether it is such a note: the program wrote it, and nobody said it.
    pub fn is_beside(&self) -> bool {
        self.original.is_some() && self.text.starts_with(BESIDE)
    }
}

impl Decision {
    /// Somebody with the role decided a determination.
    pub fn new(name: &str, value: Value, (by, role): (String, DecidedAs), basis: Text) -> Self {
        Self {
            name: name.to_owned(),
            value,
            by,
            role,
            basis,
            decided: None,
            apart: None,
            question: None,
            options: Vec::new(),
            dissent: None,
            review_at: None,
            settles: Vec::new(),
        }
    }

    /// Whether it gives a fact its value. Otherwise it is a decision like any other, in words.
    pub fn is_determination(&self) -> bool {
        self.decided.is_none()
    }
}

impl DutyDecided {
    /// Somebody decided this of a duty.
    pub fn new(duty: String, what: RulingKind, by: String, reason: Text) -> Self {
        Self { duty, what, by, reason, proof: None, until: None, settles: Vec::new() }
    }
}

impl Closed {
    /// The incident was closed over these debts and open questions.
    pub fn new(debts: Vec<String>, open: Vec<String>) -> Self {
        Self { reason: None, keep_until: None, debts, open, settles: Vec::new() }
    }
}
