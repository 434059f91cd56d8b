//! `breach import`: what others recorded, as late entries of ours.

mod dialect;
mod moment;
mod notes;
mod records;
mod timeline;
mod zone;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeDelta};
use chrono_tz::Tz;

use crate::cli::args::{ImportCommand, Privilege};
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure, Record, answers, chains, home};
use crate::digest::Digest;
use crate::incident::event::{Draft, Imported, Note};
use crate::log::Folder;
use crate::wording;
use timeline::Read;
use zone::{Local, Zone};

/// Clocks differ: a moment that is so little ahead is now.
const SLACK: TimeDelta = TimeDelta::minutes(10);

/// Places and reasons that are told one by one.
const TOLD: usize = 10;

pub(super) fn run(context: &mut Context, command: &ImportCommand) -> Result<Exit, Failure> {
    match command {
        ImportCommand::Timeline { file, privilege, skip_bad, zone } => {
            timeline(context, file, *privilege, (*skip_bad, *zone))
        }
        ImportCommand::Notes(args) => notes::run(context, args),
    }
}

fn timeline(
    context: &mut Context,
    file: &Path,
    privilege: Privilege,
    (skip_bad, zone): (bool, Option<Tz>),
) -> Result<Exit, Failure> {
    let bytes = read_input(file)?;
    let of_rows = zone.map_or(Zone::Utc, Zone::Named);
    let read = timeline::read(&bytes, skip_bad, of_rows).map_err(|mistakes| {
        let failure = Failure::of_rows(file, &mistakes);
        if skip_bad {
            failure
        } else {
            failure.hint("`--skip-bad` takes in the rows that are right")
        }
    })?;
    let folder = home::one(context)?;
    let source = Digest::of(&bytes);
    let before = before(context, &folder, &source)?;
    let (known, rows): (Vec<_>, Vec<_>) =
        read.rows.iter().partition(|row| before.rows.contains(&row.number));
    if let Some(at) = before.at.filter(|_| !known.is_empty()) {
        context.screen.say(&format!(
            "This file was imported before, on {}: {} of its {} already in the record.",
            wording::moment(at),
            known.len(),
            wording::count(read.rows.len(), "row"),
        ));
    }
    if rows.is_empty() {
        context.screen.say("Nothing was recorded.");
        return Ok(Exit::Done);
    }
    let mut record = Record::one_shot(context, folder)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    // Standard input is the file's, if anybody's: nobody is asked about each secret.
    let mut answers = answers::nobody();
    let all = rows.len();
    let ahead = context.world.now().at + SLACK;
    let late = rows.iter().filter(|row| row.at.earliest.to_utc() > ahead).count();
    let mut local = Local::default();
    for (row, reading) in rows.iter().filter_map(|row| Some((row, row.local?))) {
        local.add(reading, &|| row.place.clone());
    }
    for (done, row) in rows.into_iter().enumerate() {
        let imported = Imported { source, row: row.number, author: row.author.clone() };
        let note = Note { imported: Some(imported), ..Note::new(row.text.clone()) };
        let mut draft = Draft::from(note);
        draft.occurred = Some(row.at.clone());
        draft.privileged = row.privileged;
        record.append_careful(context, answers.prompt(), draft).map_err(|failure| {
            failure.hint(format!(
                "the first {done} of {} are recorded; this one starts on {}. The same command \
                 takes in the rest",
                wording::count(all, "row"),
                row.place
            ))
        })?;
    }
    let rows = wording::count(all, "row");
    context.screen.say(&format!("{rows}, {} recorded.", wording::count(all, "entry")));
    local.tell(context, &of_rows.words(), "row");
    if late > 0 {
        let rows = wording::count(late, "row");
        context.screen.warn(&format!("{rows} in the future, recorded as given"));
    }
    tell(context, &read);
    context.screen.say(&format!(
        "The file's SHA-256 is {source}; `breach evidence add` keeps the file itself."
    ));
    Ok(Exit::Done)
}

/// Says how a file was read, and what of it was left out.
fn tell(context: &mut Context, read: &Read) {
    if let Some(dialect) = read.dialect {
        context.screen.say(&format!("Read as {dialect}."));
    }
    if let Some(remark) = read.remark {
        context.screen.warn(remark);
    }
    if !read.timeless.is_empty() {
        let rows = wording::count(read.timeless.len(), "row");
        let places = wording::some(&read.timeless, TOLD);
        context.screen.say(&format!("Left out without a time: {rows} ({places})."));
    }
    if !read.mistakes.is_empty() {
        let rows = wording::count(read.mistakes.len(), "row");
        context.screen.warn(&format!("skipped: {rows}"));
        let told = read.mistakes.iter().take(TOLD);
        let mut lines: Vec<String> = told.map(|mistake| format!("  {mistake}")).collect();
        if let Some(more) = read.mistakes.len().checked_sub(TOLD).filter(|more| *more > 0) {
            lines.push(format!("  and {more} more"));
        }
        context.screen.lines(&lines);
    }
    if !read.left.is_empty() {
        let left = wording::list(&read.left);
        context
            .screen
            .say(&format!("Columns left out, because a note has no place for them: {left}."));
    }
}

/// What the record holds of a file.
#[derive(Default)]
struct Before {
    /// Numbers of rows.
    rows: BTreeSet<u64>,
    /// When the first of them was recorded.
    at: Option<DateTime<FixedOffset>>,
}

/// Looks for rows of a file in the record; what was taken back is not there.
fn before(context: &Context, folder: &Folder, source: &Digest) -> Result<Before, Failure> {
    let mut before = Before::default();
    let sign = source.to_string();
    crate::log::entries(folder, &context.world, &mut |_, entry| {
        if entry.kind != "note" || entry.is_withdrawn() || !entry.body.get().contains(&sign) {
            return;
        }
        let event = entry.read().event;
        if let Some(imported) = event.imported().filter(|imported| imported.source == *source) {
            before.rows.insert(imported.row);
            before.at = before.at.or(entry.moment());
        }
    })
    .map_err(chains::unreadable)?;
    Ok(before)
}
