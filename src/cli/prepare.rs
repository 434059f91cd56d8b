//! `breach prepare`: a review of how ready we are. It opens no incident and keeps its own record.

use std::io::Write;

use chrono::{DateTime, FixedOffset};
use comfy_table::Cell;

use super::args::{Format, PrepareArgs, WalkArgs};
use super::desk::{Context, Exit, Failure, Record, answers, chains, followed};
use super::walk;
use super::walk::{dry_run, opening, pin};
use crate::incident::Incident;
use crate::incident::event::{Closed, Opened};
use crate::log::Folder;
use crate::output::{json, table};
use crate::phase::Phase;
use crate::prompt::Prompt;
use crate::readiness::{self, Area};
use crate::{escape, wording};

const PHASE: Phase = Phase::Preparation;

pub(super) fn run(context: &mut Context, args: &PrepareArgs) -> Result<Exit, Failure> {
    if args.show {
        return show(context, args.format);
    }
    let walk = WalkArgs {
        playbook: args.playbook.clone(),
        playbooks: args.playbooks.clone(),
        answers: args.answers.clone(),
        dry_run: args.dry_run,
        new: args.new || args.dry_run,
        switch: None,
        drill: false,
    };
    if args.dry_run {
        return dry_run::run(context, PHASE, &walk);
    }
    let mut source = answers::open(&walk)?;
    let prompt = source.prompt();
    let shelf = pin::shelf(context, PHASE, &walk)?;
    let mut record = enter(context, prompt, args.new)?;
    let followed = pin::follow(context, prompt, &mut record, &shelf, PHASE, &walk)?;
    walk::begin(context, prompt, &mut record, &followed)?;
    let exit = walk::walk(context, prompt, &mut record, &followed)?;
    source.finish()?;
    if exit == Exit::Done {
        let closed = Closed::new(record.incident.debts(), Vec::new());
        record.append(context, closed.into())?;
        show(context, args.format)?;
    }
    Ok(exit)
}

/// The review that is open, or a new one.
fn enter(context: &mut Context, prompt: &mut dyn Prompt, new: bool) -> Result<Record, Failure> {
    let home = context.home()?;
    let open = all(context)?.into_iter().rfind(Folder::is_open).filter(|_| !new);
    if let Some(folder) = open {
        let mut record = Record::open(context, folder)?;
        opening::name_responder(context, prompt, &mut record)?;
        return Ok(record);
    }
    let last = reviews(context)?.first().map(Review::day);
    let folder = opening::create(context, &home, Folder::create_review)?;
    let last = last.map(|day| format!(" The last one is of {day}.")).unwrap_or_default();
    context.screen.say(&format!("A new review begins; it opens no incident.{last}"));
    let mut record = Record::one_shot(context, folder)?;
    record.incident.name = record.folder.name().to_string();
    opening::name_responder(context, prompt, &mut record)?;
    let title = Some("Readiness review".to_owned());
    record.append(context, Opened { title }.into())?;
    Ok(record)
}

fn all(context: &Context) -> Result<Vec<Folder>, Failure> {
    Folder::reviews(&context.home()?).map_err(|error| {
        let mut failure = Failure::new(Exit::Failed, error.to_string());
        failure.hints.extend(error.hint());
        failure
    })
}

/// What a review came to.
pub(super) struct Review {
    pub(super) name: String,
    opened_at: Option<DateTime<FixedOffset>>,
    pub(super) areas: Vec<Area>,
}

impl Review {
    /// The day on which it began.
    pub(super) fn day(&self) -> String {
        self.opened_at.map(|at| at.date_naive().to_string()).unwrap_or_default()
    }
}

/// All reviews, the newest first.
pub(super) fn reviews(context: &mut Context) -> Result<Vec<Review>, Failure> {
    let mut found = Vec::new();
    for folder in &all(context)? {
        let mut incident = Incident::default();
        chains::fold(context, folder, &mut incident)?;
        let pinned = incident.phases.get(&PHASE).and_then(|phase| phase.pinned.clone());
        let Some(pinned) = pinned else { continue };
        let followed = followed::kept_in(folder, PHASE, &pinned)?;
        found.push(Review {
            name: folder.name().to_string(),
            opened_at: incident.opened_at,
            areas: readiness::areas(&followed.playbook, &followed.vocabulary, &incident),
        });
    }
    found.sort_by_key(|review| std::cmp::Reverse(review.opened_at));
    Ok(found)
}

fn show(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let reviews = reviews(context)?;
    let Some(now) = reviews.first() else {
        return Err(Failure::usage("there is no review yet").hint("`breach prepare` begins one"));
    };
    let before = reviews.get(1);
    let was = |area: &Area| {
        let areas = before.map(|before| before.areas.as_slice()).unwrap_or_default();
        areas.iter().find(|before| before.fact == area.fact).map(|before| before.points)
    };
    let (points, most) = readiness::total(&now.areas);
    if format == Format::Json {
        let areas: Vec<_> = now
            .areas
            .iter()
            .map(|area| {
                serde_json::json!({
                    "fact": area.fact,
                    "title": area.title,
                    "grade": area.grade.as_ref().map(|(id, _)| id),
                    "points": area.points,
                    "most": area.most,
                    "before": was(area),
                    "next": area.next,
                })
            })
            .collect();
        let value = serde_json::json!({
            "schema": "breach.readiness/1",
            "review": now.name,
            "day": now.day(),
            "points": points,
            "most": most,
            "before": before.map(|before| {
                let (points, most) = readiness::total(&before.areas);
                serde_json::json!({ "review": before.name, "day": before.day(), "points": points, "most": most })
            }),
            "areas": areas,
        });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut rows = table::plain(&["Area", "Points", "Before", "Now"], context.table_width);
    for area in &now.areas {
        let grade = area.grade.as_ref().map_or("unknown", |(_, title)| title);
        rows.add_row([
            Cell::new(escape::line(&area.title)),
            Cell::new(format!("{} of {}", area.points, area.most)),
            Cell::new(was(area).map_or("-".to_owned(), |points| points.to_string())),
            Cell::new(escape::line(grade)),
        ]);
    }
    writeln!(context.out, "Review {} of {}: {points} of {most} points", now.name, now.day())?;
    if let Some(before) = before {
        let (points, most) = readiness::total(&before.areas);
        writeln!(context.out, "Before, on {}: {points} of {most} points", before.day())?;
    }
    writeln!(context.out, "{rows}")?;
    let mut todo: Vec<&Area> = now.areas.iter().filter(|area| area.next.is_some()).collect();
    todo.sort_by_key(|area| area.points);
    if !todo.is_empty() {
        writeln!(context.out, "What to do next, the weakest first:")?;
    }
    let width = context.table_width.map_or(usize::MAX, usize::from);
    let options = textwrap::Options::new(width).subsequent_indent("  ");
    for area in todo {
        let next = area.next.as_deref().unwrap_or_default();
        let line = format!("- {}: {}", escape::line(&area.title), escape::line(next));
        writeln!(context.out, "{}", textwrap::fill(&line, &options))?;
    }
    let graded = now.areas.iter().filter(|area| area.grade.is_some()).count();
    let areas = wording::count(now.areas.len(), "area");
    context.screen.say(&format!(
        "{graded} of {areas} graded. Again in six months: breach prepare. Its record: breach log \
         show --incident {}",
        now.name
    ));
    Ok(Exit::Done)
}
