//! The commands, a file or a folder each; `walk` holds the four phases, `bare` and `version` what
//! `breach` says without a command. Below here nobody sees the command line or the exit code.

mod action;
pub mod args;
mod bare;
mod brief;
mod close;
mod conflicts;
mod decide;
mod desk;
mod duties;
mod evidence;
mod export;
mod fact;
mod forget;
mod generate;
mod group;
mod handoff;
pub mod help;
mod import;
mod incident;
mod join;
mod log;
mod next;
mod note;
mod pack;
mod plan;
mod playbook;
mod prepare;
mod ran;
mod report;
mod roster;
mod statement;
mod status;
mod step;
mod sync;
mod undo;
mod version;
mod walk;
mod watch;

use std::process::ExitCode;

use args::{Cli, Command};
pub use desk::{Context, exit, failure};
use desk::{Exit, Failure, traces, unrecorded};

/// Runs the command that was typed.
///
/// # Errors
/// What failed, with hints and the exit code.
pub fn run(context: &mut Context, cli: &Cli) -> Result<Exit, Failure> {
    traces::start(context, cli.global.verbose);
    if cli.command.as_ref().is_some_and(Command::is_read) {
        context.out.hold();
    }
    warn_of_zone(context, cli.command.as_ref());
    let result = dispatch(context, cli).map_err(|failure| {
        let words: Vec<String> = typed_words();
        let gives = args::gives(words.iter().map(String::as_str));
        if gives { unrecorded::promised(failure, context.recorded) } else { failure }
    });
    if let Some(lines) = context.out.release() {
        // To hand over again would be another entry.
        let same = match &cli.command {
            Some(Command::Handoff(_)) => "`breach handoff --show | less`",
            _ => "the same with `| less` behind it",
        };
        context
            .screen
            .say(&format!("That was {lines} lines. Page by page: {same}, or PAGER=less."));
    }
    if let Some(home) = &context.moved_to {
        let home = crate::escape::shell(&home.to_string_lossy());
        context.screen.say("The incident is now in another home. From now on:");
        context.screen.lines(&[format!("  $ export BREACH_HOME={home}")]);
    }
    let result = match result {
        Ok(Exit::Done) if context.damaged => Ok(Exit::Damaged),
        // What was typed may be right, and what it speaks of be damaged.
        Err(failure) if failure.exit == Exit::Usage && context.damaged => {
            Err(Failure { exit: Exit::Damaged, ..failure })
        }
        // Whoever stops on purpose made no mistake.
        Err(failure) if failure.is_stop && failure.details.is_empty() => {
            context.screen.say("Stopped at a question.");
            context.screen.failure("", &"", &failure.hints);
            Ok(failure.exit)
        }
        Err(failure) if failure.exit == Exit::NotRecorded && failure.details.is_empty() => {
            Err(Failure { details: "NOT RECORDED\n".to_owned(), ..failure })
        }
        result => result,
    };
    match (context.out.end(), result) {
        (Some(fault), Ok(Exit::Done)) => Err(unwritten(&fault)),
        (Some(fault), result) => {
            context.screen.warn(&format!("{:#}", unwritten(&fault).error));
            result
        }
        (None, result) => result,
    }
}

fn typed_words() -> Vec<String> {
    std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect()
}

/// Reads the command line; what is wrong with it, or the help that it asks for, is shown.
///
/// # Errors
/// There is nothing to run: how to end.
pub fn read() -> Result<Cli, ExitCode> {
    Cli::read().map_err(|error| {
        let words = typed_words();
        let lost = error.use_stderr() && args::gives(words.iter().map(String::as_str));
        // Where it cannot be shown, nobody reads it either.
        let _ = error.print();
        if !lost {
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8));
        }
        let text = crate::escape::text(&unrecorded::typed()).into_owned();
        let mut screen = Context::system(&args::Global::default()).screen;
        screen.failure(&format!("{}:\n{text}\n", unrecorded::NOT_RECORDED), &"", &[]);
        let is_text = error.kind() != clap::error::ErrorKind::InvalidUtf8;
        if is_text { Exit::Usage.into() } else { Exit::NotRecorded.into() }
    })
}

/// A zone that nobody knows would shift every local time without a word.
fn warn_of_zone(context: &mut Context, command: Option<&Command>) {
    if matches!(command, Some(Command::Generate(_) | Command::Playbook(_) | Command::Help(_))) {
        return;
    }
    if let Some(zone) = context.world.clock().unknown_zone() {
        let zone = crate::escape::line(zone).into_owned();
        context.screen.warn(&format!(
            "the time zone `{zone}` is not known here, so times are read as UTC; set TZ to a name \
             such as Europe/Berlin, or write times with their offset"
        ));
    }
}

/// The command did its work, and not all of its results got through.
fn unwritten(fault: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("failed to write the results: {fault}"))
        .hint("the command itself is done, and what it records is recorded")
}

fn dispatch(context: &mut Context, cli: &Cli) -> Result<Exit, Failure> {
    if cli.version {
        return version::run(context, cli.global.verbose > 0);
    }
    let Some(command) = &cli.command else { return bare::run(context) };
    if let Some((phase, args)) = command.walk() {
        return walk::run(context, phase, args);
    }
    match command {
        Command::Prepare(args) => prepare::run(context, args),
        Command::Roster(command) => roster::run(context, command),
        Command::Plan(args) => plan::run(context, args),
        Command::Duties(args) => duties::run(context, args),
        Command::Action(command) => action::run(context, command),
        Command::Next(args) => next::run(context, args),
        Command::Step(args) => step::run(context, args),
        Command::Ran(args) => ran::run(context, args),
        Command::Decide(args) => decide::run(context, args),
        Command::Handoff(args) => handoff::run(context, args),
        Command::Note(args) => note::run(context, args),
        Command::Fact(command) => fact::run(context, command),
        Command::Evidence(command) => evidence::run(context, command),
        Command::Group(command) => group::run(context, command),
        Command::Undo(args) => undo::run(context, args),
        Command::Forget(args) => forget::run(context, args),
        Command::Status(args) => status::run(context, args),
        Command::Watch => watch::run(context),
        Command::Brief(args) => brief::run(context, args),
        Command::Statement(args) => statement::run(context, args),
        Command::Report(args) => report::run(context, args),
        Command::Export(args) => export::run(context, args),
        Command::Import(command) => import::run(context, command),
        Command::Join(args) => join::run(context, args),
        Command::Pack(args) => pack::run(context, args),
        Command::Conflicts(args) => conflicts::run(context, args),
        Command::Sync(command) => sync::run(context, command),
        Command::Incident(command) => incident::run(context, command),
        Command::Close(args) => close::close(context, args),
        Command::Reopen(args) => close::reopen(context, args),
        Command::Log(command) => log::run(context, command),
        Command::Playbook(command) => playbook::run(context, command),
        Command::Generate(command) => generate::run(context, command),
        Command::Help(args) => help::run(context, args),
        Command::Contain(_) | Command::Scope(_) | Command::Notify(_) | Command::Postmortem(_) => {
            unreachable!("`walk` covers the phases")
        }
    }
}
