//! The kinds of the log and their bodies: the one table.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::{kind::*, newer::Legible, *};

events! {
    Genesis = "genesis", "the first line of a chain" {
        /// Random 128 bits in hexadecimal; the first eight digits name the chain.
        log_id: String,
        /// Name of the incident.
        incident: String,
        /// The program and its version.
        tool: String,
        /// Digest of the program.
        binary optional: Option<Digest>,
        /// Digest of the log id, `/` and the identity of the machine: it knows its own chain by it.
        machine: Digest,
        /// Whether checkpoints are promised.
        checkpoints: Checkpoints,
        /// What the system says about its clock.
        clock_sync: ClockSync,
        /// The damaged chain that this one continues.
        continues optional: Option<Continues>,
    }
    Opened = "opened", "the incident was opened" {
        /// What the responder calls it, if anything is known yet.
        title optional: Option<Text>,
    }
    Titled = "titled", "the incident is called this from now on" {
        /// What it is called.
        title: Text,
    }
    Group = "group", "a group of people who are affected alike" {
        /// Its name.
        name: String,
        /// Classes of data, as the fact `data_classes` names them.
        classes optional: Vec<String>,
        /// How many people, by place.
        people optional: Option<People>,
        /// Names of groups that some of them belong to as well.
        overlaps optional: Vec<String>,
        /** Whether somebody made sure that none of them belongs to another. */ alone optional: bool,
        /** What help they are offered. */ offer optional: Option<Text>,
        /** What `data_access` says of them, if not as of all. */ access optional: Option<String>,
        /** What `data_published` says of them, if not as of all. */ published optional: Option<String>,
    }
    PlaybookPinned = "playbook-pinned", "a phase starts or continues with this playbook; a copy is kept" {
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
        facts_sha256 optional: Option<Digest>,
        /// Digest of the shared steps in force.
        steps_sha256 optional: Option<Digest>,
        /// The playbook that it replaces.
        instead_of optional: Option<String>,
    }
    StepOutcome = "step-outcome", "a step ended this way" {
        /// How it ended.
        outcome: Outcome,
        /// The item, if the step repeats for each item of a list.
        item optional: Option<String>,
        /// The items, where one act settles many.
        items optional: Vec<String>,
        /// The reason, what it waits for, or who it is assigned to.
        text optional: Option<Text>,
        /// Whose it is now.
        to optional: Option<String>,
        /// What it waits for.
        waits_for optional: Option<Text>,
        /// What kind of obstacle it is.
        why optional: Option<Obstacle>,
        /// When to check again.
        check_at optional: Option<DateTime<FixedOffset>>,
        /// Ids of the required evidence that is still owed.
        missing_evidence optional: Vec<String>,
        /// Names of the facts that the step was shown with.
        used_facts optional: Vec<String>,
        /// The row that it was read from.
        imported optional: Option<Imported>,
        /// Ids of the entries whose conflict this one settles.
        settles optional: Vec<String>,
    }
    FactSet = "fact", "a fact has this value from now on" {
        /// Name of the fact.
        name: String,
        /// Its value; `unknown` where that is kept separately.
        value: Value,
        /// The value as JSON, kept separately.
        apart optional: Option<Text>,
        /// The item, if the fact is asked for each item.
        item optional: Option<String>,
        /// Why it changed, or how it is known.
        why optional: Option<Text>,
        /// Ids of the entries whose conflict this one settles.
        settles optional: Vec<String>,
    }
    FactEdit = "fact-edit", "items were added to a list, or taken off it" {
        /// Name of the fact.
        name: String,
        /// Items that it has from now on.
        add optional: Vec<String>,
        /// Items that it has no more.
        remove optional: Vec<String>,
        /// Both lists as JSON, kept separately.
        apart optional: Option<Text>,
        /// Why it changed, or how it is known.
        why optional: Option<Text>,
    }
    Withdrawn = "withdrawn", "an entry was taken back: the state is what the others say" {
        /// Id of the entry.
        entry: String,
        /// Why.
        why optional: Option<Text>,
    }
    Forgotten = "forgotten", "texts or files kept separately were destroyed; their digests stay" {
        /// Id of the entry that they belong to.
        entry: String,
        /// Their digests, as that entry names them.
        what: Vec<Digest>,
        /// Those of them that were not here to be destroyed.
        absent optional: Vec<Digest>,
        /// Why.
        why: Text,
        /// The law or the contract that it is based on.
        basis optional: Option<Text>,
    }
    Note = "note", "free text" {
        /// The text, secrets masked.
        text: Text,
        /// The text as typed, if it was masked and is kept separately.
        original optional: Option<TextRef>,
        /// The row or message that it was read from.
        imported optional: Option<Imported>,
    }
    Decision = "decision", "somebody decided, in a role and on a basis" {
        /// A determination, by the name of its fact; otherwise what this decision is called.
        name: String,
        /// What was decided of a determination; otherwise, or if kept separately, `unknown`.
        value: Value,
        /// The value as JSON, kept separately.
        apart optional: Option<Text>,
        /// What was decided, in words, where it is no determination.
        decided optional: Option<Text>,
        /// Who decided.
        by: String,
        /// In which role.
        role: DecidedAs,
        /// On what basis.
        basis: Text,
        /// What was asked.
        question optional: Option<Text>,
        /// What could have been decided.
        options optional: Vec<Text>,
        /// Who disagreed, and why.
        dissent optional: Option<Text>,
        /// When to look at it again.
        review_at optional: Option<DateTime<FixedOffset>>,
        /// Ids of the entries whose conflict this one settles.
        settles optional: Vec<String>,
    }
    EvidenceAdded = "evidence", "evidence was kept, or its place and digest were recorded" {
        /// Its name, for labels and for saying aloud: `ev-7k3m9q`.
        exhibit: String,
        /// What it is.
        title: Text,
        /// Where it comes from.
        source: Source,
        /// The bytes that are kept, if they are.
        kept optional: Option<Kept>,
        /// Id of the evidence that the step wants.
        wanted optional: Option<String>,
        /// The item, if the step repeats for each item of a list.
        item optional: Option<String>,
        /// True if the file changed while it was being copied.
        changed_during_acquisition optional: bool,
        /// When the file was last modified.
        modified_at optional: Option<DateTime<Utc>>,
        /// When the copying began.
        started_at optional: Option<DateTime<Utc>>,
        /// When its source will be gone: logs rotate, snapshots expire.
        expires_at optional: Option<When>,
    }
    Custody = "custody", "something was done with kept evidence" {
        /// Name of the exhibit.
        exhibit: String,
        /// What was done.
        action: CustodyAct,
        /// The outcome.
        result optional: Option<String>,
        /// Who, where, why.
        text optional: Option<Text>,
    }
    NoticeSent = "notice", "a notice was sent for a duty, in full or in part" {
        /// The duty: `eu-gdpr.33-1`.
        duty: String,
        /// What it is.
        what: NoticeKind,
        /// Who it was sent to, by name.
        recipient optional: Option<String>,
        /// How: `portal`, `mail`, `post`, `website` …
        channel optional: Option<String>,
        /// The reference that the recipient gave.
        reference optional: Option<String>,
        /// The exhibit that proves it.
        proof optional: Option<String>,
        /// The language that it was written in, as BCP 47 has it.
        language optional: Option<String>,
        /// The group of people that it went to.
        group optional: Option<String>,
        /// Digest of the list of those it went to.
        manifest optional: Option<Digest>,
        /// How many people this batch went to.
        sent optional: Option<u64>,
        /// How many of these came back.
        bounced optional: Option<u64>,
        /// Digest of the table that names those that came back.
        returned optional: Option<Digest>,
        /// How many people are still to be told.
        remaining optional: Option<u64>,
    }
    NoticeDrafted = "draft", "the text of a notice was drafted; a copy is kept" {
        /// The duty or, if no duty requires it, the kind of reader.
        duty: String,
        /// Digest of the text.
        sha256: Digest,
        /// Where the template came from: `built-in` or a path.
        template: String,
        /// Facts that were missing.
        missing optional: Vec<String>,
        /// What the law requires and no fact answers, in its own words.
        to_write optional: Vec<String>,
        /// The language that it is written in, as BCP 47 has it: `de`, `fr-CA`.
        language optional: Option<String>,
        /// The group of people that it is for.
        group optional: Option<String>,
        /// Digest of the list of those it is for.
        manifest optional: Option<Digest>,
        /// Names of the facts that it tells.
        used_facts optional: Vec<String>,
    }
    Statement = "statement", "a text for the status page was drafted from what was released" {
        /// The text, Markdown.
        text: Text,
        /// Names of the facts that it tells.
        used_facts optional: Vec<String>,
    }
    DutyDecided = "duty", "something was decided about a duty, or its recipient asked something" {
        /// The duty: `eu-gdpr.33-1`.
        duty: String,
        /// What was decided or asked.
        what: RulingKind,
        /// Who decided or asked.
        by: String,
        /// Why, or what was asked.
        reason: Text,
        /// The exhibit it is based on.
        proof optional: Option<String>,
        /// When an answer is due, or a delay ends.
        until optional: Option<DateTime<FixedOffset>>,
        /// Ids of the entries whose conflict this one settles.
        settles optional: Vec<String>,
    }
    ActionTaken = "action", "an action item was added, changed, done or dropped" {
        /// Name of the item: `a-3f9c1e`.
        action: String,
        /// What happened to it.
        what: ActionChange,
        /// What will be done, for an item that is added.
        text optional: Option<Text>,
        /// The new owner.
        owner optional: Option<String>,
        /// The new due date.
        due optional: Option<NaiveDate>,
        /// Where the work is tracked, or what proves it.
        link optional: Option<String>,
        /// Why, or how.
        reason optional: Option<Text>,
    }
    SignedOff = "signed-off", "somebody signed a report" {
        /// As what: `prepared`, `reviewed`, `approved`.
        role: SignedAs,
        /// The code of the entry up to which the log was read.
        head: String,
        /// The audience of the report.
        audience: String,
        /// Digest of the JSON value of the report, without label and signatures.
        sha256: Digest,
    }
    Intent = "intent", "a command is about to be started" {
        /// Id of the command in the playbook.
        command: String,
        /// The item, if the step repeats for each item of a list.
        item optional: Option<String>,
        /// The program and its arguments, exactly as they will run.
        argv: Vec<String>,
        /// Whether it changes the system.
        changes: bool,
        /// Seconds until it is killed.
        timeout_s: u64,
        /// Id of the intent that had no outcome, or another one, before.
        again_after optional: Option<String>,
    }
    CommandOutcome = "command-outcome", "a command ended, here (observed) or elsewhere (reported)" {
        /// Id of the `intent` entry. None if it was run elsewhere.
        intent optional: Option<String>,
        /// Id of the command in the playbook.
        command: String,
        /// The item, if the step repeats for each item of a list.
        item optional: Option<String>,
        /// Whether the program saw it or was told.
        mode: Mode,
        /// How it ended.
        ended: Ended,
        /// What it wrote to standard output.
        stdout optional: Option<Kept>,
        /// What it wrote to standard error.
        stderr optional: Option<Kept>,
        /// Where it was run, if elsewhere.
        place optional: Option<String>,
        /// The account it was run under, if elsewhere.
        account optional: Option<String>,
    }
    Session = "session", "the walk of a phase starts or resumes" {
        /// The phase.
        phase: Phase,
        /// The program and its version.
        tool: String,
        /// Digest of the program.
        binary optional: Option<Digest>,
        /// Where the answers come from.
        answers_from: AnswersFrom,
        /// What the system says about its clock.
        clock_sync: ClockSync,
    }
    ClockStepped = "clock", "the wall clock was changed since the previous entry" {
        /// Time of the previous entry.
        before: DateTime<Utc>,
        /// What the clock would show now if it had not been set.
        expected: DateTime<Utc>,
        /// What it shows.
        found: DateTime<Utc>,
        /// The change in microseconds, at most 2^53-1; negative if it was set back.
        step_us: i64,
    }
    Recovery = "recovery", "lines torn by a crash were sealed; nothing was removed" {
        /// The torn lines, in order.
        lines: Vec<TornLine>,
        /// Number of a line that lacked only its line feed.
        completed optional: Option<u64>,
    }
    Joined = "joined", "these heads of chains were seen" {
        /// The heads, one per chain.
        heads: Vec<HeadRef>,
    }
    Handoff = "handoff", "the work was handed over, or a hand-over was accepted" {
        /// Whose the work is from then on.
        to: String,
        /// What the next person should know.
        text optional: Option<Text>,
        /// Id of the hand-over that is accepted.
        accepts optional: Option<String>,
    }
    Linked = "linked", "this incident belongs with another one" {
        /// Name of the other incident.
        incident: String,
        /// How.
        how: LinkedAs,
        /// Why.
        why optional: Option<Text>,
    }
    Stored = "store", "the record is copied to a place outside" {
        /// The place, as it was named: a folder, or `rclone:REMOTE:PATH`.
        place: String,
    }
    Closed = "closed", "the incident was closed" {
        /// Why, if a reason was given.
        reason optional: Option<Text>,
        /// The last day on which its record has to be kept.
        keep_until optional: Option<NaiveDate>,
        /// What is still owed: required evidence, steps blocked or waiting.
        debts optional: Vec<String>,
        /// Steps without an outcome.
        open optional: Vec<String>,
        /// Ids of the entries whose conflict this one settles.
        settles optional: Vec<String>,
    }
    Reopened = "reopened", "the incident was reopened" {
        /// Why.
        reason: Text,
    }
}
