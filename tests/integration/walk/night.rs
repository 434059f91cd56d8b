//! What a night costs: prompts, lines and keys of the containment of a skimmer, when all goes well.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use breach::clock::Clock as _;
use breach::document::Document;
use breach::fact::{FactType, Vocabulary};
use breach::incident::event::Event;
use breach::output::Screen;
use breach::output::card::Beside;
use breach::playbook::{Library, Playbook, builtin};
use breach::walk::{QuestionPart, StepCard, Walk};

use super::driver::{World, ask, type_in};

/// A screen whose lines are counted.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<usize>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        *self.0.lock().expect("one thread") += memchr::memchr_iter(b'\n', bytes).count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Steps that the playbook got since; what they ask, and facts that nobody asked then, is counted apart.
const SINCE: [&str; 3] = ["call-acquirer", "freeze-page-changes", "close-the-flaw"];

/// What is answered: two pages, three logs, two hosts, two accounts, three keys, two domains, one
/// supplier.
fn answer(name: &str, kind: FactType) -> &'static str {
    match (name, kind) {
        ("payment_pages", _) => "checkout, card form",
        ("log_sources", _) => "nginx, cdn, git",
        ("hosts_affected", _) => "web-01, web-02",
        ("accounts_affected", _) => "deploy, jdoe",
        ("keys_exposed", _) => "cdn token, npm token, ssh key",
        ("drop_domains", _) => "drop.example, img.example",
        ("suppliers_involved", _) => "tag manager Ltd",
        ("platforms", _) => "linux, nginx",
        (_, FactType::YesNo) => "yes",
        (_, FactType::Time) => "02:00",
        (_, FactType::Count) => "3",
        (_, FactType::Choice | FactType::Choices) => "1",
        (_, FactType::List) => "thing",
        (_, FactType::People) => "DE 1200",
        (_, FactType::Duration) => "2h",
        (_, FactType::Money) => "EUR 10",
        (_, FactType::Place) => "DE",
        (_, FactType::Text) => "as seen",
    }
}

/// What release 1 asked, and had recorded at the end.
const FACTS: [&str; 24] = [
    "out_of_band_channel",
    "incident_commander",
    "counsel_told_at",
    "how_noticed",
    "detected",
    "payment_pages",
    "platforms",
    "evidence_place",
    "checkout_state",
    "log_sources",
    "log_gaps",
    "script_location",
    "drop_domains",
    "cards_taken",
    "entry_vector",
    "supplier_involved",
    "hosts_affected",
    "accounts_affected",
    "clean_release",
    "keys_exposed",
    "suppliers_involved",
    "card_data_in_logs",
    "indicators",
    "contained_at",
];

/// What a person was asked and shown, and typed besides the text of answers.
#[derive(Clone, Copy, Default)]
struct Cost {
    prompts: usize,
    lines: usize,
    keys: usize,
}

impl Cost {
    /// Adds what came between two moments.
    fn add(&mut self, before: Self, after: Self) {
        self.prompts += after.prompts - before.prompts;
        self.lines += after.lines - before.lines;
        self.keys += after.keys - before.keys;
    }

    fn is_within(self, most: Self) -> bool {
        self.prompts <= most.prompts && self.lines <= most.lines && self.keys <= most.keys
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} prompts, {} lines, {} keys", self.prompts, self.lines, self.keys)
    }
}

/// What a person typed, showed and was shown.
#[derive(Default)]
struct Night {
    /// Prompts, by what they ask.
    prompts: BTreeMap<&'static str, usize>,
    lines: Lines,
    /// Keys besides the text of answers.
    keys: usize,
}

impl Night {
    fn asked(&self) -> usize {
        self.prompts.values().sum()
    }

    fn cost(&self) -> Cost {
        let lines = *self.lines.0.lock().expect("one thread");
        Cost { prompts: self.asked(), lines, keys: self.keys }
    }

    /// A reply, and the keys of it that are no answer.
    fn types(&mut self, what: &'static str, keys: &str, reply: &'static str) -> &'static str {
        *self.prompts.entry(what).or_default() += 1;
        self.keys += keys.len() + "\n".len();
        *self.lines.0.lock().expect("one thread") += 1;
        reply
    }

    /// What is typed at a step. The first question for evidence says that the next needs none.
    fn at_step(&mut self, card: &StepCard) -> &'static str {
        let owes = card.evidence.iter().any(|one| one.required && one.missing > 0);
        let hands = owes && self.prompts.contains_key("evidence");
        let (keys, reply) = match (card.items.len() > 1, hands) {
            (true, true) => ("d * ", "d * aws:snap-0a1b"),
            (true, false) => ("d *", "d *"),
            (false, true) => ("d ", "d aws:snap-0a1b"),
            (false, false) => ("d", "d"),
        };
        self.types("steps", keys, reply)
    }
}

/// What the steps and facts of release 1 may cost, in which they took 83 prompts, 1,515 lines and about
/// 380 keys, and what all of it may; a change may only lower them.
const THEN: Cost = Cost { prompts: 55, lines: 450, keys: 110 };
const ALL: Cost = Cost { prompts: 62, lines: 528, keys: 120 };

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn a_night_with_a_skimmer_is_short() {
    let (path, text) = *builtin::all()
        .iter()
        .find(|(path, _)| path.ends_with("containment/web-skimming.toml"))
        .expect("it is built in");
    let document = Document { name: path.to_owned(), text: text.to_owned() };
    let playbook = Playbook::read(&document, Library::builtin()).0.expect("a playbook");
    let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
    let mut world = World::new();
    world.know(&vocabulary, "incident_kind", "web-skimming");
    let (night, then) = walk(&playbook, &vocabulary, &mut world);
    let all = night.cost();
    let figures = format!("{then} for what release 1 asked; with what it asks since: {all}");
    println!("{figures}");
    assert!(then.is_within(THEN) && all.is_within(ALL), "{figures}, {:?}", night.prompts);
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for draft in &world.drafts {
        if let Event::StepOutcome(body) = &draft.event {
            let step = draft.step.as_deref().expect("a step");
            *outcomes.entry(step).or_default() += body.items.len().max(1);
        }
    }
    assert_eq!(outcomes.get("containment/isolate-hosts"), Some(&2), "{outcomes:?}");
    assert_eq!(outcomes.len(), playbook.steps.len(), "{outcomes:?}");
    let is_missing = |name: &&str| world.incident.fact_value(name).is_none();
    assert_eq!(FACTS.into_iter().filter(is_missing).collect::<Vec<_>>(), [""; 0]);
    assert!(world.incident.debts().is_empty(), "{:?}", world.incident.debts());
}

/// Walks to the end. Returns what was typed and shown, and what it cost as far as release 1 asked it.
fn walk(playbook: &Playbook, vocabulary: &Vocabulary, world: &mut World) -> (Night, Cost) {
    let mut walk = Walk::new(playbook, vocabulary, true);
    let (mut night, mut then) = (Night::default(), Cost::default());
    let mut screen = Screen::new(Box::new(night.lines.clone()), 80);
    let (beside, mut seen) = (Beside::default(), None);
    while let Some(question) = ask(&mut walk, world) {
        assert!(night.asked() < 500);
        let before = night.cost();
        match &question.card {
            Some(card) if seen.as_ref() != Some(&card.key) => {
                screen.card(card, &beside, world.clock.now().at);
                seen = Some(card.key.clone());
            }
            Some(_) => {}
            None => screen.lines(&question.lines),
        }
        let said = world.said.len();
        let reply = match &question.key.part {
            QuestionPart::Step => night.at_step(question.card.as_ref().expect("a card")),
            // What is known already is kept with Enter.
            QuestionPart::Fact(name) if world.incident.fact_value(name).is_some() => {
                night.types("facts", "", "")
            }
            QuestionPart::Fact(name) => {
                let kind = vocabulary.get(name).expect("a fact").kind;
                night.types("facts", "", answer(name, kind))
            }
            QuestionPart::DecidedBy(_) => night.types("decisions", "", "Kim"),
            QuestionPart::DecidedRole(_) => night.types("decisions", "", "counsel"),
            QuestionPart::DecidedBasis(_) => night.types("decisions", "", "the logs"),
            QuestionPart::Evidence(_) => night.types("evidence", "", "aws:snap-0a1b"),
            QuestionPart::Destroy => night.types("losses", "", "destroy it spreads"),
            part => panic!("{part:?}"),
        };
        type_in(&mut walk, world, &[reply]);
        for text in &world.said[said..] {
            screen.say(text);
        }
        let is_new = match &question.key.part {
            QuestionPart::Fact(name) => !FACTS.contains(&&**name),
            _ => false,
        };
        if !is_new && !SINCE.contains(&&*question.key.at.step) {
            then.add(before, night.cost());
        }
    }
    (night, then)
}
