//! Which items of a card a line is about, asked where it does not say.

use super::focus::Items;
use super::key::Key;
use super::late::{Late, late};
use super::select::{Selected, select};
use super::several::words_of;
use super::{Act, Asking, Done, Walk};
use crate::clock::Clock;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    /// A key that is about items: which, then what.
    pub(super) fn with_items(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        key: Key,
        rest: &str,
    ) -> Vec<Act> {
        if let Some(doubt) = self.doubt_step(incident, (&at, key), rest) {
            return vec![doubt];
        }
        let items = self.items_of(incident, &at, key);
        if let Some(name) =
            self.names_recipient(incident, &at, rest).filter(|_| items.all.is_empty())
        {
            return vec![Act::Refuse(format!(
                "Nothing was recorded: only d is for {name} alone. Any other key is about the whole notice: \
                 leave {name} out."
            ))];
        }
        if items.all.is_empty() {
            return self.on_one(incident, clock, at, key, rest);
        }
        match self.read_items(incident, clock, (&at, key), rest, false) {
            Read::Items(chosen, text) => self.on_items(incident, clock, at, key, &chosen, &text),
            Read::TwoWays(items, text) => {
                self.mode = Asking::Reading { at, key, items, text, whole: rest.trim().to_owned() };
                Vec::new()
            }
            Read::Refused(why) => vec![Act::Refuse(why)],
            Read::Text => {
                // Evidence may be of an item that is settled.
                let owing = self.choice_of(incident, &at, key);
                let one = match (key, owing.offered()) {
                    (Key::Evidence, [one]) => Some(one.clone()),
                    (Key::Evidence, _) => None,
                    _ => items.only().cloned(),
                };
                let Some(one) = one else {
                    self.mode = Asking::Which { at, key, text: rest.trim().to_owned() };
                    return Vec::new();
                };
                self.on_items(incident, clock, at, key, &[one], rest)
            }
        }
    }

    /// Reads the items that a line begins with, at a step or where it was `asked` which they are.
    pub(super) fn read_items(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, key): (&StepKey, Key),
        line: &str,
        asked: bool,
    ) -> Read {
        let items = self.items_of(incident, at, key);
        // The moment stands before the items, or after them and their text.
        let (moment, line) = match self.late(line, clock) {
            Ok(Late { at: Some(_), text, .. }) => match line.strip_suffix(text) {
                Some(before) => (before.to_owned(), text),
                None => (format!("{} ", line[text.len()..].trim()), text),
            },
            _ => (String::new(), line),
        };
        let with_moment = |text: &str| format!("{moment}{text}");
        // Where there is one item, everything is text, but for its name as a selector. At a step a number
        // may be that of an item, or begin a text.
        let choice = self.choice_of(incident, at, key);
        let numbered = choice.by_number(line).filter(|_| self.patient && items.only().is_none());
        let selected = match numbered {
            Some((chosen, text)) if asked => Selected::Items(chosen, text.to_owned()),
            Some((chosen, text)) => Selected::Either(chosen, text.to_owned()),
            None if asked && ["all", "*"].contains(&line.trim()) => {
                let now = choice.offered();
                let gone = self.offered.iter().filter(|item| !now.contains(item));
                let gone: Vec<&String> = gone.collect();
                if !gone.is_empty() && self.patient {
                    return Read::Refused(format!(
                        "Not recorded: {} was settled or taken by somebody else meanwhile. all is now {}.",
                        wording::few(&gone),
                        wording::few(now)
                    ));
                }
                Selected::Items(now.to_vec(), String::new())
            }
            None => select(line, &items, key.settles()),
        };
        match selected {
            Selected::Items(chosen, _) if chosen.is_empty() => {
                let left =
                    if items.left.is_empty() { "" } else { " `all` names those set aside, too." };
                Read::Refused(format!("That names no item that is left.{left}"))
            }
            Selected::Items(chosen, text) => {
                let told = others_within(&items.all, &chosen, &text);
                self.doubt = told.or_else(|| self.doubt.take());
                Read::Items(chosen, with_moment(&text))
            }
            // A reference has no blanks, so what comes before it are items, as before `to NAME`. A moment
            // says that the items end here.
            Selected::Either(chosen, text)
                if self.patient
                    && match key {
                        Key::Evidence => true,
                        Key::Done => self.is_evidence(&text),
                        Key::Wait => text.starts_with("to "),
                        _ => false,
                    }
                    || !chosen.is_empty()
                        && matches!(late(&text, clock), Ok(Late { at: Some(_), .. })) =>
            {
                Read::Items(chosen, with_moment(&text))
            }
            // Both readings mean the only item that is left.
            Selected::Either(chosen, text) | Selected::Near(chosen, text)
                if self.only(incident, at, key).is_some_and(|one| chosen == [one]) =>
            {
                let text = if text.is_empty() { "" } else { line };
                Read::Items(chosen, with_moment(text))
            }
            Selected::Either(chosen, text)
                if !chosen.is_empty() && items.all.len() > 1 && self.patient =>
            {
                Read::TwoWays(chosen, with_moment(&text))
            }
            // Where it was asked which, a word of its name is enough.
            Selected::Near(chosen, text) if asked && text.is_empty() && names(&chosen, line) => {
                Read::Items(chosen, with_moment(""))
            }
            Selected::Near(chosen, text) if !chosen.is_empty() && self.patient => {
                Read::TwoWays(chosen, with_moment(&text))
            }
            Selected::Missing(word) if self.patient => {
                let list = self.step(at).and_then(|step| step.for_each.as_deref());
                let list = list.filter(|_| !word.contains('*') && at.item.is_none());
                Read::Refused(match list {
                    Some(list) => format!(
                        "{word} is not among the items of this step. o lists them; f {list} + {word} adds \
                         it."
                    ),
                    None => format!("`{word}` fits no item of this step; o lists them."),
                })
            }
            Selected::Text | Selected::Either(..) | Selected::Near(..) | Selected::Missing(_) => {
                Read::Text
            }
        }
    }

    /// A key on a card with one item or none, where everything behind it is text. Each notice is a card of
    /// its own, but several can be set aside at once: `w rest: letters, Fri 12:00`.
    fn on_one(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        key: Key,
        rest: &str,
    ) -> Vec<Act> {
        let group = StepKey { item: None, ..at.clone() };
        let others = self.items(incident, &group);
        if at.item.is_none() || !self.patient || others.all.len() < 2 {
            return self.on_items(incident, clock, at, key, &[], rest);
        }
        let (named, text) = match select(rest, &others, true) {
            Selected::Items(named, text) => (named, Some(text)),
            Selected::Either(named, _) => (named, None),
            _ => return self.on_items(incident, clock, at, key, &[], rest),
        };
        match (key, text) {
            (Key::Skip | Key::NotApplicable | Key::Block | Key::Wait, Some(text))
                if !named.is_empty() =>
            {
                self.on_items(incident, clock, group, key, &named, &text)
            }
            (Key::Done, Some(text)) if named.as_slice() == at.item.as_slice() => {
                self.on_items(incident, clock, at, key, &[], &text)
            }
            (Key::Skip | Key::NotApplicable | Key::Block | Key::Wait, _) => {
                vec![Act::Refuse(
                    "Nothing was recorded. Put a colon between the notices and the text: w rest: \
                     letters, Fri 12:00."
                        .to_owned(),
                )]
            }
            _ => vec![Act::Refuse(format!(
                "Nothing was recorded. Record each notice on its own: d REFERENCE for this one, j {} \
                 NAME for another; o lists them.",
                at.step
            ))],
        }
    }

    /// Carries a key out for the items that were chosen.
    pub(super) fn on_items(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        group: StepKey,
        key: Key,
        items: &[String],
        text: &str,
    ) -> Vec<Act> {
        if key == Key::Done && group.item.is_some() && !items.is_empty() {
            let done = Done { told: items.to_vec(), ..Done::default() };
            return self.done(incident, clock, group, done, text);
        }
        let (at, many) = match items {
            [] => (group, Vec::new()),
            [one] => (StepKey { item: Some(one.clone()), ..group }, Vec::new()),
            many => (group, many.to_vec()),
        };
        let done = Done { items: many, ..Done::default() };
        let outcome = match key {
            Key::Done => return self.done(incident, clock, at, done, text),
            Key::Evidence => {
                let places = super::done::targets(&at, &done);
                return self.pick_evidence(incident, &places, text);
            }
            Key::Run | Key::Copy => {
                let places = super::done::targets(&at, &done);
                return self.start(incident, places, text, key);
            }
            Key::Skip => Outcome::Skipped,
            Key::NotApplicable => Outcome::NotApplicable,
            Key::Block => Outcome::Blocked,
            _ => Outcome::Waiting,
        };
        self.outcome(incident, clock, at, outcome, done, text)
    }

    /// The items that a line at a step names.
    pub(super) fn aimed(
        &self,
        incident: &Incident,
        at: &StepKey,
        key: Key,
        line: &str,
    ) -> Vec<String> {
        match select(line, &self.items(incident, at), key.settles()) {
            Selected::Items(chosen, _)
            | Selected::Either(chosen, _)
            | Selected::Near(chosen, _) => chosen,
            Selected::Text | Selected::Missing(_) => Vec::new(),
        }
    }

    /// Whether the items that a key can be about are listed with numbers.
    pub(super) fn numbers_items(&self, incident: &Incident, at: &StepKey, key: Key) -> bool {
        self.choice_of(incident, at, key).are_numbered()
    }

    /// Whether a line names items of a step, and nothing else.
    pub(super) fn names_items(&self, incident: &Incident, at: &StepKey, line: &str) -> bool {
        let items = self.items(incident, at);
        matches!(select(line, &items, true), Selected::Items(chosen, text)
            if !chosen.is_empty() && text.is_empty())
    }

    /// The one item that a line without any is about.
    pub(super) fn only(&self, incident: &Incident, at: &StepKey, key: Key) -> Option<String> {
        self.items_of(incident, at, key).only().cloned()
    }

    /// The items that a key can be about: of evidence, first those that owe it, settled or not.
    pub(super) fn choice_of(&self, incident: &Incident, at: &StepKey, key: Key) -> Items {
        let items = self.items_of(incident, at, key);
        if key != Key::Evidence {
            return items;
        }
        let owes = |item: &&String| {
            let at = StepKey { item: Some((*item).clone()), ..at.clone() };
            !self.wanted(incident, &at).is_empty()
        };
        let ready = items.all.iter().filter(owes).cloned().collect();
        Items { ready, left: Vec::new(), ..items }
    }
}

/// What to say of others that a text names, of which nothing is recorded.
fn others_within(all: &[String], chosen: &[String], text: &str) -> Option<String> {
    let begins = |item: &&String| {
        let marks = [",", ";", " and"].map(|mark| format!("{mark} {item} "));
        !chosen.contains(item) && marks.iter().any(|mark| text.contains(mark))
    };
    // `to Lars; apps: me`.
    let is_selector = |part: &&str| {
        let head = part.split_once(": ").map(|(head, _)| head.trim());
        head.is_some_and(|head| {
            head.split(' ').count() < 3 && head.chars().any(char::is_alphabetic)
        })
    };
    let item = all.iter().find(begins).map(String::as_str);
    let other = item.or_else(|| text.split(';').skip(1).find(is_selector));
    other.map(|other| {
        let other = wording::clip(other.trim(), 30);
        format!("`{other}` stands within the text: nothing is recorded of it. One line for each.")
    })
}

/// Whether every word of a line is in the name of one of the items: no slip, and no pattern.
fn names(items: &[String], line: &str) -> bool {
    let of = |text: &str| -> Vec<String> { words_of(text).map(str::to_lowercase).collect() };
    let known: Vec<String> = items.iter().flat_map(|item| of(item)).collect();
    let is_known = |word: &String| word == "and" || known.contains(word);
    !line.contains('*') && of(line).iter().all(is_known)
}

/// What a line says of the items of a card.
pub(super) enum Read {
    /// These, and the text that goes with them.
    Items(Vec<String>, String),
    /// These and this text, or all of it is text.
    TwoWays(Vec<String>, String),
    /// Why it cannot be taken.
    Refused(String),
    /// Nothing.
    Text,
}
