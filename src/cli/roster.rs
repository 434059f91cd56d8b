//! `breach roster`: whom to call, in a file of the home.

use std::io::Write;
use std::path::Path;

use super::args::{Format, RosterCommand};
use super::desk::contacts::{path, read};
use super::desk::{Context, Exit, Failure, files, shelf};
use crate::output::{diagnostics, json, roster as face};
use crate::roster::TEMPLATE;
use crate::wording;

pub(super) fn run(context: &mut Context, command: &RosterCommand) -> Result<Exit, Failure> {
    match command {
        RosterCommand::New => new(context),
        RosterCommand::Show { format } => show(context, *format),
        RosterCommand::Check { path } => check(context, path.as_deref()),
    }
}

fn new(context: &mut Context) -> Result<Exit, Failure> {
    let path = path(context)?;
    let shown = path.display().to_string();
    if path.exists() {
        return Err(Failure::usage(format!("there is already a roster: `{shown}`"))
            .hint("nothing was changed; edit it, then `breach roster check`"));
    }
    let home = path.parent().unwrap_or(Path::new("."));
    files::make_private(home)
        .and_then(|()| files::write_once(&path, &[TEMPLATE.as_bytes()]))
        .map_err(|error| {
            Failure::new(Exit::Failed, format!("failed to write `{shown}`: {error}"))
                .hint("name another home with `--home DIR`")
        })?;
    context.screen.say(&format!("Wrote {shown}. Fill it in, then: breach roster check"));
    Ok(Exit::Done)
}

fn show(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let path = path(context)?;
    if !path.exists() {
        return Err(Failure::usage("there is no roster").hint("`breach roster new` creates one"));
    }
    let (document, (roster, found)) = read(context, &path)?;
    let Some(roster) = roster else { return Err(shelf::mistakes(&document, &found)) };
    match format {
        Format::Json => json::write(&mut context.out, &face::json(&roster))?,
        Format::Text => face::text(&roster, context.table_width, &mut context.page())?,
    }
    Ok(Exit::Done)
}

fn check(context: &mut Context, given: Option<&Path>) -> Result<Exit, Failure> {
    let path = match given {
        Some(path) => path.to_owned(),
        None => path(context)?,
    };
    if !path.exists() {
        return Err(Failure::usage(format!("there is no roster `{}`", path.display()))
            .hint("`breach roster new` creates one"));
    }
    let (document, (_, found)) = read(context, &path)?;
    context.out.write_all(diagnostics::render(&document, &found, false).as_bytes())?;
    if found.is_empty() {
        context.screen.say("The roster is complete. Try each number twice a year.");
        return Ok(Exit::Done);
    }
    context.screen.say(&format!("{} to fix.", wording::count(found.len(), "thing")));
    Ok(Exit::Mistakes)
}
