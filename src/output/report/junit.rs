//! `JUnit` XML: a suite for each file, a case for each finding, in a shape that both the Jenkins and
//! the Windyroad schema accept.

use std::io::{self, Write};

use super::{Report, Totals};
use crate::check::Checked;
use crate::escape;

/// Suites stand inside one element that says how many there are, so they wait for the end.
#[derive(Default)]
pub(super) struct Junit {
    suites: Vec<u8>,
    number: usize,
}

impl Report for Junit {
    fn file(&mut self, checked: &Checked, _: &str, _: &mut dyn Write) -> io::Result<()> {
        let out = &mut self.suites;
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
                "    <testcase name=\"{} {}\" classname=\"{}\" time=\"0\">\n      \
                 <failure message=\"{message}\" type=\"{}\">{}:{}:{}: {message}{}</failure>\n    \
                 </testcase>\n",
                rule.id,
                rule.name,
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
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>")?;
        out.write_all(&self.suites)?;
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
