//! From one playbook to another: what is done carries over by step id.

use super::pin::{self, kind, list, numbers, rank};
use crate::cli::desk::answers::{self, Said};
use crate::cli::desk::followed::{Followed, kept_in};
use crate::cli::desk::shelf::{Shelf, Shelved};
use crate::cli::desk::{Context, Failure, Record};
use crate::digest::Digest;
use crate::fact::names;
use crate::incident::Incident;
use crate::phase::Phase;
use crate::prompt::Prompt;

/// Follows the playbook of this name from now on; where there is no name, asks for one. None: nothing
/// is changed.
pub(super) fn switch(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    (shelf, phase): (&Shelf, Phase),
    name: &str,
) -> Result<Option<Followed>, Failure> {
    let of_phase = pin::ranked(shelf, phase, kind(&record.incident).as_deref());
    let mut name = name.to_owned();
    if name.is_empty() {
        list(context, &of_phase, &numbers(&of_phase));
        let help = "A number or a name takes another playbook; what is done carries over.";
        let question = "Which playbook? (Enter changes nothing) ";
        match answers::opening(context, prompt, "playbook", question, help)? {
            Said::Answer(answer) => name = answer,
            Said::Nothing | Said::Back => return Ok(None),
        }
    }
    let number = name.parse::<usize>().ok();
    let place = numbers(&of_phase).iter().position(|known| Some(*known) == number);
    let found = match place.and_then(|place| of_phase.into_iter().nth(place)) {
        Some(shelved) => Ok(shelved),
        None => shelf.find(Some(phase), &name),
    };
    match found {
        Ok(shelved) => take(context, record, &shelved),
        Err(failure) => {
            let error = failure.error;
            context
                .screen
                .say(&format!("Nothing is changed: {error:#}. `switch` alone lists them."));
            prompt.refused()?;
            Ok(None)
        }
    }
}

/// Offers the playbook that suits the kind of incident, if it is another than the one that is followed.
pub(super) fn offer(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
    shelf: &Shelf,
    followed: &Followed,
) -> Result<Option<Followed>, Failure> {
    let phase = followed.playbook.phase;
    let Some(kind) = kind(&record.incident) else { return Ok(None) };
    let suits = |shelved: &Shelved| rank(shelved, Some(&kind)) == 2;
    let Some(better) = pin::ranked(shelf, phase, Some(&kind)).into_iter().find(suits) else {
        return Ok(None);
    };
    if followed.playbook.suits.contains(&kind) || followed.playbook.id == better.playbook.id {
        return Ok(None);
    }
    let (id, title) = (&better.playbook.id, &better.playbook.title);
    context.screen.say(&format!("For this kind of incident there is `{id}`: {title}."));
    if !prompt.is_patient() {
        let walk = phase.command();
        context.screen.say(&format!("`breach {walk} --switch {id}` follows it."));
        return Ok(None);
    }
    let help = "What is done carries over; `switch` at a step changes the playbook at any time.";
    match answers::opening(context, prompt, "playbook", "Follow it from here? [y/N] ", help)? {
        Said::Answer(yes) if ["y", "yes"].contains(&yes.to_lowercase().as_str()) => {
            take(context, record, &better)
        }
        said => {
            context.screen.say("The playbook stays. `switch` changes it at any time.");
            if let Said::Answer(line) = said
                && !["n", "no"].contains(&line.to_lowercase().as_str())
            {
                context.screen.warn(&format!("not recorded: {line}"));
            }
            Ok(None)
        }
    }
}

/// Whether the kind of incident was last set before the phase began to follow its playbook: somebody
/// chose that one knowing it.
pub(super) fn is_settled(incident: &Incident, phase: Phase) -> bool {
    let pinned = incident.phases.get(&phase).and_then(|phase| phase.pinned.as_ref());
    let set = incident.facts.get(names::INCIDENT_KIND).and_then(|history| history.last());
    pinned.zip(set).is_none_or(|(pinned, set)| set.at <= pinned.at)
}

fn take(
    context: &mut Context,
    record: &mut Record,
    shelved: &Shelved,
) -> Result<Option<Followed>, Failure> {
    let phase = shelved.playbook.phase;
    let pinned = record.incident.phases.get(&phase).and_then(|phase| phase.pinned.as_ref());
    let title = &shelved.playbook.title;
    if pinned.is_some_and(|pinned| pinned.sha256 == Digest::of(shelved.text.as_bytes())) {
        context.screen.say(&format!("That is the playbook you follow: {title}."));
        return Ok(None);
    }
    let before = pinned.map(|pinned| pinned.playbook.clone());
    let followed = pin::pin(context, record, shelved, before)?;
    context.screen.say(&format!("Now: {title}. What is done carries over."));
    Ok(Some(followed))
}

/// The digest of the playbook that a phase follows.
pub(super) fn pinned(record: &Record, phase: Phase) -> Option<Digest> {
    record.incident.phases.get(&phase)?.pinned.as_ref().map(|pinned| pinned.sha256)
}

/// The playbook that somebody else has this phase follow by now, if that is not the one of before.
pub(super) fn elsewhere(
    context: &mut Context,
    record: &Record,
    (phase, before): (Phase, Option<&Digest>),
) -> Result<Option<Followed>, Failure> {
    let pinned = record.incident.phases.get(&phase).and_then(|phase| phase.pinned.as_ref());
    let Some(pinned) = pinned.filter(|pinned| before != Some(&pinned.sha256)) else {
        return Ok(None);
    };
    context.screen.warn(&format!(
        "the playbook is `{}` from now on: somebody changed it; `switch` changes it again",
        pinned.playbook
    ));
    kept_in(&record.folder, phase, pinned).map(Some)
}
