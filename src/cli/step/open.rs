//! `breach step STEP open`: what was said of it is taken back. What the same entries say of other items
//! is said again.

use crate::cli::desk::naming::Naming;
use crate::cli::desk::place::Place;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, undo};
use crate::fact::{Precision, When};
use crate::incident::StepKey;
use crate::incident::event::{Draft, Event, Stamped, Text};
use crate::walk::Walk;
use crate::wording;

pub(super) fn run(
    context: &mut Context,
    record: &mut Record,
    place: Place<'_>,
    items: &[String],
    why: &str,
) -> Result<Exit, Failure> {
    let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let keys = walk.places_of(&record.incident, place.step, items).map_err(super::refused)?;
    let phase = place.followed.playbook.phase;
    let said = |record: &Record| {
        let states = keys.iter().filter_map(|key| record.incident.step(phase, key));
        states.map(|state| state.entry.clone()).next()
    };
    if said(record).is_none() {
        return Err(Failure::usage(format!("nothing was said of `{}`: it is open", place.step.id))
            .hint("nothing was recorded, and nothing needs to be"));
    }
    let mut source = answers::interactive();
    let why: Option<Text> = (!why.is_empty()).then(|| why.into());
    // Behind what is taken back, an earlier outcome comes up again.
    while let Some(entry) = said(record) {
        let stamped = Naming::new(&entry)
            .find(context, &record.folder, &mut |chain, entry| entry.stamped(chain))?;
        let named = undo::named(context, record, &entry)?;
        undo::take_back(context, source.prompt(), record, vec![named], why.clone())?;
        if let Some(rest) = rest(&stamped, &keys) {
            record.append_careful(context, source.prompt(), rest)?;
        }
    }
    let on = wording::count(keys.len(), &place.step.noun);
    let on = if place.step.for_each.is_some() { format!(" for {on}") } else { String::new() };
    context.screen.say(&format!("{} is open again{on}.", place.address()));
    Ok(Exit::Done)
}

/// The same entry for the items that stay as they are, at its own moment.
fn rest(stamped: &Stamped, keys: &[StepKey]) -> Option<Draft> {
    let Event::StepOutcome(body) = &stamped.draft.event else { return None };
    let mut body = body.clone();
    body.items.retain(|item| !keys.iter().any(|key| key.item.as_ref() == Some(item)));
    if body.items.is_empty() {
        return None;
    }
    let at = stamped.at;
    let occurred = When { earliest: at, latest: at, precision: Precision::Second };
    Some(Draft {
        event: body.into(),
        occurred: stamped.draft.occurred.clone().or(Some(occurred)),
        ..stamped.draft.clone()
    })
}
