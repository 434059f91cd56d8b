//! Reads a command of a step.

use chrono::TimeDelta;

use super::{Reader, delta, owned};
use crate::document::{Diagnostic, Spanned, Table, hidden, shaper};
use crate::fact::FactType;
use crate::playbook::Command;
use crate::playbook::argument::{Argument, Fill};

/// How long a command may run that does not say.
const TIMEOUT: TimeDelta = TimeDelta::minutes(10);

/// Reads a command; `repeats` says whether there is an item to fill in.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table<'_>, repeats: bool) -> Option<Command> {
    let arguments = table.texts("run");
    if table.is_empty_array("run") {
        let message = "`run` names no program";
        let span = table.value_span("run").unwrap_or_else(|| table.span.clone());
        reader.findings.push_absent(Diagnostic::error("no-program", message, span));
    }
    let run: Vec<_> = arguments.iter().map(|text| argument(reader, text, repeats)).collect();
    if let (Some(Some(Argument { fill: Some(_), .. })), Some(text)) =
        (run.first(), arguments.first())
    {
        let message = "the program itself cannot be filled in";
        let help = "write the program's name out";
        let diagnostic = Diagnostic::error("placeholder", message, text.span.clone());
        reader.findings.push(diagnostic.help(help));
    }
    Some(Command {
        id: owned(table, "id")?,
        title: owned(table, "title")?,
        run: run.into_iter().collect::<Option<_>>()?,
        timeout: delta(table, "timeout").unwrap_or(TIMEOUT),
        changes: table.flag("changes"),
        undo: owned(table, "undo"),
        when: reader.condition(table),
        fills: fills(reader, table),
    })
}

/// The fact that its output answers. Output is text, so a person has to be able to read it as one.
fn fills(reader: &mut Reader<'_>, table: &Table<'_>) -> Option<String> {
    let name = table.text("fills")?;
    let fact = reader.fact(&name, &name.text)?;
    if fact.determination {
        let message = format!("`{}` is decided by a person, not by a command", name.text);
        let help = "ask for it with `ask`";
        reader
            .findings
            .push(Diagnostic::error("wrong-type", message, name.span.clone()).help(help));
    }
    Some(name.to_owned())
}

fn argument(reader: &mut Reader<'_>, text: &Spanned<'_>, repeats: bool) -> Option<Argument> {
    // In a word that nobody reads aloud it changes which program or file is meant.
    if let Some((at, c)) = shaper(&text.text) {
        let span = reader.within(text, at..at + c.len_utf8());
        reader.findings.push(hidden(c, span));
    }
    let argument = match Argument::parse(&text.text) {
        Ok(argument) => argument,
        Err(hole) => {
            let message = "an argument takes one placeholder, not inside other braces";
            let help = "split the argument";
            let diagnostic = Diagnostic::error("placeholder", message, reader.within(text, hole));
            reader.findings.push(diagnostic.help(help));
            return None;
        }
    };
    match &argument.fill {
        Some(Fill::Item) if !repeats => {
            reader.item_outside(reader.within(text, argument.hole()));
        }
        Some(Fill::Fact(name)) => {
            let kind = reader.fact(text, name)?.kind;
            if !kind.is_argument() {
                let message =
                    format!("`{name}` is of type `{}` and cannot be filled in", kind.as_str());
                let help = match kind {
                    FactType::List => "make the step repeat with `for-each` and use `{item}`",
                    _ => "only facts of type `text`, `choice` or `count` can",
                };
                let span = reader.within(text, argument.hole());
                let diagnostic = Diagnostic::error("placeholder", message, span);
                reader.findings.push(diagnostic.help(help));
            }
        }
        _ => {}
    }
    Some(argument)
}
