//! `breach incident`: every incident of the home, one of them, and what it is called.

use super::args::{Format, IncidentCommand, Privilege};
use super::desk::{
    Context, Exit, Failure, Record, answers, chains, followed, home, law, state, verified,
};
use crate::escape;
use crate::incident::Incident;
use crate::incident::event::{Linked, LinkedAs, Titled};
use crate::log::{Folder, OpenError};
use crate::output::incidents::{self as face, Listed};
use crate::output::{json, status};

pub(super) fn run(context: &mut Context, command: &IncidentCommand) -> Result<Exit, Failure> {
    match command {
        IncidentCommand::List { all, format } => list(context, *all, *format),
        IncidentCommand::Show { name, format } => show(context, name.as_deref(), *format),
        IncidentCommand::Archive { name, undo: false } => archive(context, name),
        IncidentCommand::Archive { name, undo: true } => take_back(context, name),
        IncidentCommand::Link { one, other, kind, reason, privilege } => {
            link(context, (one, other), (*kind).into(), (reason.as_deref(), *privilege))
        }
        IncidentCommand::Title { text, privilege } => title(context, &text.join(" "), *privilege),
    }
}

fn list(context: &mut Context, with_archived: bool, format: Format) -> Result<Exit, Failure> {
    let mut all = Vec::new();
    let home = context.home()?;
    let mut folders = home::list(&home)?;
    if with_archived {
        folders.extend(home::archived(&home)?);
    }
    for folder in folders {
        let mut incident = Incident::default();
        let reports = chains::fold(context, &folder, &mut incident)?;
        all.push(Listed {
            name: folder.name().to_string(),
            title: incident.title.clone(),
            drill: incident.drill,
            opened_at: incident.opened_at,
            closed_at: incident.closed_at,
            keep_until: incident.keep_until,
            keep_until_passed: state::is_past_retention(context, &incident),
            archived: folder.is_archived(),
            last_entry_at: incident.last_at,
            entries: incident.tally.values().sum(),
            verifies: reports.iter().all(|report| report.damage.is_none()),
        });
    }
    match format {
        Format::Json => json::write(&mut context.out, &face::json(&all))?,
        Format::Text if all.is_empty() => {
            context.screen.say("There is no incident here. `breach contain` opens one.");
        }
        Format::Text => face::text(&all, context.table_width, &mut context.page())?,
    }
    Ok(Exit::Done)
}

fn show(context: &mut Context, name: Option<&str>, format: Format) -> Result<Exit, Failure> {
    if let Some(name) = name {
        context.global.incident = Some(name.to_owned());
    }
    let folder = home::one(context)?;
    let law = law::law_or_builtin(context);
    let status = state::read(context, &folder, &law)?;
    match format {
        Format::Json => json::write(&mut context.out, &status::json(&[status], &[], &[]))?,
        Format::Text => {
            let now = context.world.now().at;
            status::text(&status, now, &mut context.page())?;
        }
    }
    Ok(Exit::Done)
}

/// Moves a closed incident of which everything verifies into the archive.
fn archive(context: &mut Context, name: &str) -> Result<Exit, Failure> {
    let home = context.home()?;
    let folder = home::by_name(&home, &home::list(&home)?, name)?;
    let name = folder.name().to_string();
    if folder.is_archived() {
        return Err(Failure::usage(format!("incident {name} is already archived"))
            .hint(format!("nothing was moved; to take it back: {}", undo(&name))));
    }
    // What does not verify is said first: whether it is open cannot be told of a damaged log.
    let verified = verified::whole(&folder, &context.world, true)?;
    verified::judge(&verified).map_err(|failure| failure.hint("nothing was moved"))?;
    if folder.is_open(&context.world) {
        return Err(Failure::usage(format!("incident {name} is open, and stays where it is"))
            .hint("nothing was moved; `breach close` closes it"));
    }
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    let law = law::law_or_builtin(context);
    let vocabulary = followed::vocabulary(context, &incident, &folder);
    let open = law::docket(context, &law, &incident, &vocabulary).open();
    let path = folder.archive(&home).map_err(not_moved)?;
    let path = path.display().to_string();
    let path = escape::line(&path);
    if open > 0 {
        let duties = crate::wording::count(open, "duty");
        context.screen.warn(&format!("{duties} to notify, neither sent nor waived"));
    }
    context.screen.say(&format!("Everything verifies. Incident {name} is now in `{path}`."));
    context.screen.say(&format!(
        "`breach incident list --all` lists it; commands that read take its name with \
         `--incident`. To take it back: {}",
        undo(&name)
    ));
    Ok(Exit::Done)
}

fn undo(name: &str) -> String {
    format!("`breach incident archive {name} --undo`")
}

fn take_back(context: &mut Context, name: &str) -> Result<Exit, Failure> {
    let home = context.home()?;
    let archived = home::archived(&home)?;
    if archived.is_empty() {
        return Err(Failure::usage("no incident is archived").hint("nothing was moved"));
    }
    let folder = home::named(&archived, name)?;
    let back = folder.take_back(&home).map_err(not_moved)?;
    let path = back.display().to_string();
    let path = escape::line(&path);
    context.screen.say(&format!("Incident {} is back in `{path}`, closed.", folder.name()));
    let Some(folder) = Folder::at(&back) else { return Ok(Exit::Done) };
    verified::judge(&verified::whole(&folder, &context.world, true)?)
}

/// The folder stays where it is.
fn not_moved(error: OpenError) -> Failure {
    let exit = match error {
        OpenError::Taken(_) => Exit::Usage,
        OpenError::Link(_) => Exit::Damaged,
        _ => Exit::Failed,
    };
    let taken = error.is_taken();
    let mut failure = Failure::new(exit, error.to_string());
    failure.hints.extend(error.hint());
    if taken {
        failure = failure.hint(
            "a copy of the same incident came back, perhaps from another machine: compare the two, \
             and move one of them away",
        );
    }
    failure.hint("nothing was moved")
}

/// Records in each of two incidents how it belongs with the other: in both, or in none where one of them
/// cannot be opened.
fn link(
    context: &mut Context,
    (one, other): (&str, &str),
    how: LinkedAs,
    (why, privilege): (Option<&str>, Privilege),
) -> Result<Exit, Failure> {
    let lost = |failure: Failure| match why {
        Some(why) => failure.with_text(why),
        None => failure,
    };
    let home = context.home().map_err(lost)?;
    let all = home::list(&home).map_err(lost)?;
    let one = home::by_name(&home, &all, one).map_err(lost)?;
    let other = home::by_name(&home, &all, other).map_err(lost)?;
    if one.name() == other.name() {
        return Err(lost(Failure::usage("an incident cannot be linked with itself"))
            .hint("nothing was recorded; `breach incident list` names them"));
    }
    let (first, second) = (one.name().to_string(), other.name().to_string());
    let mut sides = Vec::new();
    for (folder, of, how) in [(one, &second, how.clone()), (other, &first, how.inverse())] {
        let mut record = Record::open(context, folder).map_err(lost)?;
        record.privileged = privilege.said();
        sides.push((record, Linked { incident: of.clone(), how, why: why.map(Into::into) }));
    }
    let mut source = answers::interactive();
    for (record, body) in &mut sides {
        let said =
            format!("Incident {} is {} {}.", record.folder.name(), body.how.words(), body.incident);
        record.append_careful(context, source.prompt(), body.clone().into())?;
        context.screen.say(&said);
    }
    Ok(Exit::Done)
}

fn title(context: &mut Context, title: &str, privilege: Privilege) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    record.privileged = privilege.said();
    let mut source = answers::interactive();
    let body = Titled { title: title.into() };
    record.append_careful(context, source.prompt(), body.into())?;
    let title = record.incident.title.clone().unwrap_or_default();
    let name = record.incident.name.clone();
    context.screen.say(&format!("Incident {name} is now called: {title}"));
    Ok(Exit::Done)
}
