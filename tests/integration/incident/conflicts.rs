//! Who said what without knowledge of another: both stand, nobody chooses, and what can do no harm is
//! in force until it is settled.

use breach::digest::Digest;
use breach::fact::Value;
use breach::incident::event::{
    ActionChange, ActionTaken, Closed, Draft, DutyDecided, Event, FactEdit, FactSet, Linked,
    LinkedAs, Outcome, PlaybookPinned, Reopened, RulingKind, StepOutcome, Titled, Withdrawn,
};
use breach::incident::{ActionState, Incident, StepKey};
use breach::phase::Phase;
use proptest::prelude::*;

use super::history::{draft, folded_as, histories, id};

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;

/// The fold of entries, each of a chain, written in knowledge of all before it or not.
fn told(entries: Vec<(usize, bool, Draft)>) -> Incident {
    let (deal, sees): (Vec<usize>, Vec<bool>) =
        entries.iter().map(|(chain, sees, _)| (*chain, *sees)).unzip();
    let drafts: Vec<(usize, Draft)> =
        entries.into_iter().map(|(_, _, draft)| draft).enumerate().collect();
    folded_as(&drafts, |place| deal[place], |place| sees[place])
}

fn count(n: &str) -> Draft {
    FactSet::new("records", Value::Text(n.to_owned())).into()
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

fn hosts(items: &[&str]) -> Draft {
    FactSet::new("hosts", list(items)).into()
}

fn marked(draft: Draft) -> Draft {
    Draft { privileged: true, ..draft }
}

fn outcome(outcome: Outcome) -> Draft {
    Draft { step: Some("containment/isolate".to_owned()), ..StepOutcome::new(outcome).into() }
}

fn ruled(what: RulingKind) -> Draft {
    DutyDecided::new("eu-gdpr.33-1".to_owned(), what, "Kim".to_owned(), "x".into()).into()
}

fn closed() -> Draft {
    Closed::new(vec![], vec![]).into()
}

fn subjects(incident: &Incident) -> Vec<String> {
    incident.conflicts().iter().map(|one| one.subject.shown()).collect()
}

#[test]
fn two_values_given_apart_are_unknown_until_somebody_who_knows_both_says_one() {
    let apart = || vec![(A, false, count("5")), (B, false, count("7"))];
    let incident = told(apart());
    assert_eq!(incident.fact_value("records"), Some(&Value::Unknown));
    assert_eq!(subjects(&incident), ["fact records"]);
    let said: Vec<String> =
        incident.conflicts()[0].claims.iter().map(|said| said.id.clone()).collect();
    assert_eq!(said, [id(0), id(1)]);
    let mut knowing = apart();
    knowing.push((C, true, count("7")));
    let incident = told(knowing);
    assert_eq!(incident.fact_value("records"), Some(&Value::Text("7".to_owned())));
    assert!(incident.conflicts().is_empty());
    // Whoever knows of one of them and says otherwise replaces only that.
    let mut half = apart();
    half.push((B, false, count("8")));
    assert_eq!(subjects(&told(half)), ["fact records"]);
    let settles = vec![id(0), id(1)];
    let settled = FactSet { settles, ..FactSet::new("records", Value::YesNo(true)) };
    let mut settling = apart();
    settling.push((C, false, settled.into()));
    let incident = told(settling);
    assert_eq!(incident.fact_value("records"), Some(&Value::YesNo(true)));
    assert!(incident.conflicts().is_empty());
    let mut back = apart();
    back.push((C, false, Withdrawn { entry: id(0), why: None }.into()));
    assert_eq!(told(back).fact_value("records"), Some(&Value::Text("7".to_owned())));
}

#[test]
fn the_same_said_twice_and_a_value_nobody_knew_are_no_conflict() {
    let same = told(vec![(A, false, count("5")), (B, false, count("5"))]);
    assert_eq!(same.fact_value("records"), Some(&Value::Text("5".to_owned())));
    assert!(same.conflicts().is_empty());
    let never = || Draft::from(FactSet::new("records", Value::Unknown));
    for entries in [
        vec![(A, false, count("5")), (B, false, never())],
        vec![(B, false, never()), (A, false, count("5"))],
    ] {
        let incident = told(entries);
        assert_eq!(incident.fact_value("records"), Some(&Value::Text("5".to_owned())));
        assert!(incident.conflicts().is_empty());
    }
    // Who knew a value and does not trust it any more says something.
    let doubted = told(vec![(A, false, count("5")), (B, true, never()), (A, false, count("6"))]);
    assert_eq!(subjects(&doubted), ["fact records"]);
}

#[test]
fn lists_given_apart_are_merged_by_item() {
    let incident = told(vec![
        (A, false, hosts(&["a", "b"])),
        (B, true, hosts(&["a", "b", "c"])),
        (C, true, hosts(&["b", "c"])),
        (A, false, hosts(&["a", "b", "d"])),
    ]);
    assert_eq!(incident.fact_value("hosts"), Some(&list(&["b", "c", "d"])));
    assert!(incident.conflicts().is_empty());
    let none = FactSet::new("hosts", Value::None).into();
    let denied = told(vec![(A, false, hosts(&["a"])), (B, false, none)]);
    assert_eq!(denied.fact_value("hosts"), Some(&Value::Unknown));
}

#[test]
fn a_step_that_came_out_in_two_ways_is_open() {
    let key = StepKey { step: "isolate".to_owned(), item: None };
    let step =
        |incident: &Incident| incident.step(Phase::Containment, &key).map(|state| state.outcome);
    let apart = || vec![(A, false, outcome(Outcome::Done)), (B, false, outcome(Outcome::Skipped))];
    let incident = told(apart());
    assert_eq!(step(&incident), None);
    assert_eq!(subjects(&incident), ["step containment/isolate"]);
    let mut settled = apart();
    settled.push((A, true, outcome(Outcome::Done)));
    assert_eq!(step(&told(settled)), Some(Outcome::Done));
    let same = told(vec![(A, false, outcome(Outcome::Done)), (B, false, outcome(Outcome::Done))]);
    assert_eq!(step(&same), Some(Outcome::Done));
}

#[test]
fn a_duty_waived_by_one_and_resumed_by_another_is_owed() {
    let waived = || (A, false, ruled(RulingKind::Waived));
    let duty = |incident: &Incident| incident.waived().len();
    assert_eq!(duty(&told(vec![waived()])), 1);
    let incident = told(vec![waived(), (B, false, ruled(RulingKind::Resumed))]);
    assert_eq!((duty(&incident), subjects(&incident).len()), (0, 1));
    let later =
        told(vec![(B, false, ruled(RulingKind::Resumed)), (A, false, ruled(RulingKind::Waived))]);
    assert_eq!((duty(&later), subjects(&later).len()), (0, 1));
    let settled = told(vec![
        waived(),
        (B, false, ruled(RulingKind::Resumed)),
        (B, true, ruled(RulingKind::Waived)),
    ]);
    assert_eq!((duty(&settled), subjects(&settled).len()), (1, 0));
}

#[test]
fn a_closing_holds_only_if_it_knew_of_the_work() {
    let is_open = |incident: &Incident| incident.closed_at.is_none();
    // Work before it and after it, by somebody who knew nothing of it.
    for entries in [
        vec![(B, false, count("5")), (A, false, closed())],
        vec![(A, false, closed()), (B, false, count("5"))],
    ] {
        let incident = told(entries);
        assert!(is_open(&incident));
        assert_eq!(subjects(&incident), ["whether the incident is closed"]);
    }
    for entries in [
        vec![(B, false, count("5")), (A, true, closed())],
        vec![(A, false, closed()), (B, true, count("5"))],
        // Both closed what they knew.
        vec![(B, false, count("5")), (A, false, closed()), (B, false, closed())],
        vec![(A, false, closed()), (B, false, count("5")), (C, true, closed())],
    ] {
        let incident = told(entries);
        assert!(!is_open(&incident) && incident.conflicts().is_empty(), "{incident:#?}");
    }
    let reopened = Draft::from(Reopened { reason: "x".into() });
    let apart = told(vec![(A, false, closed()), (B, true, reopened), (A, false, closed())]);
    assert!(is_open(&apart));
    assert_eq!(subjects(&apart).len(), 1);
}

/// What was chosen apart is in conflict; what somebody chose who knew the other, or chose alike, is not.
#[test]
fn titles_links_playbooks_and_action_items_are_in_conflict_where_they_differ() {
    let titled = |title: &str| Draft::from(Titled { title: title.into() });
    let linked = |how| Draft::from(Linked { incident: "x".to_owned(), how, why: None });
    let pinned = |playbook: &str| -> Draft {
        PlaybookPinned {
            phase: Phase::Containment,
            playbook: playbook.to_owned(),
            version: "1".to_owned(),
            sha256: Digest::of(playbook.as_bytes()),
            source: "built-in".to_owned(),
            facts_sha256: None,
            steps_sha256: None,
            instead_of: None,
        }
        .into()
    };
    let acted = |what| -> Draft { ActionTaken::new("a-1", what).into() };
    for (one, other, subject) in [
        (titled("a"), titled("b"), "the title"),
        (linked(LinkedAs::Duplicate), linked(LinkedAs::Split), "the link with x"),
        (pinned("a"), pinned("b"), "the playbook for containment"),
        (acted(ActionChange::Done), acted(ActionChange::Dropped), "action item a-1"),
    ] {
        let apart = told(vec![(A, false, one.clone()), (B, false, other.clone())]);
        assert_eq!(subjects(&apart), [subject]);
        let alike = told(vec![(A, false, one.clone()), (B, false, one.clone())]);
        assert!(subjects(&alike).is_empty(), "{subject}");
        let knowing = told(vec![(A, false, one.clone()), (B, true, other.clone())]);
        assert!(subjects(&knowing).is_empty(), "{subject}");
        let settled = told(vec![(A, false, one.clone()), (B, false, other), (C, true, one)]);
        assert!(subjects(&settled).is_empty(), "{subject}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::faults::cases(48, 10_000)))]

    #[test]
    fn what_is_in_conflict_does_no_harm_whoever_knew_what(
        seeds in histories(),
        deal in proptest::collection::vec(0_usize..4, 30),
        sees in proptest::collection::vec(any::<bool>(), 30),
    ) {
        let drafts: Vec<(usize, Draft)> =
            seeds.iter().map(|seed| draft(*seed, seeds.len())).enumerate().collect();
        let incident = folded_as(&drafts, |place| deal[place], |place| sees[place]);
        for conflict in incident.conflicts() {
            use breach::incident::Subject;
            prop_assert!(conflict.claims.len() > 1, "{conflict:?}");
            match conflict.subject {
                Subject::Fact { name, .. } => {
                    prop_assert_eq!(incident.fact_value(name), Some(&Value::Unknown));
                }
                Subject::Step(phase, key) => prop_assert_eq!(incident.step(*phase, key), None),
                Subject::Decision(name) => prop_assert!(incident.is_contested(name)),
                Subject::Duty(duty) => prop_assert!(!incident.waived().contains_key(duty)),
                Subject::Group(name) => {
                    let group = incident.groups.iter().find(|group| group.name == *name);
                    let classes = group.map(|group| &group.classes).expect("the group");
                    for claim in &conflict.claims {
                        let Event::Group(said) = &claim.draft.event else { continue };
                        prop_assert!(said.classes.iter().all(|class| classes.contains(class)));
                    }
                }
                Subject::Title => {
                    let shown = incident.title.as_deref().unwrap_or_default();
                    for claim in &conflict.claims {
                        let title = match &claim.draft.event {
                            Event::Opened(said) => said.title.as_deref().unwrap_or_default(),
                            Event::Titled(said) => &*said.title,
                            _ => continue,
                        };
                        prop_assert!(shown.contains(title), "{shown}: {title}");
                    }
                }
                Subject::Link(other) => {
                    prop_assert!(incident.links[other].len() > 1, "{:?}", incident.links);
                }
                Subject::Action(id) => {
                    let item = incident.actions.iter().find(|item| item.id == *id);
                    prop_assert!(item.is_none_or(|item| item.state == ActionState::Open));
                }
                Subject::Playbook(phase) => {
                    let pinned = incident.phases[phase].pinned.as_ref().map(|one| one.sha256);
                    prop_assert!(conflict.claims.iter().any(|claim| matches!(
                        &claim.draft.event,
                        Event::PlaybookPinned(said) if Some(said.sha256) == pinned
                    )));
                }
                Subject::Closing => prop_assert_eq!(incident.closed_at, None),
            }
        }
        // In one chain everybody knows of all before.
        let alone = folded_as(&drafts, |_| 0, |_| false);
        prop_assert!(alone.conflicts().is_empty());
    }
}

#[test]
fn what_is_privileged_stays_so_until_somebody_who_knows_it_says_it_without_the_mark() {
    let is_marked = |entries| !told(entries).marked(["hosts"].into_iter()).is_empty();
    let add = |item: &str| -> Draft {
        let (name, add) = ("hosts".to_owned(), vec![item.to_owned()]);
        FactEdit { name, add, remove: vec![], apart: None, why: None }.into()
    };
    let secret = || (A, false, marked(hosts(&["a"])));
    for (entries, expected) in [
        (vec![secret()], true),
        (vec![secret(), (A, false, add("b"))], true),
        (vec![secret(), (B, true, add("b")), (B, false, add("c"))], true),
        (vec![secret(), (B, false, add("b"))], true),
        (vec![secret(), (B, false, hosts(&["b"]))], true),
        (vec![secret(), (B, false, hosts(&["a"]))], true),
        (vec![secret(), (A, false, add("b")), (B, false, hosts(&["c"]))], true),
        (vec![(B, false, hosts(&["b"])), (A, false, marked(add("a")))], true),
        (vec![secret(), (A, false, hosts(&["b"]))], false),
        (vec![secret(), (B, true, hosts(&["b"])), (B, false, add("c"))], false),
        (vec![secret(), (B, false, hosts(&["b"])), (C, true, hosts(&["c"]))], false),
    ] {
        let shown = format!("{entries:?}");
        assert_eq!(is_marked(entries), expected, "{shown}");
    }
}
