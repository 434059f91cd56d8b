//! Letters that were sent, and those that came back: counted against the manifest.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use super::folder::{COLUMNS, MANIFEST};
use crate::cli::args::SentArgs;
use crate::cli::desk::{Context, Failure, spreadsheet};
use crate::digest::Digest;
use crate::incident::{Incident, Notice};
use crate::output::cell;
use crate::{plain_file, wording};

/// Altered letters that are named.
const MOST: usize = 8;

/// Bytes of a manifest.
const LARGEST: usize = 512 << 20;

/// A letter, as the manifest has it.
struct Listed {
    place: String,
    groups: String,
    file: String,
    sha256: String,
}

/// Letters of a folder that were sent, or came back.
pub(in crate::cli::duties) struct Returned {
    /// How many were sent with this batch.
    pub(in crate::cli::duties) sent: u64,
    /// How many came back.
    pub(in crate::cli::duties) bounced: Option<u64>,
    /// Digest of the table of those that came back.
    pub(in crate::cli::duties) table: Option<Digest>,
    /// Digest of the manifest.
    pub(in crate::cli::duties) manifest: Digest,
}

/// How many letters of a folder were sent and came back; nothing where no folder was named.
pub(in crate::cli::duties) fn counts(
    context: &mut Context,
    incident: &Incident,
    duty: &str,
    args: &SentArgs,
) -> Result<Option<Returned>, Failure> {
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
    let rows = spreadsheet::Rows::new(&text, csv::Trim::None).flatten();
    let of = |column: &str| COLUMNS.iter().position(|known| *known == column).unwrap_or_default();
    let letters: HashMap<String, Listed> = rows
        .map(|(_, row)| {
            let cell =
                |column: &str| cell::restored(row.get(of(column)).unwrap_or_default()).to_owned();
            let [place, groups, file, sha256] = ["place", "groups", "file", "sha256"].map(cell);
            (cell("id"), Listed { place, groups, file, sha256 })
        })
        .collect();
    let notices = incident.notices.get(duty).map(Vec::as_slice).unwrap_or_default();
    let before: Vec<&Notice> =
        notices.iter().filter(|notice| notice.manifest == Some(digest)).collect();
    let batch = letters.len() as u64;
    // What comes back later is no second batch.
    let sent = if before.is_empty() { batch } else { 0 };
    as_written(context, dir, &letters)?;
    if before.is_empty() {
        let changed = incident.changed_since(duty, digest);
        if !changed.is_empty() {
            context.screen.warn(&format!(
                "{} changed after these letters were written: they tell what was on record before; \
                 correct that",
                wording::ticked(&changed)
            ));
        }
    }
    let mut counted = Returned { sent, bounced: None, table: None, manifest: digest };
    if let Some(file) = args.returned.as_deref() {
        let (bounced, table) = returned(context, file, &letters)?;
        if let Some(same) = before.iter().find(|notice| notice.returned == Some(table)) {
            let counted = same.counts.bounced.unwrap_or_default();
            return Err(Failure::usage(format!(
                "`{}` was counted before: {counted} came back",
                file.display()
            ))
            .hint("nothing was recorded; name a table of those that came back since"));
        }
        let back = before.iter().filter_map(|notice| notice.counts.bounced);
        let back = back.fold(bounced, u64::saturating_add);
        if back > batch {
            return Err(Failure::usage(format!("{back} of {batch} cannot have come back"))
                .hint("nothing was recorded; name a table of those that came back since"));
        }
        (counted.bounced, counted.table) = (Some(bounced), Some(table));
    }
    Ok(Some(counted))
}

/// Refuses letters that are not those that were written. Whoever printed them may have destroyed the
/// files since: of those nothing can be said.
fn as_written(
    context: &mut Context,
    dir: &Path,
    letters: &HashMap<String, Listed>,
) -> Result<(), Failure> {
    let (mut altered, mut gone) = (Vec::new(), 0);
    for Listed { file, sha256, .. } in letters.values() {
        match plain_file::read(&dir.join(file), LARGEST) {
            Ok(bytes) if Digest::of(&bytes).to_string() == *sha256 => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => gone += 1,
            _ => altered.push(file.as_str()),
        }
    }
    if !altered.is_empty() {
        altered.sort_unstable();
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
    letters: &HashMap<String, Listed>,
) -> Result<(u64, Digest), Failure> {
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
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
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
            (Some(whose), None) => {
                *counts.entry((&whose.place, &whose.groups)).or_insert(0) += 1;
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::of_rows(file, &mistakes));
    }
    for ((place, group), n) in counts {
        let of = if group.is_empty() { place.to_owned() } else { format!("{place}, {group}") };
        let n = wording::count(usize::try_from(n).unwrap_or(usize::MAX), "letter");
        context.screen.say(&format!("Came back: {of}: {n}."));
    }
    Ok((lines.len() as u64, Digest::of(&bytes)))
}
