//! `breach import`: what others recorded, as late entries of ours.

mod timesketch;

use std::path::Path;

use chrono::TimeDelta;

use crate::cli::args::ImportCommand;
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, home};
use crate::digest::Digest;
use crate::incident::event::{Draft, Note};
use crate::wording;

/// Clocks differ: a moment that is so little ahead is now.
const SLACK: TimeDelta = TimeDelta::minutes(10);

pub(super) fn run(context: &mut Context, command: &ImportCommand) -> Result<Exit, Failure> {
    match command {
        ImportCommand::Timeline { file, privileged } => timeline(context, file, *privileged),
    }
}

fn timeline(context: &mut Context, file: &Path, privileged: bool) -> Result<Exit, Failure> {
    let bytes = read_input(file)?;
    let read = timesketch::read(&bytes).map_err(|mistakes| Failure::of_rows(file, &mistakes))?;
    let folder = home::one(context)?;
    let mut record = Record::one_shot(context, folder)?;
    record.say_if_closed(context);
    // Standard input is the file's, if anybody's: nobody is asked about each secret.
    let mut source = answers::nobody();
    let all = read.rows.len();
    let ahead = context.world.now().at + SLACK;
    let late = read.rows.iter().filter(|row| row.at.earliest.to_utc() > ahead).count();
    for (done, row) in read.rows.into_iter().enumerate() {
        let mut draft = Draft::from(Note::new(row.text));
        draft.occurred = Some(row.at);
        draft.privileged = privileged || row.privileged;
        record.append_careful(context, source.prompt(), draft).map_err(|failure| {
            failure.hint(format!(
                "the first {done} of {} are recorded; this one starts on line {}",
                wording::count(all, "row"),
                row.line
            ))
        })?;
    }
    let rows = wording::count(all, "row");
    context.screen.say(&format!("{rows}, {} recorded.", wording::count(all, "entry")));
    if late > 0 {
        let rows = wording::count(late, "row");
        context.screen.warn(&format!("{rows} in the future, recorded as given"));
    }
    if !read.left.is_empty() {
        let left = wording::list(&read.left);
        context
            .screen
            .say(&format!("Columns left out, because a note has no place for them: {left}."));
    }
    let digest = Digest::of(&bytes);
    context.screen.say(&format!(
        "The file's SHA-256 is {digest}; `breach evidence add` keeps the file itself."
    ));
    Ok(Exit::Done)
}
