//! What files say of each other: a test of its playbook, two playbooks of one id.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::test;
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
) -> Checked {
    let mut checked = check::check(document, machine, policy, today);
    let is_sound = checked.findings.iter().all(|finding| finding.level() != Level::Error);
    if let (FileKind::Tests, true, Some(path)) = (checked.kind, is_sound, path) {
        checked.add(document, test::mistakes(path, document), policy);
    }
    checked
}

/// The playbooks of a run by phase and id: the folder of each, and its place for people.
#[derive(Default)]
pub(super) struct Names(HashMap<(Phase, String), Vec<(PathBuf, String)>>);

impl Names {
    /// Takes up a playbook, and returns the place of one of the same name in its folder,
    /// above it or below it: one shelf could hold both.
    pub(super) fn take(&mut self, checked: &Checked) -> Option<String> {
        let identity = checked.identity.as_ref()?;
        let folder = Path::new(&checked.path).parent().unwrap_or(Path::new("")).to_owned();
        let known = self.0.entry(identity.name.clone()).or_default();
        let same =
            known.iter().find(|(other, _)| folder.starts_with(other) || other.starts_with(&folder));
        let found = same.map(|(_, place)| place.clone());
        let (line, column) = identity.place;
        known.push((folder, format!("{}:{line}:{column}", checked.name)));
        found
    }
}
