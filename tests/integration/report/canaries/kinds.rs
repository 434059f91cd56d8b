//! One entry of each kind, a canary in every field that takes what people write.

use breach::digest::Digest;
use breach::fact::Value;
use breach::incident::event::{
    ActionChange, ActionTaken, AnswersFrom, ClockStepped, ClockSync, Closed, CommandOutcome,
    Custody, CustodyAct, DecidedAs, Decision, Draft, DutyDecided, Ended, EvidenceAdded, FactEdit,
    FactSet, Forgotten, Group, Handoff, Imported, Intent, Joined, Kept, Linked, LinkedAs, Mode,
    Note, NoticeDrafted, NoticeKind, NoticeSent, Obstacle, Outcome, PlaybookPinned, Recovery,
    Reopened, RulingKind, Session, SignedAs, SignedOff, Source, Statement, StepOutcome, Stored,
    Titled, TornLine, Withdrawn,
};
use breach::phase::Phase;

use super::facts::{canary, moment};

fn kept() -> Kept {
    Kept { sha256: Digest::of(b"x"), bytes: 3, truncated: false }
}

/// One of each kind, a canary in every field that takes what people write, named after kind and field.
pub(super) fn entries() -> Vec<Draft> {
    let some = |name: &str| Some(canary(name));
    let imported = Imported { source: Digest::of(b"x"), row: 3, author: some("note author") };
    let digest = Digest::of(b"x");
    let mut drafts: Vec<Draft> = vec![
        Titled { title: canary("titled title").into() }.into(),
        Group {
            name: canary("group name"),
            classes: vec!["card-number".to_owned()],
            people: None,
            overlaps: vec![canary("group overlaps")],
            alone: false,
            offer: some("group offer").map(Into::into),
            access: None,
            published: None,
        }
        .into(),
        PlaybookPinned {
            phase: Phase::Scoping,
            playbook: canary("pinned playbook").to_lowercase(),
            version: "1.0.0".to_owned(),
            sha256: digest,
            source: canary("pinned source"),
            facts_sha256: None,
            steps_sha256: None,
            instead_of: None,
        }
        .into(),
        StepOutcome {
            outcome: Outcome::Waiting,
            item: some("step item"),
            items: vec![canary("step items")],
            text: some("step text").map(Into::into),
            to: some("step to"),
            waits_for: some("step waits").map(Into::into),
            why: Some(Obstacle::NoAccess),
            check_at: None,
            missing_evidence: vec![canary("step evidence")],
            used_facts: Vec::new(),
            imported: None,
            settles: Vec::new(),
        }
        .into(),
        FactEdit {
            name: "indicators".to_owned(),
            add: vec![canary("edit add")],
            remove: vec![canary("edit remove")],
            apart: None,
            why: some("edit why").map(Into::into),
        }
        .into(),
        FactSet {
            why: some("fact why").map(Into::into),
            ..FactSet::new("employees", Value::Unknown)
        }
        .into(),
        Withdrawn { entry: canary("withdrawn entry"), why: some("withdrawn why").map(Into::into) }
            .into(),
        Forgotten {
            entry: canary("forgotten entry"),
            what: vec![digest],
            absent: Vec::new(),
            why: canary("forgotten why").into(),
            basis: some("forgotten basis").map(Into::into),
        }
        .into(),
        Note { imported: Some(imported), ..Note::new(canary("note text")) }.into(),
        Decision {
            name: canary("decision name"),
            value: Value::Unknown,
            by: canary("decision by"),
            role: DecidedAs::Counsel,
            basis: canary("decision basis").into(),
            decided: some("decision decided").map(Into::into),
            apart: None,
            question: some("decision question").map(Into::into),
            options: vec![canary("decision options").into()],
            dissent: some("decision dissent").map(Into::into),
            review_at: None,
            settles: Vec::new(),
        }
        .into(),
        Decision::new(
            "risk_level",
            Value::Choice("high-risk".to_owned()),
            (canary("determination by"), DecidedAs::Counsel),
            canary("determination basis").into(),
        )
        .into(),
    ];
    drafts.extend(others());
    drafts.extend(machinery());
    for draft in &mut drafts {
        draft.step = Some("containment/isolate-hosts".to_owned());
    }
    drafts
}

/// The same of duties, exhibits and action items.
fn others() -> Vec<Draft> {
    let some = |name: &str| Some(canary(name));
    let digest = Digest::of(b"x");
    let notice = |duty: &str, of: &str| NoticeSent {
        duty: duty.to_owned(),
        what: NoticeKind::Notice,
        recipient: some(&format!("{of} recipient")),
        channel: some(&format!("{of} channel")),
        reference: some(&format!("{of} reference")),
        proof: None,
        language: None,
        group: some(&format!("{of} group")),
        manifest: None,
        sent: None,
        bounced: None,
        returned: None,
        remaining: None,
    };
    let ruling = |duty: &str, of: &str| {
        let by = canary(&format!("{of} by"));
        let reason = canary(&format!("{of} reason"));
        DutyDecided::new(duty.to_owned(), RulingKind::Asked, by, reason.into())
    };
    let source = Source::File { path: canary("evidence source") };
    vec![
        EvidenceAdded {
            kept: Some(kept()),
            item: some("evidence item"),
            ..EvidenceAdded::new("ev-7k3m9q", canary("evidence title"), source)
        }
        .into(),
        Custody {
            exhibit: "ev-7k3m9q".to_owned(),
            action: CustodyAct::Verify,
            result: some("custody result"),
            text: some("custody text").map(Into::into),
        }
        .into(),
        notice("eu-gdpr.33-1", "notice").into(),
        notice("us-ca.regulator", "elsewhere").into(),
        notice("card-visa.notify", "contract").into(),
        NoticeDrafted {
            duty: "eu-gdpr.33-1".to_owned(),
            sha256: digest,
            template: canary("draft template"),
            missing: vec![canary("draft missing")],
            to_write: vec![canary("draft write")],
            language: None,
            group: some("draft group"),
            manifest: None,
            used_facts: Vec::new(),
        }
        .into(),
        Statement { text: canary("statement text").into(), used_facts: Vec::new() }.into(),
        ruling("eu-gdpr.33-1", "ruling").into(),
        DutyDecided { what: canary("ruling word").into(), ..ruling("eu-gdpr.33-1", "ruling odd") }
            .into(),
        NoticeSent { what: canary("notice word").into(), ..notice("eu-gdpr.33-1", "odd") }.into(),
        ruling("us-ca.regulator", "ruling elsewhere").into(),
        ruling("card-visa.notify", "ruling contract").into(),
        ActionTaken {
            action: "a-3f9c1e".to_owned(),
            what: ActionChange::Added,
            text: some("action text").map(Into::into),
            owner: some("action owner"),
            due: None,
            link: some("action link"),
            reason: some("action reason").map(Into::into),
        }
        .into(),
    ]
}

/// The same of commands and of what the tool writes by itself.
fn machinery() -> Vec<Draft> {
    let some = |name: &str| Some(canary(name));
    let digest = Digest::of(b"x");
    let session = Session {
        phase: Phase::Containment,
        tool: canary("session tool"),
        binary: None,
        answers_from: AnswersFrom::Pipe,
        clock_sync: ClockSync::Unknown,
    };
    let at = moment(0).to_utc();
    vec![
        SignedOff {
            role: SignedAs::Prepared,
            head: canary("signed head"),
            audience: canary("signed audience"),
            sha256: digest,
        }
        .into(),
        Intent {
            command: canary("intent command"),
            item: some("intent item"),
            argv: vec![canary("intent argv")],
            changes: false,
            timeout_s: 600,
            again_after: None,
        }
        .into(),
        CommandOutcome {
            intent: None,
            command: canary("command command"),
            item: some("command item"),
            mode: Mode::Reported,
            ended: Ended::NotStarted(canary("command ended")),
            stdout: None,
            stderr: None,
            place: some("command place"),
            account: some("command account"),
        }
        .into(),
        session.into(),
        ClockStepped { before: at, expected: at, found: at, step_us: -5 }.into(),
        Recovery { lines: vec![TornLine { line: 3, bytes: 9, sha256: digest }], completed: None }
            .into(),
        Joined { heads: Vec::new() }.into(),
        Handoff {
            to: canary("handoff to"),
            text: some("handoff text").map(Into::into),
            accepts: None,
        }
        .into(),
        Linked {
            incident: "2026-11-23-amber-heron".to_owned(),
            how: LinkedAs::Related,
            why: some("linked why").map(Into::into),
        }
        .into(),
        Stored { place: canary("store place") }.into(),
        Closed {
            reason: some("closed reason").map(Into::into),
            ..Closed::new(vec![canary("closed debts")], vec![canary("closed open")])
        }
        .into(),
        Reopened { reason: canary("reopened reason").into() }.into(),
    ]
}
