//! From `d` to a recorded outcome: what was said, the evidence it owes, the entry.

use super::begun::{names_day, spoken, spoken_within};
use super::card::commands;
use super::duty::duty_of;
use super::late::Late;
use super::people::is_of;
use super::plan::{Plan, Standing};
use super::reference::is_reference_only;
use super::{Act, Asking, Done, Question, QuestionPart, Then, Walk};
use crate::clock::Clock;
use crate::fact::{When, length};
use crate::incident::event::{Draft, Note, Outcome, StepOutcome};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;
use crate::wording;

impl Walk<'_> {
    /// `d` and a text. That a duty of the law was met needs a word on how, or a receipt.
    pub(super) fn done(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        done: Done,
        text: &str,
    ) -> Vec<Act> {
        let Late { at: occurred, text, said: mut acts } = match self.late(text, clock) {
            Ok(late) => late,
            Err(hint) => return vec![Act::Refuse(format!("Not recorded: {hint}."))],
        };
        let occurred = occurred.or(done.occurred.clone());
        self.doubt_before(incident, occurred.as_ref());
        let text = text.trim();
        // Asked once, whatever there is to doubt.
        let is_sure = self.is_sure(text) || !self.patient || done.timed;
        if let Some(replaced) = self.replaced(incident, &at, &done).filter(|_| !is_sure) {
            // The card is settled, and stays for the same line again.
            self.held = true;
            if duty_of(self.step(&at), &targets(&at, &done)) {
                // The register would keep the notice that was sent, whatever the card said.
                return vec![Act::Refuse(format!(
                    "{replaced}. n TEXT adds to it; if it was wrong, take it back with open first."
                ))];
            }
            self.sure = Some(text.to_owned());
            return vec![Act::Refuse(format!(
                "{replaced}. The same line again replaces that; n TEXT adds to it, j goes elsewhere."
            ))];
        }
        let is_notice = duty_of(self.step(&at), &targets(&at, &done));
        if let Some(told) = self.told_before(incident, &at, &done.told) {
            return vec![Act::Refuse(told)];
        }
        // No reference is a time alone.
        let is_time = When::parse(text, clock).is_ok() || length(text).is_some();
        let is_reference = is_reference_only(text) && !is_time && !names_day(text, clock);
        // Who said when it was sent said that it was.
        let is_sent = done.timed && done.occurred.is_some();
        if is_notice && self.patient && !text.is_empty() && !is_reference && !is_sent {
            let is_timed =
                occurred.is_some() || !done.timed && spoken_within(text, clock).is_some();
            let now = if is_timed { "" } else { " now" };
            let text = wording::clip(text, 40);
            let of = at.item.as_deref().map(|duty| format!(": {duty}")).unwrap_or_default();
            let to = Some(wording::list(&done.told)).filter(|to| !to.is_empty());
            let to = to.map(|to| format!(" to {to}")).unwrap_or_default();
            self.doubt =
                Some(format!("This records the notice as sent{now}, under `{text}`{of}{to}."));
        }
        if !is_sure && !is_notice && self.says_not(&at, text) {
            self.sure = Some(text.to_owned());
            return vec![Act::Refuse(format!(
                "`{}` reads as if it were not done: w sets it aside, s skips it. The same line again \
                 records it as done.",
                wording::clip(text, 30)
            ))];
        }
        let untimed = self.patient && occurred.is_none() && !done.timed;
        let read = if is_notice { spoken_within } else { spoken };
        let spoken = untimed.then(|| read(text, clock)).flatten();
        if let Some(when) = self.begun(&at).filter(|_| occurred.is_none()).or(spoken) {
            let (outcome, text) = (Outcome::Done, text.to_owned());
            self.mode = Asking::Begun { at, outcome, done, text, when };
            return acts;
        }
        let is_unproven = !done.told.is_empty() || self.is_unproven(incident, &at);
        if text.is_empty() && self.patient && is_unproven {
            let done = Done { occurred, ..done };
            self.mode = Asking::Reason { at, outcome: Outcome::Done, done };
            return acts;
        }
        let handed = match self.handed(incident, &at, &done, text) {
            Ok(handed) => handed,
            Err(why) => return vec![Act::Refuse(why)],
        };
        let text = match handed {
            Some((keep, left)) => {
                acts.push(keep);
                left
            }
            None => text,
        };
        let done = Done { text: Some(text.to_owned()), occurred, ..done };
        acts.extend(match self.tell_some(incident, &at, &done) {
            Some(told) => told,
            None => self.begin_done(incident, at, done),
        });
        acts
    }

    /// Whether the person at the keyboard said how a place came out.
    pub(super) fn is_own(&self, incident: &Incident, at: &StepKey) -> bool {
        let state = incident.step(self.playbook.phase, at);
        state.zip(self.name.as_deref()).is_some_and(|(state, name)| is_of(&state.by, name))
    }

    /// What would be replaced: `Ada called it done at 03:12`, of several items with their names.
    pub(super) fn replaced(
        &self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
    ) -> Option<String> {
        let state = |at: &StepKey| incident.step(self.playbook.phase, at);
        if done.items.is_empty() {
            let before = state(at).filter(|state| state.outcome == Outcome::Done)?;
            return Some(format!("{} called it done at {}", before.by, before.at.format("%H:%M")));
        }
        let places = targets(at, done).into_iter();
        let settled = places.filter(|at| state(at).is_some_and(|state| state.outcome.is_settled()));
        let settled: Vec<String> = settled.filter_map(|at| at.item).collect();
        (!settled.is_empty()).then(|| format!("Settled already: {}", wording::few(&settled)))
    }

    /// Starts to settle a step as done.
    pub(super) fn begin_done(&mut self, incident: &Incident, at: StepKey, done: Done) -> Vec<Act> {
        let asks = |step: &Step| !step.ask.is_empty() || !self.of_duties(step).is_empty();
        let facts = self.step(&at).is_some_and(asks);
        let destroys = self.destroys_unkept(incident, &targets(&at, &done));
        // What was said is on disk before the next question, whatever comes of the step.
        let said = done.text.as_ref().filter(|text| !text.is_empty());
        let more = facts || destroys || !self.wanted_of(incident, &at, &done).is_empty();
        let note = said.filter(|_| more).map(|text| {
            let items = if done.items.is_empty() { at.item.as_slice() } else { &done.items };
            self.draft(&at, Note::announcing(items, text), done.occurred.clone())
        });
        if destroys {
            self.mode = Asking::Destroy { at, then: Then::Done(done) };
        } else {
            self.ask_facts_of(incident, at, done);
        }
        note.into_iter().collect()
    }

    /// Goes on after the facts were asked and folded.
    pub(super) fn after_facts(&mut self, incident: &Incident, at: StepKey, then: Then) -> Vec<Act> {
        match then {
            Then::Nothing => Vec::new(),
            Then::Run(command, key) => self.start(incident, vec![at], &command, key),
            Then::Done(done) => match self.ask_choice_of(incident, &at, &done) {
                Ok(()) => Vec::new(),
                Err(mut acts) => {
                    acts.extend(self.go_on(incident, at, done));
                    acts
                }
            },
        }
    }

    /// Goes on after facts and decision: the evidence that is owed, then the outcome.
    pub(super) fn go_on(&mut self, incident: &Incident, at: StepKey, done: Done) -> Vec<Act> {
        let queue = self.wanted_of(incident, &at, &done);
        self.next_evidence(incident, at, queue, done)
    }

    /// Records an outcome and leaves the step. Of a step that is done, required evidence that is
    /// still missing is owed.
    pub(super) fn settle(
        &mut self,
        incident: &Incident,
        at: StepKey,
        outcome: Outcome,
        mut done: Done,
    ) -> Vec<Act> {
        // The assignee has its own field, because people who may not read the text still see it.
        if outcome == Outcome::Assigned && done.to.is_none() {
            done.to = done.text.take();
        }
        let mut acts = Vec::new();
        let mut places = targets(&at, &done);
        let gone = self.gone(incident, &mut places);
        if !gone.is_empty() {
            let gone = wording::few(&gone);
            let why = format!("{gone}: taken off the list meanwhile, so not recorded");
            acts.push(Act::Warn(why));
        }
        if places.is_empty() {
            self.mode = Asking::Step;
            return acts;
        }
        acts.extend(self.taken_from(incident, &places, outcome, &done).map(Act::Say));
        let owed = |at: &StepKey| match outcome {
            Outcome::Done => self.wanted(incident, at),
            _ => Vec::new(),
        };
        let mut left: Vec<(StepKey, Vec<String>)> =
            places.iter().map(|at| (at.clone(), owed(at))).collect();
        // One entry for all items that owe the same.
        while let Some((_, missing)) = left.first().cloned() {
            let (now, later): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|(_, other)| *other == missing);
            left = later;
            let keys: Vec<StepKey> = now.into_iter().map(|(key, _)| key).collect();
            acts.push(self.entry(incident, &keys, outcome, (&done, missing)));
        }
        acts.extend(places.iter().flat_map(|at| self.of_duty(incident, at, outcome, &done)));
        if self.patient {
            let mut said = said((&at, self.noun(&at)), outcome, &done, &places);
            let is_new = at.item.as_deref().is_none_or(|duty| !incident.is_answered(duty));
            if outcome == Outcome::Done && duty_of(self.step(&at), &places) && is_new {
                said.push_str(", recorded as sent");
            }
            acts.push(Act::Recorded(said));
        }
        self.mode = Asking::Step;
        self.held = self.held && self.leaves_some(incident, &at, &places);
        self.begun = self.begun.take().filter(|(of, _)| of.step != at.step);
        self.given = self.given.take().filter(|(of, _)| of.step != at.step);
        let card = if self.patient && places.iter().all(|at| at.item.is_some()) {
            StepKey { item: None, ..at }
        } else {
            at
        };
        if !self.is_group(&card) || duty_of(self.step(&card), &places) {
            self.leave();
        }
        // Whoever takes a step over goes on with it, unless they look again later.
        let is_own = done.check_at.is_none()
            && done.to.as_deref().zip(self.name.as_deref()).is_some_and(|(to, own)| is_of(to, own));
        if !outcome.is_settled() && !is_own {
            self.reviewed.extend(places);
        }
        self.trail.retain(|other| *other != card);
        self.trail.push(card);
        acts
    }

    /// Whose one of the places was until now, where somebody else gets it.
    fn taken_from(
        &self,
        incident: &Incident,
        places: &[StepKey],
        outcome: Outcome,
        done: &Done,
    ) -> Option<String> {
        let owner = |at: &StepKey| {
            let state = incident.step(self.playbook.phase, at)?;
            state.owner.as_deref().filter(|_| state.outcome == Outcome::Assigned)
        };
        let before = places.iter().find_map(owner)?;
        let is_moved = outcome == Outcome::Assigned && done.to.as_deref() != Some(before);
        is_moved.then(|| format!("It was {before}'s until now."))
    }

    /// Takes out the places whose items somebody took off their list while questions were asked, and
    /// names them.
    fn gone(&self, incident: &Incident, places: &mut Vec<StepKey>) -> Vec<String> {
        if !self.patient {
            return Vec::new();
        }
        let plan = Plan::new(self.playbook, incident);
        let is_there = |at: &StepKey| at.item.is_none() || plan.find(self.playbook, at).is_some();
        let (there, gone): (Vec<_>, Vec<_>) = places.drain(..).partition(is_there);
        *places = there;
        gone.into_iter().filter_map(|at| at.item).collect()
    }

    /// Whether places of the same card are not settled after these are: who went there stays there.
    fn leaves_some(&self, incident: &Incident, at: &StepKey, places: &[StepKey]) -> bool {
        let plan = Plan::new(self.playbook, incident);
        let card = StepKey { item: None, ..at.clone() };
        let others = self.places(&plan, &card).into_iter();
        let mut others = others.filter(|&place| !places.contains(&self.key(&plan, place)));
        others.any(|place| plan.places[place].standing != Standing::Settled)
    }

    /// An outcome of one place or of several.
    fn entry(
        &self,
        incident: &Incident,
        keys: &[StepKey],
        outcome: Outcome,
        (done, missing_evidence): (&Done, Vec<String>),
    ) -> Act {
        let at = &keys[0];
        let (item, items) = match keys {
            [one] => (one.item.clone(), Vec::new()),
            many => (None, many.iter().filter_map(|key| key.item.clone()).collect()),
        };
        let body = StepOutcome {
            item,
            items,
            text: done.text.clone().filter(|text| !text.is_empty()).map(Into::into),
            check_at: done.check_at,
            to: done.to.clone(),
            why: done.why.clone(),
            imported: done.imported.as_deref().cloned(),
            missing_evidence,
            used_facts: self.step(at).map(|step| used(step, incident)).unwrap_or_default(),
            ..StepOutcome::new(outcome)
        };
        let mut draft = Draft::from(body);
        draft.step = Some(self.address(at));
        draft.occurred.clone_from(&done.occurred);
        draft.privileged = self.is_privileged(at);
        if let [one] = keys {
            let before = incident.step(self.playbook.phase, one);
            draft.corrects = before.map(|state| state.entry.clone());
        }
        Act::Record(Box::new(draft))
    }
}

/// The places that an act is about.
pub(super) fn targets(at: &StepKey, done: &Done) -> Vec<StepKey> {
    if done.items.is_empty() {
        return vec![at.clone()];
    }
    let of = |item: &String| StepKey { step: at.step.clone(), item: Some(item.clone()) };
    done.items.iter().map(of).collect()
}

/// `isolate-hosts assigned to Priya on web-01 and web-03, look again Mon 23 Nov 04:30`.
fn said((at, noun): (&StepKey, &str), outcome: Outcome, done: &Done, places: &[StepKey]) -> String {
    let items: Vec<&str> = places.iter().filter_map(|at| at.item.as_deref()).collect();
    let on = match items.as_slice() {
        [] => String::new(),
        items => format!(" on {}", wording::these(items, noun)),
    };
    let what = match outcome {
        Outcome::Assigned => format!("assigned to {}", done.to.as_deref().unwrap_or_default()),
        Outcome::Waiting => format!("waiting for {}", done.text.as_deref().unwrap_or_default()),
        outcome => outcome.as_str().to_owned(),
    };
    let again = done.check_at.map(|at| format!(", look again {}", at.format("%a %-d %b %H:%M")));
    format!("{} {what}{on}{}", at.step, again.unwrap_or_default())
}

/// Facts that a step looks at: its condition, its list, its commands and what it asks.
fn used(step: &Step, incident: &Incident) -> Vec<String> {
    let mut names: Vec<String> = step.ask.clone();
    names.extend(step.when.iter().flat_map(|when| when.facts().to_vec()));
    names.extend(step.for_each.clone());
    for command in commands(step, incident) {
        names.extend(command.facts().into_iter().map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}

pub(super) fn ask_reason(at: &StepKey, outcome: Outcome) -> Question {
    let prompt = match outcome {
        Outcome::Done => "Sent how, or under which reference? Enter: not yet. ",
        Outcome::Skipped => "Why is it skipped? ",
        Outcome::NotApplicable => "Why does it not apply? ",
        Outcome::Blocked => "What holds it up? ",
        _ => "Waiting for what, or `to NAME`? Add when to check again: Priya, 04:30. ",
    };
    Question::plain(at, QuestionPart::Reason(outcome), prompt)
}
