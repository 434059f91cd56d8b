//! The printed schema holds what the log writes, and refuses what it never writes.

use breach::digest::Digest;
use breach::fact::{Basis, Count, Money, People, Precision, Value, When};
use breach::incident::event::{
    ActionChange, ActionTaken, AnswersFrom, ClockStepped, ClockSync, Closed, CommandOutcome,
    Custody, CustodyAct, DecidedAs, Decision, Draft, DutyDecided, Ended, EvidenceAdded, FactEdit,
    FactSet, Forgotten, Group, Handoff, HeadRef, Imported, Intent, Joined, KINDS, Kept, Linked,
    LinkedAs, Mode, Note, NoticeDrafted, NoticeKind, NoticeSent, Obstacle, Opened, Outcome,
    PlaybookPinned, Recovery, Reopened, RulingKind, Session, SignedAs, SignedOff, Source,
    Statement, StepOutcome, Stored, TextRef, Titled, TornLine, Withdrawn,
};
use breach::phase::Phase;
use chrono::{DateTime, FixedOffset};

use super::room::Room;

fn moment() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T02:40:00+01:00").expect("a moment")
}

fn when() -> When {
    When { earliest: moment(), latest: moment(), precision: Precision::Minute }
}

fn values() -> Vec<Value> {
    let count = Count { n: 380_000, basis: Basis::About };
    vec![
        Value::Unknown,
        Value::None,
        Value::YesNo(true),
        Value::Count(count.clone()),
        Value::Text("x".to_owned()),
        Value::List(vec!["web-01".to_owned()]),
        Value::Choice("web".to_owned()),
        Value::Choices(vec!["card-number".to_owned()]),
        Value::Time(when()),
        Value::Time(When { precision: Precision::Year, ..when() }),
        Value::Duration(7200),
        Value::Money(Money { minor: -1250, currency: "GBP".to_owned() }),
        Value::People(People { by: [("DE".to_owned(), count)].into() }),
    ]
}

fn sources() -> Vec<Source> {
    let reference = |kind: Option<&str>| Source::Reference {
        id: "aws:snap-1".to_owned(),
        kind: kind.map(str::to_owned),
        account: None,
        region: None,
        digest: None,
    };
    vec![
        Source::File { path: "/x".to_owned() },
        Source::InPlace { path: "/x".to_owned() },
        Source::Stdin,
        reference(None),
        reference(Some("snapshot")),
    ]
}

fn ends() -> Vec<Ended> {
    vec![
        Ended::Exit(1),
        Ended::Signal(9),
        Ended::TimedOut,
        Ended::NotStarted("no such file".to_owned()),
        Ended::Unknown,
    ]
}

fn linked(how: LinkedAs) -> Linked {
    let incident = "2026-11-23-amber-heron".to_owned();
    Linked { incident, how, why: Some("another intruder".into()) }
}

fn signed_off(role: SignedAs) -> SignedOff {
    SignedOff {
        role,
        head: "143-Q9W1-DFWF-077Y-MGA1-0".to_owned(),
        audience: "internal".to_owned(),
        sha256: Digest::of(b"x"),
    }
}

/// One of each kind at least, with what is optional both there and not.
fn drafts() -> Vec<Draft> {
    let digest = Digest::of(b"x");
    let mut drafts: Vec<Draft> = vec![
        Opened { title: None }.into(),
        Opened { title: Some("Strange script".into()) }.into(),
        PlaybookPinned {
            phase: Phase::Containment,
            playbook: "web-skimming".to_owned(),
            version: "1.0.0".to_owned(),
            sha256: digest,
            source: "built-in".to_owned(),
            facts_sha256: Some(digest),
            steps_sha256: Some(digest),
            instead_of: None,
        }
        .into(),
        Custody {
            exhibit: "ev-1".to_owned(),
            action: CustodyAct::Verify,
            result: Some("intact".to_owned()),
            text: None,
        }
        .into(),
        Intent {
            command: "look".to_owned(),
            item: None,
            argv: vec!["ls".to_owned()],
            changes: false,
            timeout_s: 600,
            again_after: Some("id".to_owned()),
        }
        .into(),
        Session {
            phase: Phase::PostMortem,
            tool: "breach 0".to_owned(),
            binary: None,
            answers_from: AnswersFrom::Pipe,
            clock_sync: ClockSync::Unknown,
        }
        .into(),
        Session {
            phase: Phase::PostMortem,
            tool: "breach 0".to_owned(),
            binary: Some(digest),
            answers_from: AnswersFrom::Pipe,
            clock_sync: ClockSync::of(true),
        }
        .into(),
        ClockStepped {
            before: moment().to_utc(),
            expected: moment().to_utc(),
            found: moment().to_utc(),
            step_us: -5,
        }
        .into(),
        Recovery {
            lines: vec![TornLine { line: 3, bytes: 9, sha256: digest }],
            completed: Some(3),
        }
        .into(),
        Joined { heads: vec![HeadRef { chain: "0a1b2c3d".to_owned(), seq: 1, head: digest }] }
            .into(),
        Closed::new(vec!["x".to_owned()], vec![]).into(),
        Reopened { reason: "x".into() }.into(),
        Stored { place: "rclone:backup:breach".to_owned() }.into(),
    ];
    drafts.extend(said());
    drafts.extend(duties());
    drafts.extend(facts());
    drafts.extend(exhibits());
    drafts.extend(outcomes());
    for draft in &mut drafts {
        draft.occurred = Some(when());
        draft.step = Some("containment/x".to_owned());
        draft.corrects = Some("id".to_owned());
        draft.privileged = true;
        draft.drill = true;
    }
    drafts
}

fn imported() -> Imported {
    Imported { source: Digest::of(b"x"), row: 3, author: Some("Bo".to_owned()) }
}

/// What people say of steps, groups and determinations.
fn said() -> Vec<Draft> {
    let people = People { by: [("DE".to_owned(), Count { n: 3, basis: Basis::Exact })].into() };
    vec![
        StepOutcome {
            outcome: Outcome::Waiting,
            item: Some("web-01".to_owned()),
            items: vec!["web-02".to_owned()],
            text: Some("Priya".into()),
            to: Some("Priya".to_owned()),
            waits_for: Some("the image".into()),
            why: Some(Obstacle::NoAccess),
            check_at: Some(moment()),
            missing_evidence: vec!["image".to_owned()],
            used_facts: vec![],
            imported: Some(imported()),
            settles: vec!["id".to_owned()],
        }
        .into(),
        Titled { title: "The skimming".into() }.into(),
        Statement {
            text: "We are looking into it.".into(),
            used_facts: vec!["organisation".to_owned()],
        }
        .into(),
        Handoff {
            to: "Bo".to_owned(),
            text: Some("the bank calls back".into()),
            accepts: Some("id".to_owned()),
        }
        .into(),
        linked(LinkedAs::Related).into(),
        linked(LinkedAs::Duplicate).into(),
        linked(LinkedAs::Duplicated).into(),
        linked(LinkedAs::Split).into(),
        linked(LinkedAs::SplitOff).into(),
        signed_off(SignedAs::Prepared).into(),
        signed_off(SignedAs::Reviewed).into(),
        signed_off(SignedAs::Approved).into(),
        Group {
            name: "card holders".to_owned(),
            classes: vec!["card-number".to_owned()],
            people: Some(people),
            overlaps: vec!["members".to_owned()],
            alone: true,
            offer: Some("a new card".into()),
            access: Some("seen".to_owned()),
            published: Some("no-sign".to_owned()),
        }
        .into(),
        Note {
            original: Some(TextRef { sha256: Digest::of(b"x"), length: None }),
            imported: Some(imported()),
            ..Note::new("x")
        }
        .into(),
        Decision {
            name: "aware".to_owned(),
            value: Value::Time(when()),
            by: "Kim".to_owned(),
            role: DecidedAs::Counsel,
            basis: "the logs".into(),
            decided: Some("not yet".into()),
            apart: Some("\"unknown\"".into()),
            question: Some("Are we aware?".into()),
            options: vec!["yes".into(), "not yet".into()],
            dissent: Some("Bo would wait".into()),
            review_at: Some(moment()),
            settles: vec!["id".to_owned()],
        }
        .into(),
    ]
}

fn duties() -> Vec<Draft> {
    vec![
        NoticeSent {
            duty: "eu-gdpr.33-1".to_owned(),
            what: NoticeKind::Notice,
            recipient: Some("CNIL".to_owned()),
            channel: Some("portal".to_owned()),
            reference: Some("4711".to_owned()),
            proof: Some("ev-1".to_owned()),
            language: Some("de".to_owned()),
            group: Some("card holders".to_owned()),
            manifest: Some(Digest::of(b"x")),
            sent: Some(10),
            bounced: Some(1),
            returned: Some(Digest::of(b"x")),
            remaining: Some(0),
        }
        .into(),
        ActionTaken {
            action: "a-3f9c1e".to_owned(),
            what: ActionChange::Added,
            text: Some("alert on changed scripts".into()),
            owner: Some("Priya".to_owned()),
            due: chrono::NaiveDate::from_ymd_opt(2026, 12, 15),
            link: Some("OPS-1".to_owned()),
            reason: None,
        }
        .into(),
        NoticeDrafted {
            duty: "eu-gdpr.34".to_owned(),
            sha256: Digest::of(b"x"),
            template: "built-in".to_owned(),
            missing: vec!["aware".to_owned()],
            to_write: vec!["its form".to_owned()],

            language: Some("de".to_owned()),
            group: Some("card holders".to_owned()),
            manifest: Some(Digest::of(b"x")),
            used_facts: vec!["aware".to_owned()],
        }
        .into(),
        DutyDecided {
            duty: "eu-gdpr.34".to_owned(),
            what: RulingKind::Waived,
            by: "Kim".to_owned(),
            reason: "no high risk".into(),
            proof: None,
            until: Some(moment()),
            settles: vec!["id".to_owned()],
        }
        .into(),
    ]
}

fn kept() -> Kept {
    Kept { sha256: Digest::of(b"x"), bytes: 3, truncated: true }
}

fn facts() -> Vec<Draft> {
    let set =
        |value| FactSet { settles: vec!["id".to_owned()], ..FactSet::new("fact", value) }.into();
    let mut facts: Vec<Draft> = values().into_iter().map(set).collect();
    facts.extend([
        FactEdit {
            name: "hosts_affected".to_owned(),
            add: vec!["web-01".to_owned()],
            remove: vec!["web-02".to_owned()],
            apart: Some("[[],[]]".into()),
            why: None,
        }
        .into(),
        Withdrawn { entry: "id".to_owned(), why: Some("the wrong host".into()) }.into(),
        Forgotten {
            entry: "id".to_owned(),
            what: vec![Digest::of(b"x")],
            absent: vec![Digest::of(b"x")],
            why: "asked for".into(),
            basis: Some("GDPR Art. 17(1)".into()),
        }
        .into(),
        Note::new(TextRef { sha256: Digest::of(b"x"), length: Some(1) }).into(),
    ]);
    facts
}

fn exhibits() -> Vec<Draft> {
    let body = |source| EvidenceAdded {
        exhibit: "ev-1".to_owned(),
        title: "x".into(),
        source,
        kept: Some(kept()),
        wanted: None,
        item: None,
        changed_during_acquisition: true,
        modified_at: Some(moment().to_utc()),
        started_at: None,
        expires_at: Some(when()),
    };
    sources().into_iter().map(|source| body(source).into()).collect()
}

fn outcomes() -> Vec<Draft> {
    let body = |ended| CommandOutcome {
        intent: None,
        command: "look".to_owned(),
        item: None,
        mode: Mode::Reported,
        ended,
        stdout: Some(kept()),
        stderr: None,
        place: Some("web-01".to_owned()),
        account: None,
    };
    ends().into_iter().map(|ended| body(ended).into()).collect()
}

pub(crate) fn lines() -> Vec<serde_json::Value> {
    let room = Room::new();
    let mut log = room.open();
    for draft in drafts() {
        room.append(&mut log, draft);
    }
    let text = std::fs::read_to_string(room.chain()).expect("a chain");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn every_line_that_is_written_fits() {
    let schema = jsonschema::validator_for(&breach::log::schema()).expect("a schema");
    let lines = lines();
    for line in &lines {
        let errors: Vec<String> = schema.iter_errors(line).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{line}\n{errors:#?}");
    }
    for doc in KINDS {
        assert!(lines.iter().any(|line| line["kind"] == doc.kind), "no `{}` was tried", doc.kind);
    }
}

#[test]
fn what_is_never_written_is_refused() {
    let schema = jsonschema::validator_for(&breach::log::schema()).expect("a schema");
    for line in lines() {
        let mut broken = Vec::new();
        for key in ["v", "seq", "prev", "actor", "kind", "body", "salt"] {
            let mut without = line.clone();
            without.as_object_mut().expect("an object").remove(key);
            broken.push(without);
        }
        for (path, value) in [
            ("/prev", serde_json::json!("00")),
            ("/seq", serde_json::json!(-1)),
            ("/at", serde_json::json!("yesterday")),
            ("/body", serde_json::json!({ "nobody": "writes this" })),
        ] {
            let mut changed = line.clone();
            *changed.pointer_mut(path).expect("a place") = value;
            broken.push(changed);
        }
        let mut more = line.clone();
        more["more"] = serde_json::json!(1);
        broken.push(more);
        for broken in broken {
            assert!(!schema.is_valid(&broken), "{broken}");
        }
    }
}

#[test]
fn an_unknown_kind_is_kept() {
    let schema = jsonschema::validator_for(&breach::log::schema()).expect("a schema");
    let mut line = lines().remove(1);
    line["kind"] = serde_json::json!("inject");
    line["body"] = serde_json::json!({ "to": "Bo" });
    assert!(schema.is_valid(&line));
}
