//! A timeline of Timesketch: CSV or JSON lines, known from what stands in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use serde_json::Value;

use crate::fact::{Precision, When};
use crate::output::cell;
use crate::wording;

/// Rows that are taken in at once: more than that belongs beside the record, as evidence.
const MOST: usize = 10_000;

/// Mistakes after which the rest is not read.
const HOPELESS: usize = 1_000;

/// Columns that every timeline has.
const MUST: [&str; 3] = ["message", "datetime", "timestamp_desc"];

/// Columns by which our own exports say how finely a moment is known, and what is privileged.
const OURS: [&str; 3] = ["precision", "latest", "privileged"];

/// What our own exports write into `timestamp_desc`: it says nothing more.
const CLOCKS: [&str; 2] = ["Occurred", "Recorded"];

/// A row that is right.
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) at: When,
    pub(super) text: String,
    /// Whether it was marked so where it comes from.
    pub(super) privileged: bool,
}

/// A timeline that is right.
pub(super) struct Read {
    pub(super) rows: Vec<Row>,
    /// Columns that are not taken in.
    pub(super) left: Vec<String>,
}

/// Reads a timeline: all of it, or every mistake.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Vec<String>> {
    // Spreadsheets begin a file with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut found = Found::default();
    if bytes.trim_ascii_start().starts_with(b"{") {
        found.json(bytes);
    } else {
        found.table(bytes);
    }
    if found.rows.is_empty() && found.mistakes.is_empty() {
        found.mistakes.push("it has no rows".to_owned());
    }
    if found.rows.len() > MOST {
        found.mistakes.push(format!(
            "it has {}, and at most {MOST} can be imported at once: split it, or keep it with \
             `breach evidence add`",
            wording::count(found.rows.len(), "row")
        ));
    }
    if found.mistakes.is_empty() {
        let left = found.columns.into_iter().map(|name| format!("`{name}`"));
        return Ok(Read { rows: found.rows, left: left.collect() });
    }
    Err(found.mistakes)
}

#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    mistakes: Vec<String>,
    columns: BTreeSet<String>,
}

impl Found {
    fn json(&mut self, bytes: &[u8]) {
        for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if text.trim_ascii().is_empty() {
                continue;
            }
            if self.is_hopeless(line) {
                return;
            }
            let object = match serde_json::from_slice::<BTreeMap<String, Value>>(text) {
                Ok(object) => object,
                Err(error) => {
                    // The parser knows one line only; the column is what helps.
                    let error = error.to_string();
                    let error = error.replace(" at line 1 column ", ", column ");
                    self.mistakes.push(format!("line {line}: not a JSON object: {error}"));
                    continue;
                }
            };
            let get = |name: &str| match object.get(name) {
                Some(Value::String(text)) => Ok(text.as_str()),
                None | Some(Value::Null) => Ok(""),
                Some(Value::Bool(yes)) => Ok(if *yes { "true" } else { "false" }),
                Some(_) => Err(format!("line {line}: `{name}` is not text")),
            };
            let names = object.keys().map(String::as_str);
            self.columns.extend(names.filter(|name| !is_taken(name)).map(str::to_owned));
            self.row(line, &get);
        }
    }

    fn table(&mut self, bytes: &[u8]) {
        let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = match table.headers() {
            Ok(header) => header.clone(),
            Err(error) => return self.mistakes.push(error.to_string()),
        };
        for name in MUST {
            if !header.iter().any(|cell| cell == name) {
                self.mistakes.push(format!("line 1: there is no column `{name}`"));
            }
        }
        if !self.mistakes.is_empty() {
            return;
        }
        // A cell of ours may have been kept from being a formula; that of others is as it is.
        let ours = OURS.iter().all(|name| header.iter().any(|cell| cell == *name));
        let names = header.iter().filter(|name| !is_taken(name));
        self.columns.extend(names.map(str::to_owned));
        for record in table.records() {
            let at = record.as_ref().ok().and_then(csv::StringRecord::position);
            if self.is_hopeless(at.map_or(0, csv::Position::line)) {
                return;
            }
            let row = match record {
                Ok(row) => row,
                Err(error) => {
                    self.mistakes.push(error.to_string());
                    continue;
                }
            };
            let line = row.position().map_or(0, csv::Position::line);
            if row.len() != header.len() {
                let cells = wording::count(row.len(), "cell");
                let wanted = header.len();
                self.mistakes.push(format!("line {line}: {cells}, but line 1 has {wanted}"));
                continue;
            }
            let get = |name: &str| {
                let place = header.iter().position(|cell| cell == name);
                let cell = place.and_then(|place| row.get(place)).unwrap_or_default();
                Ok(if ours { cell::restored(cell) } else { cell })
            };
            self.row(line, &get);
        }
    }

    fn is_hopeless(&mut self, line: u64) -> bool {
        let hopeless = self.mistakes.len() >= HOPELESS;
        if hopeless {
            self.mistakes.push(format!("line {line}: nothing from here on was read"));
        }
        hopeless
    }

    fn row<'t>(&mut self, line: u64, get: &dyn Fn(&str) -> Result<&'t str, String>) {
        match made(line, get) {
            Ok(row) => self.rows.push(row),
            Err(mistake) => self.mistakes.push(mistake),
        }
    }
}

fn is_taken(name: &str) -> bool {
    MUST.contains(&name) || OURS.contains(&name)
}

/// A row of its cells.
fn made<'t>(line: u64, get: &dyn Fn(&str) -> Result<&'t str, String>) -> Result<Row, String> {
    let message = get("message")?;
    if message.trim().is_empty() {
        return Err(format!("line {line}: the message is empty"));
    }
    let given = get("datetime")?.trim();
    let bad = |what: &str, text: &str| {
        format!("line {line}: `{what}` is `{text}`, not a time such as 2018-08-21T21:58:00+00:00")
    };
    let mut at = moment(given).ok_or_else(|| bad("datetime", given))?;
    let latest = get("latest")?.trim();
    if let Some(precision) = precision(get("precision")?).filter(|_| !latest.is_empty()) {
        at.latest = moment(latest).ok_or_else(|| bad("latest", latest))?.earliest;
        at.precision = precision;
        if at.latest < at.earliest {
            return Err(format!("line {line}: `latest` is before `datetime`"));
        }
    }
    let meaning = get("timestamp_desc")?.trim();
    let text = if meaning.is_empty() || CLOCKS.contains(&meaning) {
        message.to_owned()
    } else {
        // It says what the moment is one of: created, modified, sent.
        format!("{message} ({meaning})")
    };
    let privileged = get("privileged")?.eq_ignore_ascii_case("true");
    Ok(Row { line, at, text, privileged })
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

/// An ISO 8601 moment, as finely as it is written. One without a zone is in UTC, as Timesketch takes
/// it.
fn moment(text: &str) -> Option<When> {
    let at = |earliest: DateTime<FixedOffset>, length: i64, precision| {
        let latest = earliest + TimeDelta::seconds(length);
        let year = earliest.format("%Y").to_string().parse::<i32>().ok()?;
        // A leap second is none that every clock can show.
        let shown = (1900..=9999).contains(&year) && earliest.nanosecond() < 1_000_000_000;
        shown.then_some(When { earliest, latest, precision })
    };
    let utc = |naive: NaiveDateTime| naive.and_utc().fixed_offset();
    if text.len() == 7 {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        let next = first.checked_add_months(Months::new(1))?;
        let length = (next - first).num_seconds() - 1;
        return at(utc(first.into()), length, Precision::Month);
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        day.checked_add_days(Days::new(1))?;
        return at(utc(day.into()), 86_399, Precision::Day);
    }
    let text = text.replacen(' ', "T", 1).replace(' ', "");
    let text = text.strip_suffix(['Z', 'z']).map_or(text.clone(), |rest| format!("{rest}+00:00"));
    for (form, length, precision) in
        [("%Y-%m-%dT%H:%M:%S%.f", 0, Precision::Second), ("%Y-%m-%dT%H:%M", 59, Precision::Minute)]
    {
        let zoned = DateTime::parse_from_str(&text, &format!("{form}%z"));
        let naive = || NaiveDateTime::parse_from_str(&text, form).map(utc);
        if let Ok(found) = zoned.or_else(|_| naive()) {
            let micro = chrono::SubsecRound::trunc_subsecs(found, 6);
            return at(micro, length, precision);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_as_fine_as_it_is_written() {
        for (text, shown) in [
            ("2018-08-21", "Tue 21 Aug 2018"),
            ("2018-08", "Aug 2018"),
            ("2018-08-21T21:58", "Tue 21 Aug 2018 21:58 +00:00"),
            ("2018-08-21 21:58:03", "Tue 21 Aug 2018 21:58:03 +00:00"),
            ("2018-08-21T21:58:03.123456+02:00", "Tue 21 Aug 2018 21:58:03 +02:00"),
            ("2018-08-21T21:58:03Z", "Tue 21 Aug 2018 21:58:03 +00:00"),
            ("2018-08-21T21:58:03-0500", "Tue 21 Aug 2018 21:58:03 -05:00"),
        ] {
            let when = moment(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(when.show(), shown, "{text}");
        }
        let micro = moment("2018-08-21T21:58:03.1234567Z").expect("a moment");
        assert_eq!(micro.earliest.nanosecond(), 123_456_000);
        for bad in [
            "",
            "x",
            "2018",
            "2018-13-01",
            "2018-02-30",
            "21:58",
            "1534888680",
            "é",
            "éééé-éé",
            "2018-08-21T25:00",
            "2018-06-30T23:59:60Z",
            "0018-08-21",
            "9999-12-31x",
        ] {
            assert!(moment(bad).is_none(), "{bad}");
        }
    }
}
