//! A Markdown page, for the summary of a job or a comment on a change.

use std::io::{self, Write};

use super::{Face, Totals};
use crate::check::Checked;
use crate::output::diagnostics::clean;
use crate::{escape, wording};

#[derive(Default)]
pub(super) struct Markdown {
    begun: bool,
}

impl Face for Markdown {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            if !self.begun {
                self.begun = true;
                out.write_all(
                    b"| Level | Rule | Place | What | What to do |\n|---|---|---|---|---|\n",
                )?;
            }
            let help = finding.diagnostic.help.as_deref().unwrap_or_default();
            writeln!(
                out,
                "| {} | {} {} | {}:{}:{} | {} | {} |",
                finding.level().as_str(),
                finding.rule.id,
                finding.rule.name,
                cell(&checked.path),
                finding.place.line,
                finding.place.column,
                cell(&finding.diagnostic.message),
                cell(help),
            )?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        let files = totals.read();
        let unread = match totals.unreadable {
            0 => String::new(),
            unread => format!(", {} not read", wording::count(unread, "file")),
        };
        let [errors, warnings, notes] = totals.by_level;
        let known = match totals.known {
            0 => String::new(),
            known => format!("; {} in the baseline", wording::count(known, "finding")),
        };
        let gap = if self.begun { "\n" } else { "" };
        writeln!(
            out,
            "{gap}{files} checked{unread}: {}, {}, {}{known}.",
            wording::count(errors, "error"),
            wording::count(warnings, "warning"),
            wording::count(notes, "note"),
        )
    }
}

/// Foreign text in a table: never markup, never a new cell.
fn cell(text: &str) -> String {
    clean(&escape::markdown(text))
}
