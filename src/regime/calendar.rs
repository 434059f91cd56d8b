//! Days on which an authority is closed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::document::shape::{self, KEBAB, Key, Kind, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax};

/// A calendar file.
pub static CALENDAR: Shape = Shape {
    name: "a calendar",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("calendar", Kind::Word(&KEBAB), "Its name, as duties write it."),
        Key::required("title", Kind::Line, "Whose days off these are."),
        Key::optional("extends", Kind::Word(&KEBAB), "Another calendar whose days also count."),
        Key::required("from", Kind::Day, "First day it covers."),
        Key::required("until", Kind::Day, "Last day it covers."),
        Key::optional("sources", Kind::Array(&Kind::Line), "Where it was read."),
        Key::optional(
            "closed",
            Kind::Array(&Kind::Table(&CLOSED)),
            "Days off other than weekends.",
        ),
    ],
};

static CLOSED: Shape = Shape {
    name: "a day off",
    keys: &[
        Key::required("on", Kind::Day, "The day."),
        Key::required("name", Kind::Line, "What it is."),
    ],
};

/// Weekends, and days off by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// As duties write it.
    pub name: String,
    extends: Option<String>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    closed: BTreeMap<NaiveDate, String>,
}

impl Calendar {
    /// Reads a calendar; there is one only without errors.
    pub fn read(document: &Document) -> (Option<Self>, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let calendar = syntax::read(&document.text, &mut findings, |tree, findings| {
            shape::check(tree, &CALENDAR, findings);
            let read = read(&Table::root(tree));
            read.filter(|_| !findings.has_errors())
        });
        (calendar, findings.into_sorted())
    }

    /// Whether it is a working day.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        !is_weekend(day) && !self.closed.contains_key(&day)
    }

    /// The name of a day off that is no weekend.
    pub fn holiday(&self, day: NaiveDate) -> Option<&str> {
        self.closed.get(&day).map(String::as_str).filter(|_| !is_weekend(day))
    }

    /// Whether its days off are known there.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_some_and(|from| from <= day) && self.until.is_some_and(|until| day <= until)
    }
}

fn read(root: &Table<'_>) -> Option<Calendar> {
    let closed = root
        .tables("closed")
        .into_iter()
        .filter_map(|closed| Some((closed.day("on")?, closed.text("name")?.to_owned())));
    Some(Calendar {
        name: root.text("calendar")?.to_owned(),
        extends: root.text("extends").map(|name| name.to_owned()),
        from: root.day("from"),
        until: root.day("until"),
        closed: closed.collect(),
    })
}

/// Calendars by name, each with the days of those that it extends.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    by_name: BTreeMap<String, Arc<Calendar>>,
    weekends: Arc<Calendar>,
}

impl Calendars {
    /// Puts calendars together. Several of one name add up: closures that were ordered later come
    /// in a file of their own.
    pub fn new(calendars: impl IntoIterator<Item = Calendar>) -> Self {
        let mut by_name: BTreeMap<String, Calendar> = BTreeMap::new();
        for calendar in calendars {
            match by_name.get_mut(&calendar.name) {
                Some(known) => known.closed.extend(calendar.closed),
                None => {
                    by_name.insert(calendar.name.clone(), calendar);
                }
            }
        }
        let whole = by_name.values().map(|calendar| {
            let mut whole = calendar.clone();
            let (mut next, mut depth) = (calendar.extends.as_deref(), 0);
            while let Some(other) = next.and_then(|name| by_name.get(name)).filter(|_| depth < 8) {
                whole.closed.extend(other.closed.clone());
                (next, depth) = (other.extends.as_deref(), depth + 1);
            }
            (calendar.name.clone(), Arc::new(whole))
        });
        Self { by_name: whole.collect(), weekends: Arc::default() }
    }

    /// The calendar of a name; one that knows only weekends, if there is none.
    pub fn get(&self, name: Option<&str>) -> &Calendar {
        name.and_then(|name| self.by_name.get(name)).unwrap_or(&self.weekends)
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}

/// Whether a day is a Saturday or a Sunday.
pub(super) fn is_weekend(day: NaiveDate) -> bool {
    day.weekday().number_from_monday() > 5
}
