//! What peers do is where the help says it is.

use breach::phase::Phase;
use breach::playbook::{Library, builtin};

/// The steps that a row of the table names, each with its playbook if it is not shared.
fn named(row: &str) -> Vec<(Option<&str>, &str)> {
    let last = row.trim_end_matches(" |").rsplit("| ").next().unwrap_or_default();
    let groups = last.split("; ").map(|group| match group.split_once("`: ") {
        Some((playbook, steps)) => (Some(playbook.trim_start_matches('`')), steps),
        None => (None, group),
    });
    groups
        .flat_map(|(playbook, steps)| {
            steps.split('`').skip(1).step_by(2).map(move |step| (playbook, step))
        })
        .collect()
}

#[test]
fn every_step_of_the_table_is_there() {
    let help = include_str!("../../../src/cli/help/topics/playbooks.md");
    let table = help.split("| Peer | Action | Step |").nth(1).expect("the table");
    let rows = table.trim_start().lines().skip(1).take_while(|line| line.starts_with('|'));
    let mut rows_seen = 0;
    for row in rows {
        rows_seen += 1;
        let steps = named(row);
        assert!(!steps.is_empty(), "{row}");
        for (playbook, step) in steps {
            let is_there = match playbook.map(|playbook| playbook.split_once('/')) {
                None => Library::builtin().steps().any(|(id, _)| id == step),
                Some(None) => has(Phase::Containment, playbook.unwrap_or_default(), step),
                Some(Some((phase, id))) => has(Phase::parse(phase).expect("a phase"), id, step),
            };
            assert!(is_there, "{step}: {row}");
        }
    }
    assert!(rows_seen > 10, "{rows_seen} rows");
}

fn has(phase: Phase, playbook: &str, step: &str) -> bool {
    let playbook = builtin::read(phase, playbook).unwrap_or_else(|| panic!("{playbook}"));
    playbook.steps.iter().any(|one| one.id == step)
}
