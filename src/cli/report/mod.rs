//! `breach report`: the report on an incident, from its log alone. It reads, and appends nothing.

mod sign_off;

use std::io::Write;

use super::args::{ReportArgs, ReportCommand, ReportFormat, ReportTlp};
use super::desk::seen::{Seen, code, reader, report, see, see_at};
use super::desk::{Context, Exit, Failure, files, home, law, shelf};
use crate::fact::{Value, names};
use crate::output::{json, report as face};
use crate::report::{Audience, Gathering, across_schema};

/// Columns of a report where there is no terminal: a pager has one.
const WIDTH: u16 = 80;

pub(super) fn run(context: &mut Context, args: &ReportArgs) -> Result<Exit, Failure> {
    if let Some(ReportCommand::SignOff { role, at_head, reader }) = &args.command {
        return sign_off::run(context, *role, at_head.as_deref(), reader);
    }
    if args.schema {
        let schema = if args.all { across_schema() } else { crate::report::schema() };
        json::write(&mut context.out, &schema)?;
        return Ok(Exit::Done);
    }
    let page = if args.all { all(context, args)? } else { one(context, args)? };
    match &args.out {
        Some(path) => files::keep(context, path, &page)?,
        None if args.format == ReportFormat::Docx => context.out.write_exact(&page),
        None => context.out.write_all(&page)?,
    }
    Ok(Exit::Done)
}

fn width(context: &Context, args: &ReportArgs) -> u16 {
    context.table_width.filter(|_| args.out.is_none()).unwrap_or(WIDTH).clamp(40, 120)
}

/// The page on one incident.
fn one(context: &mut Context, args: &ReportArgs) -> Result<Vec<u8>, Failure> {
    let shown = args.out.is_none() && !context.out.is_exact();
    if args.format == ReportFormat::Docx && shown {
        return Err(Failure::usage("a terminal cannot show a Word document")
            .hint("nothing was written; add `--out report.docx`"));
    }
    let folder = home::one(context)?;
    let law = law::law(context)?;
    let reader = reader(&args.reader, &law)?;
    let seen = match &args.at_head {
        Some(head) => see_at(context, &folder, &reader, &law, &code(head)?)?,
        None => see(context, &folder, &reader, &law)?,
    };
    let report = report(context, &folder, (&seen, &law), args.tlp.into());
    caution(context, args, &seen);
    if let Some(path) = &args.template {
        let (document, _) = shelf::template(path)?;
        let filled = face::filled(&report, &document);
        return filled.map(String::into_bytes).map_err(|found| {
            shelf::unfilled(&document, &found)
                .hint("`breach report --schema` describes what a template can use")
        });
    }
    let mut page = Vec::new();
    match args.format {
        ReportFormat::Json => {
            let value = serde_json::to_value(&report).map_err(std::io::Error::from)?;
            json::write(&mut page, &value)?;
        }
        ReportFormat::Markdown => page = face::markdown(&report).into_bytes(),
        ReportFormat::Html => page = face::html(&report).into_bytes(),
        ReportFormat::Docx => page = face::docx(&report),
        ReportFormat::Text => face::text(&report, &mut page, width(context, args))?,
    }
    Ok(page)
}

/// What the tool cannot judge of a page that leaves the house.
fn caution(context: &mut Context, args: &ReportArgs, seen: &Seen) {
    let audience = Audience::from(args.reader.audience);
    if audience.names_people() {
        if matches!(args.tlp, ReportTlp::Clear) {
            context
                .screen
                .warn("TLP:CLEAR lets everyone see it, but it contains names and internal text");
        }
        return;
    }
    context
        .screen
        .warn("read it before you send it: names that are not in the log cannot be found");
    let known = seen.gather.known(&seen.vocabulary);
    let (ordinary, elusive) = (known.ordinary(), known.elusive());
    if elusive > 0 {
        let names = crate::wording::count(elusive, "name");
        context.screen.warn(&format!(
            "{names} that may appear in a form that is not found: without the given name, or changed \
             as its language does in a sentence"
        ));
    }
    if ordinary > 0 {
        let names = crate::wording::count(ordinary, "name");
        context
            .screen
            .warn(&format!("{names} with an ordinary word in it: that word is not masked"));
    }
    let account = seen.gather.incident.fact_value(names::NOTICE_ACCOUNT);
    if audience == Audience::Public && !matches!(account, Some(Value::Text(_))) {
        context.screen.warn(
            "nothing is told, as no account has been released; `breach fact set notice_account` records one",
        );
    }
    if audience == Audience::Public && !matches!(args.tlp, ReportTlp::Clear) {
        context.screen.warn(
            "its label does not allow everyone to see it: use `--tlp clear` once it is released",
        );
    }
}

/// The page on all incidents of the home but rehearsals, read one after the other.
fn all(context: &mut Context, args: &ReportArgs) -> Result<Vec<u8>, Failure> {
    let (audience, tlp) = (Audience::from(args.reader.audience), args.tlp.into());
    let mut gathering = Gathering::default();
    let home = context.home()?;
    let folders = home::list(&home)?;
    let archived = home::archived(&home)?;
    let archived = archived.iter().filter(|folder| !folder.is_drill()).count();
    let law = law::law(context)?;
    for folder in folders.iter().filter(|folder| !folder.is_drill()) {
        let seen = see(context, folder, &audience.into(), &law)?;
        let kind = match seen.gather.incident.fact_value(names::INCIDENT_KIND) {
            Some(value @ Value::Choice(kind)) => {
                let fact = seen.vocabulary.get(names::INCIDENT_KIND);
                Some((kind.as_str(), value.show(fact)))
            }
            _ => None,
        };
        gathering.take(&report(context, folder, (&seen, &law), tlp), kind);
    }
    let across = gathering.across(context.world.now().local().date_naive(), archived);
    let mut page = Vec::new();
    match args.format {
        ReportFormat::Json => {
            let value = serde_json::to_value(&across).map_err(std::io::Error::from)?;
            json::write(&mut page, &value)?;
        }
        ReportFormat::Markdown => page = face::across_markdown(&across, tlp).into_bytes(),
        ReportFormat::Text => {
            face::across_text(&across, tlp, &mut page, width(context, args))?;
        }
        ReportFormat::Html => page = face::across_html(&across, tlp).into_bytes(),
        ReportFormat::Docx => {
            return Err(Failure::usage("the comparison of incidents has no such format")
                .hint("nothing was written; use --format html, markdown, json or text"));
        }
    }
    Ok(page)
}
