//! `breach undo`: an entry is taken back by a new one; both stand in the log.

use super::args::UndoArgs;
use super::desk::place::Places;
use super::desk::undo::{self, Last};
use super::desk::{Context, Exit, Failure, Record, answers, home, law};

pub(super) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.privileged = args.privilege.said();
    let entry = match &args.entry {
        Some(entry) => vec![undo::named(context, &record, entry)?],
        None => match undo::last(context, &record)? {
            Last::Act(act) => act,
            Last::Command(said) => {
                return Err(Failure::usage(format!(
                    "the last thing you did was to run or report {said}, which cannot be taken back"
                ))
                .hint("nothing was recorded; name an entry to take back another one"));
            }
            Last::Nothing => {
                return Err(Failure::usage("there is nothing of yours to take back")
                    .hint("nothing was recorded; `breach undo ENTRY` takes back any entry"));
            }
        },
    };
    if let Some(stands) = undo::accepted(&record, &entry) {
        return Err(Failure::usage(stands)
            .hint("nothing was recorded; `breach handoff --to NAME` hands the work over again"));
    }
    let mut source = answers::interactive();
    let why = args.why.clone().map(Into::into);
    undo::take_back(context, source.prompt(), &mut record, entry, why)?;
    let places = Places::of(context, &record.folder, &record.incident);
    law::keep_list(context, None, &mut record, places.followed());
    // Only now: what was taken back may be the closing.
    record.say_if_closed(context);
    Ok(Exit::Done)
}
