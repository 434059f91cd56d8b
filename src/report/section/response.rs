//! What was planned and what was done: each step of each playbook, commands, debts, silences.

use chrono::{DateTime, FixedOffset, TimeDelta};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::{Value, When};
use crate::incident::event::{Ended, Outcome};
use crate::incident::{StepKey, StepState};
use crate::lexicon::words;
use crate::phase::Phase;
use crate::playbook::{Playbook, Role, Step};
use crate::regime::OWED;
use crate::report::gate::{Audience, Class, Text};
use crate::report::material::{Build, PlaybookFollowed};
use crate::report::section::decision::Choice;
use crate::wording;

/// Planned and done.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Response {
    /// The playbooks, in the order they were started.
    pub playbooks: Vec<Walked>,
    /// Decisions that are no legal determinations, in their order.
    pub decisions: Vec<Choice>,
    /// Commands that were run or reported, by step.
    pub commands: Vec<Ran>,
    /// What is owed: evidence that steps ask for, outcomes of commands.
    pub debts: Vec<Text>,
    /// How many debts there are, including those this audience may not see.
    pub owed: usize,
    /// The longest gaps of at least a minute between entries, longest first; internal only.
    pub silences: Vec<Silence>,
    /// Steps that took much longer than their time box, as proposed edits; internal only.
    pub edits: Vec<Edit>,
}

/// A playbook that was followed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Walked {
    /// The phase.
    pub phase: Phase,
    /// Id of the playbook.
    pub playbook: Text,
    /// Its version.
    pub version: Text,
    /// Digest of its text.
    #[schemars(with = "String")]
    pub sha256: crate::digest::Digest,
    /// Since when.
    pub at: DateTime<FixedOffset>,
    /// Whether another one replaced it: then only steps that the other one lacks are listed.
    pub replaced: bool,
    /// Why its steps cannot be listed.
    pub problem: Option<Text>,
    /// How many steps ended which way; `open` for those not settled.
    pub tally: Vec<(Progress, usize)>,
    /// The steps, in their order. None for the public.
    pub steps: Vec<Taken>,
}

/// A step and its outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Taken {
    /// Id of the step.
    pub step: Text,
    /// Its title.
    pub title: Option<Text>,
    /// The item, if it repeats.
    pub item: Option<Text>,
    /// Who should do it.
    pub role: Option<Role>,
    /// Its outcome; none if it was not settled.
    pub outcome: Option<Outcome>,
    /// The same in words and, if it was not settled, why.
    pub shown: Progress,
    /// The reason, what it waits for, who it is assigned to, or what was said.
    pub text: Option<Text>,
    /// When it was recorded.
    pub at: Option<DateTime<FixedOffset>>,
    /// When it happened, if that was said.
    pub occurred: Option<When>,
    /// Who recorded it.
    pub by: Option<Text>,
    /// Its time box in seconds.
    pub within_s: Option<i64>,
    /// How long it took in seconds: since the phase was started or its previous step ended. None
    /// where the record does not show it.
    pub took_s: Option<i64>,
}

words! {
    /// How far a step came.
    pub enum Progress {
        /// It was carried out.
        Done = "done",
        /// It was left out, for a reason.
        Skipped = "skipped",
        /// It does not apply here, for a reason.
        NotApplicable = "not applicable",
        /// An obstacle holds it up.
        Blocked = "blocked",
        /// It waits for something.
        Waiting = "waiting",
        /// Somebody else does it.
        Assigned = "assigned",
        /// Not settled.
        Open = "open",
        /// Not settled, and it is not known whether it applies.
        Unclear = "open: not known whether it applies",
        /// Not settled, because it does not apply.
        NotNeeded = "not needed: its condition does not apply",
        /// This audience does not see it.
        Withheld = "withheld",
    }
}

impl From<Outcome> for Progress {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Skipped => Self::Skipped,
            Outcome::NotApplicable => Self::NotApplicable,
            Outcome::Blocked => Self::Blocked,
            Outcome::Waiting => Self::Waiting,
            Outcome::Assigned => Self::Assigned,
        }
    }
}

/// A command.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ran {
    /// The step, `containment/image-hosts`.
    pub step: Text,
    /// The command's id.
    pub command: Option<Text>,
    /// The item, if the step repeats.
    pub item: Option<Text>,
    /// Whether the tool ran it; otherwise somebody said so.
    pub observed: bool,
    /// How the latest attempt ended.
    pub shown: String,
    /// When it was started or reported.
    pub at: DateTime<FixedOffset>,
    /// Who started it.
    pub by: Text,
}

/// A period without entries.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Silence {
    /// The previous entry.
    pub from: DateTime<FixedOffset>,
    /// The next entry.
    pub to: DateTime<FixedOffset>,
    /// How long it was.
    pub shown: String,
}

/// A change to a playbook that the record suggests.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Edit {
    /// `containment/generic`.
    pub playbook: String,
    /// The step.
    pub step: String,
    /// What it says now, in seconds.
    pub within_s: i64,
    /// What it took, in seconds.
    pub took_s: i64,
    /// The proposal, in words.
    pub proposal: String,
}

impl Build<'_> {
    pub(in crate::report) fn response(&self) -> Response {
        let followed = self.material.playbooks;
        let inside = self.gate.audience().names_people();
        // What the review did is told inside, as lessons are.
        let told = followed.iter().enumerate();
        let told = told.filter(|(_, one)| inside || one.phase != Phase::PostMortem);
        let playbooks: Vec<Walked> = told.map(|(number, one)| self.walked(number, one)).collect();
        Response {
            edits: if inside { edits(&playbooks) } else { Vec::new() },
            playbooks,
            decisions: self.decisions(),
            commands: self.commands(),
            owed: self.gather.incident.owed().len(),
            debts: self.debts(),
            silences: self
                .gather
                .silences
                .iter()
                .filter(|_| inside && !self.is_afterwards())
                .filter(|(from, to)| (*to - *from).num_seconds() >= 60)
                .map(|(from, to)| Silence {
                    from: *from,
                    to: *to,
                    shown: wording::length(*to - *from),
                })
                .collect(),
        }
    }

    fn walked(&self, number: usize, followed: &PlaybookFollowed) -> Walked {
        let later = &self.material.playbooks[number + 1..];
        let next = later.iter().find(|other| other.phase == followed.phase);
        let newer = next.and_then(|next| next.playbook.as_ref().ok());
        let mut steps = match &followed.playbook {
            Ok(playbook) => self.steps(playbook, newer),
            Err(_) => Vec::new(),
        };
        if next.is_none() {
            steps.extend(self.outside(followed));
        }
        let mut tally: Vec<(Progress, usize)> = Vec::new();
        for step in &steps {
            match tally.iter_mut().find(|(shown, _)| *shown == step.shown) {
                Some((_, n)) => *n += 1,
                None => tally.push((step.shown, 1)),
            }
        }
        if self.gate.audience() == Audience::Public {
            steps.clear();
        }
        let problem = followed.playbook.as_ref().err();
        Walked {
            phase: followed.phase,
            playbook: self.gate.id(&followed.pinned.playbook),
            version: self.gate.id(&followed.pinned.version),
            sha256: followed.pinned.sha256,
            at: followed.pinned.at,
            replaced: next.is_some(),
            problem: problem.and_then(|problem| self.gate.text(Class::Plan, problem)),
            tally,
            steps,
        }
    }

    /// The steps of a playbook, but for those that a newer one has, too.
    fn steps(&self, playbook: &Playbook, newer: Option<&Playbook>) -> Vec<Taken> {
        let mut taken = Vec::new();
        for step in &playbook.steps {
            let later = newer.is_some_and(|newer| newer.steps.iter().any(|one| one.id == step.id));
            if later || !self.gather.reach.step(&step.id, Some(step)) {
                continue;
            }
            let known = |name: &str| self.gather.incident.fact_value(name);
            let applies = step.when.as_ref().map_or(Some(true), |when| when.holds(&known));
            for item in self.items(step) {
                taken.push(self.taken(playbook.phase, step, item, applies));
            }
        }
        taken
    }

    fn items(&self, step: &Step) -> Vec<Option<String>> {
        let Some(list) = step.for_each.as_deref() else { return vec![None] };
        match self.gather.incident.fact_value(list) {
            Some(Value::List(items)) => {
                let told = |item: &&String| list != OWED || self.gather.reach.duty(item);
                items.iter().filter(told).cloned().map(Some).collect()
            }
            _ => vec![None],
        }
    }

    fn taken(
        &self,
        phase: Phase,
        step: &Step,
        item: Option<String>,
        applies: Option<bool>,
    ) -> Taken {
        let key = StepKey { step: step.id.clone(), item };
        let title = match &key.item {
            Some(item) if self.gate.sees(Class::Machine) => {
                step.title.replace("{item}", &wording::unmarked(item))
            }
            _ => step.title.replace("{item}", "…"),
        };
        let mut taken = self.state(phase, &key);
        if taken.shown == Progress::Open {
            taken.shown = match applies {
                Some(true) => Progress::Open,
                Some(false) => Progress::NotNeeded,
                None => Progress::Unclear,
            };
        }
        Taken {
            title: self.gate.text(Class::Plan, &title),
            role: step.role,
            within_s: step.within.map(|within| within.num_seconds()),
            ..taken
        }
    }

    /// What the record says of a step.
    fn state(&self, phase: Phase, key: &StepKey) -> Taken {
        let state = self.gather.incident.step(phase, key);
        let address = (format!("{phase}/{}", key.step), key.item.clone());
        let withheld = self.gather.withheld.steps.contains(&address);
        let state = state.filter(|_| !withheld);
        // A legal duty that was met in another way.
        let is_met = key.item.as_ref().is_some_and(|item| self.gather.incident.is_answered(item));
        let state = state.filter(|state| state.outcome.is_settled() || !is_met);
        let shown = match state {
            Some(state) => state.outcome.into(),
            None if is_met && !withheld => Progress::Done,
            None if withheld => Progress::Withheld,
            None => Progress::Open,
        };
        let took = self.gather.took.get(&(phase, key.clone())).filter(|_| !withheld);
        Taken {
            step: self.gate.id(&key.step),
            title: None,
            item: self.gate.option(Class::Machine, key.item.as_deref()),
            role: None,
            outcome: state.map(|state| state.outcome),
            shown,
            text: state.and_then(|state| self.said(state)),
            at: state.map(|state| state.at),
            occurred: state.and_then(|state| state.occurred.clone()),
            by: state.map(|state| self.gate.person(&state.by)),
            within_s: None,
            took_s: took.map(TimeDelta::num_seconds),
        }
    }

    fn said(&self, state: &StepState) -> Option<Text> {
        self.gate.option(Class::Reason, state.said().as_deref())
    }

    /// Outcomes of steps that no playbook of the phase lists, or of items that left their list: what
    /// was done is never lost.
    fn outside(&self, followed: &PlaybookFollowed) -> Vec<Taken> {
        let Some(state) = self.gather.incident.phases.get(&followed.phase) else {
            return Vec::new();
        };
        let of_phase = self.material.playbooks.iter().filter(|one| one.phase == followed.phase);
        let read: Vec<&Playbook> = of_phase.filter_map(|one| one.playbook.as_ref().ok()).collect();
        let listed = |key: &StepKey| {
            let mut steps = read.iter().flat_map(|playbook| &playbook.steps);
            steps.any(|step| step.id == key.step && self.items(step).contains(&key.item))
        };
        let untold = |key: &&StepKey| !listed(key) && self.gather.reach.step(&key.step, None);
        let mut keys: Vec<&StepKey> = state.steps.keys().filter(untold).collect();
        keys.sort();
        keys.into_iter().map(|key| self.state(followed.phase, key)).collect()
    }

    fn commands(&self) -> Vec<Ran> {
        let mut commands: Vec<_> = self.gather.incident.commands.iter().collect();
        commands.sort_by_key(|(key, state)| (state.at, &key.step, &key.item, &key.command));
        if self.gate.audience() == Audience::Public {
            return Vec::new();
        }
        let ran = commands.into_iter().map(|(key, state)| Ran {
            step: self.gate.id(&key.step),
            command: self.gate.text(Class::Machine, &key.command),
            item: self.gate.option(Class::Machine, key.item.as_deref()),
            observed: state.intent.is_some(),
            shown: state
                .ended
                .as_ref()
                .map_or_else(|| "started; how it ended is not known".to_owned(), Ended::words),
            at: state.at,
            by: self.gate.person(&state.by),
        });
        ran.collect()
    }
}

/// A step that takes more than twice its box, and five minutes more, has the wrong box.
fn edits(playbooks: &[Walked]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for walked in playbooks {
        for step in &walked.steps {
            let (Some(within), Some(took)) = (step.within_s, step.took_s) else { continue };
            if took <= within * 2 || took < within + 300 {
                continue;
            }
            let length = |seconds| wording::length(TimeDelta::seconds(seconds));
            edits.push(Edit {
                playbook: format!("{}/{}", walked.phase, walked.playbook.as_str()),
                step: step.step.as_str().to_owned(),
                within_s: within,
                took_s: took,
                proposal: format!(
                    "`{}` took {}, its time box is {}: give it more time, or split it",
                    step.step.as_str(),
                    length(took),
                    length(within)
                ),
            });
        }
    }
    edits
}
