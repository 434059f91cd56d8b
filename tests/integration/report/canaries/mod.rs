//! A canary in every fact of the vocabulary and in every kind of entry, looked for in each paper of each
//! reader: where it must be, and where it must never be.

mod facts;
mod kinds;

use std::collections::{BTreeMap, BTreeSet};

use breach::fact::{Class, Dealing, Fact, Topic};
use breach::incident::event::{FactSet, KINDS};

use super::case::Case;
use facts::{canary, facts};

/// Readers, as they are typed, and whose eyes they are for a rule.
const READERS: [(&str, &[&str]); 6] = [
    ("internal", &["--audience", "internal"]),
    ("executive", &["--audience", "executive"]),
    ("board", &["--audience", "board"]),
    ("regulator", &["--audience", "regulator"]),
    ("authority", &["--audience", "regulator", "--for", "eu-gdpr.33-1"]),
    ("public", &["--audience", "public"]),
];

/// What each reader may read, said once more: the allow-list of the program is not asked.
fn may_read(reader: &str, class: Class) -> bool {
    use Class::{
        Action, Cause, Cost, Lesson, Plan, Reason, Recipient, Reference, Released, Scope, Summary,
        Title,
    };
    let classes: &[Class] = match reader {
        "internal" => return true,
        "executive" => &[
            Released, Title, Summary, Cause, Plan, Scope, Cost, Action, Lesson, Reference, Reason,
            Recipient,
        ],
        "board" => &[Released, Title, Summary, Cause, Plan, Scope, Cost, Action],
        "regulator" | "authority" => &[Released, Cause, Plan, Scope, Action, Reference],
        _ => &[Released, Plan, Scope],
    };
    classes.contains(&class)
}

/// Whether a reader may know of dealings with a party.
fn may_deal(reader: &str, with: Dealing) -> bool {
    use Dealing::{Authority, LawEnforcement, Officer, People, Public};
    match reader {
        "internal" | "executive" | "board" => true,
        "regulator" => {
            matches!(with, Authority | LawEnforcement | Officer | People | Public)
        }
        "authority" => matches!(with, Officer | People | Public),
        _ => matches!(with, Authority | People | Public),
    }
}

fn class_of(fact: &Fact) -> Class {
    let plain = if fact.is_free_text() { Class::Note } else { Class::Scope };
    fact.telling.class.unwrap_or(plain)
}

fn may_see(reader: &str, fact: &Fact) -> bool {
    let secret = reader == "public" && fact.determination;
    let inside = ["internal", "executive", "board"].contains(&reader);
    let leads = fact.telling.section == Some(Topic::Roles) && inside;
    (leads || may_read(reader, class_of(fact)))
        && fact.telling.dealing.is_none_or(|with| may_deal(reader, with))
        && !secret
}

/// An incident with all of it.
fn planted(privileged: bool) -> Case {
    let mut case = Case::new();
    case.open(&canary("opened title"));
    case.fact("home_country", "GB").fact("establishment", "one-state");
    case.privileged = privileged;
    for (fact, value, _) in facts() {
        case.draft(FactSet::new(&fact.name, value));
    }
    for draft in kinds::entries() {
        case.draft(draft);
    }
    case
}

/// Every paper of a reader as one text, with what each is called.
fn papers(case: &Case, reader: &[&str]) -> Vec<(String, String)> {
    let docx = case.room.path("paper.docx");
    let docx = docx.to_str().expect("text");
    let mut typed: Vec<Vec<&str>> = ["text", "markdown", "html", "json"]
        .iter()
        .map(|format| vec!["report", "--format", format])
        .collect();
    typed.push(vec!["report", "--format", "docx", "--out", docx]);
    typed.push(vec!["log", "follow", "--once"]);
    let exports = crate::export::formats();
    typed.extend(exports.iter().map(|format| vec!["export", format.as_str()]));
    if !reader.contains(&"--for") {
        typed.push(vec!["report", "--all", "--format", "json"]);
    }
    let mut papers = Vec::new();
    for paper in typed {
        let ran = case.room.breach(&[&paper[..], reader].concat());
        assert_ne!(ran.exit, Some(101), "{paper:?}: {}", ran.err);
        let mut text = ran.out;
        if paper.contains(&"docx") {
            text = String::from_utf8_lossy(&std::fs::read(docx).expect("a document")).into_owned();
            std::fs::remove_file(docx).expect("removed");
        }
        assert!(text.len() > 20, "{paper:?}: {}", ran.err);
        papers.push((paper.join(" "), text));
    }
    papers
}

/// What a brief of a reader says, in every format.
fn briefs(case: &Case, audience: &str) -> String {
    let formats = ["text", "markdown", "html", "json"];
    let said = formats.map(|format| {
        let args = ["brief", "--since", "2018-01-01", "--audience", audience, "--format", format];
        let ran = case.room.breach(&args);
        assert_ne!(ran.exit, Some(101), "{}", ran.err);
        assert!(ran.out.len() > 20, "{}", ran.err);
        ran.out
    });
    said.concat()
}

/// Words that are canaries.
fn found(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    let words = words.map(str::to_lowercase);
    words.filter(|word| word.starts_with("zq") && word.ends_with("qz")).collect()
}

#[test]
fn every_fact_is_where_its_reader_may_see_it_and_nowhere_else() {
    let case = planted(false);
    let facts = facts();
    let mut wrong = Vec::new();
    for (reader, typed) in READERS {
        let papers = papers(&case, typed);
        let of = |name: &str| {
            let (_, text) = papers.iter().find(|(paper, _)| paper == name).expect("a paper");
            text
        };
        let (report, rows) = (of("report --format json"), of("export csv"));
        for (fact, _, forms) in &facts {
            let says = |text: &String| forms.iter().any(|form| text.contains(form));
            let may = may_see(reader, fact);
            if !may {
                let leaks = papers.iter().filter(|(_, text)| says(text));
                wrong.extend(leaks.map(|(paper, _)| format!("{reader}: {} in {paper}", fact.name)));
            }
            let told =
                matches!(fact.telling.section, Some(Topic::Summary | Topic::Scope | Topic::Impact));
            let hidden = fact.telling.hide.is_some() && class_of(fact) != Class::Released;
            let inside = ["internal", "executive", "board"].contains(&reader);
            if may && told && (inside || !hidden) && !says(report) {
                wrong.push(format!("{reader}: {} is not in the report", fact.name));
            }
            if reader == "internal" && !says(rows) {
                wrong.push(format!("{} is not in the timeline", fact.name));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_kind_of_entry_is_seen_by_those_who_were_meant_to() {
    let case = planted(false);
    let written: BTreeSet<String> =
        case.room.entries().iter().map(|entry| entry["kind"].to_string()).collect();
    for doc in KINDS {
        assert!(written.contains(&format!("\"{}\"", doc.kind)), "no `{}` was planted", doc.kind);
    }
    let log = case.room.entries().iter().map(ToString::to_string).collect::<String>();
    let own = |word: &String| !word.starts_with("zqfact") || word == "zqfactwhyqz";
    let mut seen: BTreeMap<String, Vec<&str>> =
        found(&log).into_iter().filter(own).map(|word| (word, Vec::new())).collect();
    assert!(seen.len() > 60, "{}", seen.len());
    for (reader, typed) in READERS {
        let all: String = papers(&case, typed).into_iter().map(|(_, text)| text).collect();
        for word in found(&all) {
            seen.entry(word).and_modify(|readers| readers.push(reader));
        }
    }
    for audience in ["team", "executive", "counsel"] {
        for word in found(&briefs(&case, audience)) {
            let readers = seen.get(&word).map(Vec::as_slice).unwrap_or_default();
            let whole = if audience == "executive" { "executive" } else { "internal" };
            // Who determined something stands in a report if it starts a clock.
            let own = word.starts_with("zqfact") || word == "zqdeterminationbyqz";
            assert!(own || readers.contains(&whole), "brief for {audience}: {word}");
        }
    }
    let lines = seen.iter().map(|(word, readers)| {
        let word = word.trim_start_matches("zq").trim_end_matches("qz");
        format!("{word}: {}", readers.join(" "))
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_marked_privileged_stays_with_counsel() {
    let case = planted(true);
    let open = BTreeSet::from(["zqopenedtitleqz".to_owned()]);
    let leaks = |text: &str| found(text).difference(&open).cloned().collect::<Vec<String>>();
    for (reader, typed) in &READERS[1..] {
        for (paper, text) in papers(&case, typed) {
            assert_eq!(leaks(&text), [""; 0], "{reader}: {paper}");
        }
    }
    for audience in ["team", "executive"] {
        // A brief names what a step still owes in the words of its playbook.
        let brief = briefs(&case, audience)
            .to_lowercase()
            .replace("zqstepevidenceqz", "")
            .replace("zqintentcommandqz", "");
        let lines: Vec<&str> = brief.lines().filter(|line| !leaks(line).is_empty()).collect();
        assert!(lines.is_empty(), "brief for {audience}:\n{}", lines.join("\n"));
    }
    let counsel = found(&briefs(&case, "counsel"));
    assert!(counsel.contains("zqdecisionbasisqz"), "counsel reads it: {counsel:?}");
}
