//! What a line typed at a step means: a key, the items that it is about, and a text.

use super::key::{self, Key};
use super::late::Late;
use super::plan::{Plan, Standing};
use super::{Act, Asking, Done, Show, Walk};
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
            let plan = Plan::new(self.playbook, incident);
            let is_open = |&place: &usize| plan.places[place].standing == Standing::Open;
            if self.patient && !self.places(&plan, &at).iter().any(is_open) {
                self.leave();
                return Vec::new();
            }
            return vec![Act::Say("Enter alone does nothing here; v shows the card.".to_owned())];
        }
        let Some((key, rest)) = key::parse(reply) else {
            return self.stray(incident, &at, reply);
        };
        match key {
            Key::NotApplicable if rest.contains(' ') => match self.sentence_at(incident, &at, rest)
            {
                Some(at) => {
                    self.mode = Asking::Sentence { at, text: rest.to_owned() };
                    Vec::new()
                }
                None => self.with_items(incident, clock, at, key, rest),
            },
            Key::Done | Key::Skip | Key::NotApplicable | Key::Wait | Key::Block | Key::Evidence => {
                self.with_items(incident, clock, at, key, rest)
            }
            Key::Run | Key::Copy => self.pick_command(incident, at, rest, key == Key::Copy),
            // A text of several lines begins so.
            Key::Note if ["", ".", ".e"].contains(&rest) => {
                self.mode = Asking::Note { at };
                Vec::new()
            }
            Key::Note => self.note(&at, clock, rest),
            Key::Fact => self.pick_fact(incident, clock, at, rest),
            Key::Undo => vec![Act::Undo],
            Key::More => vec![Act::Show(Show::Full)],
            Key::View => vec![Act::Show(Show::Card)],
            Key::List => vec![Act::Show(Show::Work)],
            Key::Mine => vec![Act::Show(Show::Mine)],
            // Names of playbooks are one word: more than that is a sentence.
            Key::Switch if rest.contains(' ') => self.stray(incident, &at, reply),
            Key::Switch => vec![Act::Switch(rest.to_owned())],
            Key::Open => self.open_again(incident, &at, rest),
            Key::Back => self.back(incident),
            Key::Jump => self.jump(incident, rest),
            Key::Outline => vec![Act::Show(Show::Outline)],
            Key::Help => vec![Act::Show(Show::Keys)],
            Key::Why => {
                let why = self.step(&at).map(|step| step.fill(&step.why, at.item.as_deref()));
                vec![Act::Say(why.unwrap_or_default().trim_end().to_owned())]
            }
            Key::Quit => vec![Act::Stop],
        }
    }

    /// Whether a line at a step says nothing of the card: a note, a fact, a look, a way to go.
    pub fn is_beside_card(&self, line: &str) -> bool {
        let Some((key, _)) = key::parse(line).filter(|_| self.is_at_step()) else { return false };
        !matches!(
            key,
            Key::Done | Key::Skip | Key::NotApplicable | Key::Wait | Key::Block | Key::Evidence
        ) && !key.is_command()
    }

    /// The places whose outcome an answer is about to say, or to ask more for: none where it says none.
    pub fn settles(&self, incident: &Incident, clock: &dyn Clock, line: &str) -> Vec<StepKey> {
        if let Asking::Which { at, key, .. } = &self.mode {
            // Items that are named are those that were seen.
            let named = self.aimed(incident, at, *key, line);
            if !named.is_empty() && named.iter().all(|item| line.contains(item.as_str())) {
                let of = |item| StepKey { item: Some(item), ..at.clone() };
                return named.into_iter().map(of).collect();
            }
        }
        if let Some(places) = self.mode.settles() {
            return places;
        }
        let (Some(at), Some((key, rest))) = (&self.chosen, key::parse(line)) else {
            return Vec::new();
        };
        if !matches!(key, Key::Done | Key::Skip | Key::NotApplicable | Key::Wait | Key::Block) {
            return Vec::new();
        }
        // The moment may come before or after the items.
        let late = self.clone().late(rest, clock);
        let rest = late.map_or(rest, |late| late.text);
        let items = self.aimed(incident, at, key, rest);
        if items.is_empty() {
            // On a card with several items, the line is followed by the question which.
            let asks = self.is_group(at) && self.only(incident, at, key).is_none();
            return if asks { Vec::new() } else { vec![at.clone()] };
        }
        items.into_iter().map(|item| StepKey { item: Some(item), ..at.clone() }).collect()
    }

    /// Whether a line is a key alone, or one with a step or a fact that there is: meant for a step.
    pub(super) fn is_typed_for_a_step(&self, line: &str) -> bool {
        let Some((key, rest)) = key::parse(line) else { return false };
        let word = rest.split([' ', '=']).next().unwrap_or_default();
        let steps = &self.playbook.steps;
        let is_number =
            |word: &str| word.parse::<usize>().is_ok_and(|n| (1..=steps.len()).contains(&n));
        let is_step = |word: &str| is_number(word) || steps.iter().any(|step| step.id == word);
        let is_letter = line.trim().chars().nth(1).is_some_and(char::is_whitespace);
        match key {
            _ if rest.is_empty() => line.trim().chars().count() == 1,
            // A sentence begins so only with "a".
            Key::Done | Key::Skip | Key::Wait | Key::Block | Key::Note | Key::Evidence
                if is_letter =>
            {
                true
            }
            Key::Jump | Key::Open => {
                is_step(word) || is_letter && steps.iter().any(|step| step.id.starts_with(word))
            }
            // Nobody begins a sentence with a name like `help_offered`.
            Key::Fact => {
                let edits =
                    || is_letter && [" + ", " - ", " = "].iter().any(|sign| rest.contains(sign));
                let is_fact = || is_letter && self.fact_in_line(rest).is_some();
                word.contains('_') || self.named_fact(rest).is_some() || is_fact() || edits()
            }
            _ => false,
        }
    }

    /// Whether somebody confirmed this line just now.
    pub(super) fn is_sure(&mut self, line: &str) -> bool {
        self.sure.take().is_some_and(|sure| sure == line)
    }

    pub(super) fn moment(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (line, asked): (String, Asking),
        reply: &str,
    ) -> Vec<Act> {
        self.mode = asked;
        if is_yes(reply) {
            let acts = self.take(incident, clock, &line);
            self.doubt = None;
            return acts;
        }
        let of_step = matches!(
            self.mode,
            Asking::Step | Asking::Pending { .. } | Asking::Reading { .. } | Asking::Which { .. }
        );
        if of_step {
            self.mode = Asking::Step;
        }
        // The line again, with another time, or another one.
        if of_step && self.is_typed_for_a_step(reply) && reply.trim().contains(' ') {
            let lost = format!("Not recorded: {}.", wording::clip(line.trim(), 60));
            let acts = self.at_step(incident, clock, reply);
            return [Act::Say(lost)].into_iter().chain(acts).collect();
        }
        // At a question, another answer takes the place of the one that was doubted.
        let is_no = ["", "n", "no", "nope"].contains(&&*reply.trim().to_lowercase());
        if !of_step && !is_no {
            return self.answer(incident, clock, reply);
        }
        let how = if of_step { " w sets aside what is not done." } else { "" };
        vec![Act::Say(format!(
            "Nothing was recorded.{how} A time can carry its day: yesterday 22:40."
        ))]
    }

    /// Text that is none of the keys is never lost, and never recorded by accident.
    fn stray(&mut self, incident: &Incident, at: &StepKey, reply: &str) -> Vec<Act> {
        let text = reply.trim().to_owned();
        if self.patient && self.names_items(incident, at, &text) {
            let line = wording::clip(&text, 30);
            return vec![Act::Refuse(format!(
                "`{line}` names items: begin with a key, such as d {line}, or w {line}: to NAME."
            ))];
        }
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
        let mut acts = vec![Act::Say(format!("Not kept as a note: {}", wording::clip(&text, 40)))];
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

    /// What `a` and a text would be about, if the text may be a sentence: a step, or its one item that is left.
    fn sentence_at(&self, incident: &Incident, at: &StepKey, text: &str) -> Option<StepKey> {
        if !self.patient || !self.is_group(at) {
            return self.patient.then(|| at.clone());
        }
        let names_none = self.aimed(incident, at, Key::NotApplicable, text).is_empty();
        let one = self.only(incident, at, Key::NotApplicable).filter(|_| names_none)?;
        Some(StepKey { item: Some(one), ..at.clone() })
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
        let line = format!("a {text}");
        if key::parse(reply).is_some_and(|(key, _)| key != Key::Note || reply.trim().len() > 1) {
            let mut acts = vec![Act::Say(format!("Not recorded: {}", wording::clip(&line, 60)))];
            acts.extend(self.at_step(incident, clock, reply));
            return acts;
        }
        self.mode = Asking::KeepNote { at, text: line };
        Vec::new()
    }

    pub(super) fn note(&mut self, at: &StepKey, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        // A note that starts with `@` and no moment is a note all the same.
        let Late { at: occurred, text, said: mut acts } = self
            .late(reply, clock)
            .unwrap_or_else(|_| Late { at: None, text: reply, said: Vec::new() });
        let text = text.trim().to_owned();
        if text.is_empty() {
            return vec![Act::Refuse("The note is empty, so it was not kept.".to_owned())];
        }
        acts.insert(0, self.draft(at, Note::new(text), occurred));
        acts.push(Act::Recorded("a note".to_owned()));
        acts
    }
}

pub(super) fn is_yes(reply: &str) -> bool {
    matches!(reply.trim().to_ascii_lowercase().as_str(), "y" | "yes" | "yep" | "yeah")
}
