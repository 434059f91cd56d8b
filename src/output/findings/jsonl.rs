//! JSON Lines: one object for each finding.

use std::io::{self, Write};

use serde::Serialize;

use super::{Face, Totals};
use crate::check::{Checked, Finding, Place};
use crate::escape;

pub(super) struct Jsonl;

/// A finding as every JSON of ours has it.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    rule: &'a str,
    name: &'a str,
    family: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    step: &'a str,
    related: Vec<Related<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
}

impl<'a> Shown<'a> {
    pub(super) fn new(checked: &'a Checked, finding: &'a Finding) -> Self {
        let Finding { rule, diagnostic, place, .. } = finding;
        let places = finding.related.iter().zip(&diagnostic.related);
        Self {
            path: &checked.path,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            rule: rule.id,
            name: rule.name,
            family: rule.family.as_str(),
            level: diagnostic.level.as_str(),
            message: &diagnostic.message,
            label: diagnostic.label.as_deref(),
            help: diagnostic.help.as_deref(),
            step: &finding.step,
            related: places.map(|(place, (_, message))| Related::new(*place, message)).collect(),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> Related<'a> {
    fn new(place: Place, message: &'a str) -> Self {
        let Place { line, column, end_line, end_column } = place;
        Self { line, column, end_line, end_column, message }
    }
}

impl Face for Jsonl {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            let line = serde_json::to_string(&Shown::new(checked, finding))?;
            escape::json(&line, out)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
