//! What a responder is shown of a step, as data; a face decides how it looks.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use super::contested;
use super::cut::CardCut;
use super::plan::{Plan, Standing, titled};
use crate::fact::Vocabulary;
use crate::incident::event::{Ended, Outcome};
use crate::incident::{CommandKey, CommandState, Incident, StepKey, StepState};
use crate::phase::Phase;
use crate::playbook::{Command, Part, Playbook, Role, Step};
use crate::wording;

/// A step, ready to be shown. Texts are foreign and not yet escaped.
#[derive(Clone, Debug, PartialEq)]
pub struct StepCard {
    /// The phase.
    pub phase: Phase,
    /// `(4, 14)`: number and how many.
    pub position: (usize, usize),
    /// Step and item; no item where the card is about all of them.
    pub key: StepKey,
    /// Title, `{item}` filled in.
    pub title: String,
    /// The items of the step, where the card is about all of them.
    pub items: Vec<CardItem>,
    /// What to do, one line each; none where nobody wrote them yet.
    pub acts: Vec<String>,
    /// What to do, Markdown, but for its last paragraph where that says when it is done.
    pub instructions: String,
    /// `Done when …`.
    pub done_when: Option<String>,
    /// Why.
    pub why: String,
    /// Who should do it.
    pub role: Option<&'static str>,
    /// Whom it needs, by their part on the roster.
    pub call: Vec<String>,
    /// Time box, and since when it runs.
    pub time_box: Option<(TimeDelta, Option<DateTime<Utc>>)>,
    /// The minute in which it is cut, or before which it saves.
    pub cut: Option<CardCut>,
    /// The facts that leave it open whether it applies, in words.
    pub may_apply: Option<String>,
    /// Steps that should come first: number and id.
    pub unmet: Vec<(usize, String)>,
    /// Titles of steps that should have kept what this one destroys.
    pub unkept: Vec<String>,
    /// What was said of it before.
    pub before: Option<String>,
    /// How many places of the phase are set aside, by outcome.
    pub aside: Vec<(Outcome, usize)>,
    /// Commands for platforms that nobody has named.
    pub other_commands: usize,
    /// Facts it asks for.
    pub facts: Vec<CardFact>,
    /// Evidence it wants.
    pub evidence: Vec<CardEvidence>,
    /// Commands: id, title, changes the world, what happened to it.
    pub commands: Vec<(String, String, bool, Option<String>)>,
    /// Ids of other playbooks to look at.
    pub see: Vec<String>,
}

/// An item of a step on its card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardItem {
    /// As the list has it.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// `done 23:31 by Ada`, `open`.
    pub state: String,
    /// Whether it would lose what is not kept yet.
    pub unkept: bool,
}

/// A fact on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFact {
    /// Its title.
    pub title: String,
    /// Its value, if it is known.
    pub value: Option<String>,
    /// Whether a person is asked even if it is known.
    pub again: bool,
}

/// Evidence on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardEvidence {
    /// What it is.
    pub title: String,
    /// Whether it stays owed without it.
    pub required: bool,
    /// For how many items it is missing.
    pub missing: usize,
}

/// What has to be known before it is clear whether a step applies.
fn open_facts(step: &Step, vocabulary: &Vocabulary, incident: &Incident) -> String {
    let known = |name: &str| incident.fact_value(name);
    let condition = step.when.iter().flat_map(|when| when.undecided(&known));
    let list = step.for_each.as_deref().filter(|list| known(list).is_none());
    let titled = |name: &str| {
        vocabulary
            .get(name)
            .map_or_else(|| name.to_owned(), |fact| format!("{} (f {name})", fact.title))
    };
    wording::some(&condition.chain(list).map(titled).collect::<Vec<_>>(), 3)
}

impl StepCard {
    pub(super) fn new(
        playbook: &Playbook,
        vocabulary: &Vocabulary,
        incident: &Incident,
        plan: &Plan,
        (key, places): (&StepKey, &[usize]),
    ) -> Self {
        let here = &plan.places[places[0]];
        let step = &playbook.steps[here.step];
        let is_group = key.item.is_none() && here.item.is_some();
        let item = key.item.as_deref();
        let address = address(playbook, step);
        let item_of = |place: usize| plan.places[place].item.clone();
        let of = |place: usize| StepKey { step: step.id.clone(), item: item_of(place) };
        let unkept_at = |place: usize| plan.keepers(playbook, incident, place);
        let mut unkept: Vec<String> = Vec::new();
        for (keeper, items) in places.iter().flat_map(|&place| unkept_at(place)) {
            let title = if keeper.for_each == step.for_each {
                keeper.fill(&keeper.title, item)
            } else {
                titled(keeper, &items)
            };
            if !unkept.contains(&title) {
                unkept.push(title);
            }
        }
        let items = places.iter().filter(|_| is_group).map(|&place| CardItem {
            name: item_of(place).unwrap_or_default(),
            standing: plan.places[place].standing,
            state: contested::step(incident, playbook.phase, &of(place))
                .or_else(|| incident.step(playbook.phase, &of(place)).map(stands))
                .unwrap_or_else(|| "open".to_owned()),
            unkept: !unkept_at(place).is_empty(),
        });
        let text = step.fill(&told(&step.instructions, incident).join("\n\n"), item);
        let (instructions, done_when) = split_done(&text);
        Self {
            phase: playbook.phase,
            position: plan.position(here.step),
            title: step.fill(&step.title, item),
            items: items.collect(),
            acts: told(&step.acts, incident).iter().map(|act| step.fill(act, item)).collect(),
            instructions,
            done_when,
            why: step.fill(&step.why, item),
            role: step.role.map(Role::as_str),
            call: step.call.clone(),
            time_box: step.within.map(|within| (within, since(playbook, incident))),
            cut: (!plan.is_settled(here.step))
                .then(|| CardCut::of(playbook, incident, plan, here.step))
                .flatten(),
            may_apply: (here.applies.is_none())
                .then(|| open_facts(step, vocabulary, incident))
                .filter(|facts| !facts.is_empty()),
            unmet: plan
                .unmet(playbook, places[0])
                .map(|need| (need + 1, playbook.steps[need].id.clone()))
                .collect(),
            unkept,
            before: contested::step(incident, playbook.phase, key)
                .or_else(|| incident.step(playbook.phase, key).map(before))
                .filter(|_| !is_group)
                .or_else(|| elsewhere(incident, playbook.phase, key)),
            aside: aside(playbook, incident, plan),
            facts: facts(step, (&step.ask, incident), vocabulary, item),
            evidence: step
                .evidence
                .iter()
                .map(|wanted| {
                    let misses = |&&place: &&usize| {
                        let item = item_of(place);
                        !incident.has_evidence(&address, &wanted.id, item.as_deref())
                    };
                    CardEvidence {
                        title: step.fill(&wanted.title, item),
                        required: wanted.required,
                        missing: places.iter().filter(misses).count(),
                    }
                })
                .collect(),
            other_commands: step.commands.len() - commands(step, incident).count(),
            commands: commands(step, incident)
                .map(|command| {
                    let name = CommandKey {
                        step: address.clone(),
                        item: key.item.clone(),
                        command: command.id.clone(),
                    };
                    let state = incident.commands.get(&name).map(attempt);
                    let title = step.fill(&command.title, item);
                    (command.id.clone(), title, command.changes, state)
                })
                .collect(),
            see: step.see.clone(),
            key: key.clone(),
        }
    }
}

/// Instructions without their last paragraph, if that says when the step is done; and that.
pub(super) fn split_done(text: &str) -> (String, Option<String>) {
    let text = text.trim_end();
    let (before, last) = text.rsplit_once("\n\n").unwrap_or(("", text));
    if last.starts_with("Done when ") {
        return (before.to_owned(), Some(last.replace('\n', " ")));
    }
    (text.to_owned(), None)
}

/// How many places are waiting, assigned or blocked.
fn aside(playbook: &Playbook, incident: &Incident, plan: &Plan) -> Vec<(Outcome, usize)> {
    let keys: Vec<StepKey> = plan.aside().map(|place| plan.places[place].key(playbook)).collect();
    let outcome = |key: &StepKey| incident.step(playbook.phase, key).map(|state| state.outcome);
    let of = |wanted| keys.iter().filter(|key| outcome(key) == Some(wanted)).count();
    let all = [Outcome::Waiting, Outcome::Assigned, Outcome::Blocked].map(|why| (why, of(why)));
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// Where an item stands, in a few words: `done 23:31 by Ada`.
pub(super) fn stands(state: &StepState) -> String {
    let text = state.said().unwrap_or_default();
    let again = state.check_at.map(|at| format!(", look again {}", wording::near(at, state.at)));
    let again = again.unwrap_or_default();
    match state.outcome {
        Outcome::Assigned => format!("with {text}{again}"),
        Outcome::Waiting => format!("waiting for {text}{again}"),
        Outcome::Blocked => format!("blocked: {text}{again}"),
        outcome => {
            let at = state.occurred.as_ref().map_or(state.at, |when| when.earliest);
            format!("{} {} by {}", outcome.as_str(), at.format("%H:%M"), state.by)
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
    let text = state.said().map(|text| format!(": {text}")).unwrap_or_default();
    let check = state
        .check_at
        .map(|at| format!("; check again {}", wording::moment(at)))
        .unwrap_or_default();
    let happened = state.occurred.as_ref().map(|when| format!("; happened {}", when.show()));
    let happened = happened.unwrap_or_default();
    format!("{}{text} ({}, {}{happened}){check}", state.outcome.as_str(), state.by, clock(state.at))
}

/// What was said of the same step in another phase.
fn elsewhere(incident: &Incident, here: Phase, key: &StepKey) -> Option<String> {
    let others = incident.phases.iter().filter(|(phase, _)| **phase != here);
    let said = others.filter_map(|(phase, of)| Some((phase, of.steps.get(key)?)));
    let (phase, state) = said.max_by_key(|(_, state)| state.at)?;
    let at = clock(state.at);
    Some(format!("{} in {phase} ({}, {at})", state.outcome.as_str(), state.by))
}

/// Commands of a phase that were started and came to no end that anybody saw, or were cut off, in words:
/// `` `disable` on svc-scan: started 03:31:07, outcome unknown ``.
pub fn cut_off(incident: &Incident, phase: Phase) -> Vec<String> {
    let of_phase = |key: &CommandKey| key.step.starts_with(&format!("{phase}/"));
    let is_loose = |state: &CommandState| {
        matches!(state.ended, None | Some(Ended::Signal(_) | Ended::TimedOut))
    };
    let loose = incident.commands.iter().filter(|(key, state)| of_phase(key) && is_loose(state));
    let mut lines: Vec<(DateTime<FixedOffset>, String)> = loose
        .map(|(key, state)| {
            let on = key.item.as_ref().map_or_else(String::new, |item| format!(" on {item}"));
            (state.at, format!("`{}`{on}: {}", key.command, attempt(state)))
        })
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
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

/// What is asked for, but for what follows from other answers.
pub(super) fn facts(
    step: &Step,
    (names, incident): (&[String], &Incident),
    vocabulary: &Vocabulary,
    item: Option<&str>,
) -> Vec<CardFact> {
    let known = |name: &str| incident.fact_value(name);
    let asked = names.iter().filter_map(|name| vocabulary.get(name)).map(|fact| {
        // Somebody who said that nobody knows is asked again.
        let last = incident.facts.get(&fact.name).and_then(|changes| changes.last());
        (fact, last.filter(|last| !last.is_unknown()))
    });
    asked
        .filter(|(fact, last)| last.is_some() || !fact.is_moot(vocabulary, &known))
        .map(|(fact, last)| {
            let value = last.map(|last| last.shown(last.value.brief(Some(fact))));
            CardFact {
                title: fact.title.clone(),
                value: contested::fact(incident, fact, item).or(value),
                again: step.asks_again(fact),
            }
        })
        .collect()
}
