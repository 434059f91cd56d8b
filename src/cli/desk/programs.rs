//! What the home knows of programs: `programs.toml`.

use super::context::read_input;
use super::{Context, Exit, Failure, shelf, trust};
use crate::document::{Diagnostic, Document, Findings, Level, Table, syntax, visit};
use crate::playbook::{PROGRAMS, Programs};

/// The programs of the home. What is there and cannot be used must not be taken for nothing.
pub(in crate::cli) fn own(context: &Context) -> Result<Programs, Failure> {
    let Ok(home) = context.home() else { return Ok(Programs::default()) };
    let path = home.join("programs.toml");
    if !path.exists() {
        return Ok(Programs::default());
    }
    if let Some(why) = trust::distrust(&home).or_else(|| trust::distrust(&path)) {
        return Err(shelf::not_ours(&why));
    }
    let name = path.display().to_string();
    let document = Document::from_bytes(name.clone(), read_input(&path)?)
        .map_err(|found| Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message)))?;
    let mut findings = Findings::default();
    let programs = syntax::read(&document.text, &mut findings, |tree, findings| {
        visit::check(tree, &PROGRAMS, findings);
        Programs::read(&Table::root(tree))
    });
    let found: Vec<Diagnostic> = findings.into_sorted();
    if found.iter().any(|found| found.level == Level::Error) {
        return Err(shelf::mistakes(&document, &found));
    }
    Ok(programs)
}
