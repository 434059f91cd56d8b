//! What can happen in an incident, as data: the kinds of the log and their bodies.
//!
//! This file is the one place where a kind and its body are defined. [`KINDS`] says what each is
//! for; `breach log schema` prints the same as JSON Schema.

mod body;
mod kind;
mod newer;
mod stamped;
mod words;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize, Serializer};

pub use body::{Continues, Ended, HeadRef, Kept, Mode, Outcome, Source, TextRef, TornLine};
pub use kind::{FieldDoc, KindDoc};
pub use newer::{Newer, Read};
pub use stamped::{Actor, Draft, Stamped};
pub use words::{
    ActionChange, AnswersFrom, Checkpoints, ClockSync, CustodyAct, DecidedAs, NoticeKind,
    RulingKind, schemas as word_schemas,
};

use crate::digest::Digest;
use crate::fact::{Value, When};
use crate::phase::Phase;
use body::is_false;
use kind::events;
use newer::Legible;

/// The row of a kind, if this version knows it.
pub fn kind(name: &str) -> Option<&'static KindDoc> {
    KINDS.iter().find(|doc| doc.kind == name)
}

/// Whether the fold needs the event of an entry of this kind, and not only to count it.
pub fn changes_state(name: &str) -> bool {
    kind(name).is_some_and(|doc| doc.state)
}

events! {
    Genesis = "genesis", state: true, "the first line of a chain" {
        /// Random 128 bits in hexadecimal; the first eight digits name the chain.
        log_id: String,
        /// Name of the incident.
        incident: String,
        /// The program and its version.
        tool: String,
        /// Digest of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binary: Option<Digest>,
        /// Digest of the log id, `/` and the identity of the machine: it knows its own chain by it.
        machine: Digest,
        /// Whether checkpoints are promised.
        checkpoints: Checkpoints,
        /// What the system says about its clock.
        clock_sync: ClockSync,
        /// The damaged chain that this one continues.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        continues: Option<Continues>,
    }
    Opened = "opened", state: true, "the incident was opened" {
        /// What the responder calls it, if anything is known yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    }
    PlaybookPinned = "playbook-pinned", state: true, "a phase starts or continues with this \
                                                      playbook; a copy is kept" {
        /// The phase.
        phase: Phase,
        /// Id of the playbook.
        playbook: String,
        /// The version stated in the playbook.
        version: String,
        /// Digest of the playbook file.
        sha256: Digest,
        /// Where it came from: `built-in` or a path.
        source: String,
        /// Digest of the vocabulary of facts in force.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facts_sha256: Option<Digest>,
        /// Digest of the shared steps in force.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps_sha256: Option<Digest>,
        /// The playbook that it replaces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<String>,
    }
    StepOutcome = "step-outcome", state: true, "a step ended this way" {
        /// How it ended.
        outcome: Outcome,
        /// The item, if the step repeats for each item of a list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// The reason, what it waits for, or who it is assigned to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// When to check again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check_at: Option<DateTime<FixedOffset>>,
        /// Ids of the required evidence that is still owed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing_evidence: Vec<String>,
        /// Names of the facts that the step was shown with.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        used_facts: Vec<String>,
    }
    FactSet = "fact", state: true, "a fact has this value from now on" {
        /// Name of the fact.
        name: String,
        /// Its value.
        value: Value,
        /// The item, if the fact is asked for each item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// Why it changed, or how it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    }
    Note = "note", state: false, "free text" {
        /// The text, secrets masked.
        text: String,
        /// The text as typed, if it was masked and is kept separately.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        original: Option<TextRef>,
    }
    Decision = "decision", state: true, "somebody with the role decided a determination, on this basis" {
        /// The determination, by the name of its fact.
        name: String,
        /// What was decided.
        value: Value,
        /// Who decided.
        by: String,
        /// In which role.
        role: DecidedAs,
        /// On what basis.
        basis: String,
    }
    EvidenceAdded = "evidence", state: true, "evidence was kept, or its place and digest were \
                                              recorded" {
        /// Its name, for labels and for saying aloud: `ev-7k3m9q`.
        exhibit: String,
        /// What it is.
        title: String,
        /// Where it comes from.
        source: Source,
        /// The bytes that are kept, if they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<Kept>,
        /// Id of the evidence that the step wants.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wanted: Option<String>,
        /// The item, if the step repeats for each item of a list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// True if the file changed while it was being copied.
        #[serde(default, skip_serializing_if = "is_false")]
        changed_during_acquisition: bool,
        /// When the file was last modified.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        modified_at: Option<DateTime<Utc>>,
        /// When the copying began.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        started_at: Option<DateTime<Utc>>,
        /// When its source will be gone: logs rotate, snapshots expire.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<When>,
    }
    Custody = "custody", state: true, "something was done with kept evidence" {
        /// Name of the exhibit.
        exhibit: String,
        /// What was done.
        action: CustodyAct,
        /// The outcome.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<String>,
        /// Who, where, why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    }
    NoticeSent = "notice", state: true, "a notice was sent for a duty, in full or in part" {
        /// The duty: `eu-gdpr.33-1`.
        duty: String,
        /// What it is.
        what: NoticeKind,
        /// Who it was sent to, by name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<String>,
        /// How: `portal`, `mail`, `post`, `website` …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<String>,
        /// The reference that the recipient gave.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// The exhibit that proves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<String>,
        /// How many people this batch went to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sent: Option<u64>,
        /// How many of these came back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bounced: Option<u64>,
        /// How many people are still to be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remaining: Option<u64>,
    }
    NoticeDrafted = "draft", state: true, "the text of a notice was drafted; a copy is kept" {
        /// The duty or, if no duty requires it, the kind of reader.
        duty: String,
        /// Digest of the text.
        sha256: Digest,
        /// Where the template came from: `built-in` or a path.
        template: String,
        /// Facts that were missing.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<String>,
        /// What the law requires and no fact answers, in its own words.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to_write: Vec<String>,
    }
    DutyDecided = "duty", state: true, "something was decided about a duty, or its recipient asked \
                                        something" {
        /// The duty: `eu-gdpr.33-1`.
        duty: String,
        /// What was decided or asked.
        what: RulingKind,
        /// Who decided or asked.
        by: String,
        /// Why, or what was asked.
        reason: String,
        /// The exhibit it is based on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<String>,
        /// When an answer is due, or a delay ends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<DateTime<FixedOffset>>,
    }
    ActionTaken = "action", state: true, "an action item was added, changed, done or dropped" {
        /// Name of the item: `a-3f9c1e`.
        action: String,
        /// What happened to it.
        what: ActionChange,
        /// What will be done, for an item that is added.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The new owner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// The new due date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<NaiveDate>,
        /// Where the work is tracked, or what proves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        /// Why, or how.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
    Intent = "intent", state: true, "a command is about to be started" {
        /// Id of the command in the playbook.
        command: String,
        /// The item, if the step repeats for each item of a list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// The program and its arguments, exactly as they will run.
        argv: Vec<String>,
        /// Whether it changes the system.
        changes: bool,
        /// Seconds until it is killed.
        timeout_s: u64,
        /// Id of the intent that had no outcome, or another one, before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again_after: Option<String>,
    }
    CommandOutcome = "command-outcome", state: true, "a command ended, here (observed) or elsewhere (reported)" {
        /// Id of the `intent` entry. None if it was run elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        intent: Option<String>,
        /// Id of the command in the playbook.
        command: String,
        /// The item, if the step repeats for each item of a list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// Whether the program saw it or was told.
        mode: Mode,
        /// How it ended.
        ended: Ended,
        /// What it wrote to standard output.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stdout: Option<Kept>,
        /// What it wrote to standard error.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stderr: Option<Kept>,
        /// Where it was run, if elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// The account it was run under, if elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
    }
    Session = "session", state: true, "the walk of a phase starts or resumes" {
        /// The phase.
        phase: Phase,
        /// The program and its version.
        tool: String,
        /// Digest of the program.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binary: Option<Digest>,
        /// Where the answers come from.
        answers_from: AnswersFrom,
        /// What the system says about its clock.
        clock_sync: ClockSync,
    }
    ClockStepped = "clock", state: true, "the wall clock was changed since the previous entry" {
        /// Time of the previous entry.
        before: DateTime<Utc>,
        /// What the clock would show now if it had not been set.
        expected: DateTime<Utc>,
        /// What it shows.
        found: DateTime<Utc>,
        /// The change in microseconds; negative if it was set back.
        step_us: i64,
    }
    Recovery = "recovery", state: true, "lines torn by a crash were sealed; nothing was removed" {
        /// The torn lines, in order.
        lines: Vec<TornLine>,
        /// Number of a line that lacked only its line feed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        completed: Option<u64>,
    }
    Joined = "joined", state: true, "this chain saw these heads of other chains" {
        /// The heads, one per chain.
        heads: Vec<HeadRef>,
    }
    Closed = "closed", state: true, "the incident was closed" {
        /// Why, if a reason was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// What is still owed: required evidence, steps blocked or waiting.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        debts: Vec<String>,
        /// Steps without an outcome.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        open: Vec<String>,
    }
    Reopened = "reopened", state: true, "the incident was reopened" {
        /// Why.
        reason: String,
    }
}
