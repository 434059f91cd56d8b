//! What there is to do: every step that is open or set aside, why it is not done, and whose it is.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use super::people::{self, is_of};
use super::plan::{Place, Plan, Standing};
use crate::fact::{Condition, Vocabulary};
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepState};
use crate::lexicon::words;
use crate::phase::Phase;
use crate::playbook::{Playbook, Role, Step};
use crate::wording;

words! {
    /// Why a step is not done.
    pub enum TaskState {
        /// Its time is over.
        Overdue = "overdue",
        /// Anybody can take it now.
        Ready = "ready",
        /// It waits for something, is somebody's, or is blocked.
        Waiting = "waiting",
        /// Something else comes first.
        Later = "later",
    }
}

/// A step that comes first, and who or what holds it up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Before {
    step: String,
    holds: Vec<String>,
}

/// A step that is to be done: one place, or all its items in the same state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Task {
    /// The phase.
    pub phase: Phase,
    /// Number among the steps of the playbook, from 1.
    pub number: usize,
    /// Id of the step.
    pub step: String,
    /// Its title, with the item where it is one.
    pub title: String,
    /// The items, if it repeats.
    pub items: Vec<String>,
    /// Who should do it.
    pub role: Option<&'static str>,
    /// Why it is not done.
    pub state: TaskState,
    /// Waiting, assigned or blocked.
    pub outcome: Option<Outcome>,
    /// Whose it is.
    pub owner: Option<String>,
    /// Why, in words.
    pub reason: Option<String>,
    /// When to look again, or when it comes up.
    pub check_at: Option<DateTime<FixedOffset>>,
    /// The deadline for cutting a way in.
    pub cut_by: Option<DateTime<FixedOffset>>,
    /// Who said so.
    pub by: Option<String>,
    /// Whether what was said is marked privileged.
    pub privileged: bool,
    /// The steps that come first.
    #[serde(skip)]
    before: Vec<Before>,
    /// The title of the step for all its items.
    #[serde(skip)]
    title_of_all: String,
}

impl Task {
    /// The task without its item: places of a step in the same state make one task.
    fn stands(&self) -> Self {
        Self { title: String::new(), items: Vec::new(), ..self.clone() }
    }

    /// The same task, for readers who may not see the items of its step.
    #[must_use]
    pub fn without_items(self) -> Self {
        Self { title: self.title_of_all.clone(), items: Vec::new(), ..self }
    }

    /// Takes in other items of its step that something else holds up; whether there are such.
    fn joins(&mut self, other: &Self) -> bool {
        let is_held = !self.before.is_empty() && !other.before.is_empty();
        if !is_held || self.state != other.state {
            return false;
        }
        for before in &other.before {
            match self.before.iter_mut().find(|known| known.step == before.step) {
                Some(known) => {
                    let new = before.holds.iter().filter(|one| !known.holds.contains(one));
                    known.holds.extend(new.cloned().collect::<Vec<_>>());
                }
                None => self.before.push(before.clone()),
            }
        }
        self.items.extend(other.items.iter().cloned());
        self.title.clone_from(&self.title_of_all);
        self.reason = Some(after(&self.before));
        true
    }

    /// The number of places: one for each item, or one without items.
    pub fn places(&self) -> usize {
        self.items.len().max(1)
    }

    /// Whether its cut-off has passed: the ways in should be cut together.
    fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.cut_by.is_some_and(|by| by <= now)
    }

    /// Whether it is assigned to a person or waits for them, or another step comes first that is or does.
    pub fn concerns(&self, name: &str) -> bool {
        let waits = self.reason.iter().filter(|_| self.outcome == Some(Outcome::Waiting));
        let holds = self.before.iter().flat_map(|before| &before.holds);
        let holds = holds.filter(|hold| !hold.starts_with(Outcome::Blocked.as_str()));
        self.owner.as_ref().is_some_and(|owner| is_of(owner, name))
            || waits.chain(holds).any(|said| people::names(said, name))
    }
}

/// The same tasks for people: items of a step that are held up are one task, whoever holds them up.
pub fn together<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> Vec<Task> {
    let mut together: Vec<Task> = Vec::new();
    for task in tasks {
        let of_step = |known: &&mut Task| (known.phase, known.number) == (task.phase, task.number);
        let mut known = together.iter_mut().rev().take_while(of_step);
        if !known.any(|known| known.joins(task)) {
            together.push(task.clone());
        }
    }
    together
}

/// What there is to do in a phase, in the order of its playbook. Items of a step in the same state
/// are one task.
pub fn tasks(
    playbook: &Playbook,
    vocabulary: &Vocabulary,
    incident: &Incident,
    now: DateTime<Utc>,
) -> Vec<Task> {
    let plan = Plan::new(playbook, incident);
    let mut tasks: Vec<Task> = Vec::new();
    for number in 0..playbook.steps.len() {
        let mut alike: HashMap<Task, usize> = HashMap::new();
        // There can be thousands of items, and what comes first is the same for all.
        let mut held = None;
        for place in plan.range(number) {
            let is_open = plan.places[place].standing != Standing::Settled && plan.concerns(place);
            if !is_open {
                continue;
            }
            let held = held
                .get_or_insert_with(|| Held::of((playbook, vocabulary), incident, &plan, place));
            let by = held.by.iter().cloned().chain(own(playbook, incident, &plan, place));
            let by: Vec<Before> = by.collect();
            let mut task = task(playbook, incident, &plan.places[place], (&by, held.cut_by), now);
            let is_open = plan.places[place].applies.is_none() && task.outcome.is_none();
            if is_open && task.reason.is_none() {
                task.reason.clone_from(&held.may_apply);
            }
            let known = *alike.entry(task.stands()).or_insert(tasks.len());
            if known == tasks.len() {
                tasks.push(task);
            } else {
                tasks[known].title.clone_from(&task.title_of_all);
                tasks[known].items.extend(task.items);
            }
        }
    }
    tasks
}

/// What holds a step up, whatever its item.
struct Held {
    /// The steps that come first, but for those over the same list.
    by: Vec<Before>,
    /// The deadline, if it cuts a way in.
    cut_by: Option<DateTime<FixedOffset>>,
    /// What it depends on, where that is open.
    may_apply: Option<String>,
}

impl Held {
    fn of(
        (playbook, vocabulary): (&Playbook, &Vocabulary),
        incident: &Incident,
        plan: &Plan,
        place: usize,
    ) -> Self {
        let step = plan.places[place].step;
        let unmet = plan.unmet(playbook, place);
        let shared = unmet.filter(|&need| plan.same_item(playbook, place, need).is_none());
        Self {
            by: shared.map(|need| first(playbook, incident, need, plan.of_step(need))).collect(),
            cut_by: cut_by(playbook, incident, step),
            may_apply: may_apply(&playbook.steps[step], incident, vocabulary),
        }
    }
}

fn task(
    playbook: &Playbook,
    incident: &Incident,
    place: &Place,
    (held, cut_by): (&[Before], Option<DateTime<FixedOffset>>),
    now: DateTime<Utc>,
) -> Task {
    let step = &playbook.steps[place.step];
    let key = place.key(playbook);
    let blank = Task {
        phase: playbook.phase,
        number: place.step + 1,
        step: step.id.clone(),
        title: place.title(playbook),
        items: place.item.clone().into_iter().collect(),
        role: step.role.map(Role::as_str),
        state: TaskState::Ready,
        outcome: None,
        owner: None,
        reason: None,
        check_at: None,
        cut_by,
        by: None,
        privileged: false,
        before: Vec::new(),
        title_of_all: step.fill(&step.title, None),
    };
    if let Some(state) = incident.step(playbook.phase, &key) {
        return aside(blank, state, now);
    }
    if !held.is_empty() {
        let reason = Some(after(held));
        // A way in still open after its cut-off is late, even if other steps come first.
        let state = if blank.is_late(now) { TaskState::Overdue } else { TaskState::Later };
        return Task { state, reason, before: held.to_vec(), ..blank };
    }
    if let Some(at) = place.not_before.filter(|at| *at > now) {
        let reason = Some("comes up later".to_owned());
        return Task { state: TaskState::Later, reason, check_at: Some(at), ..blank };
    }
    let state = if blank.is_late(now) { TaskState::Overdue } else { TaskState::Ready };
    Task { state, ..blank }
}

fn aside(blank: Task, state: &StepState, now: DateTime<Utc>) -> Task {
    let why = state.why.as_ref().map(|why| why.as_str().to_owned());
    let reason: Vec<String> = why.into_iter().chain(state.text.clone()).collect();
    let is_over = state.check_at.is_some_and(|at| at <= now);
    Task {
        state: if is_over || blank.is_late(now) { TaskState::Overdue } else { TaskState::Waiting },
        outcome: Some(state.outcome),
        owner: state.owner.clone(),
        reason: (!reason.is_empty()).then(|| reason.join(": ")),
        check_at: state.check_at,
        by: Some(state.by.clone()),
        privileged: state.is_privileged,
        ..blank
    }
}

/// `may apply: Platforms: aws or gcp`.
fn may_apply(step: &Step, incident: &Incident, vocabulary: &Vocabulary) -> Option<String> {
    let list = step.for_each.as_deref();
    let list = list.map(|list| format!("{}: not known yet", vocabulary.called(list)));
    let is_open = |when: &&Condition| when.holds(&|name| incident.fact_value(name)).is_none();
    let when = step.when.as_ref().filter(is_open);
    let open = when.map(|when| when.words(vocabulary)).or(list)?;
    Some(format!("may apply: {open}"))
}

/// Needed steps over the same list: of each, what holds up this item.
fn own(playbook: &Playbook, incident: &Incident, plan: &Plan, place: usize) -> Vec<Before> {
    let own = plan.unmet(playbook, place).filter_map(|need| {
        let of = plan.same_item(playbook, place, need)?;
        Some(first(playbook, incident, need, std::iter::once(&plan.places[of])))
    });
    own.collect()
}

/// A step that comes first, and with whom it is.
fn first<'p>(
    playbook: &Playbook,
    incident: &Incident,
    need: usize,
    places: impl Iterator<Item = &'p Place>,
) -> Before {
    let step = &playbook.steps[need];
    let mut with: Vec<String> = Vec::new();
    for place in places {
        let state = incident.step(playbook.phase, &place.key(playbook));
        let said = state.filter(|state| !state.outcome.is_settled()).map(holds_up);
        with.extend(said.filter(|said| !with.contains(said)));
    }
    Before { step: format!("{} {}", need + 1, step.id), holds: with }
}

/// `after 6 save-live-state (with Lena; with Omar) and 9 call-bank`.
fn after(before: &[Before]) -> String {
    let shown = |Before { step, holds }: &Before| match holds.as_slice() {
        [] => step.clone(),
        holds => format!("{step} ({})", wording::some(holds, 2)),
    };
    format!("after {}", wording::list(&before.iter().map(shown).collect::<Vec<_>>()))
}

/// Who or what holds a step up.
fn holds_up(state: &StepState) -> String {
    match (state.outcome, &state.owner) {
        (Outcome::Assigned, Some(owner)) => format!("with {owner}"),
        (outcome, _) => match state.said() {
            Some(said) => format!("{}: {}", outcome.as_str(), wording::clip(&said, 60)),
            None => outcome.as_str().to_owned(),
        },
    }
}

/// The deadline of a step that cuts a way in.
fn cut_by(playbook: &Playbook, incident: &Incident, step: usize) -> Option<DateTime<FixedOffset>> {
    let begun = incident.phases.get(&playbook.phase)?.begun?;
    let cut = playbook.cut_offs.iter().filter(|cut| cut.steps.contains(&step));
    cut.filter_map(|cut| begun.checked_add_signed(cut.by)).min()
}
