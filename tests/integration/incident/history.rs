//! Random histories, written as chains that verify.

use breach::digest::Digest;
use breach::fact::Value;
use breach::incident::event::{
    ActionChange, ActionTaken, Closed, CommandOutcome, Custody, CustodyAct, DecidedAs, Decision,
    Draft, DutyDecided, Ended, EvidenceAdded, FactEdit, FactSet, Group, Intent, Linked, LinkedAs,
    Mode, Note, NoticeDrafted, NoticeKind, NoticeSent, Opened, Outcome, PlaybookPinned, Reopened,
    RulingKind, Source, StepOutcome, Titled, Withdrawn,
};
use breach::incident::{ActionItem, Incident};
use breach::log::Folder;
use breach::phase::Phase;
use proptest::prelude::*;
use serde_json::json;

/// What one entry is made of.
pub(crate) type Seed = (u8, u8, u8);

/// A history: its entries, the first of them the oldest.
pub(crate) fn histories() -> impl Strategy<Value = Vec<Seed>> {
    proptest::collection::vec((0_u8..30, any::<u8>(), any::<u8>()), 1..30)
}

/// Id of the entry at a place of its history.
pub(crate) fn id(place: usize) -> String {
    format!("01a2062c-c553-730a-9118-{place:012}")
}

/// Few names, so that entries meet.
fn one_of(names: &[&str], seed: u8) -> String {
    names[usize::from(seed) % names.len()].to_owned()
}

/// The entry at a place of a history of some length.
pub(crate) fn draft((kind, a, b): Seed, length: usize) -> Draft {
    let fact = one_of(&["hosts_affected", "action_items", "incident_kind"], a);
    let item = one_of(&["web-01", "web-02", "Priya: alert by 2018-10-15"], b);
    let duty = one_of(&["eu-gdpr.33-1", "eu-gdpr.34"], a);
    let any = id(usize::from(a) % (length + 1));
    let by = one_of(&["Kim", "Bo"], b);
    let settles = vec![any.clone()];
    let mut draft: Draft = match kind {
        0 => Opened { title: Some(item.into()) }.into(),
        1 => Closed { settles, ..Closed::new(vec![], vec![]) }.into(),
        2 => Reopened { reason: item.into() }.into(),
        3 => FactSet::new(fact, Value::Unknown).into(),
        4 => FactSet { settles, ..FactSet::new(fact, Value::List(vec![item])) }.into(),
        5 => FactSet::new(fact, Value::Choice(item)).into(),
        6 => {
            FactEdit { name: fact, add: vec![item], remove: vec![], apart: None, why: None }.into()
        }
        7 => {
            FactEdit { name: fact, add: vec![], remove: vec![item], apart: None, why: None }.into()
        }
        8 => Decision {
            settles,
            ..Decision::new(&fact, Value::YesNo(b > 9), (by, DecidedAs::Counsel), item.into())
        }
        .into(),
        9 => DutyDecided { settles, ..DutyDecided::new(duty, RulingKind::Waived, by, item.into()) }
            .into(),
        10 => DutyDecided::new(duty, RulingKind::Resumed, by, item.into()).into(),
        11 => NoticeSent {
            duty,
            what: NoticeKind::Notice,
            recipient: None,
            channel: None,
            reference: Some(item),
            proof: None,
            language: None,
            group: None,
            manifest: None,
            sent: None,
            bounced: None,
            returned: None,
            remaining: None,
        }
        .into(),
        12 => NoticeDrafted {
            duty,
            sha256: Digest::of(item.as_bytes()),
            template: "built-in".to_owned(),
            missing: vec![],
            to_write: vec![],

            language: None,
            group: None,
            manifest: None,
            used_facts: vec![],
        }
        .into(),
        13 => ActionTaken {
            action: ActionItem::id_of(None, &item),
            what: match a % 4 {
                0 | 2 => ActionChange::Added,
                1 => ActionChange::Done,
                _ => ActionChange::Dropped,
            },
            text: Some(item.into()),
            owner: None,
            due: None,
            link: None,
            reason: None,
        }
        .into(),
        14..=18 | 29 => work(kind, (duty, item, b), any),
        19 => Note::new(item).into(),
        26 => Titled { title: item.into() }.into(),
        27 => StepOutcome {
            items: vec![item, "web-03".to_owned()],
            ..StepOutcome::new(Outcome::Assigned)
        }
        .into(),
        28 => Group {
            name: item,
            classes: vec![duty],
            people: None,
            overlaps: vec![],
            alone: b > 99,
            offer: None,
            access: None,
            published: None,
        }
        .into(),
        20 | 21 => StepOutcome {
            item: (b > 99).then_some(item),
            settles,
            ..StepOutcome::new(if kind == 20 { Outcome::Done } else { Outcome::Waiting })
        }
        .into(),
        _ => Withdrawn { entry: any, why: None }.into(),
    };
    draft.step = Some(one_of(&["containment/look", "containment/isolate"], a));
    draft.privileged = draft.event.is_work() && b % 5 == 0;
    draft
}

/// Evidence, commands, playbooks and links.
fn work(kind: u8, (duty, item, b): (String, String, u8), any: String) -> Draft {
    match kind {
        14 => EvidenceAdded::new(duty, item, Source::Stdin).into(),
        15 => Custody { exhibit: duty, action: CustodyAct::Verify, result: Some(item), text: None }
            .into(),
        16 => Intent {
            command: duty,
            item: None,
            argv: vec![item],
            changes: false,
            timeout_s: 60,
            again_after: None,
        }
        .into(),
        17 => CommandOutcome {
            intent: (b > 99).then_some(any),
            command: duty,
            item: None,
            mode: Mode::Reported,
            ended: Ended::Exit(i32::from(b)),
            stdout: None,
            stderr: None,
            place: None,
            account: None,
        }
        .into(),
        29 => Linked {
            incident: duty,
            how: if b > 99 { LinkedAs::Duplicate } else { LinkedAs::Split },
            why: None,
        }
        .into(),
        _ => PlaybookPinned {
            phase: Phase::Containment,
            playbook: item.clone(),
            version: "1".to_owned(),
            sha256: Digest::of(item.as_bytes()),
            source: "built-in".to_owned(),
            facts_sha256: None,
            steps_sha256: None,
            instead_of: None,
        }
        .into(),
    }
}

/// A chain, as far as it is written.
pub(crate) struct Chain {
    pub(crate) name: String,
    lines: Vec<serde_json::Value>,
}

impl Chain {
    /// A chain without entries.
    pub(crate) fn new(number: usize) -> Self {
        let log_id = format!("{number:08x}").repeat(4);
        let body = json!({
            "log_id": log_id, "incident": crate::log::room::NAME, "tool": "breach 0", "machine": "0".repeat(64),
            "checkpoints": "none", "clock_sync": "unknown",
        });
        let name = log_id[..8].to_owned();
        let lines = vec![line("genesis", 0, &format!("genesis-{number}"), None, &body)];
        Self { name, lines }
    }

    /// Adds the entry at a place of its history.
    pub(crate) fn push(&mut self, place: usize, draft: &Draft) {
        let body = serde_json::from_str(&draft.event.body().expect("JSON")).expect("JSON");
        let step = draft.step.as_deref();
        let mut line = line(draft.event.kind(), 1 + place, &id(place), step, &body);
        if draft.privileged {
            line["priv"] = json!("legal");
        }
        self.lines.push(line);
    }

    /// Names the heads of others, as whoever has read them does before they write.
    pub(crate) fn sees(&mut self, place: usize, others: &[serde_json::Value]) {
        let id = format!("saw-{}-{}", self.name, self.lines.len());
        self.lines.push(line("joined", 1 + place, &id, None, &json!({ "heads": others })));
    }

    /// Its last line, as another chain names it.
    pub(crate) fn head(&self) -> serde_json::Value {
        let lines = crate::log::newer::linked(&self.lines);
        let last = lines.split_inclusive(|byte| *byte == b'\n').next_back().expect("a line");
        json!({ "chain": self.name, "seq": self.lines.len() - 1, "head": Digest::of(last) })
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn write(&self, folder: &Folder) {
        self.write_up_to(self.lines.len(), folder);
    }

    /// Its beginning, as an older copy has it.
    pub(crate) fn write_up_to(&self, lines: usize, folder: &Folder) {
        let path = folder.log_dir().join(format!("{}.jsonl", self.name));
        std::fs::write(path, crate::log::newer::linked(&self.lines[..lines])).expect("written");
    }
}

fn line(
    kind: &str,
    second: usize,
    id: &str,
    step: Option<&str>,
    body: &serde_json::Value,
) -> serde_json::Value {
    let (minute, second) = (second / 60, second % 60);
    let mut line = json!({
        "v": 1, "seq": 0, "prev": "", "id": id,
        "at": format!("2026-11-23T04:{minute:02}:{second:02}.000000Z"), "off": "+01:00",
        "mono": 0, "boot": "b", "host": "h", "kind": kind, "body": body,
        "actor": { "name": "Ada", "user": "ops", "login": 1 }, "salt": "0".repeat(32),
    });
    if let Some(step) = step {
        line["step"] = json!(step);
    }
    line
}

/// A history, its entries dealt out to chains. At some places, whoever writes has seen all others.
pub(crate) fn chains(
    drafts: &[(usize, Draft)],
    deal: impl Fn(usize) -> usize,
    sees: impl Fn(usize) -> bool,
) -> Vec<Chain> {
    let mut chains: Vec<Chain> = (0..4).map(Chain::new).collect();
    for (place, draft) in drafts {
        let own = deal(*place) % 4;
        if sees(*place) {
            let others = chains.iter().enumerate().filter(|(number, _)| *number != own);
            let heads: Vec<_> = others.map(|(_, chain)| chain.head()).collect();
            chains[own].sees(*place, &heads);
        }
        chains[own].push(*place, draft);
    }
    chains
}

/// The fold of a history, its entries dealt out to chains whose authors know of each other.
pub(crate) fn folded(drafts: &[(usize, Draft)], deal: impl Fn(usize) -> usize) -> Incident {
    folded_as(drafts, deal, |_| true)
}

/// As [`folded`], where whoever writes has seen the others at some places only.
pub(crate) fn folded_as(
    drafts: &[(usize, Draft)],
    deal: impl Fn(usize) -> usize,
    sees: impl Fn(usize) -> bool,
) -> Incident {
    let room = crate::log::room::Room::new();
    let chains = chains(drafts, deal, sees);
    for chain in &chains {
        chain.write(&room.folder);
    }
    let mut incident = Incident::default();
    let reports =
        breach::log::fold_all(&room.folder, &room.world, &mut incident).expect("readable");
    assert!(reports.iter().all(|report| report.damage.is_none()), "{reports:?}");
    // The quick look at the folder says the same.
    assert_eq!(room.folder.is_open(&room.world), incident.closed_at.is_none());
    incident
}
