//! `breach handoff`: the work goes from one person to another; both sign by name.

use std::io::Write;

use super::args::{HandoffArgs, HandoffFormat};
use super::desk::{Context, Exit, Failure, Record, answers, handing, home};
use crate::escape;
use crate::incident::HandedOver;
use crate::incident::event::Handoff;
use crate::log::HeadCode;
use crate::output::json;

/// Columns of a text where there is no terminal.
const WIDTH: u16 = 80;

pub(super) fn run(context: &mut Context, args: &HandoffArgs) -> Result<Exit, Failure> {
    let lost = |failure: Failure| match &args.note {
        Some(note) => failure.with_text(note),
        None => failure,
    };
    let folder = home::one(context).map_err(lost)?;
    let mut record = Record::open(context, folder).map_err(lost)?;
    record.privileged = args.privilege.said();
    let code = if args.show {
        None
    } else {
        record.say_if_closed(context);
        let name = record.actor.name.clone().ok_or_else(|| lost(nobody()))?;
        if let Some(to) = &args.to {
            give(context, &mut record, (&name, to), args.note.as_deref()).map_err(lost)?;
        } else {
            let handed = handing::to_accept(&record.incident, &name).cloned();
            let handed = handed.ok_or_else(|| nothing(&record, &name))?;
            handing::accept(context, &mut record, (&handed, &name))?;
        }
        Some(record.mark(context)?)
    };
    let handed = record.incident.handoff.clone().ok_or_else(|| {
        Failure::usage("nothing was handed over yet")
            .hint("`breach handoff --to NAME` hands the work over")
    })?;
    show(context, &record, (&handed, code), args.format)?;
    Ok(Exit::Done)
}

fn give(
    context: &mut Context,
    record: &mut Record,
    (name, to): (&str, &str),
    note: Option<&str>,
) -> Result<(), Failure> {
    if to == name {
        return Err(Failure::usage(format!("{name} has the work already"))
            .hint("nothing was recorded; name somebody else with --to NAME"));
    }
    let body = Handoff { to: to.to_owned(), text: note.map(Into::into), accepts: None };
    let mut source = answers::interactive();
    record.append_careful(context, source.prompt(), body.into())?;
    context.screen.say(&format!(
        "Handed over to {to}, who accepts with `breach handoff --accept --as {}` or at the next walk.",
        escape::shell(to)
    ));
    Ok(())
}

fn show(
    context: &mut Context,
    record: &Record,
    (handed, code): (&HandedOver, Option<HeadCode>),
    format: HandoffFormat,
) -> Result<(), Failure> {
    let page = handing::page(context, record, handed, code);
    let now = context.world.now().at;
    let width = context.table_width.unwrap_or(WIDTH).clamp(40, 100);
    match format {
        HandoffFormat::Text => page.text(now, &mut context.out, width)?,
        HandoffFormat::Markdown => context.out.write_all(page.markdown(now).as_bytes())?,
        HandoffFormat::Json => {
            let value = serde_json::to_value(&page).map_err(std::io::Error::from)?;
            json::write(&mut context.out, &value)?;
        }
    }
    Ok(())
}

fn nobody() -> Failure {
    Failure::usage("nobody said who is at this keyboard")
        .hint("nothing was recorded; sign with `--as NAME`")
}

fn nothing(record: &Record, name: &str) -> Failure {
    let failure = Failure::usage(format!("nothing is handed over to {name}"));
    let open = record.incident.handoff.as_ref().filter(|handed| handed.accepted.is_none());
    match open {
        Some(handed) => failure.hint(format!(
            "nothing was recorded; it was handed over to {}: `--as NAME` signs under your name",
            handed.to
        )),
        None => failure.hint("nothing was recorded; `breach handoff --to NAME` hands it over"),
    }
}
