//! With whom the organisation deals: what everybody and what an authority must never learn.

use breach::fact::{Fact, FactType, Vocabulary};
use breach::incident::event::{Draft, DutyDecided, Outcome};
use breach::phase::Phase;
use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::case::{Case, skimmed};
use crate::cli::room::flowed;

const RULINGS: [&str; 5] = ["delayed", "resumed", "waived", "asked", "answered"];

/// Duties to an authority, to people, to a card scheme, to an acquirer and to a controller.
const DUTIES: [&str; 6] = [
    "eu-gdpr.33-1",
    "us-ca.individuals",
    "card-mastercard.24h",
    "card-visa.notify",
    "pci-dss.12-10-1",
    "eu-gdpr.33-2",
];

/// Facts that say with whom somebody dealt.
fn dealings() -> impl Iterator<Item = &'static Fact> {
    let words = ["insurer", "acquirer", "visa_", "police", "counsel_", "delay", "partners_"];
    Vocabulary::builtin().iter().filter(move |fact| {
        words
            .iter()
            .any(|word| fact.name.contains(word) || fact.title.to_lowercase().contains(word))
    })
}

fn rule(case: &mut Case, duty: &str, what: &str) {
    let until = DateTime::<FixedOffset>::parse_from_rfc3339("2018-12-01T00:00:00Z").ok();
    let (by, reason) = ("Marker".to_owned(), format!("marker reason {what}"));
    case.draft(Draft::from(DutyDecided {
        until: until.filter(|_| matches!(what, "asked" | "delayed")),
        ..DutyDecided::new(duty.to_owned(), what.to_owned().into(), by, reason.into())
    }));
}

/// An incident with every ruling on every kind of duty, late and open duties, notices to everybody,
/// and every fact of a dealing, known or not.
pub(crate) fn entangled(known: bool) -> Case {
    let mut case = skimmed();
    case.fact("people_affected", "US-CA 1200, DE 4000, GB about 400000")
        .fact("entity_kinds", "merchant")
        .fact("data_classes", "names-contact, card-number")
        .fact("cards_taken", "yes")
        .fact("suspected", "2018-09-05")
        .fact("discovered", "2018-09-05")
        .pin(Phase::Notification, "generic")
        .step("notification/tell-insurer", Outcome::Skipped, "marker step")
        .step("notification/tell-acquirer", Outcome::Skipped, "marker step")
        .step("notification/tell-police", Outcome::Skipped, "marker step");
    for fact in dealings() {
        let answer = match fact.kind {
            _ if !known => "unknown",
            FactType::Time => "2018-09-08 09:00Z",
            FactType::YesNo => "yes",
            FactType::Money => "100 EUR",
            _ => "marker value",
        };
        case.fact(&fact.name, answer);
    }
    for duty in DUTIES {
        case.sent(duty, "2018-10-25", "Marker recipient", Some([10, 1, 7]));
        for what in RULINGS {
            rule(&mut case, duty, what);
        }
    }
    rule(&mut case, "us-ca.individuals", "delayed");
    rule(&mut case, "us-ca.regulator", "waived");
    case.privileged = true;
    rule(&mut case, "card-visa.report", "asked");
    case.privileged = false;
    case
}

/// Texts of a value; names of its keys where they are data.
fn texts(name: &str, value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts("", item, into)),
        Value::Object(map) => {
            for (key, value) in map {
                if ["entries", "omitted", "withheld", "privileged"].contains(&name) {
                    into.push(key.clone());
                }
                texts(key, value, into);
            }
        }
        _ => {}
    }
}

/// What a reader of HTML can see or hear.
fn visible(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    // Where a long id may break, it is read as one.
    let body = body.replace("</span><wbr><span class=\"id\">", "");
    let mut text = String::new();
    for piece in body.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        for named in ["aria-label=\"", "title=\"", "href=\""] {
            text.extend(tag.split_once(named).and_then(|(_, rest)| rest.split('"').next()));
            text.push(' ');
        }
        text.push_str(words);
        text.push('\n');
    }
    text
}

/// Every face, format and export for a reader as it is typed, by name.
pub(super) fn faces(case: &Case, reader: &[&str]) -> Vec<(String, String)> {
    let mut faces = Vec::new();
    let mut face = |name: String, more: &[&str]| {
        let ran = case.room.breach(&[more, reader].concat());
        assert_eq!(ran.exit, Some(0), "{name}: {}", ran.err);
        let text = match serde_json::from_str(&ran.out) {
            Ok(value) => {
                let mut all = Vec::new();
                texts("", &value, &mut all);
                all.join("\n")
            }
            Err(_) if name.contains("html") => visible(&ran.out),
            Err(_) => ran.out,
        };
        faces.push((name, text));
    };
    for format in ["text", "markdown", "html", "json"] {
        face(format!("report {format}"), &["report", "--format", format]);
        if format != "html" && !reader.contains(&"--for") {
            face(format!("all {format}"), &["report", "--all", "--format", format]);
        }
    }
    for format in crate::export::formats() {
        face(format!("export {format}"), &["export", &format]);
    }
    faces
}

/// Whether a word, or words, stand in a text as such.
fn says(text: &str, words: &str) -> bool {
    let split = |text: &str| -> String {
        let words = text.to_lowercase();
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!(" {} ", words.collect::<Vec<_>>().join(" "))
    };
    split(text).contains(&split(words))
}

fn never(case: &Case, audience: &str, words: &[&str]) {
    let mut found = Vec::new();
    for (face, text) in faces(case, &["--audience", audience]) {
        for word in words {
            let lines = text.lines().filter(|line| says(line, word));
            found.extend(lines.map(|line| format!("{face}: {word}: {line}")));
        }
    }
    assert_eq!(found, [""; 0], "{audience}");
}

#[test]
fn everybody_learns_nothing_of_delays_rulings_deadlines_and_dealings() {
    for known in [true, false] {
        let case = entangled(known);
        never(
            &case,
            "public",
            &[
                "marker",
                "delay",
                "delayed",
                "resumed",
                "waived",
                "asked",
                "answered",
                "decided",
                "missed",
                "late",
                "overdue",
                "deadline",
                "deadlines",
                "lag",
                "decision on a duty",
                "insurer",
                "insured",
                "counsel",
                "police",
                "law enforcement",
                "acquirer",
                "mastercard",
                "visa",
                "pci",
                "partners to tell",
                "after its clock",
                "legal awareness",
                "33-2",
                "owed",
                "unsettled",
                "waiver",
            ],
        );
        let page = case.report(&["--audience", "public"]).out;
        let flat = flowed(&page);
        for word in ["GDPR Art. 33(1)", "1798.82(a), to the people affected", "Public statement"] {
            assert!(flat.contains(word), "{word} is gone from the page: {page}");
        }
    }
}

#[test]
fn an_authority_learns_nothing_of_contracts() {
    for known in [true, false] {
        let case = entangled(known);
        never(
            &case,
            "regulator",
            &[
                "marker",
                "insurer",
                "insured",
                "acquirer",
                "mastercard",
                "visa",
                "card brands told",
                "partners to tell",
                "when was counsel first told",
                "counsel told",
                "33-2",
                "card schemes",
            ],
        );
        let report = case.json("regulator").to_string();
        for word in ["us-ca.individuals", "eu-gdpr.33-1", "delayed"] {
            assert!(report.contains(word), "{word} is its business");
        }
    }
}

#[test]
fn those_inside_see_all_of_it() {
    let case = entangled(true);
    for audience in ["internal", "executive"] {
        let report = case.json(audience).to_string();
        for word in RULINGS.iter().chain(&DUTIES).chain(&["marker reason", "insurer_told_at"]) {
            assert!(report.contains(word), "{audience}: {word}");
        }
    }
}
