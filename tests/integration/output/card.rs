//! No card is longer than the screen of a tired person, whatever is known of the incident.

use breach::clock::Clock as _;
use breach::document::Document;
use breach::fact::{FactType, Vocabulary};
use breach::output::Screen;
use breach::output::card::{Beside, HEIGHT, prompt};
use breach::playbook::{Library, Playbook, builtin};
use breach::walk::{CardFact, StepCard, Walk};

use crate::paper::Paper;
use crate::walk::driver::{World, ask, type_in};

fn shown(card: &StepCard, beside: &Beside, world: &World) -> Vec<String> {
    let paper = Paper::default();
    Screen::new(Box::new(paper.clone()), 80).card(card, beside, world.clock.now().at);
    paper.plain().lines().map(str::to_owned).collect()
}

/// The cards of a playbook, with so many items on each list, and every platform known or none.
fn cards(playbook: &Playbook, items: usize, platforms: bool) -> Vec<(StepCard, World)> {
    let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
    let mut found = Vec::new();
    for step in &playbook.steps {
        let mut world = World::new();
        let lists = step.for_each.iter().filter(|_| items > 0);
        for list in lists {
            let names: Vec<String> = (1..=items).map(|n| format!("host-{n:02}.example")).collect();
            world.know(&vocabulary, list, &names.join("; "));
        }
        if platforms {
            let all = vocabulary.get("platforms").expect("a fact");
            assert_eq!(all.kind, FactType::Choices);
            let all: Vec<&str> = all.options.iter().map(|option| option.id.as_str()).collect();
            world.know(&vocabulary, "platforms", &all.join(", "));
        }
        let mut walk = Walk::new(playbook, &vocabulary, true);
        type_in(&mut walk, &mut world, &[&format!("j {}", step.id)]);
        let question = ask(&mut walk, &world).expect("the step");
        assert_eq!(question.key.at.step, step.id);
        found.push((question.card.expect("a card"), world));
    }
    found
}

fn playbooks() -> impl Iterator<Item = Playbook> {
    builtin::all().iter().map(|(path, text)| {
        let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
        Playbook::read(&document, Library::builtin()).0.unwrap_or_else(|| panic!("{path}"))
    })
}

#[test]
fn every_card_fits_on_a_screen_and_leaves_nothing_out() {
    let beside = Beside { clock: Some("eu-gdpr.33-1 61 h 20 min".to_owned()), ..Beside::default() };
    let (mut seen, mut tall) = (0, Vec::new());
    for playbook in playbooks() {
        for (items, platforms) in [(0, false), (3, false), (3, true), (40, true)] {
            for (card, world) in cards(&playbook, items, platforms) {
                let lines = shown(&card, &beside, &world);
                seen += 1;
                // The prompt is a line, too.
                if lines.len() + 1 > HEIGHT {
                    let (id, step) = (&playbook.id, &card.key.step);
                    let (height, text) = (lines.len() + 1, lines.join("\n"));
                    tall.push(format!("{id}/{step}, {items} items: {height} lines\n{text}"));
                }
                let text = lines.join("\n");
                assert!(lines.iter().all(|line| line.chars().count() <= 80), "{text}");
                let counted = |what: &str| text.contains(what) || text.contains(" more (");
                for (id, ..) in &card.commands {
                    assert!(counted(&format!(" {id}")), "{id} is missing:\n{text}");
                }
                for CardFact { title, .. } in card.facts.iter().filter(|fact| fact.value.is_none())
                {
                    let first = title.split(' ').next().expect("a word");
                    assert!(counted(first), "{title} is missing:\n{text}");
                }
                assert!(prompt(&card, Some("Maximiliane Musterfrau"), 0).len() < 30);
            }
        }
    }
    assert!(seen > 800, "{seen}");
    assert!(tall.is_empty(), "{} of {seen} are too tall:\n{}", tall.len(), tall.join("\n"));
}
