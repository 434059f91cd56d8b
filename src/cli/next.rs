//! `breach next`: what there is to do now, who waits for whom, and what is owed.

use std::collections::BTreeSet;

use super::args::{Format, NextArgs};
use super::desk::{Context, Exit, Failure, Record, chains, followed, home, law, state, waiting};
use crate::incident::Incident;
use crate::output::json;
use crate::output::next::Next;
use crate::phase::Phase;
use crate::playbook::Role;
use crate::report::Point;
use crate::walk::{Task, Whose};

/// Columns of a text where there is no terminal.
const WIDTH: u16 = 100;

pub(super) fn run(context: &mut Context, args: &NextArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    chains::fold(context, &folder, &mut incident)?;
    let me = Record::name_here(context, &incident);
    let name = if args.mine { Some(me.ok_or_else(nobody)?) } else { args.to.clone() };
    let role = args.role.map(|role| Role::from(role).as_str());
    let whose = Whose { name: name.as_deref(), role };
    let fits = |task: &Task| {
        whose.name.is_none_or(|name| task.concerns(name))
            && role.is_none_or(|role| task.role == Some(role))
    };
    let mut tasks = state::tasks(context, &folder, &incident, &BTreeSet::new());
    tasks.retain(fits);
    let vocabulary = followed::vocabulary(context, &incident, &folder);
    let law = law::law_or_builtin(context);
    let owed = state::owed(context, &law, &folder, (&incident, &vocabulary), whose);
    let begun = |phase: &Phase| incident.phases.get(phase).is_some_and(|of| of.pinned.is_some());
    let not_begun = Phase::RESPONSE.into_iter();
    let not_begun = not_begun.filter(|phase| whose.is_everybody() && !begun(phase));
    let not_begun = not_begun.map(|phase| Point {
        what: phase.to_string(),
        said: format!("`breach {}` begins it", phase.command()),
    });
    let next = Next {
        schema: "breach.next/1",
        incident: folder.name().to_string(),
        title: incident.title.clone(),
        drill: incident.drill,
        of: (!whose.is_everybody()).then(|| {
            let role = whose.role.map(|role| format!("the role `{role}`"));
            let of = role.into_iter().chain(name.clone());
            of.collect::<Vec<_>>().join(" and ")
        }),
        tasks,
        waiting: waiting::all(context, (&incident, &vocabulary), whose),
        owed,
        not_begun: not_begun.collect(),
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
