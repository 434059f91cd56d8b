//! Drives a walk without a log: what it records is folded at once.

use breach::clock::{Clock, FakeClock};
use breach::document::Document;
use breach::fact::Vocabulary;
use breach::incident::Incident;
use breach::incident::event::{
    Actor, CommandOutcome, Draft, Ended, Event, EvidenceAdded, Intent, Mode, Source, Stamped,
    Withdrawn,
};
use breach::playbook::{Library, Playbook};
use breach::walk::{Act, Question, Summary, Turn, Walk};
use chrono::{DateTime, FixedOffset, TimeDelta};

/// What a test says of the outside world: how commands end, and whether they crash the tool.
pub(crate) struct World {
    pub(crate) clock: FakeClock,
    pub(crate) incident: Incident,
    pub(crate) said: Vec<String>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) stamped: Vec<Stamped>,
    /// The tool dies between intent and outcome.
    pub(crate) crash: bool,
    seq: u64,
}

impl World {
    pub(crate) fn new() -> Self {
        let off = FixedOffset::east_opt(3600).expect("a real offset");
        let at = DateTime::parse_from_rfc3339("2026-11-23T03:12:00+01:00").expect("a moment");
        Self {
            clock: FakeClock::new(at.to_utc(), off),
            incident: Incident::default(),
            said: Vec::new(),
            drafts: Vec::new(),
            stamped: Vec::new(),
            crash: false,
            seq: 0,
        }
    }

    pub(crate) fn fold(&mut self, draft: Draft) -> String {
        self.clock.advance(TimeDelta::seconds(1));
        self.seq += 1;
        let id = format!("id-{}", self.seq);
        let stamped = Stamped {
            chain: "00000000".to_owned(),
            seq: self.seq,
            id: id.clone(),
            at: self.clock.now().local(),
            host: "jump-01".to_owned(),
            actor: Actor { name: Some("Ada".to_owned()), user: "ops".to_owned(), login: 1 },
            draft: draft.clone(),
            is_whole: true,
            is_withdrawn: false,
        };
        self.drafts.push(draft);
        self.incident.apply(&stamped);
        self.stamped.push(stamped);
        id
    }

    /// Takes an entry back, and folds what is left.
    pub(crate) fn withdraw(&mut self, entry: &str) {
        self.fold(Withdrawn { entry: entry.to_owned(), why: None }.into());
        self.incident = Incident::default();
        for stamped in &mut self.stamped {
            stamped.is_withdrawn |= stamped.id == entry;
            self.incident.apply(stamped);
        }
    }

    /// Sets a fact as an earlier phase would have.
    pub(crate) fn know(&mut self, vocabulary: &Vocabulary, name: &str, answer: &str) {
        let fact = vocabulary.get(name).unwrap_or_else(|| panic!("no fact `{name}`"));
        let value = fact.parse(answer, &self.clock).expect("a valid answer").value;
        self.fold(breach::incident::event::FactSet::new(name, value).into());
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Record(draft) => {
                self.fold(*draft);
            }
            Act::Say(text) | Act::Refuse(text) | Act::Warn(text) | Act::Recorded(text) => {
                self.said.push(text);
            }
            Act::Undo => {
                let mine = |stamped: &&Stamped| {
                    !stamped.is_withdrawn && Event::is_withdrawable(stamped.draft.event.kind())
                };
                let last = self.stamped.iter().rev().find(mine).map(|last| last.id.clone());
                self.withdraw(&last.expect("something to take back"));
            }
            Act::Withdraw(entry) => self.withdraw(&entry),
            Act::Show(_) | Act::Switch(_) | Act::Stop => {}
            Act::Run(run) => {
                let intent = Intent {
                    command: run.key.command.clone(),
                    item: run.key.item.clone(),
                    argv: run.argv.clone(),
                    changes: run.changes,
                    timeout_s: 1,
                    again_after: run.again_after.clone(),
                };
                let mut draft = Draft::from(intent);
                draft.step = Some(run.key.step.clone());
                let intent = self.fold(draft);
                if self.crash {
                    return;
                }
                let outcome = CommandOutcome {
                    intent: Some(intent),
                    command: run.key.command.clone(),
                    item: run.key.item.clone(),
                    mode: Mode::Observed,
                    ended: Ended::Exit(0),
                    stdout: None,
                    stderr: None,
                    place: None,
                    account: None,
                };
                let mut draft = Draft::from(outcome);
                draft.step = Some(run.key.step);
                self.fold(draft);
            }
            Act::Report(reported) => {
                let outcome = CommandOutcome {
                    intent: None,
                    command: reported.key.command.clone(),
                    item: reported.key.item.clone(),
                    mode: Mode::Reported,
                    ended: reported.ended,
                    stdout: None,
                    stderr: None,
                    place: reported.place,
                    account: reported.account,
                };
                let mut draft = Draft::from(outcome);
                draft.step = Some(reported.key.step);
                self.fold(draft);
            }
            Act::Keep(all) => {
                for keep in all {
                    if keep.spec.contains("missing") {
                        self.said.push("not kept".to_owned());
                        continue;
                    }
                    let exhibit = format!("ev-{}", self.seq);
                    let title = keep.title.unwrap_or_default();
                    let body = EvidenceAdded {
                        wanted: keep.wanted,
                        item: keep.item,
                        ..EvidenceAdded::new(exhibit, title, Source::Stdin)
                    };
                    let mut draft = Draft::from(body);
                    draft.step = Some(keep.step);
                    self.fold(draft);
                }
            }
        }
    }
}

/// A playbook and its facts from TOML.
pub(crate) fn playbook(text: &str) -> (Playbook, Vocabulary) {
    let document = Document { name: "test.toml".to_owned(), text: text.to_owned() };
    let (playbook, found) = Playbook::read(&document, Library::builtin());
    let playbook = playbook.unwrap_or_else(|| panic!("{found:#?}"));
    let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
    (playbook, vocabulary)
}

/// The next question, or none at the end.
pub(crate) fn ask(walk: &mut Walk<'_>, world: &World) -> Option<Question> {
    match walk.turn(&world.incident, world.clock.now()) {
        Turn::Ask(question) => Some(*question),
        Turn::Finished(_) => None,
    }
}

/// Where the walk ended.
pub(crate) fn end(walk: &mut Walk<'_>, world: &World) -> Summary {
    match walk.turn(&world.incident, world.clock.now()) {
        Turn::Finished(summary) => summary,
        Turn::Ask(question) => panic!("not at the end: {question:?}"),
    }
}

/// Answers one question after the other.
pub(crate) fn type_in(walk: &mut Walk<'_>, world: &mut World, replies: &[&str]) {
    for reply in replies {
        assert!(ask(walk, world).is_some(), "nothing asks for `{reply}`");
        let mut acts = walk.answer(&world.incident, &world.clock, reply);
        loop {
            for act in acts {
                world.act(act);
            }
            acts = walk.resume(&world.incident);
            if acts.is_empty() {
                break;
            }
        }
    }
}

/// Step and item that are being asked.
pub(crate) fn here(walk: &mut Walk<'_>, world: &World) -> String {
    match ask(walk, world) {
        Some(question) => match question.key.at.item {
            Some(item) => format!("{} {item}", question.key.at.step),
            None => question.key.at.step,
        },
        None => "end".to_owned(),
    }
}

/// The last outcome that was recorded.
pub(crate) fn last_outcome(world: &World) -> breach::incident::event::StepOutcome {
    let body = world.drafts.iter().rev().find_map(|draft| match &draft.event {
        Event::StepOutcome(body) => Some(body.clone()),
        _ => None,
    });
    body.expect("an outcome")
}
