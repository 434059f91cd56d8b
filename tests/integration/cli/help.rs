//! Every help text, word for word.

use breach::cli::args::Cli;
use clap::CommandFactory;

use super::room::Room;

/// Every command, as words behind `breach`.
fn commands() -> Vec<Vec<String>> {
    fn add(command: &clap::Command, path: &[String], all: &mut Vec<Vec<String>>) {
        all.push(path.to_vec());
        for child in command.get_subcommands() {
            let path = [path, &[child.get_name().to_owned()]].concat();
            add(child, &path, all);
        }
    }
    let mut all = Vec::new();
    add(&Cli::command(), &[], &mut all);
    assert!(all.len() > 20);
    all
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

fn check_ids(command: &clap::Command, globals: &[&str]) {
    for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
        let id = argument.get_id().as_str();
        assert!(!globals.contains(&id), "`{id}` of `{}`", command.get_name());
    }
    command.get_subcommands().for_each(|child| check_ids(child, globals));
}

#[test]
fn no_argument_hides_a_global_one() {
    let cli = Cli::command();
    let globals: Vec<&str> = cli
        .get_arguments()
        .filter(|argument| argument.is_global_set())
        .map(|argument| argument.get_id().as_str())
        .collect();
    assert!(globals.len() >= 6);
    cli.get_subcommands().for_each(|child| check_ids(child, &globals));
}

#[test]
fn every_help_text_is_as_it_was() {
    let room = Room::new();
    let mut pages = String::new();
    for path in commands() {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.push("-h");
        let ran = room.breach(&arguments);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        let name = path.join(" ");
        pages.extend(["===== breach ", &name, "\n", &ran.out, "\n"]);
    }
    insta::assert_snapshot!("help", pages);
}

#[test]
fn every_option_says_what_it_is_for() {
    fn check(command: &clap::Command) {
        assert!(command.get_about().is_some(), "{} says nothing", command.get_name());
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{} {argument}", command.get_name());
        }
        command.get_subcommands().for_each(check);
    }
    check(&Cli::command());
}

#[test]
fn completions_and_man_pages_name_every_command() {
    let room = Room::new();
    for shell in ["bash", "zsh", "fish"] {
        let ran = room.breach(&["generate", "completions", shell]);
        assert_eq!(ran.exit, Some(0));
        assert!(ran.out.contains("contain") && ran.out.contains("evidence"), "{shell}");
    }
    let man = room.breach(&["generate", "man"]);
    assert!(man.out.contains(".TH") && man.out.contains("postmortem"));
    let dir = room.path("man");
    std::fs::create_dir(&dir).expect("a folder");
    let ran = room.breach(&["generate", "man", dir.to_str().expect("text")]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(dir.join("breach-evidence-add.1").is_file());
}

#[test]
fn wrong_usage_is_exit_2() {
    let room = Room::new();
    for arguments in [
        &["nonsense"][..],
        &[],
        &["note", "--at"],
        &["log"],
        &["contain", "--new", "--incident", "x"],
    ] {
        assert_eq!(room.breach(arguments).exit, Some(2), "{arguments:?}");
    }
}
