//! What a night costs: prompts, lines and keys of the containment of a skimmer, when all goes well.
//! Release 1 asked 83 times and showed 1,515 lines.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use breach::clock::Clock as _;
use breach::document::Document;
use breach::fact::{FactType, Vocabulary};
use breach::incident::event::Event;
use breach::output::Screen;
use breach::output::card::Beside;
use breach::playbook::{Library, Playbook, builtin};
use breach::walk::{QuestionPart, Walk};

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
        (_, FactType::List) => "one",
        (_, FactType::People) => "DE 1200",
        (_, FactType::Duration) => "2h",
        (_, FactType::Money) => "EUR 10",
        (_, FactType::Place) => "DE",
        (_, FactType::Text) => "as seen",
    }
}

/// Limits on prompts, lines and keys; a change may only lower them.
const MOST: (usize, usize, usize) = (72, 669, 140);

#[test]
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
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    let lines = Lines::default();
    let mut screen = Screen::new(Box::new(lines.clone()), 80);
    let (mut prompts, mut keys, mut seen) = (0, 0, None);
    let beside = Beside::default();
    while let Some(question) = ask(&mut walk, &world) {
        prompts += 1;
        assert!(prompts < 500);
        // The prompt itself, ended by Enter.
        *lines.0.lock().expect("one thread") += 1;
        keys += 1;
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
            QuestionPart::Step => {
                let many = question.card.as_ref().is_some_and(|card| card.items.len() > 1);
                let reply = if many { "d all" } else { "d" };
                keys += reply.len();
                reply
            }
            QuestionPart::Fact(name) => answer(name, vocabulary.get(name).expect("a fact").kind),
            QuestionPart::DecidedBy(_) => "Kim",
            QuestionPart::DecidedRole(_) => "counsel",
            QuestionPart::DecidedBasis(_) => "the logs",
            QuestionPart::Evidence(_) => "aws:snap-0a1b",
            QuestionPart::Destroy => "destroy it spreads",
            part => panic!("{part:?}"),
        };
        // What is known already is kept with Enter.
        let known = match &question.key.part {
            QuestionPart::Fact(name) => world.incident.fact_value(name).is_some(),
            _ => false,
        };
        type_in(&mut walk, &mut world, &[if known { "" } else { reply }]);
        for text in &world.said[said..] {
            screen.say(text);
        }
    }
    let lines = *lines.0.lock().expect("one thread");
    let figures = format!("{prompts} prompts, {lines} lines, {keys} keys besides answers");
    assert!(prompts <= MOST.0 && lines <= MOST.1 && keys <= MOST.2, "{figures}");
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for draft in &world.drafts {
        if let Event::StepOutcome(body) = &draft.event {
            let step = draft.step.as_deref().expect("a step");
            *outcomes.entry(step).or_default() += body.items.len().max(1);
        }
    }
    assert_eq!(outcomes.get("containment/isolate-hosts"), Some(&2), "{outcomes:?}");
    assert!(world.incident.debts().is_empty(), "{:?}", world.incident.debts());
}
