//! `breach undo`: an entry is taken back by a new one; both stand in the log.

use super::args::UndoArgs;
use super::desk::undo::{self, Last};
use super::desk::{Context, Exit, Failure, Record, home};

pub(super) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    let (entry, said) = match &args.entry {
        Some(entry) => (entry.clone(), undo::said(context, &record, entry)?),
        None => match undo::last(context, &record)? {
            Last::Entry(entry, said) => (entry, said),
            Last::Command(said) => {
                return Err(Failure::usage(format!(
                    "the last thing you did was a command, which cannot be taken back: {said}"
                ))
                .hint("nothing was recorded; name an entry to take back another one"));
            }
            Last::Nothing => {
                return Err(Failure::usage("there is nothing of yours to take back")
                    .hint("nothing was recorded; `breach undo ENTRY` takes back any entry"));
            }
        },
    };
    undo::take_back(context, &mut record, &entry, &said, args.why.clone())?;
    Ok(Exit::Done)
}
