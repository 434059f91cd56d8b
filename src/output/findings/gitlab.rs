//! Code quality of GitLab: a JSON array, one object for each finding.

use std::io::{self, Write};

use serde::Serialize;

use super::{Face, Totals};
use crate::check::{Checked, Family, Finding};
use crate::document::Level;
use crate::escape;

#[derive(Default)]
pub(super) struct Gitlab {
    begun: bool,
}

/// The part of the Code Climate format that GitLab reads.
#[derive(Serialize)]
struct Issue<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    categories: [&'a str; 1],
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(checked: &'a Checked, finding: &'a Finding) -> Self {
        let help = finding.diagnostic.help.as_ref().map(|help| format!("; {help}"));
        let message = &finding.diagnostic.message;
        Self {
            kind: "issue",
            description: format!("{message}{}", help.unwrap_or_default()),
            check_name: finding.rule.id,
            fingerprint: &finding.fingerprint,
            severity: match finding.level() {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Note => "info",
            },
            categories: [match finding.rule.family {
                Family::Craft => "Security",
                Family::Upkeep => "Style",
                _ => "Bug Risk",
            }],
            location: Location {
                path: &checked.path,
                lines: Lines { begin: finding.place.line, end: finding.place.end_line },
            },
        }
    }
}

impl Face for Gitlab {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            escape::json(&serde_json::to_string(&Issue::new(checked, finding))?, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
