//! What a line typed at a step means: a key, the items that it is about, and a text.

use super::key::{self, Key};
use super::late::{self, Late};
use super::plan::Plan;
use super::select::{Selected, select};
use super::{Act, Asking, Done, Question, QuestionPart, Walk};
use crate::clock::Clock;
use crate::incident::event::{Note, Outcome};
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    pub(super) fn at_step(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        reply: &str,
    ) -> Vec<Act> {
        let Some(at) = self.chosen.clone() else {
            return Vec::new();
        };
        if reply.trim().is_empty() {
            return vec![Act::Say("Enter alone does nothing here; v shows the card.".to_owned())];
        }
        let Some((key, rest)) = key::parse(reply) else {
            return self.stray(&at, reply);
        };
        if let Some(told) = self.far(clock, reply, rest) {
            self.mode = Asking::Moment { at, line: reply.to_owned(), told };
            return Vec::new();
        }
        match key {
            Key::NotApplicable if self.patient && !self.is_group(&at) && rest.contains(' ') => {
                self.mode = Asking::Sentence { at, text: rest.to_owned() };
                Vec::new()
            }
            Key::Done | Key::Skip | Key::NotApplicable | Key::Wait | Key::Block | Key::Evidence => {
                self.with_items(incident, clock, at, key, rest)
            }
            Key::Run | Key::Copy => self.pick_command(incident, at, rest, key == Key::Copy),
            Key::Note if rest.is_empty() => {
                self.mode = Asking::Note { at };
                Vec::new()
            }
            Key::Note => self.note(&at, clock, rest),
            Key::Fact => self.pick_fact(incident, clock, at, rest),
            Key::Undo => vec![Act::Undo],
            Key::More => vec![Act::More],
            Key::View => vec![Act::View],
            Key::List => vec![Act::List],
            Key::Mine => vec![Act::Mine],
            Key::Switch => vec![Act::Switch],
            Key::Open => self.open_again(incident, &at, rest),
            Key::Back => self.back(incident),
            Key::Jump => self.jump(incident, rest),
            Key::Outline => vec![Act::Outline],
            Key::Help => vec![Act::Help],
            Key::Why => {
                let why = self.step(&at).map(|step| step.fill(&step.why, at.item.as_deref()));
                vec![Act::Say(why.unwrap_or_default().trim_end().to_owned())]
            }
            Key::Quit => vec![Act::Stop],
        }
    }

    /// Whether a line is a key alone, or one with a step or a fact that there is: meant for a step.
    pub(super) fn is_typed_for_a_step(&self, line: &str) -> bool {
        let Some((key, rest)) = key::parse(line) else { return false };
        let word = rest.split([' ', '=']).next().unwrap_or_default();
        let is_step = |word: &str| self.playbook.steps.iter().any(|step| step.id == word);
        match key {
            _ if rest.is_empty() => line.trim().chars().count() == 1,
            Key::Jump | Key::Open => is_step(word),
            Key::Fact => self.vocabulary.get(word).is_some(),
            _ => false,
        }
    }

    /// What to ask of a moment that lies ahead of the clock or more than twelve hours back.
    fn far(&mut self, clock: &dyn Clock, line: &str, rest: &str) -> Option<String> {
        if !self.patient || self.sure.take().is_some_and(|sure| sure == line) {
            return None;
        }
        let at = late::late(rest, clock).ok()?.at?;
        let now = clock.now().at;
        let ahead = at.earliest.to_utc() - now;
        let is_near = (chrono::TimeDelta::hours(-12)..=chrono::TimeDelta::zero()).contains(&ahead);
        let relative = wording::relative(at.earliest.to_utc(), now);
        (!is_near).then(|| format!("That is {}, {relative}.", at.show()))
    }

    pub(super) fn moment(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        line: String,
        reply: &str,
    ) -> Vec<Act> {
        if !is_yes(reply) {
            return vec![Act::Say(
                "Nothing was recorded. A moment can carry its day: d @2026-11-27 22:40 shut."
                    .to_owned(),
            )];
        }
        self.sure = Some(line.clone());
        self.at_step(incident, clock, &line)
    }

    /// A key that is about items: which, then what.
    fn with_items(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        key: Key,
        rest: &str,
    ) -> Vec<Act> {
        let (items, open) = self.items(incident, &at);
        if items.is_empty() {
            return self.on_items(incident, clock, at, key, &[], rest);
        }
        // The moment stands before the items or after them.
        let (moment, line) = match late::late(rest, clock) {
            Ok(Late { at: Some(_), text, .. }) => (&rest[..rest.len() - text.len()], text),
            _ => ("", rest),
        };
        let with_moment = |text: &str| format!("{moment}{text}");
        let all: Vec<&str> = items.iter().map(String::as_str).collect();
        let left: Vec<&str> = open.iter().map(String::as_str).collect();
        // Where there is one item, everything is text, but for its name as a selector.
        let selected = select(line, &all, &left);
        match selected {
            Selected::Items(chosen, _) if chosen.is_empty() => {
                vec![Act::Refuse("That names no item that is left.".to_owned())]
            }
            Selected::Items(chosen, text) => {
                self.on_items(incident, clock, at, key, &chosen, &with_moment(&text))
            }
            Selected::Either(chosen, text) if items.len() > 1 && self.patient => {
                let (text, whole) = (with_moment(&text), with_moment(line));
                self.mode = Asking::Reading { at, key, items: chosen, text, whole };
                Vec::new()
            }
            Selected::Text | Selected::Either(..) => match (items.as_slice(), open.as_slice()) {
                ([one], _) | (_, [one]) => {
                    let one = one.clone();
                    self.on_items(incident, clock, at, key, &[one], rest)
                }
                _ => {
                    self.mode = Asking::Which { at, key, text: with_moment(line) };
                    Vec::new()
                }
            },
        }
    }

    /// Carries a key out for the items that were chosen.
    fn on_items(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        group: StepKey,
        key: Key,
        items: &[String],
        text: &str,
    ) -> Vec<Act> {
        let (at, many) = match items {
            [] => (group, Vec::new()),
            [one] => (StepKey { item: Some(one.clone()), ..group }, Vec::new()),
            many => (group, many.to_vec()),
        };
        let done = Done { items: many, ..Done::default() };
        let outcome = match key {
            Key::Done => {
                return match late::late(text, clock) {
                    Ok(Late { at: occurred, text, said: mut acts }) => {
                        let text = Some(text.trim().to_owned());
                        let done = Done { text, occurred, ..done };
                        acts.extend(self.begin_done(incident, at, done));
                        acts
                    }
                    Err(hint) => vec![Act::Refuse(format!("Not recorded: {hint}."))],
                };
            }
            Key::Evidence => {
                let places = super::done::targets(&at, &done);
                return places
                    .iter()
                    .flat_map(|at| self.pick_evidence(incident, at, text))
                    .collect();
            }
            Key::Skip => Outcome::Skipped,
            Key::NotApplicable => Outcome::NotApplicable,
            Key::Block => Outcome::Blocked,
            _ => Outcome::Waiting,
        };
        self.outcome(incident, clock, at, outcome, done, text)
    }

    pub(super) fn ask_which(&self, incident: &Incident, at: &StepKey, key: Key) -> Question {
        let (items, open) = self.items(incident, at);
        let offered = if open.is_empty() { items } else { open };
        let prompt = format!("{}, which> ", wording::clip(&at.step, 20));
        let mut question = Question::plain(at, QuestionPart::Aside, &prompt);
        let mut names: Vec<&str> = offered.iter().take(12).map(String::as_str).collect();
        let more = offered.len() - names.len();
        names.push(if more > 0 { "..." } else { "all" });
        question.lines.push(format!(
            "{} for which?  {}  (< back)",
            key.question(),
            names.join("  ")
        ));
        question
    }

    pub(super) fn which(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, key, text): (StepKey, Key, String),
        reply: &str,
    ) -> Vec<Act> {
        let line = reply.trim();
        if line.is_empty() || line == "<" {
            return vec![Act::Say("Nothing was recorded.".to_owned())];
        }
        let (items, open) = self.items(incident, &at);
        let all: Vec<&str> = items.iter().map(String::as_str).collect();
        let left: Vec<&str> = open.iter().map(String::as_str).collect();
        match select(line, &all, &left) {
            Selected::Items(chosen, more) if !chosen.is_empty() => {
                let parts = [text.trim(), more.as_str()];
                let text = parts.into_iter().filter(|part| !part.is_empty());
                let text = text.collect::<Vec<_>>().join(" ");
                self.on_items(incident, clock, at, key, &chosen, &text)
            }
            _ => {
                let why = "Not understood. Name one or more, or all, or rest; < goes back.";
                self.mode = Asking::Which { at, key, text };
                vec![Act::Refuse(why.to_owned())]
            }
        }
    }

    pub(super) fn reading(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        (key, items, text, whole): (Key, Vec<String>, String, String),
        reply: &str,
    ) -> Vec<Act> {
        match reply.trim() {
            "1" => self.on_items(incident, clock, at, key, &items, &text),
            "2" => {
                self.mode = Asking::Which { at, key, text: whole };
                Vec::new()
            }
            "" | "<" => vec![Act::Say("Nothing was recorded.".to_owned())],
            _ => {
                self.mode = Asking::Reading { at, key, items, text, whole };
                vec![Act::Refuse("Answer 1 or 2; < goes back.".to_owned())]
            }
        }
    }

    /// Text that is none of the keys is never lost, and never recorded by accident.
    fn stray(&mut self, at: &StepKey, reply: &str) -> Vec<Act> {
        let text = reply.trim().to_owned();
        if self.patient {
            self.mode = Asking::KeepNote { at: at.clone(), text };
            return Vec::new();
        }
        vec![
            Act::Warn("That is not a key, so it was kept as a note.".to_owned()),
            self.draft(at, Note::new(text), None),
        ]
    }

    pub(super) fn keep_note(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, text): (StepKey, String),
        reply: &str,
    ) -> Vec<Act> {
        let answer = reply.trim();
        if is_yes(answer) {
            return vec![
                self.draft(&at, Note::new(text), None),
                Act::Recorded("a note".to_owned()),
            ];
        }
        let mut acts = vec![Act::Say("Not kept.".to_owned())];
        if answer.is_empty() || matches!(answer.to_ascii_lowercase().as_str(), "n" | "no") {
            return acts;
        }
        if key::parse(answer).is_some() {
            acts.extend(self.at_step(incident, clock, answer));
            return acts;
        }
        self.mode = Asking::KeepNote { at, text };
        vec![Act::Refuse("Answer y or n, or press a key.".to_owned())]
    }

    /// `a` and a text: the key, or a sentence.
    pub(super) fn sentence(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        text: String,
        reply: &str,
    ) -> Vec<Act> {
        if is_yes(reply) {
            let done = Done::default();
            return self.outcome(incident, clock, at, Outcome::NotApplicable, done, &text);
        }
        self.mode = Asking::KeepNote { at, text: format!("a {text}") };
        Vec::new()
    }

    pub(super) fn note(&mut self, at: &StepKey, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        // A note that starts with `@` and no moment is a note all the same.
        let Late { at: occurred, text, said: mut acts } = late::late(reply, clock)
            .unwrap_or_else(|_| Late { at: None, text: reply, said: Vec::new() });
        let text = text.trim().to_owned();
        if text.is_empty() {
            return vec![Act::Refuse("The note is empty, so it was not kept.".to_owned())];
        }
        acts.insert(0, self.draft(at, Note::new(text), occurred));
        acts.push(Act::Recorded("a note".to_owned()));
        acts
    }

    fn back(&mut self, incident: &Incident) -> Vec<Act> {
        let here = self.chosen.clone();
        let before = match here.as_ref().and_then(|key| self.trail.iter().position(|k| k == key)) {
            Some(place) => place.checked_sub(1).map(|place| self.trail[place].clone()),
            None => self.trail.last().cloned(),
        };
        let latest = || {
            let latest = incident.phases.get(&self.playbook.phase)?.latest.clone()?;
            let plan = Plan::new(self.playbook, incident);
            Some(self.card_key(&plan, plan.find(self.playbook, &latest)?))
        };
        match before
            .or_else(|| latest().filter(|key| self.trail.is_empty() && here.as_ref() != Some(key)))
        {
            Some(key) => {
                self.hold(key);
                Vec::new()
            }
            None => vec![Act::Refuse("There is no step before this one.".to_owned())],
        }
    }

    /// The place of `7`, `step-id`, `step-id item`.
    fn place(&self, plan: &Plan, text: &str) -> Option<usize> {
        let (which, item) = text.split_once(' ').unwrap_or((text, ""));
        let number = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        plan.places.iter().position(|place| {
            let this = number == Some(place.step) || self.playbook.steps[place.step].id == which;
            this && (item.is_empty() || place.item.as_deref() == Some(item.trim()))
        })
    }

    fn jump(&mut self, incident: &Incident, rest: &str) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        match self.place(&plan, rest) {
            Some(place) => {
                let key = self.card_key(&plan, place);
                self.hold(key);
                Vec::new()
            }
            None if rest.is_empty() => {
                vec![Act::Say("Jump where? j 7, or j with a step's id; o lists them.".to_owned())]
            }
            None => vec![Act::Refuse(format!("There is no step `{rest}`; o lists them."))],
        }
    }

    /// Takes back what was said of a step, so that it is open again.
    fn open_again(&mut self, incident: &Incident, here: &StepKey, rest: &str) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        let places = if rest.is_empty() {
            self.places(&plan, here)
        } else {
            match self.place(&plan, rest) {
                Some(place) if rest.contains(' ') => vec![place],
                Some(place) => self.places(&plan, &self.card_key(&plan, place)),
                None => {
                    return vec![Act::Refuse(format!("There is no step `{rest}`; o lists them."))];
                }
            }
        };
        let states = places.iter().filter_map(|&place| {
            incident.step(self.playbook.phase, &self.key(&plan, place)).map(|state| &state.entry)
        });
        let mut entries: Vec<String> = states.cloned().collect();
        entries.dedup();
        if entries.is_empty() {
            return vec![Act::Refuse("Nothing was said of that step; it is open.".to_owned())];
        }
        let key = places.first().map(|&place| self.card_key(&plan, place));
        if let Some(key) = key {
            self.hold(key);
        }
        entries.into_iter().map(Act::Withdraw).collect()
    }
}

impl Key {
    /// The first word of the question which items it is about.
    fn question(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Skip => "Skipped",
            Self::NotApplicable => "Not applicable",
            Self::Block => "Blocked",
            Self::Evidence => "Evidence",
            Self::Run | Self::Copy => "Run",
            _ => "Waiting or assigned",
        }
    }
}

/// A line that begins with items and goes on: both readings.
pub(super) fn ask_reading(
    at: &StepKey,
    key: Key,
    items: &[String],
    (text, whole): (&str, &str),
) -> Question {
    let mut question = Question::plain(at, QuestionPart::Aside, "1 or 2 (< back)> ");
    let what = key.question();
    question.lines.push("That can be read in two ways:".to_owned());
    question.lines.push(format!("  1 {what} for {}, with the text: {text}", wording::list(items)));
    question.lines.push(format!("  2 {what}, with the text: {whole}"));
    question
}

pub(super) fn is_yes(reply: &str) -> bool {
    matches!(reply.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
