//! What files say of each other: a test of its playbook, two playbooks of one id.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use chrono::NaiveDate;

use super::texts::Texts;
use super::{discover, test};
use crate::check::{self, Checked, FileKind, Policy};
use crate::document::{Document, Level};
use crate::phase::Phase;

/// Checks a document, which may have a `path`, and what it says of its neighbours.
pub(super) fn check(
    document: &Document,
    path: Option<&Path>,
    machine: &str,
    policy: &Policy,
    today: NaiveDate,
    texts: &Texts,
) -> Checked {
    let mut checked = check::check(document, machine, policy, today);
    if checked.kind == FileKind::Unknown
        && path.is_some_and(|path| discover::is_beside_its_playbook(path, texts))
    {
        checked = check::check_test(document, machine, policy, today);
    }
    let is_sound = checked.findings.iter().all(|finding| finding.level() != Level::Error);
    if let (FileKind::Tests, true, Some(path)) = (checked.kind, is_sound, path) {
        checked.add(document, test::mistakes(path, document, texts), policy);
    }
    checked
}

/// The playbooks of a run by phase and id, with the place of each for people.
#[derive(Default)]
pub(super) struct Names(HashMap<(Phase, String), String>);

impl Names {
    /// Takes up a playbook, and returns the place of one of the same name: wherever both are, one
    /// shelf could hold them.
    pub(super) fn take(&mut self, checked: &Checked) -> Option<String> {
        let identity = checked.identity.as_ref()?;
        let (line, column) = identity.place;
        let place = format!("{}:{line}:{column}", checked.name);
        match self.0.entry(identity.name.clone()) {
            Entry::Occupied(known) => Some(known.get().clone()),
            Entry::Vacant(free) => {
                free.insert(place);
                None
            }
        }
    }
}
