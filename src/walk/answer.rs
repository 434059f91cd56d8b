//! What follows from a reply.

use super::plan::Plan;
use super::{Act, Asking, Done, Then, Walk, check_at, key, late};
use crate::clock::Clock;
use crate::fact::When;
use crate::incident::event::{Note, Outcome};
use crate::incident::{Incident, StepKey};

use super::key::Key;
use super::late::Late;

impl Walk<'_> {
    /// Takes the reply to the question that [`Walk::turn`] asked.
    pub fn answer(&mut self, incident: &Incident, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        match std::mem::replace(&mut self.mode, Asking::Step) {
            Asking::Step | Asking::Pending { .. } => self.at_step(incident, clock, reply),
            Asking::Fact { at, queue, then } => {
                self.fact(incident, clock, (at, queue, then), reply)
            }
            Asking::Decided { at, queue, then, decided } => {
                self.decided(incident, (at, queue, then), decided, reply)
            }
            Asking::Evidence { at, queue, done, .. } => {
                self.evidence(incident, at, queue, done, reply)
            }
            Asking::Destroy { at, then } => self.destroy(incident, at, then, reply),
            Asking::Sentence { at, text } => self.sentence(incident, clock, at, text, reply),
            Asking::Reason { .. } if self.patient && reply.trim().is_empty() => {
                vec![Act::Say("Nothing is recorded; the step stays open.".to_owned())]
            }
            Asking::Reason { at, outcome, occurred } => {
                self.outcome(incident, clock, at, outcome, occurred, reply)
            }
            Asking::KeepNote { at, text } => self.keep_note(incident, clock, &at, text, reply),
            Asking::Note { at } => self.note(&at, clock, reply),
            // An empty line takes these questions back.
            Asking::FactName { .. } | Asking::EvidenceSpec { .. } | Asking::WhichCommand { .. }
                if reply.trim().is_empty() =>
            {
                Vec::new()
            }
            Asking::FactName { at } => self.pick_fact(incident, clock, at, reply),
            Asking::EvidenceSpec { at } => self.pick_evidence(incident, &at, reply),
            Asking::WhichCommand { at, elsewhere } => {
                self.pick_command(incident, at, reply.trim(), elsewhere)
            }
            Asking::Confirm { attempt, .. } => self.confirm(attempt, reply),
            Asking::Elsewhere { at, report } => self.elsewhere(at, report, reply),
        }
    }

    /// Goes on after acts were carried out and folded; to be called after every answer, until it
    /// returns nothing and it is time for the next question.
    pub fn resume(&mut self, incident: &Incident) -> Vec<Act> {
        match std::mem::replace(&mut self.mode, Asking::Step) {
            Asking::Evidence { at, queue, done, handed: true } => {
                self.after_evidence(incident, at, queue, done)
            }
            Asking::Pending { at, then } => self.after_facts(incident, at, then),
            mode => {
                self.mode = mode;
                Vec::new()
            }
        }
    }

    fn at_step(&mut self, incident: &Incident, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        let Some(at) = self.chosen.clone() else {
            return Vec::new();
        };
        if reply.trim().is_empty() {
            return vec![Act::Say("Enter alone does nothing here. ? shows the keys.".to_owned())];
        }
        let Some((key, rest)) = key::parse(reply) else {
            return self.stray(&at, reply);
        };
        match key {
            Key::Done => match late::late(rest, clock) {
                Ok(Late { at: occurred, text, said: mut acts }) => {
                    let text = Some(text.trim().to_owned());
                    let done = Done { text, occurred, check_at: None };
                    acts.extend(self.begin_done(incident, at, done));
                    acts
                }
                Err(hint) => vec![Act::Refuse(format!("Not recorded: {hint}."))],
            },
            Key::Skip => self.outcome(incident, clock, at, Outcome::Skipped, None, rest),
            Key::NotApplicable if self.patient && rest.contains(' ') => {
                self.mode = Asking::Sentence { at, text: rest.to_owned() };
                Vec::new()
            }
            Key::NotApplicable => {
                self.outcome(incident, clock, at, Outcome::NotApplicable, None, rest)
            }
            Key::Wait => self.outcome(incident, clock, at, Outcome::Waiting, None, rest),
            Key::Block => self.outcome(incident, clock, at, Outcome::Blocked, None, rest),
            Key::Note if rest.is_empty() => {
                self.mode = Asking::Note { at };
                Vec::new()
            }
            Key::Note => self.note(&at, clock, rest),
            Key::Run => self.pick_command(incident, at, rest, false),
            Key::Copy => self.pick_command(incident, at, rest, true),
            Key::Evidence => self.pick_evidence(incident, &at, rest),
            Key::Fact => self.pick_fact(incident, clock, at, rest),
            Key::Back => self.back(incident),
            Key::Jump => self.jump(incident, rest),
            Key::Outline => vec![Act::Outline],
            Key::Help => vec![Act::Help(self.step(&at).map(|s| s.why.clone()).unwrap_or_default())],
            Key::Quit => vec![Act::Stop],
        }
    }

    /// Text that is none of the keys is never lost.
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

    fn keep_note(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: &StepKey,
        text: String,
        reply: &str,
    ) -> Vec<Act> {
        let answer = reply.trim().to_ascii_lowercase();
        if matches!(answer.as_str(), "n" | "no") {
            return vec![Act::Say("Not kept.".to_owned())];
        }
        let note = self.draft(at, Note::new(text), None);
        let mut acts = vec![note, Act::Say("Noted.".to_owned())];
        if !matches!(answer.as_str(), "" | "y" | "yes") {
            // Somebody went on without answering: that is not lost either.
            acts.extend(self.at_step(incident, clock, reply));
        }
        acts
    }

    /// `a` and a text: the key, or a sentence.
    fn sentence(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        text: String,
        reply: &str,
    ) -> Vec<Act> {
        if matches!(reply.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
            return self.outcome(incident, clock, at, Outcome::NotApplicable, None, &text);
        }
        self.mode = Asking::KeepNote { at, text: format!("a {text}") };
        Vec::new()
    }

    fn note(&mut self, at: &StepKey, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        // A note that starts with `@` and no moment is a note all the same.
        let Late { at: occurred, text, said: mut acts } = late::late(reply, clock)
            .unwrap_or_else(|_| Late { at: None, text: reply, said: Vec::new() });
        let text = text.trim().to_owned();
        if text.is_empty() {
            return vec![Act::Refuse("The note is empty, so it was not kept.".to_owned())];
        }
        acts.insert(0, self.draft(at, Note::new(text), occurred));
        acts.push(Act::Say("Noted.".to_owned()));
        acts
    }

    /// Skipped, not applicable, blocked, waiting or assigned: each with its reason.
    fn outcome(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        outcome: Outcome,
        occurred: Option<When>,
        text: &str,
    ) -> Vec<Act> {
        let (occurred, text, mut acts) = match late::late(text, clock) {
            Ok(late) => (late.at.or(occurred), late.text.trim(), late.said),
            Err(hint) => {
                self.mode = Asking::Reason { at, outcome, occurred };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
        };
        if text.is_empty() {
            self.mode = Asking::Reason { at, outcome, occurred };
            return acts;
        }
        if outcome != Outcome::Waiting {
            let done = Done { text: Some(text.to_owned()), occurred, check_at: None };
            acts.extend(self.settle(incident, at, outcome, done));
            return acts;
        }
        let (what, check_at) = check_at::split(text, clock);
        let check_at = check_at.map(|at| {
            acts.extend(at.remarks.into_iter().map(Act::Say));
            at.value
        });
        let (outcome, what) = match what.strip_prefix("to ") {
            Some(name) => (Outcome::Assigned, name.trim().to_owned()),
            None => (Outcome::Waiting, what),
        };
        let done = Done { text: Some(what), occurred, check_at };
        acts.extend(self.settle(incident, at, outcome, done));
        acts
    }

    /// `f name value`, `f name`, or `f` alone.
    fn pick_fact(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        rest: &str,
    ) -> Vec<Act> {
        let (name, value) = rest.trim().split_once([' ', '=']).unwrap_or((rest.trim(), ""));
        if name.is_empty() {
            self.mode = Asking::FactName { at };
            return Vec::new();
        }
        if self.vocabulary.get(name).is_none() {
            let near = self.vocabulary.nearest(name);
            let hint = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            return vec![Act::Refuse(format!("There is no fact `{name}`.{hint}"))];
        }
        let queue = vec![name.to_owned()];
        if value.trim().is_empty() {
            self.next_fact(at, queue, Then::Nothing);
            return Vec::new();
        }
        self.fact(incident, clock, (at, queue, Then::Nothing), value)
    }

    pub(super) fn ask_fact_name(&self, at: &StepKey) -> super::Question {
        let mut question = super::Question::plain(at, super::QuestionPart::Aside, "Which fact? ");
        let asked = self.step(at).map(|step| step.ask.clone()).unwrap_or_default();
        if !asked.is_empty() {
            question.lines.push(format!("This step asks: {}", asked.join(", ")));
        }
        question
    }

    fn pick_evidence(&mut self, incident: &Incident, at: &StepKey, spec: &str) -> Vec<Act> {
        let spec = spec.trim();
        if spec.is_empty() {
            self.mode = Asking::EvidenceSpec { at: at.clone() };
            return Vec::new();
        }
        let address = self.address(at);
        let item = at.item.as_deref();
        let wanted = self.step(at).and_then(|step| {
            let open = |id: &str| !incident.has_evidence(&address, id, item);
            step.evidence.iter().find(|wanted| open(&wanted.id)).map(|wanted| wanted.id.clone())
        });
        vec![self.keep(at, spec, wanted)]
    }

    fn back(&mut self, incident: &Incident) -> Vec<Act> {
        let here = self.chosen.clone();
        let before = match here.as_ref().and_then(|key| self.trail.iter().position(|k| k == key)) {
            Some(place) => place.checked_sub(1).map(|place| self.trail[place].clone()),
            None => self.trail.last().cloned(),
        };
        let latest = || incident.phases.get(&self.playbook.phase)?.latest.clone();
        match before
            .or_else(|| latest().filter(|key| self.trail.is_empty() && here.as_ref() != Some(key)))
        {
            Some(key) => {
                self.chosen = Some(key);
                Vec::new()
            }
            None => vec![Act::Refuse("There is no step before this one.".to_owned())],
        }
    }

    /// `j 7`, `j step-id`, `j step-id item`.
    fn jump(&mut self, incident: &Incident, rest: &str) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        let (which, item) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = plan.places.iter().position(|place| {
            let this = number == Some(place.step) || self.playbook.steps[place.step].id == which;
            this && (item.is_empty() || place.item.as_deref() == Some(item.trim()))
        });
        match found {
            Some(place) => {
                self.chosen = Some(self.key(&plan, place));
                Vec::new()
            }
            None if rest.is_empty() => {
                vec![Act::Say("Jump where? Give a number or an id; o lists them.".to_owned())]
            }
            None => vec![Act::Refuse(format!("There is no step `{rest}`; o lists them."))],
        }
    }
}
