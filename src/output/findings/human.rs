//! For people: each finding with the excerpt of the file, carets and what to do.

use std::io::{self, Write};

use super::{Face, Source, Totals};
use crate::check::Checked;
use crate::document::{Diagnostic, Document};
use crate::output::diagnostics;

pub(super) struct Human;

/// What people see of the findings of a file, made where its text is at hand.
pub fn excerpts(source: Source<'_>, checked: &Checked) -> String {
    let nothing = Document { name: checked.name.clone(), text: String::new() };
    let named = checked
        .findings
        .iter()
        .map(|finding| Diagnostic { rule: finding.rule.id, ..finding.diagnostic.clone() });
    diagnostics::render(source.unwrap_or(&nothing), &named.collect::<Vec<_>>(), true)
}

impl Face for Human {
    fn file(&mut self, _: &Checked, excerpts: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(excerpts.as_bytes())
    }

    fn end(&mut self, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
