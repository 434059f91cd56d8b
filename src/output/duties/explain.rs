//! One duty, so that a lawyer could follow it line by line.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Utc};

use super::{NO_ADVICE, left, local, state, whom};
use crate::escape;
use crate::fact::{Condition, Value, Vocabulary};
use crate::incident::{Counts, Incident, Notice};
use crate::regime::{Assessed, Confidence, State};
use crate::wording;

/// Everything that stands behind one line of `breach duties`.
pub struct Explanation<'e> {
    /// The duty over the facts.
    pub duty: &'e Assessed<'e>,
    /// The arithmetic in words.
    pub steps: &'e [String],
    /// The value of a fact.
    pub known: &'e dyn Fn(&str) -> Option<&'e Value>,
    /// What facts there are.
    pub vocabulary: &'e Vocabulary,
    /// What was done about it.
    pub record: &'e Incident,
    /// The moment of the question.
    pub at: DateTime<Utc>,
    /// The offset of the person who asks.
    pub off: FixedOffset,
    /// Columns of the page.
    pub width: usize,
}

impl Explanation<'_> {
    /// Rule, facts, arithmetic, source.
    pub fn page(&self) -> String {
        let mut page = Page { text: String::new(), width: self.width };
        self.head(&mut page);
        self.owed(&mut page);
        self.facts(&mut page);
        self.arithmetic(&mut page);
        self.done(&mut page);
        let rule = self.duty.duty;
        page.list("The notice says", &rule.content);
        page.list("The notice must not say", &rule.never);
        page.section("May be delayed for", rule.wait.as_deref());
        page.section("Late", rule.late.as_deref());
        page.list("Common mistakes", &self.duty.regime.traps);
        page.section("Changes", self.duty.regime.changes.as_deref());
        self.source(&mut page);
        page.text
    }

    fn head(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.wrap("", "", &format!("{}, {}", rule.id, duty.regime.name));
        let asked = wording::moment(self.at.with_timezone(&self.off));
        page.entry("As of", &asked);
        page.entry("Law", &rule.cite);
        let note = duty.law.note();
        if !note.is_empty() {
            page.entry("Law of then", &note);
        }
        page.entry("Owed by", &rule.who);
        page.entry("Recipient", &whom(duty));
        if let Some(recipient) = &rule.recipient {
            page.entry("", recipient);
        }
        let why = duty.why();
        let late = super::late(self.record, duty).map(|late| format!(", {late}"));
        page.entry("State", &format!("{}: {why}{}", state(duty), late.unwrap_or_default()));
        if let Some(due) = local(duty) {
            let left = left(duty.left(self.at));
            let left = if left.is_empty() { left } else { format!(" ({left})") };
            let due = format!("{due}, {}{left}", duty.zone.name());
            page.entry(if duty.state == State::Embargo { "Not before" } else { "Due" }, &due);
            let utc = duty.due.map(|due| due.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            page.entry("In UTC", &utc.unwrap_or_default());
        }
        if let Some(words) = rule.words.as_ref().filter(|words| **words != why) {
            page.entry("Law's words", words);
        }
        if let Some(latest) = duty.latest {
            let at = wording::moment(latest.at.with_timezone(&duty.zone));
            let rule = latest.count.as_str();
            page.entry("Latest", &format!("{at} if you read it as `{rule}`: do not rely on that"));
        }
    }

    /// Each test with its outcome over the facts.
    fn owed(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Whether it is owed");
        page.entry("  applies", &duty.regime.applies);
        self.test(page, duty.regime.concerns.as_ref());
        page.entry("  trigger", rule.test.as_ref().unwrap_or(&duty.regime.trigger));
        self.test(page, rule.when.as_ref());
        for (condition, words) in &rule.unless {
            page.entry("  unless", words);
            self.test(page, Some(condition));
        }
        for (condition, period) in &rule.instead {
            page.entry("  instead", &format!("{} if", period.show()));
            self.test(page, Some(condition));
        }
        if let Some(exemptions) = &duty.regime.exemptions {
            page.entry("  exemptions", exemptions);
        }
    }

    fn test(&self, page: &mut Page, condition: Option<&Condition>) {
        let Some(condition) = condition else {
            page.entry("", "=> yes: there is no test on the facts");
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

    /// Every fact that a test or the clock looks at, with its value.
    fn facts(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Facts");
        let conditions: Vec<&Condition> = [duty.regime.concerns.as_ref(), rule.when.as_ref()]
            .into_iter()
            .flatten()
            .chain(rule.unless.iter().map(|(condition, _)| condition))
            .chain(rule.instead.iter().map(|(condition, _)| condition))
            .collect();
        let mut names: Vec<&str> = Vec::new();
        let clock = duty.start.into_iter().flat_map(|start| [Some(start.of), start.sign]).flatten();
        let clock = clock.chain(duty.awaits.as_ref().and_then(|awaits| awaits.fact));
        let tested = conditions.iter().flat_map(|condition| condition.facts());
        for name in tested.map(String::as_str).chain(clock) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in names {
            let Some(fact) = self.vocabulary.get(name) else { continue };
            let shown = match (self.known)(name) {
                None => "not recorded".to_owned(),
                Some(Value::People(people)) => {
                    let places = conditions.iter().flat_map(|condition| condition.jurisdictions());
                    people.show_of(places)
                }
                Some(value) => value.show(Some(fact)),
            };
            page.wrap("  ", "      ", &format!("{name}: {shown}"));
            self.origin(page, name);
        }
    }

    /// Who said so, or that it is only supposed.
    fn origin(&self, page: &mut Page, name: &str) {
        let Some(value) = (self.known)(name) else { return };
        let latest = self.record.facts.get(name).and_then(|history| history.last());
        let Some(latest) = latest.filter(|latest| latest.value == *value) else {
            page.wrap("      ", "      ", "supposed, not recorded");
            return;
        };
        let at = wording::stamp(latest.at);
        let mut origin = match &latest.decided {
            Some((by, role)) => format!("decided by {by} ({role}), recorded {at}"),
            None => format!("recorded {at} by {}", latest.by),
        };
        if let Some(why) = &latest.why {
            let _ = write!(origin, ": {why}");
        }
        page.wrap("      ", "      ", &origin);
    }

    fn arithmetic(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Arithmetic");
        let period = rule.period.map_or("no number".to_owned(), crate::regime::Period::show);
        page.entry("  period", &format!("{period}, counted as `{}`", rule.count.as_str()));
        page.entry("", rule.count.words());
        if let Some(words) = &rule.clock_words {
            page.entry("  runs from", words);
        }
        for step in self.steps {
            page.wrap("  - ", "    ", step);
        }
        let Some(due) = duty.due else {
            let waiting = Some(duty.waiting()).filter(|waiting| !waiting.is_empty());
            let waiting = waiting.map(|waiting| format!(" yet: {waiting}")).unwrap_or_default();
            page.wrap("  - ", "    ", &format!("nothing to count{waiting}"));
            return;
        };
        let instant = due.format("%Y-%m-%dT%H:%M:%SZ");
        let local = due.with_timezone(&duty.zone).format("%a %-d %b %Y %H:%M:%S %:z");
        let zone = duty.zone.name();
        let which = if duty.state == State::Embargo { "first" } else { "last" };
        page.wrap("  - ", "    ", &format!("{which} instant: {local} in {zone} = {instant}"));
    }

    /// What the log holds of it.
    fn done(&self, page: &mut Page) {
        let id = &self.duty.duty.id;
        let notices = self.duty.filed(&self.record.notices);
        let rulings = self.record.rulings.get(id).map(Vec::as_slice).unwrap_or_default();
        if notices.is_empty() && rulings.is_empty() {
            return;
        }
        page.title("What was done");
        for notice in notices {
            let mut line = format!("{} sent {}", notice.what, notice.at.show());
            let words = [
                (" to ", &notice.recipient),
                (" by ", &notice.channel),
                (", reference ", &notice.reference),
                (", proof ", &notice.proof),
            ];
            for (name, text) in words {
                if let Some(text) = text {
                    let _ = write!(line, "{name}{text}");
                }
            }
            let Counts { sent, bounced, remaining } = notice.counts;
            let counts = [("told", sent), ("came back", bounced), ("still to be told", remaining)];
            for (what, n) in counts {
                if let Some(n) = n {
                    let _ = write!(line, ", {n} {what}");
                }
            }
            page.wrap("  - ", "    ", &format!("{line}; recorded by {}", notice.by));
        }
        campaign(page, notices);
        for ruling in rulings {
            let until = ruling.until.map(|until| format!(" until {}", wording::moment(until)));
            let proof = ruling.proof.as_ref().map(|proof| format!(", proof {proof}"));
            let line = format!(
                "{}{} by {}, recorded {}: {}{}",
                ruling.what,
                until.unwrap_or_default(),
                ruling.by,
                wording::stamp(ruling.at),
                ruling.reason,
                proof.unwrap_or_default(),
            );
            page.wrap("  - ", "    ", &line);
        }
    }

    fn source(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Source");
        let confidence = match rule.confidence {
            Confidence::SourceSeen => "the rule was checked against a source",
            Confidence::FromMemory => "from memory: check it before you rely on it",
            Confidence::Mixed => "partly from memory: check it before you rely on it",
        };
        page.entry("  confidence", confidence);
        page.entry("  status", rule.status.as_str());
        let own = Some(&rule.sources).filter(|own| !own.is_empty());
        for source in own.unwrap_or(&duty.regime.sources) {
            page.wrap("  ", "      ", source);
        }
        page.wrap("", "", "");
        page.wrap("", "", NO_ADVICE);
    }
}

/// What the batches add up to, where there were several.
fn campaign(page: &mut Page, notices: &[Notice]) {
    let batches: Vec<&Notice> =
        notices.iter().filter(|notice| notice.counts.sent.is_some()).collect();
    let (Some(first), Some(last)) = (batches.first(), batches.last()) else { return };
    if batches.len() < 2 {
        return;
    }
    let sum = |of: fn(&Notice) -> Option<u64>| {
        batches.iter().filter_map(|batch| of(batch)).fold(0, u64::saturating_add)
    };
    let (sent, bounced) = (sum(|batch| batch.counts.sent), sum(|batch| batch.counts.bounced));
    let left = last.counts.remaining.map(|left| format!(", {left} still to be told"));
    let line = format!(
        "in total: {} from {} to {}, {sent} told, {bounced} came back{}",
        wording::count(batches.len(), "mailing"),
        first.at.show(),
        last.at.show(),
        left.unwrap_or_default(),
    );
    page.wrap("  - ", "    ", &line);
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn title(&mut self, title: &str) {
        let _ = writeln!(self.text, "\n{title}");
    }

    fn entry(&mut self, name: &str, text: &str) {
        let first = format!("{name:<13} ");
        let indent = text.len() - text.trim_start().len();
        self.wrap(&format!("{first}{}", " ".repeat(indent)), &" ".repeat(14 + indent), text.trim());
    }

    fn section(&mut self, title: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.title(title);
            self.wrap("  ", "  ", text);
        }
    }

    fn list(&mut self, title: &str, items: &[String]) {
        if !items.is_empty() {
            self.title(title);
            for item in items {
                self.wrap("  - ", "    ", item);
            }
        }
    }

    fn wrap(&mut self, first: &str, next: &str, text: &str) {
        let text = escape::line(text);
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(next)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let _ = writeln!(self.text, "{}", textwrap::fill(&text, options));
    }
}
