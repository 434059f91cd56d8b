//! Outcomes of many items from a table, all or nothing.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::{UNNEEDED, keep, loses, record_told, say_owed};
use crate::cli::args::StepArgs;
use crate::cli::desk::context::read_input;
use crate::cli::desk::exhibit;
use crate::cli::desk::place::{Place, Places};
use crate::cli::desk::{Context, Exit, Failure, Record, answers, moment, spreadsheet};
use crate::digest::Digest;
use crate::incident::StepKey;
use crate::incident::event::{Imported, Obstacle, Outcome};
use crate::walk::{Told, Walk};
use crate::wording;

/// Rows of one table.
const MOST: usize = 20_000;

/// How many rows of a table are reported one by one.
const TOLD: usize = 20;

/// Columns that are taken in.
const COLUMNS: [&str; 9] =
    ["step", "item", "outcome", "text", "to", "why", "check-at", "at", "evidence"];

/// A row that is right.
struct Row<'p> {
    place: Place<'p>,
    key: StepKey,
    told: Told,
    evidence: Option<String>,
    /// What there is to say of how its times were read.
    remarks: Vec<String>,
}

pub(super) fn run(
    context: &mut Context,
    record: &mut Record,
    places: &Places,
    args: &StepArgs,
    file: &Path,
) -> Result<Exit, Failure> {
    let bytes = read_input(file)?;
    let rows = read(context, record, places, args, &bytes)
        .map_err(|mistakes| Failure::of_rows(file, &mistakes))?;
    let remarks: BTreeSet<&String> = rows.iter().flat_map(|row| &row.remarks).collect();
    for remark in remarks {
        context.screen.say(remark);
    }
    let mut any_lost = false;
    for group in grouped(&rows) {
        let keys: Vec<StepKey> = group.iter().map(|row| row.key.clone()).collect();
        let Row { place, told, .. } = group[0];
        let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
        any_lost |= loses(context, &walk, record, (&keys, told))?;
    }
    if args.anyway && !any_lost {
        context.screen.warn(UNNEEDED);
    }
    let mut answers = answers::nobody();
    for row in &rows {
        let walk = Walk::new(&row.place.followed.playbook, &row.place.followed.vocabulary, false);
        let is_new = !walk.is_so(&record.incident, &row.key, &row.told);
        if let Some(spec) = row.evidence.as_ref().filter(|_| is_new) {
            keep(context, answers.prompt(), record, (row.place, &row.key, spec))?;
        }
    }
    let mut new = 0;
    for (number, group) in grouped(&rows).into_iter().enumerate() {
        let keys = group.iter().map(|row| row.key.clone()).collect();
        let Row { place, told, .. } = group[0];
        let said = record_told(context, answers.prompt(), record, (*place, keys), told.clone())?;
        new += said.places;
        if number < TOLD && said.places > 0 {
            context.screen.say(&said.line);
        }
    }
    let done = rows.iter().filter(|row| row.told.outcome == Outcome::Done);
    say_owed(context, record, &done.map(|row| row.place.address()).collect());
    let known = rows.len() - new;
    let known = if known > 0 { format!(", {known} already so") } else { String::new() };
    let count = wording::count(rows.len(), "row");
    context.screen.say(&format!("{count}: {new} recorded{known}."));
    context.screen.say(&format!(
        "The file's SHA-256 is {}; `breach evidence add` keeps the file itself.",
        Digest::of(&bytes)
    ));
    Ok(Exit::Done)
}

/// Rows that say the same of the same step, in the order of the first of each.
fn grouped<'r, 'p>(rows: &'r [Row<'p>]) -> Vec<Vec<&'r Row<'p>>> {
    let mut groups: Vec<Vec<&Row<'_>>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let told = Told { imported: None, ..row.told.clone() };
        let says = format!("{} {told:?}", row.place.address());
        let group = *known.entry(says).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(row);
    }
    groups
}

/// All rows, or every mistake.
fn read<'p>(
    context: &mut Context,
    record: &Record,
    places: &'p Places,
    args: &StepArgs,
    bytes: &[u8],
) -> Result<Vec<Row<'p>>, Vec<String>> {
    let (text, remark) = spreadsheet::text(bytes);
    if let Some(remark) = remark {
        context.screen.warn(remark);
    }
    let sheet = spreadsheet::read(&text, csv::Trim::All);
    let names: Vec<String> = sheet.header.iter().map(str::to_lowercase).collect();
    let mut mistakes: Vec<String> = names
        .iter()
        .filter(|name| !COLUMNS.contains(&name.as_str()))
        .map(|name| format!("line {}: `{name}` is no column of this", sheet.first))
        .collect();
    if !mistakes.is_empty() {
        mistakes.push(format!("there are {}", wording::ticked(&COLUMNS)));
        return Err(mistakes);
    }
    if sheet.rows.len() > MOST {
        return Err(vec![format!("it has more than {MOST} rows: split it")]);
    }
    let source = Digest::of(bytes);
    let mut rows = Vec::new();
    for (number, row) in (1..).zip(sheet.rows) {
        let made = row.and_then(|(line, cells)| {
            let cell = |name: &str| {
                let place = names.iter().position(|known| known == name)?;
                cells.get(place).filter(|text| !text.is_empty())
            };
            let imported = Imported { source, row: number, author: None };
            self::row(context, record, places, args, &cell, imported)
                .map_err(|why| format!("line {line}: {why}"))
        });
        match made {
            Ok(row) => rows.push(row),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        mistakes.push("it has no rows".to_owned());
    }
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

fn row<'p, 'c>(
    context: &mut Context,
    record: &Record,
    places: &'p Places,
    args: &StepArgs,
    cell: &dyn Fn(&str) -> Option<&'c str>,
    imported: Imported,
) -> Result<Row<'p>, String> {
    let told_of = |failure: Failure| format!("{:#}", failure.error);
    let step = cell("step").or(args.step.as_deref()).ok_or("it names no step")?;
    let place = places.named(step).map_err(told_of)?;
    let outcome = match (cell("outcome"), args.outcome) {
        (Some(word), _) => outcome(word).ok_or(format!("`{word}` is no outcome of a step"))?,
        (None, Some(outcome)) => outcome.outcome().ok_or("a table opens no step again")?,
        (None, None) => Outcome::Done,
    };
    let why = cell("why").map(|word| {
        let why = Obstacle::from(word.to_owned());
        let is_known = !matches!(why, Obstacle::Other(_));
        is_known.then_some(why).ok_or(format!("`{word}` is no reason that a step is blocked for"))
    });
    let at = cell("at").or(args.at.as_deref()).map(|at| moment::parse(context, at));
    let at = at.transpose().map_err(told_of)?;
    let check_at = cell("check-at").map(|at| moment::coming(context, at));
    let check_at = check_at.transpose().map_err(told_of)?;
    let read = [&at, &check_at].into_iter().flatten();
    let remarks = read.flat_map(|when| &when.remarks).cloned().collect();
    let told = Told {
        text: cell("text").map(str::to_owned),
        to: cell("to").map(str::to_owned),
        why: why.transpose()?,
        occurred: at.map(|at| at.value),
        check_at: check_at.map(|at| at.value.earliest),
        imported: Some(imported),
        anyway: args.reason.clone(),
        ..Told::new(outcome)
    };
    if let Some(lacks) = told.lacks() {
        return Err(format!("it does not say {lacks}"));
    }
    let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let items: Vec<String> = cell("item").map(str::to_owned).into_iter().collect();
    let keys = walk.places_of(&record.incident, place.step, &items)?;
    let [key] = keys.as_slice() else { return Err("name one item".to_owned()) };
    let evidence = cell("evidence").map(str::to_owned);
    if let Some(spec) = evidence.as_deref().filter(|spec| !exhibit::is_reference(spec))
        && !exhibit::path(spec).is_file()
    {
        return Err(format!("there is no file `{spec}`"));
    }
    Ok(Row { place, key: key.clone(), told, evidence, remarks })
}

fn outcome(word: &str) -> Option<Outcome> {
    let word = word.to_lowercase().replace(['_', ' '], "-");
    let outcome = <crate::cli::args::StepOutcome as clap::ValueEnum>::from_str(&word, false);
    outcome.ok()?.outcome()
}
