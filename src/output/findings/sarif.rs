//! SARIF 2.1.0, as GitHub's code scanning reads it.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Face, Totals};
use crate::check::{Checked, Finding, Place, RULES, Rule};
use crate::document::Level;
use crate::{escape, wording};

/// What names the program: GitHub's rules want a URI here. The package names no address of its own.
const INFORMATION: &str = "urn:breach:playbook-check";

/// Results that GitHub shows of one run; errors come before the rest.
const MOST: usize = 5_000;

/// Results by level; they are written at the end, because errors come first.
#[derive(Default)]
pub(super) struct Sarif {
    results: [Vec<String>; 3],
    left_out: usize,
}

impl Face for Sarif {
    fn file(&mut self, checked: &Checked, _: &str, _: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.findings {
            let of_level = &mut self.results[finding.level() as usize];
            if of_level.len() < MOST {
                of_level.push(result(checked, finding).to_string());
            } else {
                self.left_out += 1;
            }
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        let all: usize = self.results.iter().map(Vec::len).sum();
        let left_out = self.left_out + all.saturating_sub(MOST);
        let notifications: Vec<Value> = (left_out > 0)
            .then(|| {
                let text = format!("{left_out} more findings not listed; the worst come first");
                json!({ "level": "warning", "message": { "text": text } })
            })
            .into_iter()
            .collect();
        let head = json!({
            "tool": { "driver": {
                "name": "breach",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": INFORMATION,
                "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "breach/playbook-check/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": totals.unreadable == 0,
                "toolExecutionNotifications": notifications,
            }],
        });
        let head = head.to_string();
        out.write_all(
            b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
              \"runs\":[",
        )?;
        escape::json(head.strip_suffix('}').unwrap_or(&head), out)?;
        out.write_all(b",\"results\":[")?;
        for (number, result) in self.results.iter().flatten().take(MOST).enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            escape::json(result, out)?;
        }
        out.write_all(b"\n]}]}\n")
    }
}

/// How SARIF calls a level.
fn level(level: Level) -> &'static str {
    level.as_str()
}

fn descriptor(rule: &Rule) -> Value {
    let mut help = format!("{}\n", rule.explanation);
    for (head, example) in [("Wrong", rule.wrong), ("Right", rule.right)] {
        if !example.is_empty() {
            let _ = write!(help, "\n{head}:\n\n```toml\n{example}```\n");
        }
    }
    json!({
        "id": rule.id,
        "name": pascal(rule.name),
        "shortDescription": { "text": sentence(rule.title) },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.explanation, "markdown": help },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "tags": [rule.family.as_str()] },
    })
}

fn result(checked: &Checked, finding: &Finding) -> Value {
    let diagnostic = &finding.diagnostic;
    let message = match &diagnostic.help {
        Some(help) => format!("{}; {help}.", diagnostic.message),
        None => format!("{}.", diagnostic.message),
    };
    let index = RULES.iter().position(|rule| rule.id == finding.rule.id);
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": level(finding.level()),
        "message": { "text": message },
        "locations": [{ "physicalLocation": location(checked, finding.place) }],
        "partialFingerprints": { "breach/v1": finding.fingerprint },
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().zip(&diagnostic.related).enumerate();
        let related: Vec<Value> = related
            .map(|(id, (place, (_, label)))| {
                json!({
                    "id": id,
                    "message": { "text": label },
                    "physicalLocation": location(checked, *place),
                })
            })
            .collect();
        result["relatedLocations"] = related.into();
    }
    result
}

fn location(checked: &Checked, place: Place) -> Value {
    json!({
        "artifactLocation": { "uri": uri(&checked.path) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

/// A relative URI: what is no plain letter of a path is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// `destroys-first` as SARIF wants names: `DestroysFirst`.
fn pascal(name: &str) -> String {
    name.split('-').map(wording::capital).collect()
}

fn sentence(title: &str) -> String {
    format!("{}.", wording::capital(title))
}
