//! `breach playbook`: list and print playbooks; its larger commands have files of their own.

mod baseline;
mod check;
mod config;
mod discover;
mod explain;
mod fmt;
mod input;
mod job;
mod lsp;
mod new;
mod permits;
mod rewrite;
mod schema;
mod sinks;
mod steps;
mod test;
mod texts;
mod together;

use std::io::Write;
use std::path::Path;

use comfy_table::Cell;
use serde::Serialize;

use crate::cli::args::{Format, PlaybookCommand, PlaybookFormat};
use crate::cli::desk::shelf::Shelf;
use crate::cli::desk::{Context, Exit, Failure};
use crate::escape;
use crate::output::{json, page, plan, table};

pub(super) fn run(context: &mut Context, command: &PlaybookCommand) -> Result<Exit, Failure> {
    match command {
        PlaybookCommand::List { playbooks, format } => list(context, playbooks.as_deref(), *format),
        PlaybookCommand::Show { playbook, playbooks, paper, format } => {
            let home = context.home().ok();
            let shelf = Shelf::open(home.as_deref(), playbooks.as_deref())?;
            let shelved = shelf.find(None, playbook)?;
            let sheet = || plan::playbook(&shelved.playbook, &shelved.text, &paper.paper());
            let text = match format {
                PlaybookFormat::Markdown => sheet().markdown,
                PlaybookFormat::Html => {
                    page::html(&escape::markdown(&shelved.playbook.title), &[sheet()])
                }
                PlaybookFormat::Toml => shelved.text,
            };
            context.out.write_all(text.as_bytes())?;
            Ok(Exit::Done)
        }
        PlaybookCommand::Steps { playbooks, format } => {
            steps::run(context, playbooks.as_deref(), *format)
        }
        PlaybookCommand::New(args) => new::run(context, args),
        PlaybookCommand::Check(args) if args.list_rules => {
            explain::run(context, None, Format::Text)
        }
        PlaybookCommand::Check(args) => check::run(context, args),
        PlaybookCommand::Fmt(args) => fmt::run(context, args),
        PlaybookCommand::Test(args) => test::run(context, args),
        PlaybookCommand::Lsp => lsp::run(context),
        PlaybookCommand::Schema { of } => {
            json::write(&mut context.out, &schema::of(*of))?;
            Ok(Exit::Done)
        }
        PlaybookCommand::Explain { rule, format } => {
            explain::run(context, rule.as_deref(), *format)
        }
    }
}

#[derive(Serialize)]
struct Listed<'a> {
    phase: &'a str,
    id: &'a str,
    title: &'a str,
    version: &'a str,
    steps: usize,
    suits: &'a [String],
    source: &'a str,
}

fn list(context: &mut Context, extra: Option<&Path>, format: Format) -> Result<Exit, Failure> {
    let home = context.home().ok();
    let found = Shelf::open(home.as_deref(), extra)?.playbooks();
    let listed = found.iter().map(|shelved| Listed {
        phase: shelved.playbook.phase.as_str(),
        id: &shelved.playbook.id,
        title: &shelved.playbook.title,
        version: &shelved.playbook.version,
        steps: shelved.playbook.steps.len(),
        suits: &shelved.playbook.suits,
        source: &shelved.source,
    });
    if format == Format::Json {
        let playbooks: Vec<Listed<'_>> = listed.collect();
        let value = serde_json::json!({ "schema": "breach.playbooks/1", "playbooks": playbooks });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut table =
        table::plain(&["Phase", "Playbook", "Steps", "Title", "From"], context.table_width);
    for row in listed {
        table.add_row([
            Cell::new(row.phase),
            Cell::new(escape::line(row.id)),
            Cell::new(row.steps),
            Cell::new(escape::line(row.title)),
            Cell::new(escape::line(row.source)),
        ]);
    }
    writeln!(context.out, "{table}")?;
    Ok(Exit::Done)
}
