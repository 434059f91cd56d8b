//! `breach log`: show, verify and describe the log.

mod follow;
mod verify;

use std::io::Write;

use crate::cli::args::{Format, LogCommand, LogShowArgs};
use crate::cli::desk::taken_back::TakenBack;
use crate::cli::desk::{Context, Exit, Failure, chains, home, moment};
use crate::escape;
use crate::incident::event::{Event, KINDS, meaning};
use crate::log::{Entry, Folder, Following, Line, Texts};
use crate::output::{event::said, json};
use crate::wording;

pub(super) fn run(context: &mut Context, command: &LogCommand) -> Result<Exit, Failure> {
    match command {
        LogCommand::Show(args) => show(context, args),
        LogCommand::Verify { path, head, evidence, format } => {
            verify::run(context, (path.as_deref(), head.as_deref()), *evidence, *format)
        }
        LogCommand::Follow(args) => follow::run(context, args),
        LogCommand::Schema => {
            json::write(&mut context.out, &crate::log::schema())?;
            Ok(Exit::Done)
        }
    }
}

/// Shows entries of all chains in the order in which they were written.
fn show(context: &mut Context, args: &LogShowArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let since = match &args.since {
        Some(text) => Some(moment::read(context, text)?.earliest),
        None => None,
    };
    if args.unverified {
        return show_unverified(context, &folder, args.format);
    }
    let mut tail = Following::new(&folder);
    let mut told = Vec::new();
    // Kinds of a later version of this program. Who asks for one is told if there is none at all, for
    // which every line is looked at.
    let mut seen: Vec<String> = Vec::new();
    let skips = args.kind.iter().all(|kind| is_known(kind));
    let from = since.map(|since| since.to_utc()).filter(|_| skips);
    let mut taken_back = TakenBack::default();
    loop {
        let mut written = Ok(());
        let texts = Texts::of(&folder);
        tail.read(from, &mut |line| {
            if let Some(entry) = line.entry().filter(|entry| !is_known(entry.kind)) {
                seen.push(entry.kind.to_owned());
            }
            if written.is_ok() && since.is_none_or(|since| line.at() >= since) {
                written = print(context, args, (&folder, &texts), &mut taken_back, &line);
            }
        })
        .map_err(chains::unreadable)?;
        written?;
        context.out.flush()?;
        if let Some(kind) = args.kind.iter().find(|kind| !seen.contains(*kind) && !is_known(kind)) {
            return Err(no_kind(kind));
        }
        let mut reports = tail.reports(&context.world).map_err(chains::unreadable)?;
        reports.retain(|report| report.damage.is_some() && !told.contains(&report.chain));
        chains::show_damage(context, &reports);
        told.extend(reports.into_iter().map(|report| report.chain));
        if !args.follow || context.out.are_unread() {
            return Ok(Exit::Done);
        }
        std::thread::sleep(std::time::Duration::from_millis(250));
    }
}

/// Shows what is not believed, so that nobody has to open the files to see it.
fn show_unverified(
    context: &mut Context,
    folder: &Folder,
    format: Format,
) -> Result<Exit, Failure> {
    let reports = crate::log::verify(folder, &context.world).map_err(chains::unreadable)?;
    let mut written = Ok(());
    crate::log::unverified(folder, &reports, &mut |chain, number, line| {
        if written.is_err() {
            return;
        }
        written = if format == Format::Json {
            context.out.write_all(line)
        } else {
            let line = escape::bytes(line.trim_ascii_end());
            writeln!(context.page(), "not trusted {chain}/{number} {line}")
        };
    })
    .map_err(chains::unreadable)?;
    written?;
    chains::show_damage(context, &reports);
    if !context.damaged {
        context.screen.say("Every line verifies, so there is nothing to show.");
    }
    Ok(Exit::Done)
}

fn is_known(kind: &str) -> bool {
    meaning(kind).is_some()
}

fn no_kind(kind: &str) -> Failure {
    let kinds: Vec<&str> = KINDS.iter().map(|known| known.kind).collect();
    Failure::usage(format!("there is no kind `{kind}`"))
        .hint(format!("there are {}", wording::ticked(&kinds)))
}

fn fits(entry: &Entry<'_>, args: &LogShowArgs) -> bool {
    let kind = args.kind.is_empty() || args.kind.iter().any(|kind| kind == entry.kind);
    let step = args
        .step
        .as_ref()
        .is_none_or(|part| entry.step().is_some_and(|step| step.contains(part.as_str())));
    let by = args
        .by
        .as_ref()
        .is_none_or(|by| entry.actor.name.as_deref() == Some(by) || entry.actor.user == *by);
    kind && step && by
}

fn print(
    context: &mut Context,
    args: &LogShowArgs,
    (folder, texts): (&Folder, &Texts),
    taken_back: &mut TakenBack,
    line: &Line,
) -> Result<(), Failure> {
    let Some(entry) = line.entry().filter(|entry| fits(entry, args)) else {
        return Ok(());
    };
    if args.format == Format::Json {
        context.out.write_all(line.bytes())?;
        return Ok(());
    }
    let name = entry.actor.name.as_deref().unwrap_or(&entry.actor.user);
    let step = entry.step().map(|step| format!(" {step}")).unwrap_or_default();
    let occurred = entry.occurred().map(|when| format!(" (happened {})", when.show()));
    let mut read = entry.read();
    texts.fill(&mut read.event, entry.is_privileged());
    let said = match &read.event {
        Event::Withdrawn(body) => {
            let why = body.why.as_deref().map(|why| format!(", because {why}"));
            let words = taken_back.words(context, folder, body)?;
            format!("took back {words}{}", why.unwrap_or_default())
        }
        event => said(event),
    };
    let said = if said.is_empty() { said } else { format!(": {said}") };
    let text = format!(
        "{} {}/{} {name} {}{step}{}{}{}{}{said}",
        wording::stamp(line.at()),
        line.chain(),
        line.seq(),
        entry.kind,
        occurred.unwrap_or_default(),
        if entry.is_drill() { " (rehearsal)" } else { "" },
        if entry.is_privileged() { " (marked privileged)" } else { "" },
        if read.is_whole { "" } else { " (needs a newer breach)" },
    );
    writeln!(context.page(), "{}", escape::line(&text))?;
    Ok(())
}
