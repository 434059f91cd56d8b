//! What a responder is shown of a step, as data; a face decides how it looks.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::plan::Plan;
use crate::incident::event::Ended;
use crate::incident::{CommandKey, CommandState, Incident, StepKey, StepState};
use crate::playbook::{Command, Part, Playbook, Role, Step};
use crate::{fact::Vocabulary, wording};

/// A step, ready to be shown. Texts are foreign and not yet escaped.
#[derive(Clone, Debug, PartialEq)]
pub struct StepCard {
    /// `(4, 14)`: number and how many.
    pub position: (usize, usize),
    /// Step and item.
    pub key: StepKey,
    /// `(2, 3)`: the item's number and how many.
    pub item_position: Option<(usize, usize)>,
    /// Title, `{item}` filled in.
    pub title: String,
    /// What to do, Markdown.
    pub instructions: String,
    /// Why.
    pub why: String,
    /// Who should do it.
    pub role: Option<&'static str>,
    /// Whom it needs, by their part on the roster.
    pub call: Vec<String>,
    /// Time box, and since when it runs.
    pub time_box: Option<(TimeDelta, Option<DateTime<Utc>>)>,
    /// The condition, if unknown facts leave it open.
    pub may_apply: Option<String>,
    /// Titles of steps that should come first.
    pub unmet: Vec<String>,
    /// Titles of steps that should have kept what this one destroys.
    pub unkept: Vec<String>,
    /// What was said of it before.
    pub before: Option<String>,
    /// Facts it asks: title, and the value if there is one.
    pub facts: Vec<(String, Option<String>)>,
    /// Evidence it wants: title, required, there.
    pub evidence: Vec<(String, bool, bool)>,
    /// Commands: id, title, changes the world, what happened to it.
    pub commands: Vec<(String, String, bool, Option<String>)>,
}

impl StepCard {
    pub(super) fn new(
        playbook: &Playbook,
        vocabulary: &Vocabulary,
        incident: &Incident,
        plan: &Plan,
        place: usize,
    ) -> Self {
        let here = &plan.places[place];
        let step = &playbook.steps[here.step];
        let item = here.item.as_deref();
        let key = StepKey { step: step.id.clone(), item: here.item.clone() };
        let address = address(playbook, step);
        Self {
            position: plan.position(here.step),
            item_position: item.map(|item| {
                let mut items = plan.of_step(here.step);
                let number = items.position(|other| other.item.as_deref() == Some(item));
                (number.map_or(0, |number| number + 1), plan.of_step(here.step).count())
            }),
            title: step.fill(&step.title, item),
            instructions: step.fill(&told(&step.instructions, incident).join("\n\n"), item),
            why: step.fill(&step.why, item),
            role: step.role.map(Role::as_str),
            call: step.call.clone(),
            time_box: step.within.map(|within| (within, since(playbook, incident))),
            may_apply: (here.applies.is_none())
                .then(|| step.when.as_ref().map(|when| when.source().to_owned()))
                .flatten()
                .or_else(|| {
                    let list = step.for_each.as_ref().filter(|_| item.is_none());
                    list.map(|list| format!("`{list}` is not known yet"))
                }),
            unmet: plan
                .unmet(playbook, place)
                .map(|need| playbook.steps[need].fill(&playbook.steps[need].title, None))
                .collect(),
            unkept: plan.unkept(playbook, incident, place),
            before: incident.step(playbook.phase, &key).map(before),
            facts: step
                .ask
                .iter()
                .filter_map(|name| vocabulary.get(name))
                .map(|fact| {
                    let value = incident.fact_value(&fact.name);
                    (fact.title.clone(), value.map(|value| value.brief(Some(fact))))
                })
                .collect(),
            evidence: step
                .evidence
                .iter()
                .map(|wanted| {
                    let there = incident.has_evidence(&address, &wanted.id, item);
                    (step.fill(&wanted.title, item), wanted.required, there)
                })
                .collect(),
            commands: commands(step, incident)
                .map(|command| {
                    let name = CommandKey {
                        step: address.clone(),
                        item: here.item.clone(),
                        command: command.id.clone(),
                    };
                    let state = incident.commands.get(&name).map(attempt);
                    let title = step.fill(&command.title, item);
                    (command.id.clone(), title, command.changes, state)
                })
                .collect(),
            key,
        }
    }
}

/// The texts of a step that apply, or may, as far as the facts tell.
fn told<'s>(parts: &'s [Part], incident: &Incident) -> Vec<&'s str> {
    Part::told(parts, &|name| incident.fact_value(name))
}

/// The commands of a step that may be run here, as far as the facts tell.
pub fn commands<'a>(step: &'a Step, incident: &'a Incident) -> impl Iterator<Item = &'a Command> {
    step.commands.iter().filter(|command| {
        command
            .when
            .as_ref()
            .is_none_or(|when| when.holds(&|name| incident.fact_value(name)) != Some(false))
    })
}

/// `containment/image-web-hosts`.
pub(super) fn address(playbook: &Playbook, step: &Step) -> String {
    format!("{}/{}", playbook.phase, step.id)
}

/// A time box runs from the last outcome of the phase: that is when the step came up.
fn since(playbook: &Playbook, incident: &Incident) -> Option<DateTime<Utc>> {
    let phase = incident.phases.get(&playbook.phase)?;
    let latest = phase.latest.as_ref().and_then(|key| phase.steps.get(key)).map(|step| step.at);
    let pinned = phase.pinned.as_ref().map(|pinned| pinned.at);
    latest.max(pinned).map(|at| at.with_timezone(&Utc))
}

fn before(state: &StepState) -> String {
    let text = state.text.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
    let check = state
        .check_at
        .map(|at| format!("; check again {}", wording::moment(at)))
        .unwrap_or_default();
    format!("{}{text} ({}, {}){check}", state.outcome.as_str(), state.by, clock(state.at))
}

/// How the latest attempt at a command went.
pub(super) fn attempt(state: &CommandState) -> String {
    let started = clock(state.at);
    match &state.ended {
        None => format!("started {started}, outcome unknown"),
        Some(ended) => {
            let how = match ended {
                Ended::NotStarted(_) => "tried",
                Ended::Unknown => "reported",
                Ended::Exit(_) | Ended::Signal(_) | Ended::TimedOut => "ran",
            };
            format!("{how} {started}, {}", ended.words())
        }
    }
}

fn clock(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M:%S").to_string()
}
