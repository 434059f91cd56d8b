//! Every help text, word for word.

use breach::cli::args::Cli;
use breach::cli::help::{TOPICS, topic_of};
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

/// A page that nobody lists would be read by nobody.
#[test]
fn every_page_is_a_topic() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/help/topics");
    let pages = std::fs::read_dir(folder).expect("topics");
    let mut pages: Vec<String> = pages
        .map(|page| page.expect("a page").file_name().to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let mut topics: Vec<String> = TOPICS.iter().map(|(name, _)| format!("{name}.md")).collect();
    topics.sort();
    assert_eq!(pages, topics);
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
        // The options that every command takes are compared once.
        let cut = ran.out.find("\nGlobal options:").filter(|_| !path.is_empty());
        let (own, globals) = ran.out.split_at(cut.unwrap_or(ran.out.len()));
        assert!(pages.contains(globals), "{name}: {globals}");
        pages.extend(["===== breach ", &name, "\n", own, "\n"]);
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
        &["help", "nonsense"],
        &["help", "evidence", "ad"],
        &["help", "walking", "answers"],
        &["note", "--at"],
        &["log"],
        &["contain", "--new", "--incident", "x"],
    ] {
        assert_eq!(room.breach(arguments).exit, Some(2), "{arguments:?}");
    }
}

#[test]
fn no_topic_is_the_name_of_a_command() {
    let names: Vec<String> = commands().into_iter().flatten().collect();
    for (name, text) in TOPICS {
        assert!(!names.contains(&(*name).to_owned()), "{name}");
        assert!(text.starts_with("# ") && text.ends_with('\n'), "{name}");
    }
}

/// Whoever asks for a command is sent on to a topic, and finds the command there.
#[test]
fn every_command_is_named_in_the_topic_that_explains_it() {
    let all = commands();
    let leaves = all.iter().filter(|path| !path.is_empty());
    let leaves = leaves.filter(|path| !all.iter().any(|other| is_below(other, path)));
    let mut missing = Vec::new();
    for path in leaves {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let topic = topic_of(&words).unwrap_or_else(|| panic!("{path:?} has no topic"));
        let text = TOPICS.iter().find(|(name, _)| *name == topic).expect("a topic").1;
        let name = format!("breach {}", path.join(" "));
        if !text.replace('\n', " ").contains(&name) {
            missing.push(format!("{topic}: {name}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn is_below(path: &[String], above: &[String]) -> bool {
    path.len() > above.len() && path.starts_with(above)
}

#[test]
fn help_lists_every_command_and_every_topic() {
    let ran = Room::new().breach(&["help"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let names = |line: &str| line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>();
    let listed: Vec<String> = ran.out.lines().flat_map(names).collect();
    let first = commands().into_iter().filter_map(|path| path.into_iter().next());
    for name in first.chain(TOPICS.iter().map(|(name, _)| (*name).to_owned())) {
        assert!(listed.contains(&name), "{name}: {}", ran.out);
    }
}

#[test]
fn help_of_a_command_is_its_help_and_names_its_topic() {
    let room = Room::new();
    for path in commands().iter().filter(|path| !path.is_empty()) {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let ran = room.breach(&[&["help"], &words[..]].concat());
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
        let topic = format!("More: `breach help {}`", topic_of(&words).expect("a topic"));
        let help = room.breach(&[&words[..], &["--help"]].concat());
        assert_eq!(ran.out, format!("{}\n{topic}\n", help.out), "{path:?}");
    }
}

#[test]
fn topics_fit_the_terminal_and_code_stays_whole() {
    let room = Room::new();
    for (name, text) in TOPICS {
        let markdown = room.breach(&["help", name, "--format", "markdown"]);
        assert_eq!(markdown.out, *text, "{name}");
        let shown = room.breach(&["help", name]);
        assert!(!shown.out.contains("<!--") && !shown.out.contains("```"), "{name}");
        let blocks = text.split("```").skip(1).step_by(2);
        let code: Vec<&str> = blocks.flat_map(|block| block.lines().skip(1)).collect();
        let lost = code.iter().find(|line| !shown.out.contains(line.trim_end()));
        assert_eq!(lost, None, "{name}");
        for line in shown.out.lines().filter(|line| line.chars().count() > 80) {
            let whole =
                code.iter().any(|code| code.trim() == line.trim()) || !line.trim().contains(' ');
            assert!(whole, "{name}: {line}");
        }
    }
}

#[test]
fn an_unknown_topic_gets_what_is_near_and_the_list() {
    let ran = Room::new().breach(&["help", "condtions"]);
    assert_eq!(ran.exit, Some(2));
    assert!(
        ran.err.starts_with("error: there is no topic or command `condtions`\n"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("hint: did you mean `conditions`?\n"), "{}", ran.err);
    assert!(ran.err.contains("hint: topics: walking, answers,"), "{}", ran.err);
    for word in ["check", "ci"] {
        let ran = Room::new().breach(&["help", word]);
        assert!(ran.err.contains("hint: did you mean `checking`?\n"), "{}", ran.err);
    }
    let ran = Room::new().breach(&["help", "x\u{1b}[2J"]);
    assert!(ran.err.contains(r"`x\x1b[2J`"), "{}", ran.err);
}

#[test]
fn breach_alone_says_in_three_lines_how_to_go_on() {
    let room = Room::new();
    let said = |arguments: &[&str]| {
        let ran = room.breach(arguments);
        assert_eq!((ran.exit, ran.err.as_str()), (Some(0), ""));
        assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
        ran.out
    };
    assert!(said(&[]).starts_with("Customer data stolen? `breach contain`"));
    room.open();
    let open = said(&[]);
    assert!(open.starts_with("Incident ") && open.contains(": Strange script\n"), "{open}");
    assert!(open.contains("\nNext, in containment: Name the boxes\n"), "{open}");
    assert!(open.contains("Continue: `breach contain`."), "{open}");
    let closed = room.breach(&["close", "--anyway", "--reason", "false alarm"]);
    assert_eq!(closed.exit, Some(0), "{}", closed.err);
    assert!(said(&[]).starts_with("Customer data stolen?"));
}
