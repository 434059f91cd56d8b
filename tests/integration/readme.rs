//! What the README says is true: its commands, its table of exit codes, its shell.

use breach::cli::exit::Exit;

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
    for (exit, meaning) in Exit::TABLE {
        let row = format!("| {} | {meaning} |", exit as u8);
        assert!(README.contains(&row), "missing: {row}");
    }
}

#[test]
fn every_command_that_it_names_exists() {
    use clap::CommandFactory;
    let cli = breach::cli::args::Cli::command();
    let named = README.matches("`breach ").count();
    assert!(named > 10);
    for command in cli.get_subcommands() {
        assert!(
            README.contains(command.get_name()),
            "the README never names `{}`",
            command.get_name()
        );
    }
}
