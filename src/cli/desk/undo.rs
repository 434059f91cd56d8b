//! Taking back an entry: the state is what the others say.

use super::unrecorded::cannot_open;
use super::{Context, Failure, Record};
use crate::incident::event::{Event, Stamped, Withdrawn};
use crate::log::entries;
use crate::output::event;

/// The last thing that the person at the keyboard recorded on this machine.
pub(in crate::cli) enum Last {
    /// An entry that can be taken back: its id, and what it says.
    Entry(String, String),
    /// A command: what ran cannot be taken back.
    Command(String),
    /// Nothing of theirs is left.
    Nothing,
}

/// Looks for it in the whole log: whoever takes something back has the time.
///
/// # Errors
/// The log cannot be read.
pub(in crate::cli) fn last(context: &Context, record: &Record) -> Result<Last, Failure> {
    let mut found = Last::Nothing;
    each(context, record, |stamped| {
        let shown = event::unsaved(&stamped.draft);
        match stamped.draft.event {
            Event::Intent(_) | Event::CommandOutcome(_) => found = Last::Command(shown),
            Event::StepOutcome(_)
            | Event::FactSet(_)
            | Event::FactEdit(_)
            | Event::Decision(_)
            | Event::Note(_)
            | Event::NoticeSent(_)
            | Event::DutyDecided(_)
            | Event::ActionTaken(_)
            | Event::Titled(_)
            | Event::Group(_) => found = Last::Entry(stamped.id, shown),
            _ => {}
        }
    })?;
    Ok(found)
}

/// What this person recorded on this machine and nobody took back, oldest first.
fn each(context: &Context, record: &Record, mut take: impl FnMut(Stamped)) -> Result<(), Failure> {
    entries(&record.folder, &context.world, &mut |chain, entry| {
        let here = entry.host == context.world.host && entry.actor.user == record.actor.user;
        let theirs = entry.actor.name.as_deref() == record.actor.name.as_deref();
        if here && theirs && !entry.is_withdrawn() {
            take(entry.stamped(chain));
        }
    })
    .map_err(cannot_open)?;
    Ok(())
}

/// What an entry says, whoever wrote it.
///
/// # Errors
/// There is none with this id, or its kind cannot be taken back.
pub(in crate::cli) fn said(
    context: &Context,
    record: &Record,
    id: &str,
) -> Result<String, Failure> {
    let mut found = None;
    entries(&record.folder, &context.world, &mut |chain, entry| {
        if entry.id == id {
            found = Some(entry.stamped(chain).draft);
        }
    })
    .map_err(cannot_open)?;
    match found {
        Some(draft) if Event::is_withdrawable(draft.event.kind()) => Ok(event::unsaved(&draft)),
        Some(draft) => {
            let kind = draft.event.kind();
            Err(Failure::usage(format!("an entry of kind `{kind}` cannot be taken back")))
        }
        None => Err(Failure::usage(format!("there is no entry `{id}`"))
            .hint("`breach log show` gives the id of each entry with --format jsonl")),
    }
}

/// Records that an entry is taken back, and says what it was.
///
/// # Errors
/// It could not be recorded.
pub(in crate::cli) fn take_back(
    context: &mut Context,
    record: &mut Record,
    entry: &str,
    said: &str,
    why: Option<String>,
) -> Result<(), Failure> {
    record
        .append(context, Withdrawn { entry: entry.to_owned(), why: why.map(Into::into) }.into())?;
    let said = said.lines().next().unwrap_or_default();
    context.screen.say(&format!("Taken back: {said}. What others recorded before counts again."));
    Ok(())
}
