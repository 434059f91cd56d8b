//! The rule itself, and where it was read.

use super::Explanation;
use super::page::Page;
use crate::fact::Condition;
use crate::regime::{Clock, Confidence, Passage};
use crate::wording;

impl Explanation<'_> {
    /// Each test as it is written, with its outcome over the facts.
    pub(super) fn tests(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("The test, as it is applied");
        page.entry("  applies", &duty.regime.applies);
        self.test(page, duty.regime.concerns.as_ref());
        page.entry("  trigger", rule.test.as_ref().unwrap_or(&duty.regime.trigger));
        match (&rule.when, &rule.clock) {
            (None, Clock::Fact { name, waits: true, .. }) => {
                let known = if self.is_time(name) { "is" } else { "is not" };
                page.entry(
                    "",
                    &format!("=> whoever decides that records `{name}`: it {known} recorded"),
                );
            }
            (when, _) => self.test(page, when.as_ref()),
        }
        page.entry_of("", self.unread(Passage::Test));
        for (condition, words) in &rule.unless {
            page.entry("  unless", words);
            self.test(page, Some(condition));
            page.entry_of("", self.unread(Passage::Unless));
        }
        for (condition, period) in &rule.instead {
            page.entry("  instead", &format!("{} if", period.show()));
            self.test(page, Some(condition));
        }
        if let Some(exemptions) = &duty.regime.exemptions {
            page.entry("  exemptions", exemptions);
        }
        for (class, words) in &duty.regime.not_of {
            page.entry("  not of", &format!("whoever lost `{class}`: {words}"));
        }
    }

    fn test(&self, page: &mut Page, condition: Option<&Condition>) {
        let Some(condition) = condition else {
            page.entry("", "=> not tested: no fact answers it, so a person has to");
            return;
        };
        for line in condition.source().trim().lines() {
            let indent = line.len() - line.trim_start().len();
            page.entry("", &format!("{}{}", " ".repeat(indent), line.trim()));
        }
        let outcome = match condition.holds(self.known) {
            Some(true) => "=> yes".to_owned(),
            Some(false) => "=> no".to_owned(),
            None => {
                let open = condition.undecided(self.known);
                format!("=> open, because these are missing: {}", wording::ticked(&open))
            }
        };
        page.entry("", &outcome);
    }

    /// How sure we are, of the duty and of its law, and where it was read.
    pub(super) fn source(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Source");
        let from = rule.in_force.from.or(duty.regime.in_force.from);
        let since = match (from, rule.in_force.until) {
            (Some(from), Some(until)) => format!(", law of {from} to {until}"),
            (None, Some(until)) => format!(", law until {until}"),
            (Some(from), None) => format!(" since {from}"),
            (None, None) => String::new(),
        };
        page.entry("  checked", &format!("{}; {}{since}", rule.cite, rule.status.as_str()));
        match rule.doubt().filter(|_| !rule.from_memory.is_empty()) {
            Some(doubt) => page.entry(
                "",
                &format!(
                    "=> {doubt}: check it before you rely on it; the rest was checked against a \
                     source"
                ),
            ),
            None => page.entry("", sure(rule.confidence)),
        }
        if duty.regime.confidence != rule.confidence {
            page.entry("  law", &duty.regime.name);
            page.entry("", sure(duty.regime.confidence));
        }
        let own = Some(&rule.sources).filter(|own| !own.is_empty());
        for (index, source) in own.unwrap_or(&duty.regime.sources).iter().enumerate() {
            page.entry(if index == 0 { "  read at" } else { "" }, source);
        }
    }
}

/// How sure we are, in words.
fn sure(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::SourceSeen => "=> checked against a source",
        Confidence::FromMemory => "=> from memory: check it before you rely on it",
        Confidence::Mixed => "=> partly from memory: check it before you rely on it",
    }
}
