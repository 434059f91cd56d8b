//! A file as records with names: rows of a table, JSON lines, or a JSON document with a list in it.

use serde_json::{Map, Value};

use crate::cli::desk::spreadsheet;
use crate::output::cell;
use crate::wording;

/// Lists of records in documents of others, by the name of the list.
const LISTS: [&str; 4] = ["Records", "Events", "value", "events"];

/// Mistakes after which the rest is not read.
pub(super) const HOPELESS: usize = 1_000;

/// A record of a file.
pub(super) struct Record {
    /// Where it begins: `line 3`, `record 3`.
    pub(super) place: String,
    /// What it holds.
    pub(super) cells: Map<String, Value>,
}

/// The records of a file.
pub(super) struct Records {
    /// Each in its order, or what is wrong with it.
    pub(super) all: Vec<Result<Record, String>>,
    /// The names of the columns, if it is a table, and the line that has them.
    pub(super) header: Option<(u64, Vec<String>)>,
    /// What there is to say of how it was read.
    pub(super) remark: Option<&'static str>,
}

/// Reads the records of a file. Cells of a table that our own exports made harmless are put back.
pub(super) fn read(bytes: &[u8], is_ours: fn(&[&str]) -> bool) -> Records {
    let (text, remark) = spreadsheet::text(bytes);
    let start = text.trim_start();
    if start.starts_with('[') || start.starts_with('{') {
        let all = document(&text).unwrap_or_else(|| lines(&text));
        return Records { all, header: None, remark };
    }
    let sheet = spreadsheet::read(&text, csv::Trim::None);
    let header: Vec<&str> = sheet.header.iter().map(str::trim).collect();
    let ours = is_ours(&header);
    let rows = sheet.rows.into_iter().map(|row| {
        let (line, row) = row?;
        if row.len() != header.len() {
            let cells = wording::count(row.len(), "cell");
            let (first, wanted) = (sheet.first, header.len());
            return Err(format!("line {line}: {cells}, but line {first} has {wanted}"));
        }
        let cell = |text: &str| Value::from(if ours { cell::restored(text) } else { text });
        let cells = header.iter().zip(row.iter());
        let cells = cells.map(|(name, text)| ((*name).to_owned(), cell(text))).collect();
        Ok(Record { place: format!("line {line}"), cells })
    });
    let all = rows.collect();
    let names = header.iter().map(|name| (*name).to_owned()).collect();
    Records { all, header: Some((sheet.first, names)), remark }
}

/// A JSON document that is a list, or has one by a name that is known.
fn document(text: &str) -> Option<Vec<Result<Record, String>>> {
    let list = match serde_json::from_str::<Value>(text).ok()? {
        Value::Array(list) => list,
        Value::Object(mut object) => LISTS.iter().find_map(|name| match object.remove(*name) {
            Some(Value::Array(list)) => Some(list),
            _ => None,
        })?,
        _ => return None,
    };
    let records = (1..).zip(list).map(|(number, value)| match value {
        Value::Object(cells) => Ok(Record { place: format!("record {number}"), cells }),
        _ => Err(format!("record {number}: not a JSON object")),
    });
    Some(records.collect())
}

fn lines(text: &str) -> Vec<Result<Record, String>> {
    let lines = (1_u64..).zip(text.split('\n')).filter(|(_, text)| !text.trim().is_empty());
    let mut mistakes = 0;
    let records = lines.map(|(line, text)| {
        let cells = serde_json::from_str(text).map_err(|error| {
            // The parser knows one line only; the column is what helps.
            let error = error.to_string().replace(" at line 1 column ", ", column ");
            format!("line {line}: not a JSON object: {error}")
        })?;
        Ok(Record { place: format!("line {line}"), cells })
    });
    let worth_it = |record: &Result<Record, String>| {
        mistakes += usize::from(record.is_err());
        mistakes <= HOPELESS + 1
    };
    records.take_while(worth_it).collect()
}

impl Record {
    /// A cell, within others by dots: `userIdentity.arn`.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        if let Some(value) = self.cells.get(name) {
            return Some(value);
        }
        let mut parts = name.split('.');
        let first = self.cells.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }

    /// A cell in words; none if there is nothing in it.
    pub(super) fn words(&self, name: &str) -> Option<String> {
        let text = match self.get(name)? {
            Value::Null => return None,
            Value::String(text) => text.trim().to_owned(),
            // journalctl writes a message that is no UTF-8 as a list of bytes.
            Value::Array(bytes) if bytes.iter().all(|byte| byte.as_u64().is_some_and(is_byte)) => {
                let bytes = bytes.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok());
                crate::escape::output(&bytes.collect::<Vec<u8>>()).trim().to_owned()
            }
            value => value.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }
}

fn is_byte(number: u64) -> bool {
    number <= 255
}
