//! A table with a time, a text, and perhaps whose it is, in each row.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::stamp::{self, Stamps, millis};
use super::{Message, Take};
use crate::cli::desk::spreadsheet;
use crate::clock::Reading;
use crate::fact::When;
use crate::plain_file;

const TIMES: [&str; 6] = ["time", "datetime", "timestamp", "date", "when", "at"];
const AUTHORS: [&str; 6] = ["author", "user", "name", "from", "sender", "by"];
const TEXTS: [&str; 6] = ["text", "message", "note", "body", "content", "what"];

/// The positions of the columns.
struct Columns {
    time: usize,
    author: Option<usize>,
    text: usize,
}

impl Columns {
    fn of(names: &[String]) -> Option<Self> {
        let find = |known: &[&str]| {
            known.iter().find_map(|name| names.iter().position(|found| found == name))
        };
        Some(Self { time: find(&TIMES)?, author: find(&AUTHORS), text: find(&TEXTS)? })
    }
}

/// Whether a line names the columns of a table.
pub(super) fn is_header(line: &str) -> bool {
    Columns::of(&names(line.split(delimiter(line)))).is_some()
}

fn delimiter(line: &str) -> char {
    let count = |mark: &char| line.matches(*mark).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(count).unwrap_or(',')
}

fn names<'n>(cells: impl Iterator<Item = &'n str>) -> Vec<String> {
    cells.map(|cell| cell.trim_matches(['"', ' ', '\u{feff}', '\r']).to_lowercase()).collect()
}

pub(super) fn read(path: &Path, stamps: &Stamps<'_>, take: Take<'_>) -> Result<(), String> {
    let file = plain_file::open(path).map_err(|error| error.to_string())?;
    let mut reader = BufReader::new(file);
    let mut first = Vec::new();
    let read = reader.by_ref().take(1 << 20).read_until(b'\n', &mut first);
    read.map_err(|error| error.to_string())?;
    let first = String::from_utf8_lossy(&first).into_owned();
    let mark = delimiter(&first);
    let mut table = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(reader);
    let names = names(first.trim_end().split(mark));
    let columns = Columns::of(&names).ok_or("line 1 names no time and no text")?;
    let mut record = csv::ByteRecord::new();
    for row in 1.. {
        let more = table.read_byte_record(&mut record).map_err(|error| error.to_string())?;
        if !more {
            break;
        }
        let line = record.position().map_or(0, csv::Position::line) + 1;
        if record.as_slice().len() > 1 << 20 {
            return Err(format!("line {line} is longer than 1 MiB"));
        }
        let cell = |place: usize| {
            let text = record.get(place).map(|bytes| spreadsheet::text(bytes).0);
            text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let (time, text) = (cell(columns.time), cell(columns.text));
        let Some(text) = text else { continue };
        let time = time.ok_or_else(|| format!("line {line}: it has no time"))?;
        let (at, local) = moment(&time, stamps).map_err(|why| format!("line {line}: {why}"))?;
        let author = columns.author.and_then(cell);
        take(Message { row, at, local, author, text, attachments: Vec::new() })?;
    }
    Ok(())
}

/// A moment of a cell: with its zone, in numbers since 1970, or local and how it was read.
fn moment(text: &str, stamps: &Stamps<'_>) -> Result<(When, Option<Reading>), String> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let unit = match text.len() {
        10 => 1000,
        13 => 1,
        _ => 0,
    };
    if is_number && unit > 0 {
        let number: i64 = text.parse().map_err(|_| format!("`{text}` is no time"))?;
        let at = millis(number * unit).ok_or_else(|| format!("`{text}` is no time"))?;
        return Ok((at, None));
    }
    let no_time = || format!("`{text}` is no time such as 2026-11-23 02:40");
    let (day, rest) = match (stamp::day(text), stamps.day) {
        (Some((day, rest)), _) => (day.date(stamps.order)?, rest),
        (None, Some(day)) => (day, text),
        (None, None) => return Err(no_time()),
    };
    let (time, rest) = stamp::time(rest.trim_start_matches([',', ' ', 'T'])).ok_or_else(no_time)?;
    if !rest.trim().is_empty() {
        return Err(no_time());
    }
    Ok(stamps.at(day, time))
}
