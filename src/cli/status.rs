//! `breach status`: what is done, what is next, what is owed.

use super::args::{Format, StatusArgs};
use super::desk::home::Found;
use super::desk::{Context, Exit, Failure, home, law, state, waiting};
use crate::incident::{ACTION_ITEMS, Incident};
use crate::output::json;
use crate::output::status::{self as face, Expired, Late};
use crate::regime::Law;
use crate::walk::Whose;

pub(super) fn run(context: &mut Context, args: &StatusArgs) -> Result<Exit, Failure> {
    let (late, expired) = closed(context)?;
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
        json::write(&mut context.out, &face::json(&all, &late, &expired))?;
        return Ok(Exit::Done);
    }
    if all.is_empty() {
        context.screen.say("No incident is open. `breach contain` opens one.");
    }
    let now = context.world.now().at;
    for status in &all {
        face::text(status, now, &mut context.page())?;
    }
    face::late(&late, &mut context.out)?;
    face::expired(&expired, &mut context.out)?;
    Ok(Exit::Done)
}

/// Action items fall due when their incident is closed already, and one day its record need not be
/// kept any longer. Of a closed incident only a log that speaks of either at all is folded; what is
/// wrong with it is no matter of today.
fn closed(context: &mut Context) -> Result<(Vec<Late>, Vec<Expired>), Failure> {
    if context.global.incident.is_some() {
        return Ok(Default::default());
    }
    let mut folders = home::list(&context.home()?)?;
    let signs = ["\"kind\":\"action\"", ACTION_ITEMS, "\"keep_until\""];
    folders.retain(|folder| folder.mentions(&signs));
    folders.retain(|folder| !folder.is_open(&context.world) && !folder.is_drill());
    let (mut late, mut expired) = (Vec::new(), Vec::new());
    for folder in &folders {
        let mut incident = Incident::default();
        let read = crate::log::fold_all(folder, &context.world, &mut incident);
        if read.is_err() {
            continue;
        }
        let name = folder.name().to_string();
        let overdue_actions = waiting::actions(context, &incident, Whose::default(), true);
        if let Some(keep_until) = incident.keep_until
            && state::is_past_retention(context, &incident)
        {
            expired.push(Expired { name: name.clone(), keep_until });
        }
        if !overdue_actions.is_empty() {
            late.push(Late { name, overdue_actions });
        }
    }
    Ok((late, expired))
}
