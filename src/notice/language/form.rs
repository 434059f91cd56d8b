//! How a place writes dates, numbers and addresses.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::document::Table;
use crate::fact::{Basis, Count, Precision, When};
use crate::notice::Reader;
use crate::{escape, wording};

/// How a place writes dates, numbers and addresses. Each text has its parts in braces.
#[derive(Clone, Debug, Default)]
pub struct Form {
    months: Vec<String>,
    /// `{day} {month} {year}`.
    date: String,
    /// The first of a month, where it is no plain number.
    first: Option<String>,
    /// `on {date}`.
    on: String,
    /// `between {from} and {to}`.
    between: String,
    /// `in {month} {year}`.
    in_month: String,
    /// `in {year}`.
    in_year: String,
    /// `{date}, {time} (UTC{offset})`; `{hour}` and `{minute}` apart where a language writes `22 h 10`.
    moment: String,
    /// Between three digits and three.
    thousands: String,
    /// How many digits a number has to have before they are parted.
    parted_from: usize,
    /// Before the cents.
    decimal: String,
    /// An amount of money: `{n} {currency}`.
    money: String,
    about: String,
    at_least: String,
    at_most: String,
    /// What nobody knows.
    pub unknown: String,
    /// `{title}: {value}`.
    said: String,
    /// What nobody knows, to those whom we tell it later: `{value}; it will follow`.
    follows: String,
    /// The lines of an address below the street: `{town}`, `{region}`, `{postcode}`.
    town: String,
    /// How a person is addressed of whom only the name is known.
    pub salutation: String,
    /// How a letter ends.
    pub closing: String,
}

impl Form {
    /// Reads a form and how its letters begin and end; what is left out is as in `base`. None where
    /// something is missing.
    pub(super) fn read(table: &Table<'_>, letter: &Table<'_>, base: Option<&Self>) -> Option<Self> {
        let from = |table: &Table<'_>, key: &str, of: fn(&Self) -> &String| {
            let own = table.text(key).map(|text| text.text.into_owned());
            own.or_else(|| base.map(|base| of(base).clone()))
        };
        let given = |key: &str, of: fn(&Self) -> &String| from(table, key, of);
        let months: Vec<String> =
            table.texts("months").iter().map(crate::document::Spanned::to_owned).collect();
        let months = if months.is_empty() { base?.months.clone() } else { months };
        let first = table.text("first").map(|text| text.text.into_owned());
        let parted = table.integer("parted-from").and_then(|n| usize::try_from(n).ok());
        (months.len() == 12).then_some(())?;
        Some(Self {
            months,
            date: given("date", |form| &form.date)?,
            first: first.or_else(|| base.and_then(|base| base.first.clone())),
            on: given("on", |form| &form.on)?,
            between: given("between", |form| &form.between)?,
            in_month: given("in-month", |form| &form.in_month)?,
            in_year: given("in-year", |form| &form.in_year)?,
            moment: given("moment", |form| &form.moment)?,
            thousands: given("thousands", |form| &form.thousands)?,
            parted_from: parted.or(base.map(|base| base.parted_from)).unwrap_or(4),
            decimal: given("decimal", |form| &form.decimal).unwrap_or_else(|| ".".to_owned()),
            money: given("money", |form| &form.money)
                .unwrap_or_else(|| "{currency} {n}".to_owned()),
            about: given("about", |form| &form.about)?,
            at_least: given("at-least", |form| &form.at_least)?,
            at_most: given("at-most", |form| &form.at_most)?,
            unknown: given("unknown", |form| &form.unknown)?,
            said: given("said", |form| &form.said).unwrap_or_else(|| "{title}: {value}".to_owned()),
            follows: given("follows", |form| &form.follows).unwrap_or_else(|| "{value}".to_owned()),
            town: given("town", |form| &form.town)?,
            salutation: from(letter, "salutation", |form| &form.salutation)?,
            closing: from(letter, "closing", |form| &form.closing)?,
        })
    }

    /// A day: `7. November 2026`.
    pub fn date(&self, day: NaiveDate) -> String {
        let number = match &self.first {
            Some(first) if day.day() == 1 => first.clone(),
            _ => day.day().to_string(),
        };
        filled(&self.date, &[("day", &number), ("month", self.month(day)), ("year", &year(day))])
    }

    fn month(&self, day: NaiveDate) -> &str {
        &self.months[day.month0() as usize]
    }

    /// The days of a time, as a letter has them: `am 7. November 2026`.
    pub(super) fn days(&self, when: &When) -> String {
        let (first, last) = (when.earliest.date_naive(), when.latest.date_naive());
        let parts = [("month", self.month(first)), ("year", &*year(first))];
        match when.precision {
            Precision::Month => filled(&self.in_month, &parts),
            Precision::Year => filled(&self.in_year, &parts),
            _ if first != last => self.span(&self.date(first), &self.date(last)),
            _ => filled(&self.on, &[("date", &self.date(first))]),
        }
    }

    /// A time as an office wants it, no finer than it was given.
    pub(in crate::notice) fn when(&self, when: &When) -> String {
        match when.precision {
            Precision::Second | Precision::Minute => {
                filled(&self.on, &[("date", &self.moment(when.earliest))])
            }
            Precision::Hour => self.span(&self.moment(when.earliest), &self.moment(when.latest)),
            Precision::Range if when.earliest.time() != chrono::NaiveTime::MIN => {
                self.span(&self.moment(when.earliest), &self.moment(when.latest))
            }
            _ => self.days(when),
        }
    }

    fn span(&self, from: &str, to: &str) -> String {
        filled(&self.between, &[("from", from), ("to", to)])
    }

    fn moment(&self, at: DateTime<FixedOffset>) -> String {
        let [time, hour, minute, offset] =
            ["%H:%M", "%-H", "%M", "%:z"].map(|form| at.format(form).to_string());
        let date = self.date(at.date_naive());
        let parts = [("time", &time), ("hour", &hour), ("minute", &minute), ("offset", &offset)];
        let parts = parts.map(|(name, text)| (name, text.as_str()));
        filled(&self.moment, &[&[("date", &*date)], &parts[..]].concat())
    }

    /// A number: `84.312`.
    pub fn number(&self, n: u64) -> String {
        self.parted(&n.to_string())
    }

    fn parted(&self, digits: &str) -> String {
        let is_short = digits.len() < self.parted_from;
        if is_short { digits.to_owned() } else { wording::threes(digits, &self.thousands) }
    }

    /// A number and how it is known: `etwa 84.000`.
    pub fn count(&self, count: &Count) -> String {
        let number = self.number(count.n);
        let form = match count.basis {
            Basis::Exact => return number,
            Basis::AtLeast if count.n == 0 => return self.unknown.clone(),
            Basis::About => &self.about,
            Basis::AtMost => &self.at_most,
            Basis::AtLeast => &self.at_least,
        };
        filled(form, &[("n", &number)])
    }

    /// An amount of money, of which `shown` is what a record calls it: `12.500,50 EUR`.
    pub(super) fn money(&self, shown: &str) -> String {
        let (currency, amount) = shown.split_once(' ').unwrap_or(("", shown));
        let (whole, cents) = amount.split_once('.').unwrap_or((amount, ""));
        let (sign, whole) = whole.split_at(usize::from(whole.starts_with('-')));
        let decimal = if cents.is_empty() { "" } else { &self.decimal };
        let amount = format!("{sign}{}{decimal}{cents}", self.parted(whole));
        filled(&self.money, &[("n", &amount), ("currency", currency)])
    }

    /// A text of ours with its numbers as the place writes them; what stands behind a `.` is a fraction.
    pub(super) fn grouped(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len() + 8);
        let mut rest = text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            shown.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, behind) = rest.split_at(end);
            let is_fraction = shown.ends_with('.');
            shown.push_str(&if is_fraction { digits.to_owned() } else { self.parted(digits) });
            rest = behind;
        }
        shown + rest
    }

    /// A fact that no sentence tells: `Records affected: 20`
    pub(in crate::notice) fn said(&self, title: &str, value: &str) -> String {
        filled(&self.said, &[("title", &escape::markdown(title)), ("value", value)])
    }

    /// What nobody knows. Who is told in phases is promised the rest.
    pub(in crate::notice) fn not_known(&self, reader: Reader) -> String {
        if reader.is_plain() || reader == Reader::Register {
            return self.unknown.clone();
        }
        filled(&self.follows, &[("value", &self.unknown)])
    }

    /// The lines of an address below the street.
    pub fn town(&self, town: &str, region: &str, postcode: &str) -> String {
        let parts = [("town", town), ("region", region), ("postcode", postcode)];
        let lines = filled(&self.town, &parts);
        let lines = lines.lines().map(|line| line.trim_matches([' ', ',', '-']));
        lines.filter(|line| !line.is_empty()).collect::<Vec<&str>>().join("\n")
    }
}

fn year(day: NaiveDate) -> String {
    day.year().to_string()
}

/// A form with its parts filled in, each once and none of them read again.
fn filled(form: &str, parts: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(form.len() + 16);
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(parts.iter().find(|(part, _)| *part == name).map_or("", |(_, text)| text));
        rest = after;
    }
    text.push_str(rest);
    text
}
