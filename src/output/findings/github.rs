//! Annotations of GitHub Actions: `::error file=…,line=…::…`.

use std::io::{self, Write};

use super::{Face, Totals};
use crate::check::{Checked, Finding};
use crate::document::Level;
use crate::output::diagnostics::clean;

pub(super) struct Github;

impl Face for Github {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            annotation(checked, finding, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn annotation(checked: &Checked, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.level() {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let place = finding.place;
    let mut message = clean(&finding.diagnostic.message);
    if let Some(help) = &finding.diagnostic.help {
        message.push_str("; ");
        message.push_str(&clean(help));
    }
    write!(out, "::{command} file={},line={}", property(&checked.path), place.line)?;
    write!(out, ",endLine={},col={}", place.end_line, place.column)?;
    // Columns of an end on another line would be taken for one on the first.
    if place.end_line == place.line {
        write!(out, ",endColumn={}", place.end_column)?;
    }
    let title = property(&format!("{} {}", finding.rule.id, finding.rule.name));
    writeln!(out, ",title={title}::{}", data(&message))
}

/// Escapes the text of an annotation as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a value in front of the text.
fn property(text: &str) -> String {
    data(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}
