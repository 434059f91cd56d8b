//! What a project knew when it began to check: findings that are left out until they are mended.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::check::Checked;
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Failure, files};

const SCHEMA: &str = "breach.baseline/1";

/// The file. Path and rule are for people, the fingerprint counts.
#[derive(Serialize, Deserialize)]
struct Listed {
    schema: String,
    findings: Vec<Accepted>,
}

/// A finding that is left out.
#[derive(Serialize, Deserialize)]
pub(super) struct Accepted {
    path: String,
    rule: String,
    fingerprint: String,
}

/// Fingerprints of what is left out, by file.
#[derive(Default)]
pub(super) struct Baseline(HashMap<String, HashSet<String>>);

impl Baseline {
    /// Reads a baseline.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = read_input(path)?;
        let listed = serde_json::from_slice(&bytes).ok();
        let listed = listed.filter(|listed: &Listed| listed.schema == SCHEMA).ok_or_else(|| {
            Failure::usage(format!("`{}` is not a baseline", path.display()))
                .hint("nothing was checked; write one with `--write-baseline`")
        })?;
        let mut baseline = Self::default();
        for Accepted { path, fingerprint, .. } in listed.findings {
            baseline.0.entry(path).or_default().insert(fingerprint);
        }
        Ok(baseline)
    }

    /// Removes the known findings of a file, and returns how many there were. An `unreadable` finding is
    /// never known.
    pub(super) fn filter(&self, checked: &mut Checked) -> usize {
        let Some(known) = self.0.get(&checked.path) else { return 0 };
        let before = checked.findings.len();
        checked.findings.retain(|finding| {
            finding.rule.name == "unreadable" || !known.contains(&finding.fingerprint)
        });
        before - checked.findings.len()
    }

    /// The number of findings that the baseline holds for a file.
    pub(super) fn known(&self, path: &str) -> usize {
        self.0.get(path).map_or(0, HashSet::len)
    }
}

/// Takes all findings of a file for a new baseline, but what cannot be read.
pub(super) fn take(checked: &mut Checked) -> Vec<Accepted> {
    let (left, taken): (Vec<_>, Vec<_>) = std::mem::take(&mut checked.findings)
        .into_iter()
        .partition(|finding| finding.rule.name == "unreadable");
    checked.findings = left;
    let known = |finding: crate::check::Finding| Accepted {
        path: checked.path.clone(),
        rule: finding.rule.id.to_owned(),
        fingerprint: finding.fingerprint,
    };
    taken.into_iter().map(known).collect()
}

/// Writes a baseline.
pub(super) fn write(path: &Path, findings: Vec<Accepted>) -> Result<(), Failure> {
    let listed = Listed { schema: SCHEMA.to_owned(), findings };
    let text = serde_json::to_string_pretty(&listed)? + "\n";
    files::publish(path, text.as_bytes())
        .map_err(|error| Failure::usage(format!("failed to write `{}`: {error}", path.display())))
}
