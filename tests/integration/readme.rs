//! What the README says is true: its shell, its table of exit codes. Its examples are tried with
//! those of the help topics.

use breach::cli::exit::Exit;

use crate::cli::room::Room;

const README: &str = include_str!("../../README.md");

/// The shell blocks of the README.
fn shell() -> Vec<&'static str> {
    README.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn one_command_runs_it_and_one_tests_it() {
    let shell = shell();
    assert_eq!(shell[0].trim(), "cargo run --release -- contain");
    assert_eq!(shell[1].trim(), "cargo test --locked");
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let topic = breach::cli::help::TOPICS
        .iter()
        .find(|(name, _)| *name == "exit-codes")
        .expect("a topic")
        .1;
    for (exit, meaning) in Exit::TABLE {
        let row = format!("| {} | {meaning} |", exit as u8);
        assert!(README.contains(&row), "missing: {row}");
        assert!(topic.contains(&row), "missing in the topic: {row}");
    }
}

/// Whoever opens it reads it to the end.
#[test]
fn it_is_read_in_three_minutes() {
    let lines = README.lines().count();
    assert!(lines <= 220, "{lines} lines");
}

#[test]
fn the_number_of_laws_is_right() {
    let laws = breach::regime::builtin::law().regimes.len();
    assert!(README.contains(&format!("\n{laws} laws and contracts are built in")), "{laws}");
    let help = Room::new().breach(&["help", "law"]).out;
    assert!(help.contains(&format!("applies {laws} laws and contracts")), "{laws}: {help}");
}
