//! `breach playbook`: list, print and check playbooks.

use std::path::{Path, PathBuf};

use comfy_table::{Cell, Table};
use serde::Serialize;

use super::args::{Format, PlaybookCommand, PlaybookFormat};
use super::context::{Context, read_input};
use super::exit::Exit;
use super::failure::Failure;
use super::shelf::{self, Shelf};
use crate::document::{Document, Level};
use crate::fact::Vocabulary;
use crate::output::{diagnostics, json, table};
use crate::playbook::{Playbook, binder, builtin};
use crate::{escape, wording};

pub(super) fn run(context: &mut Context, command: &PlaybookCommand) -> Result<Exit, Failure> {
    match command {
        PlaybookCommand::List { playbooks, format } => list(context, playbooks.as_deref(), *format),
        PlaybookCommand::Show { playbook, playbooks, format } => {
            let home = context.home().ok();
            let shelf = Shelf::open(home.as_deref(), playbooks.as_deref())?;
            let shelved = shelf.find(None, playbook)?;
            let text = match format {
                PlaybookFormat::Markdown => binder(&shelved.playbook, Vocabulary::builtin()),
                PlaybookFormat::Toml => shelved.text,
            };
            context.out.write_all(text.as_bytes())?;
            Ok(Exit::Done)
        }
        PlaybookCommand::Check { paths } => check(context, paths),
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
    let mut table: Table =
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

/// Checks files and folders; the built-in playbooks when none is named.
fn check(context: &mut Context, paths: &[PathBuf]) -> Result<Exit, Failure> {
    let mut documents = Vec::new();
    if paths.is_empty() {
        documents.extend(
            builtin::all().iter().map(|(path, text)| Document {
                name: (*path).to_owned(),
                text: (*text).to_owned(),
            }),
        );
    }
    for path in paths {
        let files = if path.is_dir() { shelf::files(path)? } else { vec![path.clone()] };
        if files.is_empty() {
            return Err(Failure::usage(format!("there is no TOML file in `{}`", path.display())));
        }
        for file in files {
            let name = file.display().to_string();
            match Document::from_bytes(name.clone(), read_input(&file)?) {
                Ok(document) => documents.push(document),
                Err(diagnostic) => {
                    return Err(Failure::new(
                        Exit::Mistakes,
                        format!("`{name}`: {}", diagnostic.message),
                    ));
                }
            }
        }
    }
    let mut errors = 0;
    for document in &documents {
        let found = if is_vocabulary(&document.text) {
            Vocabulary::read(document).1
        } else {
            Playbook::read(document, Vocabulary::builtin()).1
        };
        errors += found.iter().filter(|found| found.level == Level::Error).count();
        context.out.write_all(diagnostics::render(document, &found, true).as_bytes())?;
    }
    let files = wording::count(documents.len(), "file");
    if errors == 0 {
        context.screen.say(&format!("{files} checked, no mistakes."));
        return Ok(Exit::Done);
    }
    context.screen.say(&format!("{files} checked, {}.", wording::count(errors, "mistake")));
    Ok(Exit::Mistakes)
}

/// A file's kind is known from its contents: facts have no phase and no steps.
fn is_vocabulary(text: &str) -> bool {
    let (table, _) = toml::de::DeTable::parse_recoverable(text);
    let table = table.get_ref();
    table.contains_key("fact") && !table.contains_key("phase") && !table.contains_key("step")
}
