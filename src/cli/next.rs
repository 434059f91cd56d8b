//! `breach next`: what there is to do now, who waits for whom, and what is owed.

use super::args::{Format, NextArgs};
use super::desk::{Context, Exit, Failure, Record, chains, followed, home, law, state};
use crate::incident::Incident;
use crate::output::json;
use crate::output::next::Next;
use crate::playbook::Role;
use crate::walk::{Task, is_of};

/// Columns of a text where there is no terminal.
const WIDTH: u16 = 100;

pub(super) fn run(context: &mut Context, args: &NextArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    let me = Record::name_here(context, &incident);
    let name = if args.mine { Some(me.ok_or_else(nobody)?) } else { args.to.clone() };
    let role = args.role.map(|role| Role::from(role).as_str());
    let fits = |task: &Task| {
        let is_theirs = |name: &String| task.owner.as_ref().is_some_and(|owner| is_of(owner, name));
        name.as_ref().is_none_or(is_theirs) && role.is_none_or(|role| task.role == Some(role))
    };
    let mut tasks = state::tasks(context, &folder, &incident);
    tasks.retain(fits);
    let vocabulary = followed::vocabulary(context, &incident, &folder);
    let law = law::law_or_builtin(context);
    let owed = state::owed(context, &law, (&incident, &vocabulary));
    let next = Next {
        schema: "breach.next/1",
        incident: folder.name().to_string(),
        title: incident.title.clone(),
        tasks,
        waiting: state::waiting(context, &incident),
        owed,
    };
    match args.format {
        Format::Json => {
            let value = serde_json::to_value(&next).map_err(std::io::Error::from)?;
            json::write(&mut context.out, &value)?;
        }
        Format::Text => {
            let width = usize::from(context.table_width.unwrap_or(WIDTH).clamp(40, WIDTH));
            next.text(context.world.now().at, width, &mut context.out)?;
        }
    }
    Ok(Exit::Done)
}

fn nobody() -> Failure {
    Failure::usage("nobody said who is at this keyboard")
        .hint("say it with `--as NAME`, or name somebody with `--to NAME`")
}
