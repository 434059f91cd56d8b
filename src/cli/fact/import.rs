//! `breach fact import`: a table of people by jurisdiction as one fact.

use std::path::Path;

use crate::cli::args;
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure, Record, affected, home, spreadsheet};
use crate::fact::names;
use crate::fact::{Codes, People, Understood, Value, Vocabulary};
use crate::incident::event::{Draft, FactSet};
use crate::wording;

pub(super) fn people(
    context: &mut Context,
    file: &Path,
    codes: Option<args::Codes>,
    why: Option<&str>,
) -> Result<Exit, Failure> {
    let bytes = read_input(file)?;
    let codes = codes.map(Codes::from);
    let Understood { value: people, remarks } = read(&bytes, codes).map_err(|mistakes| {
        let failure = Failure::of_rows(file, &mistakes);
        if codes.is_some() { failure } else { failure.hint(SAY_ONCE) }
    })?;
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    let name = names::PEOPLE_AFFECTED.to_owned();
    let places = people.by.len();
    let country = people.by.contains_key("US");
    let total = people.show_of(std::iter::empty());
    let value = Value::People(people);
    let shown = Vocabulary::builtin().get(&name).map(|fact| value.echo(fact)).unwrap_or_default();
    let draft: Draft = FactSet { why: why.map(Into::into), ..FactSet::new(name, value) }.into();
    if country {
        context.screen.warn("the US has no single law for this: name each state, such as US-CA");
    }
    let said = format!("Recorded {}: {shown}. {total}.", wording::count(places, "jurisdiction"));
    affected::record(context, &mut record, draft, &said, &remarks)?;
    Ok(Exit::Done)
}

/// How to say what bare codes are.
const SAY_ONCE: &str = "`--codes us-states` reads every bare code as a US state, `--codes \
                        countries` as a country";

/// Reads the table: every mistake, or people.
fn read(bytes: &[u8], codes: Option<Codes>) -> Result<Understood<People>, Vec<String>> {
    let (text, remark) = spreadsheet::text(bytes);
    let sheet = spreadsheet::read(&text, csv::Trim::All);
    let header = &sheet.header;
    let column = |name: &str| header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
    let (Some(place), Some(count)) = (column("jurisdiction"), column("count")) else {
        return Err(vec![format!(
            "line {}: the first line must name the columns: `jurisdiction,count`",
            sheet.first
        )]);
    };
    let (mut rows, mut mistakes) = (Vec::new(), Vec::new());
    for record in &sheet.rows {
        match record {
            Ok((line, row)) if row.len() == header.len() => {
                rows.push((*line, row[place].to_owned(), row[count].to_owned()));
            }
            Ok((line, row)) => {
                let cells = wording::count(row.len(), "cell");
                let wanted = header.len();
                mistakes.push(format!("line {line}: {cells}, but the first line has {wanted}"));
            }
            Err(error) => mistakes.push(error.clone()),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        mistakes.push("it has no rows".to_owned());
    }
    let cells = rows.iter().map(|(line, place, count)| (*line, place.as_str(), count.as_str()));
    match People::from_rows(cells, codes) {
        Ok(mut people) if mistakes.is_empty() => {
            people.remarks.extend(remark.map(str::to_owned));
            Ok(people)
        }
        Ok(_) => Err(mistakes),
        Err(more) => {
            mistakes.extend(more);
            Err(mistakes)
        }
    }
}
