//! `JUnit` XML: a suite for each file, a case for each finding, in a shape that both the Jenkins and
//! the Windyroad schema accept.

use std::io::{self, Write};

use super::{Face, Totals};
use crate::check::Checked;
use crate::escape;

/// Each suite says how many cases it has; the element around them says nothing, so that none has to
/// wait for the others.
#[derive(Default)]
pub(super) struct Junit {
    /// Suites so far.
    number: usize,
}

impl Junit {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.number > 0 {
            return Ok(());
        }
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")
    }
}

impl Face for Junit {
    fn file(&mut self, checked: &Checked, _: &str, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let cases = checked.findings.len().max(1);
        write!(
            out,
            "  <testsuite id=\"{}\" package=\"breach\" name=\"{}\" timestamp=\"1970-01-01T00:00:00\" \
             hostname=\"localhost\" tests=\"{cases}\" failures=\"{}\" errors=\"0\" time=\"0\">\n    \
             <properties/>\n",
            self.number,
            xml(&checked.path),
            checked.findings.len(),
        )?;
        self.number += 1;
        if checked.findings.is_empty() {
            writeln!(
                out,
                "    <testcase name=\"check\" classname=\"{}\" time=\"0\"/>",
                xml(&checked.path)
            )?;
        }
        for finding in &checked.findings {
            let (rule, place) = (finding.rule, finding.place);
            let message = xml(&finding.diagnostic.message);
            let help = finding.diagnostic.help.as_deref().map(|help| format!("\n{}", xml(help)));
            write!(
                out,
                "    <testcase name=\"{} {} at {}:{}\" classname=\"{}\" time=\"0\">\n      \
                 <failure message=\"{message}\" type=\"{}\">{}:{}:{}: {message}{}</failure>\n    \
                 </testcase>\n",
                rule.id,
                rule.name,
                place.line,
                place.column,
                xml(&checked.path),
                finding.level().as_str(),
                xml(&checked.path),
                place.line,
                place.column,
                help.unwrap_or_default(),
            )?;
        }
        writeln!(out, "    <system-out/>\n    <system-err/>\n  </testsuite>")
    }

    fn end(&mut self, _: &Totals, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        writeln!(out, "</testsuites>")
    }
}

/// Text for an element or an attribute. What XML cannot hold at all becomes a visible escape.
fn xml(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for c in escape::line(text).chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&apos;"),
            // CI runners obey `##[…]` anywhere.
            '#' if before == '#' => shown.push_str("&#35;"),
            '\u{fffe}' | '\u{ffff}' => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
        before = c;
    }
    shown
}
