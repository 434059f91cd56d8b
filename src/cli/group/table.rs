//! `breach group import`: groups from a table.

use std::path::Path;

use super::{Said, compare, keep, understood};
use crate::cli::args::Privilege;
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure, Record, followed, home, spreadsheet};

/// The columns, in the order of [`Said`].
const COLUMNS: [&str; 7] =
    ["group", "classes", "people", "overlaps", "offer", "access", "published"];

pub(super) fn import(
    context: &mut Context,
    file: &Path,
    privilege: Privilege,
) -> Result<Exit, Failure> {
    let bytes = read_input(file)?;
    let (text, remark) = spreadsheet::text(&bytes);
    let sheet = spreadsheet::read(&text, csv::Trim::All);
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    let vocabulary = followed::vocabulary(context, &record.incident, &record.folder);
    let mut mistakes = Vec::new();
    let columns =
        spreadsheet::columns((&sheet.header, sheet.first), &COLUMNS, &["group", "classes"]);
    let columns = columns.unwrap_or_else(|wrong| {
        mistakes.extend(wrong);
        Vec::new()
    });
    let rows: Vec<_> = sheet.rows.iter().filter(|_| mistakes.is_empty()).collect();
    let cell = |row: &csv::StringRecord, column: &str| {
        let place = columns.iter().position(|name| name == column)?;
        row.get(place).filter(|cell| !cell.is_empty()).map(str::to_owned)
    };
    let mut others: Vec<String> =
        record.incident.groups.iter().map(|group| group.name.clone()).collect();
    let mut lines: Vec<(String, u64)> = Vec::new();
    for (line, row) in rows.iter().filter_map(|row| row.as_ref().ok()) {
        let Some(name) = cell(row, "group") else { continue };
        if let Some((_, first)) = lines.iter().find(|(known, _)| *known == name) {
            mistakes.push(format!("line {line}: `{name}` is also in line {first}"));
        }
        others.push(name.clone());
        lines.push((name, *line));
    }
    let mut groups = Vec::new();
    let mut remarks: Vec<String> = remark.map(str::to_owned).into_iter().collect();
    for row in rows {
        let (line, row) = match row {
            Ok(row) => row,
            Err(error) => {
                mistakes.push(error.clone());
                continue;
            }
        };
        let [name, classes, people, overlaps, offer, access, published] =
            COLUMNS.map(|column| cell(row, column));
        let said = Said {
            name: name.as_deref().unwrap_or_default(),
            classes: classes.as_deref(),
            people: people.as_deref(),
            overlaps: overlaps.as_deref(),
            offer: offer.as_deref(),
            access: access.as_deref(),
            published: published.as_deref(),
        };
        match understood(context, &vocabulary, &record.incident, &said, &others) {
            Ok((group, more)) => {
                groups.push(group);
                remarks.extend(more);
            }
            Err(failure) => mistakes.push(format!("line {line}: {:#}", failure.error)),
        }
    }
    if groups.is_empty() && mistakes.is_empty() {
        mistakes.push("it has no rows".to_owned());
    }
    if !mistakes.is_empty() {
        return Err(Failure::of_rows(file, &mistakes));
    }
    for group in groups {
        keep(context, &mut record, group)?;
    }
    context.screen.sentences(&remarks);
    compare(context, &record.incident);
    Ok(Exit::Done)
}
