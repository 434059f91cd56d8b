//! Letters that were sent, and those that came back: counted against the manifest.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use super::folder::{COLUMNS, MANIFEST};
use crate::cli::args::SentArgs;
use crate::cli::desk::{Context, Failure, spreadsheet};
use crate::digest::Digest;
use crate::incident::Incident;
use crate::output::cell;
use crate::{plain_file, wording};

/// Altered letters that are named.
const MOST: usize = 8;

/// Bytes of a manifest.
const LARGEST: usize = 512 << 20;

/// How many letters of a folder were sent and came back, and the digest of its manifest; nothing
/// where no folder was named.
pub(in crate::cli::duties) fn counts(
    context: &mut Context,
    incident: &Incident,
    duty: &str,
    args: &SentArgs,
) -> Result<Option<(u64, Option<u64>, Digest)>, Failure> {
    let Some(dir) = &args.letters else { return Ok(None) };
    let path = dir.join(MANIFEST);
    let bytes = read(&path)?;
    let digest = Digest::of(&bytes);
    let is_known = incident.manifests.get(duty).is_some_and(|known| known.contains(&digest));
    if !is_known {
        return Err(Failure::usage(format!(
            "the manifest in `{}` is not one that the log holds for `{duty}`",
            dir.display()
        ))
        .hint("nothing was recorded; it was changed, or belongs to another duty"));
    }
    let text = String::from_utf8_lossy(&bytes);
    let rows: Vec<_> = spreadsheet::Rows::new(&text, csv::Trim::None).flatten().collect();
    let of = |column: &str| COLUMNS.iter().position(|known| *known == column).unwrap_or_default();
    let files = rows.iter().map(|(_, row)| {
        let cell = |column: &str| cell::restored(row.get(of(column)).unwrap_or_default());
        (cell("file").to_owned(), cell("sha256").to_owned())
    });
    as_written(context, dir, files)?;
    let letters: HashMap<String, (String, String)> = rows
        .iter()
        .map(|(_, row)| {
            let cell = |column: &str| cell::restored(row.get(of(column)).unwrap_or_default());
            (cell("id").to_owned(), (cell("place").to_owned(), cell("groups").to_owned()))
        })
        .collect();
    let was_sent = incident
        .notices
        .get(duty)
        .is_some_and(|notices| notices.iter().any(|notice| notice.manifest == Some(digest)));
    // What comes back later is no second batch.
    let sent = if was_sent { 0 } else { letters.len() as u64 };
    let bounced = args.returned.as_deref().map(|file| returned(context, file, &letters));
    let bounced = bounced.transpose()?;
    let notices = incident.notices.get(duty).into_iter().flatten();
    let before = notices.filter(|notice| notice.manifest == Some(digest));
    let before: Vec<u64> = before.filter_map(|notice| notice.counts.bounced).collect();
    again(context, &before, (bounced.unwrap_or_default(), letters.len() as u64))?;
    Ok(Some((sent, bounced, digest)))
}

/// The same letter comes back once: the log holds how many did, and not which.
fn again(context: &mut Context, before: &[u64], (now, all): (u64, u64)) -> Result<(), Failure> {
    let known: u64 = before.iter().sum();
    if known + now > all {
        return Err(Failure::usage(format!(
            "{now} more cannot have come back: {known} of {all} letters are on record as returned"
        ))
        .hint("nothing was recorded; list only letters that came back since"));
    }
    if now > 0 && known > 0 {
        context.screen.warn(&format!(
            "{known} returned before, and {now} more now: if this list repeats the earlier ones, \
             `breach undo` takes it back"
        ));
    }
    Ok(())
}

/// Refuses letters that are not those that were written. Whoever printed them may have destroyed the
/// files since: of those nothing can be said.
fn as_written(
    context: &mut Context,
    dir: &Path,
    files: impl Iterator<Item = (String, String)>,
) -> Result<(), Failure> {
    let (mut altered, mut gone) = (Vec::new(), 0);
    for (file, sha256) in files {
        match plain_file::read(&dir.join(&file), LARGEST) {
            Ok(bytes) if Digest::of(&bytes).to_string() == sha256 => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => gone += 1,
            _ => altered.push(file),
        }
    }
    if !altered.is_empty() {
        let letters = wording::count(altered.len(), "letter");
        let names = wording::some(&altered, MOST);
        return Err(Failure::usage(format!("{letters} not as written: {names}"))
            .hint("nothing was recorded; find out what people got, and record that"));
    }
    if gone > 0 {
        let letters = wording::count(gone, "letter");
        context.screen.warn(&format!("not here any more, so not compared: {letters}"));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    plain_file::read(path, LARGEST).map_err(|error| {
        Failure::usage(format!("failed to read `{}`: {error}", path.display())).hint(
            "nothing was recorded; `breach duties letters` writes it once every letter is there",
        )
    })
}

/// How many letters came back; by place and group, because each law counts its own.
fn returned(
    context: &mut Context,
    file: &Path,
    letters: &HashMap<String, (String, String)>,
) -> Result<u64, Failure> {
    let bytes = read(file)?;
    let (text, _) = spreadsheet::text(&bytes);
    let rows = spreadsheet::Rows::new(&text, csv::Trim::All);
    let header: Vec<String> = rows.header.iter().map(str::to_lowercase).collect();
    let Some(place) = header.iter().position(|name| name == "id") else {
        let wrong = format!("line {}: the first line must name the column `id`", rows.first);
        return Err(Failure::of_rows(file, &[wrong]));
    };
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut mistakes = Vec::new();
    let mut counts: BTreeMap<&(String, String), u64> = BTreeMap::new();
    for row in rows {
        let (line, row) = match row {
            Ok(row) => row,
            Err(error) => {
                mistakes.push(error);
                continue;
            }
        };
        let id = row.get(place).unwrap_or_default();
        match (letters.get(id), lines.insert(id.to_owned(), line)) {
            (None, _) => mistakes.push(format!("line {line}: no letter has the id `{id}`")),
            (_, Some(first)) => {
                mistakes.push(format!("line {line}: the id `{id}` is also in line {first}"));
            }
            (Some(whose), None) => *counts.entry(whose).or_insert(0) += 1,
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::of_rows(file, &mistakes));
    }
    for ((place, group), n) in counts {
        let of = if group.is_empty() { place.clone() } else { format!("{place}, {group}") };
        let n = wording::count(usize::try_from(n).unwrap_or(usize::MAX), "letter");
        context.screen.say(&format!("Came back: {of}: {n}."));
    }
    Ok(lines.len() as u64)
}
