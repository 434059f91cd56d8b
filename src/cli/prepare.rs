//! `breach prepare`: a review of how ready we are. It opens no incident and keeps its own record.

use super::args::{Format, PrepareArgs, WalkArgs};
use super::desk::{Context, Exit, Failure, Record, answers, plain, reviews};
use super::walk;
use super::walk::{dry_run, opening, pin};
use crate::incident::event::{Closed, Opened};
use crate::log::Folder;
use crate::output::{json, readiness as face};
use crate::phase::Phase;
use crate::prompt::Prompt;
use crate::readiness::Review;
use crate::wording;

const PHASE: Phase = Phase::Preparation;

pub(super) fn run(context: &mut Context, args: &PrepareArgs) -> Result<Exit, Failure> {
    if args.show {
        return show(context, args.format);
    }
    let walk = WalkArgs {
        playbook: args.playbook.clone(),
        playbooks: args.playbooks.clone(),
        answers: args.answers.clone(),
        answers_template: false,
        dry_run: args.dry_run,
        new: args.new || args.dry_run,
        switch: None,
        plain: None,
        drill: false,
    };
    if args.dry_run {
        return dry_run::run(context, PHASE, &walk);
    }
    let mut source = answers::open(&walk)?;
    let prompt = source.prompt();
    let shelf = pin::shelf(context, PHASE, &walk)?;
    let mut record = enter(context, prompt, args.new)?;
    plain::settle(context, None, record.actor.name.as_deref());
    let followed = pin::follow(context, prompt, &mut record, &shelf, PHASE, &walk)?;
    walk::begin(context, prompt, &mut record, &followed)?;
    let walked = walk::walk(context, prompt, &mut record, followed, &shelf);
    let exit = source.finish(walked)?;
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
    let open = reviews::folders(context)?
        .into_iter()
        .rfind(|review| review.is_open(&context.world))
        .filter(|_| !new);
    if let Some(folder) = open {
        let mut record = Record::open(context, folder)?;
        opening::name_responder(context, prompt, &mut record)?;
        return Ok(record);
    }
    let last = reviews::all(context)?.first().map(Review::day);
    let folder = opening::create(context, &home, Folder::create_review)?;
    let last = last.map(|day| format!(" The last one is from {day}.")).unwrap_or_default();
    context.screen.say(&format!("Starting a new review; this does not open an incident.{last}"));
    let mut record = Record::one_shot(context, folder)?;
    record.incident.name = record.folder.name().to_string();
    opening::name_responder(context, prompt, &mut record)?;
    let title = Some("Readiness review".to_owned());
    record.append(context, Opened { title: title.map(Into::into) }.into())?;
    Ok(record)
}

fn show(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let reviews = reviews::all(context)?;
    let Some(now) = reviews.first() else {
        return Err(Failure::usage("there is no review yet").hint("`breach prepare` starts one"));
    };
    let before = reviews.get(1);
    if format == Format::Json {
        json::write(&mut context.out, &face::json(now, before))?;
        return Ok(Exit::Done);
    }
    face::text(now, before, context.table_width, &mut context.out)?;
    let graded = now.areas.iter().filter(|area| area.grade.is_some()).count();
    let areas = wording::count(now.areas.len(), "area");
    context.screen.say(&format!(
        "{graded} of {areas} graded. Run `breach prepare` again in six months. To see the record: breach log show --incident {}",
        now.name
    ));
    Ok(Exit::Done)
}
