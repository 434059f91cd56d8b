//! The built-in playbooks: read without a mistake, and walked to their end.

use std::collections::BTreeSet;

use breach::clock::Clock as _;
use breach::digest::Digest;
use breach::document::{Document, Level};
use breach::fact::{Condition, Fact, FactType, Vocabulary};
use breach::phase::Phase;
use breach::playbook::{Library, Playbook, Step, builtin};
use breach::walk::{Plan, QuestionPart, Walk};

use super::driver::{World, ask, end, type_in};

pub(super) fn all() -> Vec<Playbook> {
    builtin::all()
        .iter()
        .map(|(path, text)| {
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            let (playbook, found) = Playbook::read(&document, Library::builtin());
            let worst: Vec<_> = found.iter().filter(|f| f.level != Level::Note).collect();
            assert!(worst.is_empty(), "{path}: {worst:#?}");
            let playbook = playbook.expect("it has no errors");
            // It is found by its path.
            assert_eq!(*path, format!("playbooks/{}/{}.toml", playbook.phase, playbook.id));
            playbook
        })
        .collect()
}

/// An answer for a fact; other seeds give other answers, independently for each fact.
fn answer(fact: &Fact, seed: usize) -> String {
    let digest = Digest::of(format!("{seed}/{}", fact.name).as_bytes()).to_string();
    let seed = usize::from_str_radix(&digest[..6], 16).expect("hex digits");
    let options = fact.options.len().max(1);
    match fact.kind {
        FactType::YesNo => ["yes", "no"][seed % 2].to_owned(),
        FactType::Count => ["380000", "0", "about 12"][seed % 3].to_owned(),
        FactType::Text => "text-1".to_owned(),
        FactType::Place => ["IE", "US-CA", "JP"][seed % 3].to_owned(),
        FactType::List => ["web-01, web-02", "none", "web-03"][seed % 3].to_owned(),
        FactType::Choice => fact.options[seed % options].id.clone(),
        FactType::Choices => match seed % 3 {
            0 => fact.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", "),
            1 => "none".to_owned(),
            _ => fact.options[seed / 3 % options].id.clone(),
        },
        FactType::Time => "2026-11-23 02:10".to_owned(),
        FactType::Duration => "2h".to_owned(),
        FactType::Money => "GBP 12.50".to_owned(),
        FactType::People => {
            let codes = ["AU", "BR", "Germany", "GB", "India", "JP", "SG", "US-CA"];
            let some = |bit: usize| if (seed >> bit) & 1 == 1 { "about 300" } else { "0" };
            let codes = codes.iter().enumerate().map(|(bit, code)| format!("{code} {}", some(bit)));
            codes.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Walks to the end, answering every question; returns the steps that were asked.
fn walk(playbook: &Playbook, seed: usize) -> BTreeSet<String> {
    let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
    let mut world = World::new();
    // In every other run, earlier phases have told what the conditions look at.
    if seed % 2 == 1 {
        let conditions = playbook.steps.iter().filter_map(|step| step.when.as_ref());
        for name in conditions.flat_map(Condition::facts) {
            let fact = vocabulary.get(name).expect("a known fact");
            world.know(&vocabulary, name, &answer(fact, seed));
        }
    }
    let mut walk = Walk::new(playbook, &vocabulary, true);
    let mut reached = BTreeSet::new();
    for question in 0.. {
        assert!(question < 5000, "{} does not end", playbook.id);
        let Some(asked) = ask(&mut walk, &world) else {
            break;
        };
        reached.insert(asked.key.at.step.clone());
        let reply = match &asked.key.part {
            QuestionPart::Step if asked.card.as_ref().is_some_and(|card| card.items.len() > 1) => {
                "d all".to_owned()
            }
            QuestionPart::Step => "d".to_owned(),
            QuestionPart::Fact(name) => answer(vocabulary.get(name).expect("a known fact"), seed),
            QuestionPart::DecidedBy(_) => "Kim".to_owned(),
            QuestionPart::DecidedRole(_) => "counsel".to_owned(),
            QuestionPart::DecidedBasis(_) => "what the logs show".to_owned(),
            QuestionPart::Evidence(_) => "aws:snap-0a1b".to_owned(),
            QuestionPart::Destroy => "destroy".to_owned(),
            part => panic!("{} asks {part:?}", playbook.id),
        };
        type_in(&mut walk, &mut world, &[&reply]);
    }
    let summary = end(&mut walk, &world);
    assert!(summary.is_complete(), "{}: {summary:#?}", playbook.id);
    let plan = Plan::new(playbook, &world.incident);
    assert!(plan.next_ready(playbook, world.clock.now().at).is_none());
    reached
}

#[test]
fn each_phase_has_one() {
    let phases: BTreeSet<Phase> = all().iter().map(|playbook| playbook.phase).collect();
    assert_eq!(phases.len(), Phase::ALL.len());
}

/// A step of one name means the same wherever it stands, so `--switch` carries over what was done.
#[test]
fn a_step_that_two_playbooks_of_a_phase_have_is_a_shared_one() {
    let own = |text: &str| -> Vec<String> {
        let tree: toml::Table = text.parse().expect("TOML");
        let steps = tree["step"].as_array().expect("steps").iter();
        steps.filter_map(|step| Some(step.get("id")?.as_str()?.to_owned())).collect()
    };
    let shared: toml::Table = Library::builtin_steps().parse().expect("TOML");
    let shared = shared["shared-step"].as_array().expect("steps").iter();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for phase in Phase::ALL {
        seen.extend(
            shared
                .clone()
                .map(|step| (phase.to_string(), step["id"].as_str().expect("a text").to_owned())),
        );
    }
    assert!(seen.len() > 20);
    for (path, text) in builtin::all() {
        let phase = path.split('/').nth(1).expect("a folder").to_owned();
        for id in own(text) {
            assert!(seen.insert((phase.clone(), id.clone())), "{path}: `{id}` stands elsewhere");
        }
    }
}

#[test]
fn each_has_ten_to_thirty_steps() {
    for playbook in all() {
        let steps = playbook.steps.len();
        assert!((10..=30).contains(&steps), "{} has {steps}", playbook.id);
    }
}

/// Steps that no walk reaches, or that none passes by though they have a condition.
fn one_sided_steps(playbook: &Playbook) -> Vec<String> {
    let runs: Vec<BTreeSet<String>> = (0..60).map(|seed| walk(playbook, seed)).collect();
    let is_one_sided = |step: &&Step| {
        let reached = runs.iter().filter(|run| run.contains(&step.id)).count();
        reached == 0 || step.when.is_some() && reached == runs.len()
    };
    playbook.steps.iter().filter(is_one_sided).map(|step| step.id.clone()).collect()
}

/// How many parts, acts and commands have a condition, and which of them always come out the same.
fn one_sided_parts(playbook: &Playbook) -> (usize, Vec<String>) {
    let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
    let inner = |step: &Step| -> Vec<Condition> {
        let parts = step.instructions.iter().chain(&step.acts).map(|part| part.when.clone());
        parts.chain(step.commands.iter().map(|command| command.when.clone())).flatten().collect()
    };
    let steps = playbook.steps.iter();
    let all: Vec<Condition> =
        steps.flat_map(|step| step.when.clone().into_iter().chain(inner(step))).collect();
    let worlds: Vec<World> = (0..140)
        .map(|seed| {
            let mut world = World::new();
            for name in all.iter().flat_map(Condition::facts) {
                let fact = vocabulary.get(name).expect("a known fact");
                world.know(&vocabulary, name, &answer(fact, seed));
            }
            world
        })
        .collect();
    let holds = |condition: &Condition, world: &World| {
        condition.holds(&|name| world.incident.fact_value(name))
    };
    let (mut conditions, mut found) = (0, Vec::new());
    for step in &playbook.steps {
        let here: Vec<&World> = worlds
            .iter()
            .filter(|world| step.when.as_ref().is_none_or(|w| holds(w, world) == Some(true)))
            .collect();
        for condition in inner(step) {
            conditions += 1;
            for shown in [true, false] {
                if !here.iter().any(|world| holds(&condition, world) == Some(shown)) {
                    let said = condition.words(&vocabulary);
                    found.push(format!("{}: never {shown}: {said}", step.id));
                }
            }
        }
    }
    (conditions, found)
}

#[test]
fn each_is_walked_to_its_end_and_every_step_is_reached_and_passed_by() {
    for playbook in all() {
        assert_eq!(one_sided_steps(&playbook), [""; 0], "{}", playbook.id);
    }
}

#[test]
fn every_part_act_and_command_is_shown_to_some_and_kept_from_others() {
    let mut conditions = 0;
    for playbook in all() {
        let (seen, found) = one_sided_parts(&playbook);
        conditions += seen;
        assert_eq!(found, [""; 0], "{}", playbook.id);
    }
    assert!(conditions > 500, "only {conditions} conditions were seen");
}

/// The two tests above find a branch that nothing reaches, and one that nothing passes by.
#[test]
fn a_branch_with_one_side_is_found() {
    let (path, text) = builtin::all()
        .iter()
        .find(|(path, _)| path.ends_with("/misdirected-data.toml"))
        .expect("it is built in");
    let with = |is: &str, becomes: &str| {
        assert_eq!(text.matches(is).count(), 1, "{is}");
        let document = Document { name: (*path).to_owned(), text: text.replace(is, becomes) };
        Playbook::read(&document, Library::builtin()).0.expect(becomes)
    };
    let step = "when = \"misdirect_way in ['link', 'file']\"";
    let never = with(step, "when = \"misdirect_way == 'link' and misdirect_way == 'file'\"");
    assert_eq!(one_sided_steps(&never), ["remove-public-copies"]);
    let always = with(step, "when = \"misdirect_way == 'link' or misdirect_way != 'link'\"");
    assert_eq!(one_sided_steps(&always), ["remove-public-copies"]);
    let act = "    \"Try the link from outside, without a log-in.\",";
    let part = |when: &str| format!("    {{ when = \"{when}\", text = \"Try the link.\" }},");
    for when in
        ["people_in_danger and not people_in_danger", "people_in_danger or not people_in_danger"]
    {
        let (_, found) = one_sided_parts(&with(act, &part(when)));
        assert_eq!(found.len(), 1, "{when}: {found:?}");
    }
}

#[test]
fn each_command_can_be_filled_when_everything_is_known() {
    for playbook in all() {
        let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
        let mut world = World::new();
        for step in &playbook.steps {
            for command in &step.commands {
                for name in command.facts() {
                    let fact = vocabulary.get(name).expect("a known fact");
                    world.know(&vocabulary, name, &answer(fact, 0));
                }
                let item = step.for_each.as_ref().map(|_| "web-01");
                let argv = command.fill(&|name| world.incident.fact_value(name), item);
                let argv =
                    argv.unwrap_or_else(|error| panic!("{}/{}: {error}", step.id, command.id));
                assert!(!argv.is_empty() && !argv[0].contains(' '), "{argv:?}");
            }
        }
    }
}

#[test]
fn every_change_says_its_way_back() {
    for playbook in all() {
        for step in &playbook.steps {
            for command in step.commands.iter().filter(|command| command.changes) {
                assert!(command.undo.is_some(), "{}/{}", step.id, command.id);
            }
        }
    }
}

#[test]
fn titles_fit_a_line_and_every_step_says_who() {
    for playbook in all() {
        for step in &playbook.steps {
            assert!(step.title.chars().count() <= 60, "{}", step.title);
            assert!(step.role.is_some(), "{} has no role", step.id);
            assert!(!step.why.trim().is_empty(), "{} has no why", step.id);
        }
    }
}
