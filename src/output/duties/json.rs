//! Duties as JSON; instants in UTC.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::View;
use crate::fact::When;
use crate::regime::{Assessed, Gap, Period};

pub(super) fn value(view: &View<'_>) -> Value {
    json!({
        "schema": "breach.duties/1",
        "incident": view.incident,
        "rehearsal": view.record.drill,
        "at": utc(view.at),
        "places_without_law": view.gaps.iter().map(gap).collect::<Vec<_>>(),
        "duties": view.duties.iter().map(|one| duty(view, one)).collect::<Vec<_>>(),
    })
}

fn duty(view: &View<'_>, duty: &Assessed<'_>) -> Value {
    let id = duty.known_as(view.record);
    let (span, note) = (duty.duty.in_force, duty.law.note());
    let delay = view.record.delay_of(id).and_then(|delay| delay.until);
    json!({
        "id": duty.duty.id,
        "regime": duty.regime.id,
        "state": duty.state.as_str(),
        "due": duty.due.map(utc),
        "local": duty.due.map(|due| due.with_timezone(&duty.zone).to_rfc3339()),
        "zone": duty.zone.name(),
        "zone_assumed": duty.zone_assumed,
        "beyond_calendar": duty.beyond,
        "period": duty.period.map(Period::show),
        "awaits": duty.awaits.as_ref().map(|awaits| json!({
            "period": awaits.period.map(Period::show),
            "fact": awaits.fact,
            "filing": awaits.filing,
            "words": awaits.words,
        })),
        "late": super::late(duty),
        "caveats": duty.caveats(&When::show),
        "legal_latest": duty.latest.map(|latest| json!({
            "at": utc(latest.at),
            "rule": latest.count,
        })),
        "clock": duty.start.map(|start| start.of),
        "started": duty.start.map(|start| utc(start.at)),
        "assumed": duty.start.is_some_and(|start| start.assumed),
        "projected": duty.start.is_some_and(|start| start.projected),
        "to": duty.duty.to,
        "recipient": duty.duty.recipient,
        "who": duty.duty.who,
        "cite": duty.duty.cite,
        "words": duty.duty.words,
        "confidence": duty.duty.confidence,
        "from_memory": duty.duty.from_memory,
        "version": json!({ "from": span.from, "until": span.until }),
        "law_of_then": (!note.is_empty()).then_some(note),
        "open": duty.open,
        "why": duty.why(),
        "concerns": duty.concerns,
        "delayed_until": delay.map(|until| utc(until.to_utc())),
        "questions": view.record.questions_of(id).map(|asked| json!({
            "by": asked.by,
            "what": asked.reason,
            "due": asked.until.map(|until| utc(until.to_utc())),
        })).collect::<Vec<_>>(),
    })
}

fn gap(gap: &Gap) -> Value {
    json!({
        "place": gap.place,
        "name": gap.name,
        "people": gap.people.map(|(least, most)| json!({ "least": least, "most": most })),
        "home": gap.home,
        "such_as": gap.region,
        "held": gap.held(),
        "outline": gap.outline.map(|outline| json!({
            "law": outline.law,
            "authority": outline.authority,
            "words": outline.words,
            "period": outline.period,
            "whose": outline.whose,
            "confidence": outline.confidence,
            "source": outline.source,
            "note": outline.note,
        })),
        "says": gap.line(),
    })
}

fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
