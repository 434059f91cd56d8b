//! What changed since a moment: values of facts, and what people did.

use chrono::{DateTime, FixedOffset};

use super::{Brief, Point, SHOWN, WITHHELD, clip, is_told};
use crate::incident::event::{ANNOUNCES, Event, Note, Outcome};
use crate::log::Entry;
use crate::report::gate::{Audience, Text};
use crate::report::gather::row::row;
use crate::report::section::timeline::moment_of;
use crate::wording;

/// Entries that are told one by one, the latest.
const MOST: usize = 25;

/// Entries that are told one by one; of the others their number is.
const TOLD: [&str; 11] = [
    "note",
    "handoff",
    "linked",
    "notice",
    "duty",
    "action",
    "titled",
    "opened",
    "closed",
    "reopened",
    "forgotten",
];

impl Brief<'_> {
    /// Takes in the next entry, after all of them were gathered.
    pub fn entry(&mut self, chain: &str, entry: &Entry<'_>) {
        let fresh = entry.moment().is_some_and(|at| at > self.since);
        if !fresh || entry.is_withdrawn() {
            return;
        }
        self.comes_out(chain, entry);
        if !self.gather.sees(entry) {
            self.withheld += 1;
            return;
        }
        // Values and decisions appear with the fact that they set.
        if matches!(entry.kind, "fact" | "fact-edit" | "decision") {
            return;
        }
        let stamped = entry.stamped(chain);
        let announces = matches!(&stamped.draft.event, Event::Note(note) if note.announces());
        let row = row(&stamped).filter(|row| self.gather.reach.row(self.vocabulary, row));
        let Some(row) = row else { return };
        let is_imported = stamped.draft.event.imported().is_some();
        if !TOLD.contains(&row.kind) || is_imported {
            let is_row = is_imported && entry.kind == "note";
            let what = if is_row { "row imported".to_owned() } else { row.what };
            // Its own words would be the id of an entry.
            let what = what.strip_prefix("an ").map_or(what.clone(), str::to_owned);
            *self.counted.entry(what).or_default() += 1;
            return;
        }
        let moment = moment_of(&row, self.gather, (&self.gate, self.zone), self.vocabulary, false);
        // Those who lead know neither codes nor every hand that wrote.
        let leads = self.gate.audience() == Audience::Executive;
        let code = row.action.as_deref();
        let said = moment.said.iter().map(Text::as_str).filter(|said| code != Some(said));
        let called = |said: &str| {
            let is_duty = row.duty.as_deref() == Some(said);
            if is_duty { self.duty(said) } else { wording::unmarked(said).replace('\n', " ") }
        };
        let said = said.map(called).collect::<Vec<_>>().join("; ");
        let code = code.filter(|_| !leads).map(|code| format!(" ({code})")).unwrap_or_default();
        let said = format!("{}{code}", wording::clip_words(&said, SHOWN));
        let point = Point {
            what: self.signed(&row.at, &row.by),
            said: if said.is_empty() { moment.what } else { format!("{}: {said}", moment.what) },
        };
        self.changed.push((stamped.draft.step.filter(|_| announces), point));
    }

    /// When something was recorded, and by whom.
    fn signed(&self, at: &DateTime<FixedOffset>, by: &str) -> String {
        let leads = self.gate.audience() == Audience::Executive;
        let by = if leads { String::new() } else { format!(", {}", self.gate.person(by).as_str()) };
        format!("{}{by}", self.zone.moment(at))
    }

    /// Once a step is done, the note that announced its outcome on the same items is shown as that
    /// outcome, of whoever recorded that.
    fn comes_out(&mut self, chain: &str, entry: &Entry<'_>) {
        let Some(step) = entry.step().filter(|_| entry.kind == "step-outcome") else { return };
        let stamped = entry.stamped(chain);
        let Event::StepOutcome(body) = &stamped.draft.event else { return };
        if body.outcome != Outcome::Done {
            return;
        }
        let called = step.rsplit('/').next().unwrap_or(step).replace('-', " ");
        let items: Vec<String> = body.items.iter().chain(&body.item).cloned().collect();
        let announced = format!("note: {}", Note::announcing(&items, "").text.as_str());
        let on = announced.split_once(ANNOUNCES).map_or("", |(_, on)| on);
        let signed = self.signed(&stamped.at, stamped.actor.shown());
        let text = body.text.as_ref().map(|text| Note::announcing(&items, text.as_str()).text);
        let said = text.map(|text| format!("note: {}", wording::clip_words(text.as_str(), SHOWN)));
        let is_of = |(of, point): &&mut (Option<String>, Point)| {
            of.as_deref() == Some(step) && point.said.starts_with(&announced)
        };
        // What an attempt that came to nothing said is no word of whoever did it.
        let mut of_step: Vec<_> = self.changed.iter_mut().filter(is_of).collect();
        let same = of_step.iter().rposition(|(_, point)| said.as_ref() == Some(&point.said));
        if let Some((of, point)) =
            same.or_else(|| of_step.len().checked_sub(1)).and_then(|at| of_step.get_mut(at))
        {
            let text = point.said.strip_prefix(&announced).filter(|_| same.is_some());
            let done = format!("step \"{called}\" done{on}{}", text.unwrap_or_default());
            done.trim_end_matches(": ").clone_into(&mut point.said);
            point.what = signed;
            *of = None;
        }
        self.changed.retain(|(of, point)| {
            of.as_deref() != Some(step) || !point.said.starts_with(&announced)
        });
    }

    /// What changed: values of facts with what they were before, then what people did, the latest
    /// of it one by one, and how much else there is.
    pub fn changed(&self) -> Vec<Point> {
        let mut changed = Vec::new();
        let mut first = Vec::new();
        for fact in self.vocabulary.iter() {
            let Some((title, Some(value), change)) = self.latest(fact) else { continue };
            let told = change.is_unknown() || change.decided.is_some();
            if change.at <= self.since || told {
                continue;
            }
            let history = &self.gather.incident.facts[&fact.name];
            // A first value is shown among what is known; here its title is enough.
            if history.len() == 1 && is_told(fact) {
                first.push(title);
                continue;
            }
            let before = history.iter().rfind(|change| change.at <= self.since);
            let before = before.or(history.first());
            let before = before.map(|before| clip(&before.shown(self.shown(fact, &before.value))));
            let before = before.filter(|before| *before != value);
            let before = before.map(|before| format!(", was {before}")).unwrap_or_default();
            let by = match self.gate.audience() {
                Audience::Executive => String::new(),
                _ => format!(" ({})", self.gate.person(&change.by).as_str()),
            };
            changed.push(Point { what: title, said: format!("{value}{before}{by}") });
        }
        if !first.is_empty() {
            let what = "Recorded for the first time".to_owned();
            changed.insert(0, Point { what, said: first.join("; ") });
        }
        let skipped = self.changed.len().saturating_sub(MOST);
        changed.extend(self.changed[skipped..].iter().map(|(_, point)| point.clone()));
        let mut counted: Vec<String> =
            self.counted.iter().map(|(what, n)| counted(what, *n)).collect();
        if skipped > 0 {
            counted.push(format!("{} before these", wording::count(skipped, "entry")));
        }
        if self.withheld > 0 {
            counted.push(format!("{} {WITHHELD}", wording::count(self.withheld, "entry")));
        }
        if !counted.is_empty() {
            changed.push(Point { what: "Also".to_owned(), said: counted.join(", ") });
        }
        changed
    }
}

/// Acts that are counted by what was done to something, which has a plural.
const COUNTABLE: [&str; 8] =
    ["step", "notice", "report", "row", "group", "command", "status page", "entry"];

/// `13 steps done`; `evidence kept, 3 times`.
fn counted(what: &str, n: usize) -> String {
    let mut nouns = COUNTABLE.iter();
    let act = nouns.find_map(|noun| Some((noun, what.strip_prefix(noun)?)));
    match act.filter(|(_, rest)| rest.starts_with(' ')) {
        Some((noun, rest)) => format!("{}{rest}", wording::count(n, noun)),
        None if n == 1 => what.to_owned(),
        None => format!("{what}, {}", wording::count(n, "time")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_counted_as_people_count() {
        let told = [
            ("step done", 13, "13 steps done"),
            ("step not applicable", 1, "1 step not applicable"),
            ("status page drafted", 2, "2 status pages drafted"),
            ("evidence kept", 3, "evidence kept, 3 times"),
            ("entry taken back", 25, "25 entries taken back"),
            ("post-mortem starts", 1, "post-mortem starts"),
        ];
        for (what, n, said) in told {
            assert_eq!(counted(what, n), said);
        }
    }
}
