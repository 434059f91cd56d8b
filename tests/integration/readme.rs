//! What the README says is true: its commands, its table of exit codes, its shell.

use breach::check::{RULES, Rule};
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

/// Rows of the table of rules. `UPDATE_README=1` writes them.
#[test]
fn the_rules_are_those_of_the_checker() {
    let row = |rule: &&Rule| {
        format!("| {} | {} | {} | {} |\n", rule.id, rule.name, rule.level.as_str(), rule.title)
    };
    let rows: String = RULES.iter().map(row).collect();
    let table = format!("| Rule | Name | Level | Finds |\n|---|---|---|---|\n{rows}");
    let (before, rest) = README.split_once("<!-- rules -->\n").expect("a mark");
    let (found, after) = rest.split_once("<!-- /rules -->").expect("a mark");
    if std::env::var_os("UPDATE_README").is_some() {
        let text = format!("{before}<!-- rules -->\n{table}<!-- /rules -->{after}");
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"), text).expect("written");
        return;
    }
    assert!(found == table, "the table of rules is not that of the checker: UPDATE_README=1");
}

/// The playbook, its finding and the test of the section on CI, in a folder of their own.
#[test]
fn what_it_says_of_playbooks_of_ones_own_is_so() {
    let room = crate::cli::room::Room::new();
    let of = |fence: &str, part: &str| -> String {
        let fence = format!("```{fence}\n");
        let blocks = README.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
        blocks.filter(|block| block.contains(part)).collect()
    };
    let shown = of("console", "playbook new");
    let typed: Vec<&str> =
        shown.lines().filter_map(|line| line.strip_prefix("$ breach ")).collect();
    let flags =
        ["--phase", "containment", "--title", "Contain a breach of mail", "--owner", "secops"];
    assert_eq!(typed[0].replace('"', ""), format!("playbook new {}", flags.join(" ")));
    let ran = room.breach(&[&["playbook", "new"], &flags[..]].concat());
    let said = ran.err.lines().next().expect("a line");
    assert!(shown.contains(said), "{said}");
    let path = room.path("contain-a-breach-of-mail.toml");
    let text = std::fs::read_to_string(&path).expect("written");
    let wrong = text.replacen("\"image-hosts\"]", "\"image-hots\"]", 2);
    let wrong = wrong.replacen("\"save-live-state\", \"image-hots\"", "\"image-hosts\"", 1);
    std::fs::write(&path, wrong).expect("written");
    let ran = room.breach(&typed[1].split(' ').collect::<Vec<_>>());
    let expected = shown.split_once(&format!("{}\n", typed[1])).expect("its output").1;
    assert_eq!(
        format!("{}{}", ran.out, ran.err.lines().next().expect("a line")),
        expected.trim_end()
    );
    std::fs::write(&path, text).expect("written");
    let cases = of("toml", "[[case]]");
    std::fs::write(room.path("contain-a-breach-of-mail.test.toml"), cases).expect("written");
    let ran = room.breach(&["playbook", "test", "."]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    std::fs::write(room.path("breach.toml"), of("toml", "fail-on")).expect("written");
    assert_eq!(room.breach(&["playbook", "check", "contain-a-breach-of-mail.toml"]).exit, Some(0));
}
