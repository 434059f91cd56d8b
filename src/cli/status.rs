//! `breach status`: what is done, what is next, what is owed.

use super::args::{Format, StatusArgs};
use super::desk::home::Found;
use super::desk::{Context, Exit, Failure, home, law, state};
use crate::incident::{ACTION_ITEMS, Incident};
use crate::output::json;
use crate::output::status::{self as face, Late};
use crate::regime::Law;

pub(super) fn run(context: &mut Context, args: &StatusArgs) -> Result<Exit, Failure> {
    let late = late(context)?;
    let folders = match home::find(context)? {
        Found::One(folder) => vec![folder],
        Found::Several(folders) => folders,
        Found::None => Vec::new(),
    };
    let law = if folders.is_empty() { Law::default() } else { law::law_or_builtin(context) };
    let mut all = Vec::new();
    for folder in &folders {
        all.push(state::read(context, folder, &law)?);
    }
    if args.format == Format::Json {
        json::write(&mut context.out, &face::json(&all, &late))?;
        return Ok(Exit::Done);
    }
    if all.is_empty() {
        context.screen.say("No incident is open. `breach contain` opens one.");
    }
    let now = context.world.now().at;
    for status in &all {
        face::text(status, now, context.table_width, &mut context.out)?;
    }
    face::late(&late, &mut context.out)?;
    Ok(Exit::Done)
}

/// Action items fall due when their incident is closed already. Of a closed incident only a log that
/// speaks of items at all is folded; what is wrong with it is no matter of today.
fn late(context: &mut Context) -> Result<Vec<Late>, Failure> {
    if context.global.incident.is_some() {
        return Ok(Vec::new());
    }
    let mut folders = home::list(&context.home()?)?;
    folders.retain(|folder| folder.mentions(&["\"kind\":\"action\"", ACTION_ITEMS]));
    folders.retain(|folder| !folder.is_open(&context.world) && !folder.is_drill());
    let mut all = Vec::new();
    for folder in &folders {
        let mut incident = Incident::default();
        let read = crate::log::fold_all(folder, &context.world, &mut incident);
        let overdue_actions = state::overdue(context, &incident);
        if read.is_ok() && !overdue_actions.is_empty() {
            all.push(Late { name: folder.name().to_string(), overdue_actions });
        }
    }
    Ok(all)
}
