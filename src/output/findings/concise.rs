//! One line for each finding, for editors and problem matchers.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Face, Totals};
use crate::check::Checked;
use crate::escape;
use crate::output::diagnostics::clean;

pub(super) struct Concise;

impl Face for Concise {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = String::new();
        let name = escape::runner(&clean(&checked.name));
        for finding in &checked.findings {
            let place = finding.place;
            let _ = writeln!(
                lines,
                "{name}:{}:{}: {}[{}] {}",
                place.line,
                place.column,
                finding.level().as_str(),
                finding.rule.id,
                clean(&finding.diagnostic.message),
            );
        }
        out.write_all(lines.as_bytes())
    }

    fn end(&mut self, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
