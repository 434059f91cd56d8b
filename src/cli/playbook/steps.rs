//! `breach playbook steps`: the steps that several playbooks share, and which take them.

use std::io::Write;
use std::path::Path;

use comfy_table::Cell;
use serde::Serialize;

use crate::cli::args::Format;
use crate::cli::desk::shelf::Shelf;
use crate::cli::desk::{Context, Exit, Failure};
use crate::escape;
use crate::output::{json, table};
use crate::playbook::{Library, shared_steps_of};

#[derive(Serialize)]
struct Shared<'a> {
    id: &'a str,
    title: &'a str,
    /// The playbooks that take it, as `PHASE/ID`.
    used_by: Vec<&'a str>,
}

pub(super) fn run(
    context: &mut Context,
    extra: Option<&Path>,
    format: Format,
) -> Result<Exit, Failure> {
    let home = context.home().ok();
    let playbooks = Shelf::open(home.as_deref(), extra)?.playbooks();
    let users: Vec<(String, Vec<String>)> = playbooks
        .iter()
        .map(|shelved| {
            let name = format!("{}/{}", shelved.playbook.phase, shelved.playbook.id);
            (name, shared_steps_of(&shelved.text))
        })
        .collect();
    let shared = Library::builtin().steps().map(|(id, title)| {
        let takers = users.iter().filter(|(_, steps)| steps.iter().any(|step| step == id));
        Shared { id, title, used_by: takers.map(|(name, _)| name.as_str()).collect() }
    });
    let shared: Vec<Shared<'_>> = shared.collect();
    if format == Format::Json {
        let value = serde_json::json!({ "schema": "breach.steps/1", "steps": shared });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut table = table::plain(&["Step", "Title", "Used by"], context.table_width);
    for step in &shared {
        let users: Vec<_> = step.used_by.iter().map(|name| escape::line(name)).collect();
        let users = if users.is_empty() { "no playbook".to_owned() } else { users.join("\n") };
        table.add_row([
            Cell::new(escape::line(step.id)),
            Cell::new(escape::line(step.title)),
            Cell::new(users),
        ]);
    }
    writeln!(context.out, "{table}")?;
    Ok(Exit::Done)
}
