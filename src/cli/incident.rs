//! `breach incident`: every incident of the home, one of them, and what it is called.

use super::args::{Format, IncidentCommand};
use super::desk::{Context, Exit, Failure, Record, answers, chains, home, law, state};
use crate::incident::Incident;
use crate::incident::event::Titled;
use crate::output::incidents::{self as face, Listed};
use crate::output::{json, status};

pub(super) fn run(context: &mut Context, command: &IncidentCommand) -> Result<Exit, Failure> {
    match command {
        IncidentCommand::List { format } => list(context, *format),
        IncidentCommand::Show { name, format } => show(context, name.as_deref(), *format),
        IncidentCommand::Title { text } => title(context, &text.join(" ")),
    }
}

fn list(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let mut all = Vec::new();
    for folder in home::list(&context.home()?)? {
        let mut incident = Incident::default();
        let reports = chains::fold(context, &folder, &mut incident)?;
        all.push(Listed {
            name: folder.name().to_string(),
            title: incident.title,
            drill: incident.drill,
            opened_at: incident.opened_at,
            closed_at: incident.closed_at,
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
        Format::Text => face::text(&all, context.table_width, &mut context.out)?,
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
        Format::Json => json::write(&mut context.out, &status::json(&[status], &[]))?,
        Format::Text => {
            let now = context.world.now().at;
            status::text(&status, now, context.table_width, &mut context.out)?;
        }
    }
    Ok(Exit::Done)
}

fn title(context: &mut Context, title: &str) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    record.say_if_closed(context);
    let mut source = answers::interactive();
    let body = Titled { title: title.into() };
    record.append_careful(context, source.prompt(), body.into())?;
    let title = record.incident.title.clone().unwrap_or_default();
    let name = record.incident.name.clone();
    context.screen.say(&format!("Incident {name} is now called: {title}"));
    Ok(Exit::Done)
}
