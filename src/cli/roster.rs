//! `breach roster`: whom to call, in a file of the home.

use std::io::Write;
use std::path::{Path, PathBuf};

use comfy_table::Cell;

use super::args::{Format, RosterCommand};
use super::desk::context::read_input;
use super::desk::{Context, Exit, Failure, files};
use crate::document::{Diagnostic, Document};
use crate::output::{diagnostics, json, table};
use crate::roster::{Contact, Roster, TEMPLATE};
use crate::{escape, wording};

pub(super) fn run(context: &mut Context, command: &RosterCommand) -> Result<Exit, Failure> {
    match command {
        RosterCommand::New => new(context),
        RosterCommand::Show { format } => show(context, *format),
        RosterCommand::Check { path } => check(context, path.as_deref()),
    }
}

/// The roster of the home, if there is one that can be used. A step shows whom to call whatever
/// else is wrong, so mistakes only hide it.
pub(super) fn of_home(context: &Context) -> Option<Roster> {
    let path = path(context).ok().filter(|path| path.exists())?;
    let (roster, _) = match read(context, &path) {
        Ok((_, read)) => read,
        Err(failure) => {
            tracing::warn!("{}", failure.error);
            return None;
        }
    };
    if roster.is_none() {
        tracing::warn!("`{}` has mistakes, so it is not shown", path.display());
    }
    roster
}

fn path(context: &Context) -> Result<PathBuf, Failure> {
    Ok(context.home()?.join("roster.toml"))
}

type Read = (Document, (Option<Roster>, Vec<Diagnostic>));

fn read(context: &Context, path: &Path) -> Result<Read, Failure> {
    let name = path.display().to_string();
    if let Some(why) = super::desk::trust::distrust(path) {
        return Err(super::desk::shelf::not_ours(&why));
    }
    let document = Document::from_bytes(name.clone(), read_input(path)?)
        .map_err(|found| Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message)))?;
    let read = Roster::read(&document, context.world.now().local().date_naive());
    Ok((document, read))
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
    let Some(roster) = roster else { return Err(super::desk::shelf::mistakes(&document, &found)) };
    if format == Format::Json {
        let contacts: Vec<_> = roster.contacts.iter().map(contact_json).collect();
        let value = serde_json::json!({
            "schema": "breach.roster/1",
            "organisation": roster.organisation,
            "reviewed_on": roster.reviewed_on.to_string(),
            "channel": roster.channel,
            "contacts": contacts,
        });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    writeln!(
        context.out,
        "{}, reviewed on {}. Out of band: {}",
        escape::line(&roster.organisation),
        roster.reviewed_on,
        escape::line(roster.channel.as_deref().unwrap_or("not agreed")),
    )?;
    let mut table = table::plain(&["Part", "Who to call"], context.table_width);
    for contact in &roster.contacts {
        table.add_row([Cell::new(&contact.part), Cell::new(escape::line(&contact.line()))]);
    }
    writeln!(context.out, "{table}")?;
    Ok(Exit::Done)
}

fn contact_json(contact: &Contact) -> serde_json::Value {
    serde_json::json!({
        "part": contact.part,
        "name": contact.name,
        "organisation": contact.organisation,
        "phone": contact.phone,
        "mail": contact.mail,
        "hours": contact.hours,
        "reference": contact.reference,
        "portal": contact.portal,
        "note": contact.note,
    })
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
