//! One JSON document: what was found, and what it came to.

use std::io::{self, Write};

use super::jsonl::Shown;
use super::{Face, Totals};
use crate::check::Checked;
use crate::escape;

/// Findings are written as they come, so that a large collection needs no memory.
#[derive(Default)]
pub(super) struct Json {
    begun: bool,
}

impl Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            out.write_all(b"{\"schema\": \"breach.check/1\", \"findings\": [")?;
            return Ok(());
        }
        out.write_all(b",")
    }
}

impl Face for Json {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            self.begin(out)?;
            out.write_all(b"\n  ")?;
            let finding = serde_json::to_string(&Shown::new(checked, finding))?;
            escape::json(&finding, out)?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begin(out)?;
        }
        let [errors, warnings, notes] = totals.by_level;
        writeln!(
            out,
            "\n], \"files\": {}, \"errors\": {errors}, \"warnings\": {warnings}, \"notes\": {notes}, \
             \"unreadable\": {}, \"in_baseline\": {}}}",
            totals.files, totals.unreadable, totals.known
        )
    }
}
