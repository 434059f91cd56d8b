//! One duty, so that a lawyer could follow it line by line.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{NO_ADVICE, left, local, state, whom};
use crate::escape;
use crate::regime::{Assessed, Status};

/// Rule, facts, arithmetic, source. `facts` are name and value of each fact that was looked at.
pub fn explain(
    duty: &Assessed<'_>,
    steps: &[String],
    facts: &[(String, String)],
    now: DateTime<Utc>,
) -> String {
    let mut page = String::new();
    let rule = duty.duty;
    let line = |page: &mut String, name: &str, text: &str| {
        let _ = writeln!(page, "{name:<12}{}", escape::line(text));
    };
    let _ = writeln!(page, "{}, {}", escape::line(&rule.id), escape::line(&duty.regime.name));
    line(&mut page, "Law", &rule.cite);
    line(&mut page, "Who", &rule.who);
    line(&mut page, "Whom", &whom(duty));
    if let Some(recipient) = &rule.recipient {
        line(&mut page, "", recipient);
    }
    line(&mut page, "State", &format!("{}: {}", state(duty), duty.why()));
    if let Some(due) = local(duty) {
        let left = left(duty, now);
        let left = if left.is_empty() { left } else { format!(" ({left})") };
        line(&mut page, "Due", &format!("{due}, {}{left}", duty.zone.name()));
        let utc = duty.due.map(|due| due.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        line(&mut page, "In UTC", &utc.unwrap_or_default());
    }
    if let Some(words) = &rule.words {
        line(&mut page, "Its words", words);
    }
    if let Some(latest) = duty.latest {
        let at = latest.at.with_timezone(&duty.zone).format("%a %-d %b %Y %H:%M %:z");
        let rule = latest.count.as_str();
        line(&mut page, "Latest", &format!("{at} by the reading `{rule}`: do not rely on it"));
    }
    let _ = writeln!(page, "\nWhether it is owed");
    line(&mut page, "  applies", &duty.regime.applies);
    if let Some(condition) = &duty.regime.concerns {
        line(&mut page, "", condition.source());
    }
    line(&mut page, "  trigger", rule.test.as_ref().unwrap_or(&duty.regime.trigger));
    if let Some(condition) = &rule.when {
        line(&mut page, "", condition.source());
    }
    for (condition, words) in &rule.unless {
        line(&mut page, "  unless", &format!("{words}: {}", condition.source()));
    }
    if let Some(exemptions) = &duty.regime.exemptions {
        line(&mut page, "  lifted by", exemptions);
    }
    let _ = writeln!(page, "\nFacts");
    for (name, value) in facts {
        let _ = writeln!(page, "  {}: {}", escape::line(name), escape::line(value));
    }
    let _ = writeln!(page, "\nArithmetic, counted as `{}`", rule.count.as_str());
    if let Some(words) = &rule.clock_words {
        line(&mut page, "  runs from", words);
    }
    for step in steps {
        let _ = writeln!(page, "  - {}", escape::line(step));
    }
    if steps.is_empty() {
        let _ = writeln!(page, "  - nothing to count");
    }
    if !rule.content.is_empty() {
        let _ = writeln!(page, "\nThe notice says");
        for item in &rule.content {
            let _ = writeln!(page, "  - {}", escape::line(item));
        }
    }
    if !rule.never.is_empty() {
        let _ = writeln!(page, "\nThe notice must not say");
        for item in &rule.never {
            let _ = writeln!(page, "  - {}", escape::line(item));
        }
    }
    if let Some(late) = &rule.late {
        line(&mut page, "\nLate", late);
    }
    if !duty.regime.traps.is_empty() {
        let _ = writeln!(page, "\nWhere others go wrong");
        for trap in &duty.regime.traps {
            let _ = writeln!(page, "  - {}", escape::line(trap));
        }
    }
    if let Some(changes) = &duty.regime.changes {
        line(&mut page, "\nChanges", changes);
    }
    let _ = writeln!(page, "\nConfidence: {}", rule.confidence.as_str().replace('-', " "));
    if rule.status != Status::InForce {
        let _ = writeln!(page, "Status: {}", rule.status.as_str());
    }
    for source in &duty.regime.sources {
        let _ = writeln!(page, "Source: {}", escape::line(source));
    }
    let _ = writeln!(page, "{NO_ADVICE}");
    page
}
