//! The state is a function of the set of entries: who wrote them where, and in which order they came,
//! changes nothing, and what is taken back was never said.

use std::collections::BTreeSet;

use breach::fact::Value;
use breach::incident::Incident;
use breach::incident::event::{Draft, Event, FactEdit, FactSet, Intent, Withdrawn};
use proptest::prelude::*;

use super::history::{chains, draft, folded, folded_as, histories, id};
use crate::log::room::Room;

fn drafts(seeds: &[super::history::Seed]) -> Vec<(usize, Draft)> {
    seeds.iter().map(|seed| draft(*seed, seeds.len())).enumerate().collect()
}

/// Places of the entries that others take back.
fn taken_back(drafts: &[(usize, Draft)]) -> BTreeSet<usize> {
    let ids: BTreeSet<&str> = drafts
        .iter()
        .filter_map(|(_, draft)| match &draft.event {
            Event::Withdrawn(body) => Some(body.entry.as_str()),
            _ => None,
        })
        .collect();
    let kind = |place: usize| drafts[place].1.event.kind();
    (0..drafts.len())
        .filter(|place| ids.contains(id(*place).as_str()) && Event::is_withdrawable(kind(*place)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_split_into_chains_gives_one_state(
        seeds in histories(),
        deal in proptest::collection::vec(0_usize..4, 30),
    ) {
        let drafts = drafts(&seeds);
        let alone = folded(&drafts, |_| 0);
        let apart = folded(&drafts, |place| deal[place]);
        prop_assert!(alone.is_same_state(&apart), "{alone:#?}\n{apart:#?}");
    }

    #[test]
    fn what_is_taken_back_was_never_said(seeds in histories()) {
        let drafts = drafts(&seeds);
        let back = taken_back(&drafts);
        let left: Vec<(usize, Draft)> = drafts
            .iter()
            .filter(|(place, draft)| {
                !back.contains(place) && !matches!(draft.event, Event::Withdrawn(_))
            })
            .cloned()
            .collect();
        let (state, left) = (folded(&drafts, |_| 0), folded(&left, |_| 0));
        prop_assert!(state.is_same_state(&left), "{state:#?}\n{left:#?}");
    }

    #[test]
    fn with_everything_taken_back_only_the_opening_is_left(seeds in histories(), before in any::<bool>()) {
        let mut drafts = drafts(&seeds);
        let length = drafts.len();
        let opening = drafts.iter().filter(|(_, draft)| draft.event.kind() == "opened").cloned();
        let opening: Vec<_> = opening.collect();
        for place in 0..length {
            let back = Draft::from(Withdrawn { entry: id(place), why: None });
            drafts.push((length + place, back));
        }
        // In a chain of its own, which is written before or after.
        let chain = if before { 0 } else { 3 };
        let state = folded(&drafts, |place| if place < length { 1 } else { chain });
        prop_assert!(state.is_same_state(&folded(&opening, |_| 1)), "{state:#?}");
    }

    #[test]
    fn whatever_comes_first_the_state_is_the_same(
        seeds in histories(),
        deal in proptest::collection::vec(0_usize..4, 30),
        order in proptest::collection::vec(0_usize..4, 120),
        is_alone in any::<bool>(),
        sees in proptest::collection::vec(any::<bool>(), 30),
    ) {
        let drafts = drafts(&seeds);
        let chains = chains(&drafts, |place| if is_alone { 0 } else { deal[place] }, |place| sees[place]);
        let mut here = [0; 4];
        let room = Room::new();
        let mut log = room.open();
        let mut incident = Incident::default();
        log.fold(&mut incident, &room.world, &mut Vec::new()).expect("readable");
        let rest = (0..4).flat_map(|chain| std::iter::repeat_n(chain, 2 * drafts.len() + 1));
        for chain in order.into_iter().chain(rest) {
            if here[chain] == chains[chain].len() {
                continue;
            }
            here[chain] += 1;
            chains[chain].write_up_to(here[chain], &room.folder);
            let news = log.refresh().expect("readable");
            log.take_in(&mut incident, &news).expect("readable");
        }
        let mut whole = Incident::default();
        breach::log::fold_all(&room.folder, &room.world, &mut whole).expect("readable");
        prop_assert!(incident.is_same_state(&whole), "{incident:#?}\n{whole:#?}");
        prop_assert_eq!(incident.tally, whole.tally);
        prop_assert_eq!(incident.people, whole.people);
    }
}

fn hosts(entries: Vec<Draft>) -> Option<Value> {
    let drafts: Vec<(usize, Draft)> = entries.into_iter().enumerate().collect();
    let known = folded(&drafts, |place| place).fact_value("hosts").cloned();
    let apart = folded_as(&drafts, |place| place, |_| false);
    assert_eq!(apart.fact_value("hosts"), known.as_ref(), "edits merge whoever knew what");
    known
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

fn edit(add: &[&str], remove: &[&str]) -> Draft {
    let owned = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    FactEdit {
        name: "hosts".to_owned(),
        add: owned(add),
        remove: owned(remove),
        apart: None,
        why: None,
    }
    .into()
}

#[test]
fn edits_of_two_people_merge() {
    let set = || FactSet::new("hosts", list(&["a", "b"])).into();
    let edits = || (edit(&["c"], &["a"]), edit(&["d"], &["b"]));
    let (one, two) = edits();
    assert_eq!(hosts(vec![set(), one, two]), Some(list(&["c", "d"])));
    let (one, two) = edits();
    assert_eq!(hosts(vec![set(), two, one]), Some(list(&["d", "c"])));
    assert_eq!(hosts(vec![set(), edit(&["a", "b"], &[])]), Some(list(&["a", "b"])));
    assert_eq!(hosts(vec![edit(&["a"], &[])]), Some(list(&["a"])));
    // What is taken off a list that nobody knows tells nothing of what is on it.
    assert_eq!(hosts(vec![edit(&[], &["a"])]), None);
    let unknown = FactSet::new("hosts", Value::Unknown).into();
    assert_eq!(hosts(vec![unknown, edit(&[], &["a"])]), Some(Value::Unknown));
    let choices = Value::Choices(vec!["bank".to_owned()]);
    let both = Value::Choices(vec!["bank".to_owned(), "health".to_owned()]);
    let set = FactSet::new("hosts", choices).into();
    assert_eq!(hosts(vec![set, edit(&["health"], &[])]), Some(both));
    let text = FactSet::new("hosts", Value::Text("x".to_owned())).into();
    assert_eq!(hosts(vec![text, edit(&["a"], &[])]), Some(Value::Text("x".to_owned())));
}

#[test]
fn the_outcome_of_a_command_is_owed_whatever_its_phase_is_called() {
    let intent = |step: Option<&str>| {
        let intent = Intent {
            command: "image".to_owned(),
            item: Some("web-01".to_owned()),
            argv: vec!["true".to_owned()],
            changes: false,
            timeout_s: 60,
            again_after: None,
        };
        Draft { step: step.map(str::to_owned), ..intent.into() }
    };
    for step in ["containment/look", "triage/look", "look"] {
        let owed = folded(&[(0, intent(Some(step)))], |_| 0).debts();
        assert_eq!(owed, [format!("outcome of command `image` of {step} (web-01)")]);
    }
}
