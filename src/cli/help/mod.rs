//! `breach help`: topics, one file each in `topics`, and the help of every command.

use std::fmt::Write as _;
use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, HelpArgs, HelpFormat};
use super::desk::{Context, Exit, Failure};
use crate::document::did_you_mean;
use crate::output::terminal;
use crate::{escape, wording};

macro_rules! topics {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("topics/", $name, ".md")))),*]
    };
}

/// Name and Markdown of each topic; its first line is its title.
pub const TOPICS: &[(&str, &str)] = topics! {
    "walking" "answers" "facts" "conditions" "playbooks" "checking" "editors" "testing" "law" "notices"
    "reporting" "exporting" "log-format" "home" "exit-codes" "sharing" "team"
};

/// Commands by what they are for.
const GROUPS: &[(&str, &[&str])] = &[
    ("Respond", &["contain", "scope", "notify", "postmortem", "next", "step", "ran"]),
    (
        "Record",
        &["note", "fact", "evidence", "decide", "group", "action", "undo", "import", "forget"],
    ),
    ("Law", &["duties"]),
    ("Review", &["status", "watch", "brief", "statement", "report", "export"]),
    ("Team", &["handoff", "join", "pack", "conflicts", "sync"]),
    ("Incident", &["incident", "close", "reopen"]),
    ("Prepare", &["prepare", "roster", "plan"]),
    ("Playbooks", &["playbook"]),
    ("Log", &["log"]),
    ("Program", &["help", "generate"]),
];

/// Which topic explains a command; of several that fit, the last.
const EXPLAINED: &[(&str, &str)] = &[
    ("contain", "walking"),
    ("scope", "walking"),
    ("notify", "walking"),
    ("postmortem", "walking"),
    ("next", "team"),
    ("step", "team"),
    ("ran", "team"),
    ("decide", "team"),
    ("handoff", "team"),
    ("note", "walking"),
    ("watch", "walking"),
    ("undo", "walking"),
    ("evidence", "walking"),
    ("status", "walking"),
    ("incident", "walking"),
    ("incident archive", "home"),
    ("incident link", "team"),
    ("forget", "log-format"),
    ("close", "walking"),
    ("reopen", "walking"),
    ("fact", "facts"),
    ("group", "notices"),
    ("action", "reporting"),
    ("brief", "reporting"),
    ("statement", "notices"),
    ("report", "reporting"),
    ("export", "exporting"),
    ("import", "exporting"),
    ("import notes", "team"),
    ("join", "sharing"),
    ("pack", "sharing"),
    ("conflicts", "sharing"),
    ("sync", "sharing"),
    ("duties", "law"),
    ("duties draft", "notices"),
    ("duties form", "notices"),
    ("duties letters", "notices"),
    ("duties sent", "notices"),
    ("prepare", "home"),
    ("roster", "home"),
    ("plan", "home"),
    ("generate", "home"),
    ("help", "home"),
    ("playbook", "playbooks"),
    ("playbook check", "checking"),
    ("playbook explain", "checking"),
    ("playbook fmt", "checking"),
    ("playbook schema", "editors"),
    ("playbook lsp", "editors"),
    ("playbook test", "testing"),
    ("log", "log-format"),
    ("log follow", "team"),
];

/// The name of the topic that explains a command, given as the words behind `breach`.
pub fn topic_of(command: &[&str]) -> Option<&'static str> {
    let fits = |path: &str| {
        let words: Vec<&str> = path.split(' ').collect();
        command.starts_with(&words)
    };
    EXPLAINED.iter().rev().find(|(path, _)| fits(path)).map(|(_, topic)| *topic)
}

pub(super) fn run(context: &mut Context, args: &HelpArgs) -> Result<Exit, Failure> {
    let words: Vec<&str> = args.what.iter().flat_map(|words| words.split_whitespace()).collect();
    let words = words.strip_prefix(&["breach"]).unwrap_or(&words);
    let markdown = match words {
        [] => list(),
        [name] if topic(name).is_some() => topic(name).unwrap_or_default().to_owned(),
        words => {
            let Some(mut command) = command(words) else { return Err(unknown(words)) };
            let topic = topic_of(words).map(|topic| format!("\nMore: `breach help {topic}`\n"));
            let topic = topic.unwrap_or_default();
            if args.format == HelpFormat::Text {
                write!(context.out, "{}", command.render_long_help().ansi())?;
                write!(context.out, "{topic}")?;
                return Ok(Exit::Done);
            }
            let help = command.render_long_help();
            format!("# breach {}\n\n```text\n{help}```\n{topic}", words.join(" "))
        }
    };
    let text = match args.format {
        HelpFormat::Text => terminal::markdown(&markdown, context.table_width.unwrap_or(80)),
        HelpFormat::Markdown => markdown,
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

fn topic(name: &str) -> Option<&'static str> {
    TOPICS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The definition of a command, with the options that every command takes.
fn command(words: &[&str]) -> Option<clap::Command> {
    let mut cli = Cli::command();
    cli.build();
    let mut command = &cli;
    for word in words {
        command = command.find_subcommand(word)?;
    }
    Some(command.clone())
}

/// Every command by group, every topic with its title.
fn list() -> String {
    let mut text = "# Commands and topics\n\nCustomer data stolen? `breach contain`.\n".to_owned();
    let cli = Cli::command();
    text.push_str("\n| | Command | |\n|---|---|---|\n");
    for (group, names) in GROUPS {
        let mut group = *group;
        for command in names.iter().filter_map(|name| cli.find_subcommand(name)) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {} | {about} |",
                std::mem::take(&mut group),
                command.get_name()
            );
        }
    }
    text.push_str("\n| Topic | |\n|---|---|\n");
    for (name, topic) in TOPICS {
        let _ = writeln!(text, "| {name} | {} |", title(topic));
    }
    text.push_str("\n`breach help TOPIC` explains a topic, `breach help COMMAND` a command.\n");
    text
}

fn title(topic: &str) -> &str {
    topic.lines().next().unwrap_or_default().trim_start_matches("# ")
}

fn unknown(words: &[&str]) -> Failure {
    let typed = words.join(" ");
    let failure =
        Failure::usage(format!("there is no topic or command `{}`", escape::line(&typed)));
    // Of `evidence ad` the first word is right: what is near stands below it.
    let known = (0..words.len()).rev().find_map(|n| Some((n, command(&words[..n])?)));
    let Some((n, parent)) = known else { return failure };
    let children: Vec<&str> = parent.get_subcommands().map(clap::Command::get_name).collect();
    let topics = || TOPICS.iter().map(|(name, _)| *name).filter(|_| n == 0);
    let near = did_you_mean(words[n], children.iter().copied().chain(topics()));
    // Of `help ci` the title of a topic speaks.
    let speaks = |text: &str| {
        let mut of = title(text).split(|c: char| !c.is_alphanumeric());
        n == 0 && of.any(|word| word.eq_ignore_ascii_case(words[n]))
    };
    let near = near.or_else(|| {
        let (topic, _) = TOPICS.iter().find(|(_, text)| speaks(text))?;
        Some(format!("did you mean `{topic}`?"))
    });
    let failure = near.into_iter().fold(failure, Failure::hint);
    let topics: Vec<&str> = topics().collect();
    match (topics.is_empty(), children.is_empty()) {
        (false, _) => failure
            .hint(format!("topics: {}", wording::list(&topics)))
            .hint(format!("commands: {}", wording::list(&children))),
        (true, false) => failure.hint(format!(
            "commands of `breach {}`: {}",
            words[..n].join(" "),
            wording::list(&children)
        )),
        (true, true) => failure.hint(format!("`breach {}` has no commands", words[..n].join(" "))),
    }
}
