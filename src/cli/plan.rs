//! `breach plan`: the response plan as one binder, to work from with no computer.

use std::io::Write;

use super::args::{PlanArgs, PlanFormat};
use super::desk::shelf::{Shelf, Shelved};
use super::desk::{Context, Exit, Failure, contacts, reviews};
use crate::output::page::{self, Sheet};
use crate::output::plan as face;
use crate::phase::Phase;
use crate::playbook::Playbook;

pub(super) fn run(context: &mut Context, args: &PlanArgs) -> Result<Exit, Failure> {
    let shelf = Shelf::open(context.home().ok().as_deref(), args.playbooks.as_deref())?;
    let playbooks: Vec<Shelved> = if args.playbook.is_empty() {
        let all = shelf.playbooks().into_iter();
        all.filter(|shelved| shelved.playbook.phase != Phase::Preparation).collect()
    } else {
        args.playbook.iter().map(|name| shelf.find(None, name)).collect::<Result<_, _>>()?
    };
    let roster = contacts::of_home(context);
    let review = reviews::all(context)?.into_iter().next();
    let paper = args.paper.paper();
    let day = context.world.now().local().date_naive();
    let title = face::title(roster.as_ref());
    let printed: Vec<&Shelved> =
        playbooks.iter().filter(|shelved| !paper.steps(&shelved.playbook).is_empty()).collect();
    let listed: Vec<&Playbook> = printed.iter().map(|shelved| &shelved.playbook).collect();
    let opening = face::opening(&title, day, &listed, roster.as_ref(), review.as_ref());
    let part = |(number, shelved): (usize, &&Shelved)| {
        face::part(number + 1, face::playbook(&shelved.playbook, &shelved.text, &paper))
    };
    let parts = printed.iter().enumerate().map(part);
    let sheets: Vec<Sheet> = [opening].into_iter().chain(parts).collect();
    let text = match args.format {
        PlanFormat::Markdown => face::markdown(&sheets),
        PlanFormat::Html => page::html(&title, &sheets),
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Exit::Done)
}
