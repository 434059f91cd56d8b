//! Deadlines, action items and checks as a calendar, RFC 5545.
//!
//! What has an hour is an event, because many calendars ignore to-dos; the rest are to-dos. Nothing is
//! both.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{Export, Made};
use crate::incident::CHECKS;
use crate::output::calendar::{alarm, fold, property, summary, utc};
use crate::output::duties::NO_ADVICE;
use crate::report::{Deadline, Report, Section, Verdict, Written};
use crate::wording;

/// An entry of the calendar. It keeps its name, so that a later file replaces it.
struct Item {
    name: String,
    due: Due,
    summary: String,
    about: String,
    /// Whether it is an event, and no to-do: only what has an hour is.
    event: bool,
}

/// When an item is due.
enum Due {
    At(DateTime<Utc>),
    On(NaiveDate),
    Never,
}

/// The calendar. Its clock is the last entry of the log, and so is its version.
pub fn ical(export: Export<'_>) -> Made<String> {
    let report = export.report;
    let mut items = Vec::new();
    let mut left = Vec::new();
    let mut settled = 0;
    for duty in &report.deadlines.duties {
        match deadline(duty) {
            Some(item) => items.push(item),
            None => settled += 1,
        }
    }
    if settled > 0 {
        left.push(format!("{}: done or waived", wording::count(settled, "duty")));
    }
    items.extend(questions(export));
    items.extend(actions(report));
    items.extend(report.checks.iter().flat_map(checks));
    let mut text = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//breach//export//EN", "CALSCALE:GREGORIAN"]
    {
        fold(&mut text, line);
    }
    if items.is_empty() {
        // A calendar wants a part: a file without one is refused.
        nothing(&mut text, report);
    }
    for item in &items {
        write(&mut text, report, item, if item.event { "VEVENT" } else { "VTODO" });
    }
    fold(&mut text, "END:VCALENDAR");
    let events = items.iter().filter(|item| item.event).count();
    let counted = match items.len() {
        0 => "one to-do saying that there is no date".to_owned(),
        n => {
            let todos = wording::count(n - events, "to-do");
            format!("{}, {todos}", wording::count(events, "event"))
        }
    };
    Made { value: text, counted, left }
}

fn deadline(duty: &Deadline) -> Option<Item> {
    let state = match duty.verdict {
        Verdict::Overdue => "overdue at the last entry",
        // What stands behind the comma is true of one moment only.
        Verdict::Open => duty.shown.split(',').next()?,
        Verdict::Check => "may be owed",
        Verdict::NotBelieved => "not known: the record does not verify",
        Verdict::NoNumber => "owed, no number in the law",
        Verdict::Unread => "owed, the time in the law was not read",
        Verdict::Unstarted => "owed, its clock has not started",
        Verdict::Withheld => "status withheld",
        _ => return None,
    };
    let whom = duty.to.join(", ").replace('-', " ");
    let local = duty.due_local.as_deref().map(|local| format!("Due: {local}\n"));
    let local = local.unwrap_or_default();
    let assumed = if duty.assumed { "\nIts start is assumed." } else { "" };
    let about = format!("{}\n{local}{}{assumed}\n{NO_ADVICE}", duty.cite, duty.why);
    Some(Item {
        name: duty.duty.clone(),
        due: duty.due.map_or(Due::Never, Due::At),
        summary: format!("{}: {whom} ({state})", duty.duty),
        about,
        event: duty.due.is_some(),
    })
}

/// What an authority asked, and wants to know by some moment.
fn questions(export: Export<'_>) -> Vec<Item> {
    let mut number = std::collections::BTreeMap::new();
    let asked = export.facts.questions().into_iter();
    asked
        .map(|(duty, until, reason)| {
            let duty = duty.as_str().to_owned();
            let number = number.entry(duty.clone()).and_modify(|n| *n += 1).or_insert(1);
            let reason = reason.map_or(String::new(), |reason| format!("{}\n", reason.as_str()));
            Item {
                name: format!("{duty}-question-{number}"),
                due: Due::At(until.to_utc()),
                summary: format!("{duty}: answer a question"),
                about: format!("{reason}{NO_ADVICE}"),
                event: true,
            }
        })
        .collect()
}

fn actions(report: &Report) -> impl Iterator<Item = Item> {
    report.actions.iter().filter(|action| action.is_open()).filter_map(|action| {
        let owner = action.owner.as_ref().map(|owner| format!("{}: ", owner.as_str()));
        let text = action.text.as_ref()?.as_str();
        Some(Item {
            name: action.id.as_str().to_owned(),
            due: action.due.map_or(Due::Never, Due::On),
            summary: format!("{}{text}", owner.unwrap_or_default()),
            about: "An action item of this incident.".to_owned(),
            event: false,
        })
    })
}

fn checks(written: &Written) -> Vec<Item> {
    let Some((_, days)) = CHECKS.iter().find(|(fact, _)| *fact == written.fact) else {
        return Vec::new();
    };
    let on = written.at.map(|at| at.to_utc().date_naive());
    let due = on.and_then(|on| on.checked_add_days(Days::new(*days)));
    let item = |(number, text): (usize, &crate::report::Text)| Item {
        name: format!("check-{days}-{}", number + 1),
        due: due.map_or(Due::Never, Due::On),
        summary: text.as_str().to_owned(),
        about: format!("A check, {days} days after it was promised."),
        event: false,
    };
    // An empty list says that there is none, in one word.
    let texts = written.texts.iter().filter(|text| text.as_str() != "none");
    texts.enumerate().map(item).collect()
}

fn nothing(text: &mut String, report: &Report) {
    let incident = &report.banner.incident;
    let last = report.banner.last_entry_at.map(|at| utc(at.to_utc())).unwrap_or_default();
    fold(text, "BEGIN:VTODO");
    fold(text, &format!("UID:nothing-todo@{incident}.breach.invalid"));
    fold(text, &format!("DTSTAMP:{last}"));
    let inside = Section::Deadlines.is_for(report.banner.audience);
    let (what, status) = match report.deadlines.settled {
        _ if !inside => ("nothing for this audience", "COMPLETED"),
        true => ("no deadline, action item or check was open at the last entry", "COMPLETED"),
        false => ("which legal deadlines apply was not settled at the last entry", "NEEDS-ACTION"),
    };
    fold(text, &summary(report.banner.rehearsal, &format!("{incident}: {what}")));
    fold(text, &format!("STATUS:{status}"));
    fold(text, "END:VTODO");
}

fn write(text: &mut String, report: &Report, item: &Item, kind: &str) {
    let incident = &report.banner.incident;
    let kind_name = kind.to_lowercase();
    let last = report.banner.last_entry_at.map(|at| utc(at.to_utc())).unwrap_or_default();
    let version: u64 = report.banner.chains.iter().map(|chain| chain.lines).sum();
    let summary = summary(report.banner.rehearsal, &item.summary);
    fold(text, &format!("BEGIN:{kind}"));
    fold(text, &format!("UID:{}-{}@{incident}.breach.invalid", item.name, &kind_name[1..]));
    fold(text, &format!("DTSTAMP:{last}"));
    fold(text, &format!("LAST-MODIFIED:{last}"));
    fold(text, &format!("SEQUENCE:{version}"));
    let name = if kind == "VEVENT" { "DTSTART" } else { "DUE" };
    match &item.due {
        Due::At(at) => fold(text, &format!("{name}:{}", utc(*at))),
        Due::On(day) => fold(text, &format!("{name};VALUE=DATE:{}", day.format("%Y%m%d"))),
        Due::Never => {}
    }
    fold(text, &summary);
    fold(text, &property("DESCRIPTION", &item.about));
    if kind == "VEVENT" {
        fold(text, "TRANSP:TRANSPARENT");
        for before in ["-P1D", "-PT4H"] {
            alarm(text, before, "", &summary);
        }
    } else {
        fold(text, "STATUS:NEEDS-ACTION");
        match &item.due {
            Due::At(_) => alarm(text, "-PT4H", ";RELATED=END", &summary),
            Due::On(_) => alarm(text, "-P1D", ";RELATED=END", &summary),
            Due::Never => {}
        }
    }
    fold(text, &format!("END:{kind}"));
}
