//! Someone who cannot name the kind of incident is led to it in three questions at most.

use std::collections::BTreeSet;

use breach::fact::{Vocabulary, names};
use breach::playbook::chooser::{self, Leads, Question};

/// Kinds that the answers lead to, with how many questions were asked at most.
fn kinds(question: &Question, asked: usize, found: &mut BTreeSet<String>) {
    assert!(asked <= 3, "{} is question {asked}", question.id);
    for answer in &question.answers {
        match &answer.leads {
            Leads::Kind(kind) => {
                found.insert(kind.clone());
            }
            Leads::Question(id) => {
                kinds(chooser::find(id).unwrap_or_else(|| panic!("{id}")), asked + 1, found);
            }
        }
    }
}

#[test]
fn three_questions_lead_to_every_kind() {
    let mut found = BTreeSet::new();
    kinds(&chooser::questions()[0], 1, &mut found);
    let fact = Vocabulary::builtin().get(names::INCIDENT_KIND).expect("a fact");
    let all: BTreeSet<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    assert_eq!(found, all);
}

#[test]
fn a_question_fits_on_a_screen() {
    for question in chooser::questions() {
        assert!((2..=10).contains(&question.answers.len()), "{}", question.id);
        for answer in &question.answers {
            // A number of two digits precedes it.
            assert!(answer.text.len() <= 72, "{}", answer.text);
        }
    }
}
