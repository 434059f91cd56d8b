//! One duty, so that a lawyer could follow it with nothing else at hand: why it is owed, since when,
//! by whose word, what would change it; then the arithmetic, the law's words, the test, the source.

mod done;
mod law;
mod page;
mod reasons;

use chrono::{DateTime, FixedOffset, Utc};

use super::{NO_ADVICE, left, local, whom};
use crate::fact::{Value, Vocabulary};
use crate::incident::Incident;
use crate::regime::{Assessed, Change, Count, LawOf, Passage, Period, State};
use crate::wording;
use page::Page;

/// Said of a passage that was not checked against a source.
const UNREAD: &str = "=> from memory: check it before you rely on it";

/// Everything that stands behind one line of `breach duties`.
pub struct Explanation<'e> {
    /// The duty over the facts.
    pub duty: &'e Assessed<'e>,
    /// The arithmetic in words.
    pub steps: &'e [String],
    /// What would change how it stands.
    pub changes: &'e [Change<'e>],
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
    /// Reasons, arithmetic, law, source.
    pub fn page(&self) -> String {
        let mut page = Page { text: String::new(), width: self.width };
        let rule = self.duty.duty;
        page.wrap("", "", &format!("{}, {}", rule.id, self.duty.regime.name));
        page.wrap("", "", "");
        page.wrap("", "", &self.sentence());
        page.wrap("", "", "");
        self.head(&mut page);
        self.elements(&mut page);
        self.open(&mut page);
        self.arithmetic(&mut page);
        self.done(&mut page);
        self.tests(&mut page);
        page.list("The notice says", self.unread(Passage::Content), &rule.content);
        page.list("The notice must not say", self.unread(Passage::Content), &rule.never);
        page.section("May be delayed for", self.wait().as_deref());
        page.section("Late", rule.late.as_deref());
        let of_today = matches!(self.duty.law, LawOf::Before { .. });
        let traps = if of_today {
            "Often got wrong: what is right under the law of today"
        } else {
            "Often got wrong: what is right"
        };
        page.list(traps, None, &self.duty.regime.traps);
        page.section("Changes", self.duty.regime.changes.as_deref());
        self.source(&mut page);
        page.wrap("", "", "");
        page.wrap("", "", NO_ADVICE);
        page.text
    }

    fn head(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        let asked = wording::moment(self.at.with_timezone(&self.off));
        page.entry("As of", &asked);
        page.entry("State", &self.stands());
        page.entry("Law", &rule.cite);
        page.entry_of("", rule.doubt().as_deref());
        let note = duty.law.note();
        if !note.is_empty() {
            page.entry("Law of then", &note);
            page.entry("", "contents, exemptions and penalties below are those of today's law");
        }
        page.entry("Owed by", &rule.who);
        page.entry("Recipient", &whom(duty));
        if let Some(recipient) = &rule.recipient {
            page.entry("", recipient);
        }
        if let Some(due) = local(duty) {
            let left = match duty.state {
                State::Check => super::open::would_be(duty.left(self.at)),
                _ => left(duty.left(self.at)),
            };
            let left = if left.is_empty() { left } else { format!(" ({left})") };
            let due = format!("{due}, {}{left}", self.zone());
            page.entry(if duty.state == State::Embargo { "Not before" } else { "Due" }, &due);
            let utc = duty.due.map(|due| due.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            page.entry("In UTC", &utc.unwrap_or_default());
            if let Some(calendar) = duty.beyond {
                page.entry("", &super::beyond(calendar));
            }
        }
        if let Some(words) = &rule.words {
            page.entry("Time in words", words);
            page.entry_of("", self.unread(Passage::Words));
        }
        if let Some(latest) = duty.latest {
            let at = wording::moment(latest.at.with_timezone(&duty.zone));
            let rule = latest.count.as_str();
            page.entry("Latest", &format!("{at} if you read it as `{rule}`: do not rely on that"));
        }
    }

    /// That a passage was not checked against a source, although others were.
    fn unread(&self, passage: Passage) -> Option<&'static str> {
        self.duty.duty.from_memory.contains(&passage).then_some(UNREAD)
    }

    /// Where its days are counted, and whether anybody said so.
    fn zone(&self) -> String {
        let zone = self.duty.zone.name();
        if self.duty.zone_assumed {
            return format!(
                "in the zone of this machine ({zone}), because `entity_zone` is not recorded"
            );
        }
        zone.to_owned()
    }

    fn wait(&self) -> Option<String> {
        let rule = self.duty.duty;
        let after = rule.after_wait.map(|period| format!("; {} after that", period.show()));
        rule.wait.as_ref().map(|wait| format!("{wait}{}", after.unwrap_or_default()))
    }

    fn arithmetic(&self, page: &mut Page) {
        let (duty, rule) = (self.duty, self.duty.duty);
        page.title("Arithmetic");
        let numberless = if rule.count == Count::Unread { "not read" } else { "no number" };
        let mut period = rule.period.map_or(numberless.to_owned(), Period::show);
        if let Some((cap, from)) = &rule.cap {
            period = format!("{period}, or {} from `{from}` if that is earlier", cap.show());
        }
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
        let which = if duty.state == State::Embargo { "first" } else { "last" };
        let zone = self.zone();
        page.wrap("  - ", "    ", &format!("{which} instant: {local}, {zone} = {instant}"));
    }
}
