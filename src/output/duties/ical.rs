//! Deadlines as a calendar, RFC 5545: an event for each, with alarms. What is owed and has no date yet
//! is a to-do without one, and counted at the head.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::{NO_ADVICE, View, local, state, whom};
use crate::output::calendar::{self, alarm, fold, property, utc};
use crate::regime::{Assessed, State};
use crate::wording;

pub(super) fn calendar(view: &View<'_>) -> String {
    let mut text = String::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//breach//duties//EN", "CALSCALE:GREGORIAN"]
    {
        fold(&mut text, line);
    }
    let undated_duties = view.undated().count();
    if undated_duties > 0 {
        let duties = wording::count(undated_duties, "duty");
        let says = format!("Owed without a date: {duties}.");
        fold(&mut text, &property("X-WR-CALDESC", &says));
    }
    for duty in view.duties.iter().filter(|duty| duty.concerns == Some(true)) {
        let id = &duty.duty.id;
        for (number, asked) in view.record.questions_of(duty.known_as(view.record)).enumerate() {
            if let Some(until) = asked.until {
                let summary = format!("{id}: answer {} ({})", whom(duty), asked.by);
                let about = format!("{}\n{NO_ADVICE}", asked.reason);
                let name = format!("{id}-question-{}", number + 1);
                entry(&mut text, view, &name, until.to_utc(), &summary, &about);
            }
        }
        let runs = duty.state.is_open() && duty.state != State::Embargo;
        if let Some(due) = duty.due.filter(|_| runs) {
            let summary = format!("{id}: {} ({})", whom(duty), state(duty));
            entry(&mut text, view, id, due, &summary, &about(duty));
        }
    }
    for duty in view.undated() {
        let stands = if duty.awaits.is_some() { duty.waiting() } else { state(duty) };
        let summary = format!("{}: {} ({stands})", duty.duty.id, whom(duty));
        undated(&mut text, view, &duty.duty.id, &summary, &about(duty));
    }
    fold(&mut text, "END:VCALENDAR");
    text
}

fn about(duty: &Assessed<'_>) -> String {
    let mut about = duty.duty.cite.clone();
    if let Some(recipient) = &duty.duty.recipient {
        let _ = write!(about, "\nTo: {recipient}");
    }
    if let Some(local) = local(duty) {
        let _ = write!(about, "\nDue: {local}, {}", duty.zone.name());
    }
    let _ = write!(about, "\n{}\n{NO_ADVICE}", duty.why());
    about
}

/// Who has no date for it still has to see it: a to-do needs none.
fn undated(text: &mut String, view: &View<'_>, id: &str, summary: &str, about: &str) {
    fold(text, "BEGIN:VTODO");
    fold(text, &uid(view, id, "todo"));
    fold(text, &format!("DTSTAMP:{}", utc(view.at)));
    fold(text, &calendar::summary(view.record.drill, summary));
    fold(text, &property("DESCRIPTION", about));
    fold(text, "STATUS:NEEDS-ACTION");
    fold(text, "END:VTODO");
}

/// The same duty of the same incident keeps its name, so that a later file replaces it.
fn uid(view: &View<'_>, id: &str, kind: &str) -> String {
    format!("UID:{id}-{kind}@{}.breach.invalid", view.incident)
}

fn entry(
    text: &mut String,
    view: &View<'_>,
    id: &str,
    due: DateTime<Utc>,
    summary: &str,
    about: &str,
) {
    let stamp = format!("DTSTAMP:{}", utc(view.at));
    let summary = calendar::summary(view.record.drill, summary);
    let about = property("DESCRIPTION", about);
    fold(text, "BEGIN:VEVENT");
    let when = format!("DTSTART:{}", utc(due));
    for line in [&uid(view, id, "event"), &stamp, &when, &summary, &about] {
        fold(text, line);
    }
    fold(text, "TRANSP:TRANSPARENT");
    for before in ["-P1D", "-PT4H", "-PT1H"] {
        alarm(text, before, "", &summary);
    }
    fold(text, "END:VEVENT");
}
