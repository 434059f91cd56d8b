//! The rhythm of briefings, as the severity sets it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::fact::{Value, names};
use crate::incident::Incident;
use crate::wording;

/// Options of the fact `severity`, after how many hours the next briefing is due, and what that is
/// called. With another, people brief at the end.
const RHYTHM: [(&str, i64, &str); 3] =
    [("critical", 1, "hourly"), ("major", 4, "every 4 hours"), ("moderate", 24, "daily")];

/// When the latest briefing fell due, and why; `None` if none is due.
pub fn briefing_due(incident: &Incident, now: DateTime<Utc>) -> Option<(DateTime<Utc>, String)> {
    let history = incident.facts.get(names::SEVERITY)?;
    let Value::Choice(severity) = &history.last()?.value else { return None };
    let (_, hours, rhythm) = RHYTHM.iter().find(|(id, ..)| id == severity)?;
    let last = match incident.fact_value(names::BRIEFED_AT) {
        Some(Value::Time(last)) => Some(last.latest),
        _ => None,
    };
    let from = last.unwrap_or(history.first()?.at).to_utc();
    let missed = (now - from).num_hours() / hours;
    if missed < 1 {
        return None;
    }
    let since = from + TimeDelta::hours(missed * hours);
    let last = last.map_or("there was none yet".to_owned(), |last| {
        format!("the last was at {}", wording::near(last, now))
    });
    Some((since, format!("severity {severity}, {rhythm}; {last}")))
}

#[cfg(test)]
mod tests {
    use super::RHYTHM;
    use crate::fact::{Vocabulary, names};

    #[test]
    fn the_scale_says_the_same_rhythm() {
        let severity = Vocabulary::builtin().get(names::SEVERITY).expect("a fact");
        for option in &severity.options {
            let rhythm = RHYTHM.iter().find(|(id, ..)| *id == option.id);
            let words = rhythm.map_or("at the end", |(.., words)| words);
            assert!(option.title.ends_with(&format!("brief {words}")), "{}", option.title);
        }
    }
}
