//! `breach playbook fmt`: files in the one form, or a word that they are not.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{discover, rewrite};

use super::config::Configs;
use super::discover::Discovered;
use super::rewrite::View;
use crate::check::FileKind;
use crate::cli::args::FmtArgs;
use crate::cli::desk::{Context, Exit, Failure};
use crate::document::{self, Document, LIMIT};
use crate::{escape, plain_file, wording};

/// What came of a file.
enum Formatted {
    /// It is none of ours, and nobody named it.
    Aside,
    /// It is in the one form.
    Same,
    /// It was not, or would not be; what changes, if that was asked for.
    Changed(String),
    /// It has syntax errors and stays as it is.
    Broken,
    /// It cannot be read or written, and why.
    Failed(String),
}

pub(super) fn run(context: &mut Context, args: &FmtArgs) -> Result<Exit, Failure> {
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut configs = Configs::upwards();
    let (mut files, mut unreadable) = discover::files(&paths);
    files.retain(|found| !configs.leave_out(found));
    unreadable.retain(|(found, _)| !configs.leave_out(found));
    let view = View::of(&context.out);
    let mut tally = Tally::default();
    for (found, why) in unreadable {
        tally.take(context, args, &found.name(), Formatted::Failed(why));
    }
    if !stdin.is_empty() {
        let formatted = standard_input(context, args)?;
        tally.take(context, args, "<stdin>", formatted);
    }
    for batch in discover::batches(&files) {
        let formatted: Vec<Formatted> =
            batch.par_iter().map(|found| file(found, args, view)).collect();
        for (found, formatted) in batch.iter().zip(formatted) {
            tally.take(context, args, &found.name(), formatted);
        }
    }
    let exit = tally.finish(context, args)?;
    Ok(configs.end(context, exit))
}

fn file(found: &Discovered, args: &FmtArgs, view: View) -> Formatted {
    let read = plain_file::read(&found.path, LIMIT).map_err(|error| error.to_string());
    let document = read.and_then(|bytes| document(found.name(), bytes));
    let document = match document {
        Ok(document) => document,
        Err(why) => return Formatted::Failed(why),
    };
    if !found.named && FileKind::is_foreign(&document.text) {
        return Formatted::Aside;
    }
    let Some(after) = document::format(&document.text) else { return Formatted::Broken };
    if after == document.text {
        return Formatted::Same;
    }
    if !args.check && !args.diff {
        return match rewrite::write(&found.path, &document.text, &after) {
            Ok(()) => Formatted::Changed(String::new()),
            Err(error) => Formatted::Failed(error.to_string()),
        };
    }
    let marked = args.diff && rewrite::is_marked(&found.path);
    Formatted::Changed(difference(args, &document, marked, &after, view))
}

/// Formats standard input to standard output, and leaves it as it came if it is broken: an editor
/// puts what it gets in the place of what it gave.
fn standard_input(context: &mut Context, args: &FmtArgs) -> Result<Formatted, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    let marked = bytes.starts_with(rewrite::MARK.as_bytes());
    let document = match document("<stdin>".to_owned(), bytes) {
        Ok(document) => document,
        Err(why) => return Ok(Formatted::Failed(why)),
    };
    let after = document::format(&document.text);
    if !args.check && !args.diff {
        context.out.write_all(after.as_ref().unwrap_or(&document.text).as_bytes())?;
        return Ok(if after.is_some() { Formatted::Same } else { Formatted::Broken });
    }
    Ok(match after {
        None => Formatted::Broken,
        Some(after) if after == document.text => Formatted::Same,
        Some(after) => {
            let view = View::of(&context.out);
            Formatted::Changed(difference(args, &document, marked, &after, view))
        }
    })
}

fn document(name: String, bytes: Vec<u8>) -> Result<Document, String> {
    Document::from_bytes(name, bytes).map_err(|diagnostic| diagnostic.message)
}

fn difference(
    args: &FmtArgs,
    document: &Document,
    marked: bool,
    after: &str,
    view: View,
) -> String {
    if !args.diff {
        return String::new();
    }
    rewrite::diff(&document.name, marked, &document.text, after, view)
}

/// What a run comes to.
#[derive(Default)]
struct Tally {
    ours: usize,
    changed: usize,
    broken: usize,
    failed: usize,
}

impl Tally {
    fn take(&mut self, context: &mut Context, args: &FmtArgs, name: &str, formatted: Formatted) {
        let name = escape::line(name);
        self.ours += usize::from(!matches!(formatted, Formatted::Aside));
        match formatted {
            Formatted::Aside | Formatted::Same => {}
            Formatted::Changed(diff) => {
                self.changed += 1;
                context.out.write_exact(diff.as_bytes());
                context.screen.say(&format!("{name}: {}", would(args)));
            }
            Formatted::Broken => {
                self.broken += 1;
                context.screen.say(&format!("{name}: not changed: it has syntax errors"));
            }
            Formatted::Failed(why) => {
                self.failed += 1;
                let why = escape::line(&why);
                context.screen.say(&format!("{name}: not changed: {why}"));
            }
        }
    }

    fn finish(self, context: &mut Context, args: &FmtArgs) -> Result<Exit, Failure> {
        let Self { ours, changed, broken, failed } = self;
        if ours == 0 {
            return Err(Failure::usage("there is no file to format")
                .hint("name files or folders with playbooks"));
        }
        let files = wording::count(ours, "file");
        context.screen.say(&format!("{files} checked, {changed} {}.", would(args)));
        if broken > 0 {
            context.screen.say("To find the syntax errors: breach playbook check PATH");
        }
        Ok(if failed > 0 {
            Exit::Usage
        } else if broken > 0 || (args.check && changed > 0) {
            Exit::Mistakes
        } else {
            Exit::Done
        })
    }
}

fn would(args: &FmtArgs) -> &'static str {
    if args.check || args.diff { "would be formatted" } else { "formatted" }
}
