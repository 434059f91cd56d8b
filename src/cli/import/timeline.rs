//! A timeline from Timesketch or a tool that writes its format, from our own exports, or from a log in a
//! dialect we know.

use std::collections::BTreeSet;

use serde_json::Value;

use super::dialect::{self, Dialect};
use super::moment::{self, Time};
use super::records::{self, HOPELESS, Record, Records};
use super::zone::Zone;
use crate::clock::Reading;
use crate::fact::{Precision, When};
use crate::wording;

/// Rows that are taken in at once: more than that belongs beside the record, as evidence.
const MOST: usize = 10_000;

/// Columns that every timeline has.
const MUST: [&str; 3] = ["message", "datetime", "timestamp_desc"];

/// Another column for the moment: microseconds since 1970.
const MICROSECONDS: &str = "timestamp";

/// Columns by which our own exports say how finely a moment is known, and what is privileged.
const OURS: [&str; 3] = ["precision", "latest", "privileged"];

/// The column by which they say who wrote it.
const ACTOR: &str = "actor";

/// What our own exports write into `timestamp_desc`: it says nothing more.
const CLOCKS: [&str; 2] = ["Occurred", "Recorded"];

/// A row that is right.
pub(super) struct Row {
    /// Its number in the file, from 1.
    pub(super) number: u64,
    /// Where it begins, in words.
    pub(super) place: String,
    pub(super) at: When,
    /// How its time was read, if it names no zone.
    pub(super) local: Option<Reading>,
    pub(super) text: String,
    /// Who wrote it, if one of our own exports says so.
    pub(super) author: Option<String>,
    /// Whether it was marked so where it comes from.
    pub(super) privileged: bool,
}

/// A timeline that is right, or right but for what was to be skipped.
#[derive(Default)]
pub(super) struct Read {
    pub(super) rows: Vec<Row>,
    /// Places of the rows that say they have no time.
    pub(super) timeless: Vec<String>,
    /// What is wrong with rows.
    pub(super) mistakes: Vec<String>,
    /// Columns that are not taken in.
    pub(super) left: Vec<String>,
    /// Whose dialect it is, if it is no timeline of Timesketch.
    pub(super) dialect: Option<&'static str>,
    /// What there is to say of how it was read.
    pub(super) remark: Option<&'static str>,
}

/// How the records of a file are read.
enum Form {
    Timesketch,
    Of(&'static Dialect),
}

/// Reads a timeline: all of it, or every mistake. Where bad rows are to be skipped, only a file of
/// which nothing is left is a mistake.
pub(super) fn read(bytes: &[u8], skip_bad: bool, zone: Zone<'_>) -> Result<Read, Vec<String>> {
    if let Some((title, hint)) = dialect::of_file(bytes) {
        return Err(vec![format!("it is {title}, not a timeline: {hint}")]);
    }
    let Records { all, header, remark } = records::read(bytes, is_ours);
    let form = form(&all, header.as_ref())?;
    let dialect = match &form {
        Form::Timesketch => None,
        Form::Of(dialect) => Some(dialect.title.as_str()),
    };
    let mut read = Read { dialect, remark, ..Read::default() };
    let mut columns = BTreeSet::new();
    for (number, record) in (1..).zip(all) {
        if read.mistakes.len() >= HOPELESS {
            let place = record.map_or_else(|mistake| mistake, |record| record.place + ":");
            let place = place.split(':').next().unwrap_or_default();
            read.mistakes.push(format!("{place}: nothing from here on was read"));
            break;
        }
        let made = record.and_then(|record| {
            let left = record.cells.keys().filter(|name| !form.takes(name));
            columns.extend(left.map(|name| format!("`{name}`")));
            form.row(number, &record, zone).map(|row| row.ok_or(record.place))
        });
        match made {
            Ok(Ok(row)) => read.rows.push(row),
            Ok(Err(place)) => read.timeless.push(place),
            Err(mistake) => read.mistakes.push(mistake),
        }
    }
    read.left = columns.into_iter().collect();
    read.judged(skip_bad)
}

impl Read {
    /// Itself, if it can be taken in.
    fn judged(mut self, skip_bad: bool) -> Result<Self, Vec<String>> {
        let is_bad = !self.mistakes.is_empty() && !skip_bad;
        if !is_bad && self.rows.is_empty() && !self.timeless.is_empty() {
            self.mistakes.push("no row has a time".to_owned());
        } else if self.rows.is_empty() && self.mistakes.is_empty() {
            self.mistakes.push("it has no rows".to_owned());
        } else if self.rows.len() > MOST {
            self.mistakes.push(format!(
                "it has {}, and at most {MOST} can be imported at once: split it, or keep it with \
                 `breach evidence add`",
                wording::count(self.rows.len(), "row")
            ));
        } else if !is_bad && !self.rows.is_empty() {
            return Ok(self);
        }
        Err(self.mistakes)
    }
}

fn is_ours(header: &[&str]) -> bool {
    OURS.iter().all(|name| header.contains(name))
}

/// How the records are read: all of a file as the first one, or as the header of a table says.
fn form(
    all: &[Result<Record, String>],
    header: Option<&(u64, Vec<String>)>,
) -> Result<Form, Vec<String>> {
    let first = all.iter().find_map(|record| record.as_ref().ok());
    if let Some((line, names)) = header {
        let has = |name: &str| names.iter().any(|known| known == name);
        let missing: Vec<&str> = MUST.into_iter().filter(|name| !has(name)).collect();
        if missing.is_empty() || missing == ["datetime"] && has(MICROSECONDS) {
            return Ok(Form::Timesketch);
        }
        if let Some(form) = first.and_then(known) {
            return form;
        }
        let missing = missing.iter();
        return Err(missing
            .map(|name| format!("line {line}: there is no column `{name}`"))
            .collect());
    }
    let Some(first) = first else { return Ok(Form::Timesketch) };
    if MUST.iter().any(|name| first.cells.contains_key(*name)) {
        return Ok(Form::Timesketch);
    }
    known(first).unwrap_or_else(|| {
        let place = &first.place;
        Err(vec![format!("{place}: there is no `message`, `datetime` or `timestamp_desc`")])
    })
}

/// The dialect of a record; one that is only named is a mistake.
fn known(record: &Record) -> Option<Result<Form, Vec<String>>> {
    let dialect = dialect::of(record)?;
    Some(if dialect.is_read() {
        Ok(Form::Of(dialect))
    } else {
        let title = &dialect.title;
        Err(vec![format!(
            "it looks like {title}, which is not read here: keep it with `breach evidence add`, or \
             make a timeline of it with plaso or Timesketch"
        )])
    })
}

impl Form {
    fn takes(&self, name: &str) -> bool {
        match self {
            Self::Of(dialect) => dialect.takes(name),
            Self::Timesketch => {
                MUST.contains(&name)
                    || OURS.contains(&name)
                    || [MICROSECONDS, ACTOR].contains(&name)
            }
        }
    }

    /// The row of a record; none of one that says that it has no time.
    fn row(&self, number: u64, record: &Record, zone: Zone<'_>) -> Result<Option<Row>, String> {
        match self {
            Self::Timesketch => timesketch(number, record, zone),
            Self::Of(dialect) => {
                let Time::At { when: at, local } = dialect.time(record, zone)? else {
                    return Ok(None);
                };
                let text = dialect.said(record);
                let text = text.ok_or_else(|| format!("{}: it says nothing", record.place))?;
                let place = record.place.clone();
                Ok(Some(Row { number, place, at, local, text, author: None, privileged: false }))
            }
        }
    }
}

/// A row as Timesketch has it.
fn timesketch(number: u64, record: &Record, zone: Zone<'_>) -> Result<Option<Row>, String> {
    let place = &record.place;
    let get = |name: &str| match record.get(name) {
        Some(Value::String(text)) => Ok(text.as_str()),
        None | Some(Value::Null) => Ok(""),
        Some(Value::Bool(yes)) => Ok(if *yes { "true" } else { "false" }),
        Some(_) => Err(format!("{place}: `{name}` is not text")),
    };
    let message = get("message")?;
    if message.trim().is_empty() {
        return Err(format!("{place}: the message is empty"));
    }
    let meaning = get("timestamp_desc")?.trim();
    let at = match (record.get("datetime"), record.words(MICROSECONDS)) {
        (None, Some(micros)) => {
            let time = moment::microseconds(&micros);
            time.ok_or_else(|| {
                format!("{place}: `{MICROSECONDS}` is `{micros}`, not microseconds")
            })?
        }
        (None, None) => return Err(format!("{place}: there is no `datetime`")),
        (Some(_), _) => moment_in("datetime", get("datetime")?, (place, zone))?,
    };
    let Time::At { when: mut at, local } = at else { return Ok(None) };
    let latest = get("latest")?.trim();
    if let Some(precision) = precision(get("precision")?).filter(|_| !latest.is_empty()) {
        if let Time::At { when, .. } = moment_in("latest", latest, (place, zone))? {
            at.latest = when.earliest;
        }
        at.precision = precision;
        if at.latest < at.earliest {
            return Err(format!("{place}: `latest` is before `datetime`"));
        }
    }
    let text = if meaning.is_empty() || CLOCKS.contains(&meaning) {
        message.to_owned()
    } else {
        // It says what the moment is one of: created, modified, sent.
        format!("{message} ({meaning})")
    };
    let ours = OURS.iter().all(|name| record.cells.contains_key(*name));
    let author = record.words(ACTOR).filter(|_| ours);
    let privileged = get("privileged")?.eq_ignore_ascii_case("true");
    Ok(Some(Row { number, place: place.clone(), at, local, text, author, privileged }))
}

fn moment_in(name: &str, text: &str, (place, zone): (&str, Zone<'_>)) -> Result<Time, String> {
    moment::read(text, zone).ok_or_else(|| {
        format!("{place}: `{name}` is `{text}`, not a time such as 2018-08-21T21:58:00+00:00")
    })
}

fn precision(text: &str) -> Option<Precision> {
    Some(match text.trim() {
        "second" => Precision::Second,
        "minute" => Precision::Minute,
        "hour" => Precision::Hour,
        "day" => Precision::Day,
        "month" => Precision::Month,
        "year" => Precision::Year,
        "range" => Precision::Range,
        _ => return None,
    })
}
