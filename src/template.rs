//! Texts with places to fill: Jinja, as users know it, with limits and with the place of a mistake.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::document::{Diagnostic, Document};

/// Instructions after which a template is given up. The longest of ours takes about two thousand.
const FUEL: u64 = 5_000_000;

/// Bytes that a filled template may have.
const MOST: usize = 16 * 1024 * 1024;

/// How text that comes from facts is written into the result.
pub type Clean = fn(&str) -> String;

/// Fills a template: every text of `data` goes through `clean`, unless it was marked safe. There is
/// no clock, no file and no other template within reach.
///
/// # Errors
/// A mistake in the template, a name that `data` does not have, or more work than anybody waits for; with the
/// place in the document.
pub fn fill(document: &Document, clean: Clean, data: &Value) -> Result<String, Box<Diagnostic>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let syntax = environment
        .syntax()
        .to_builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.map_err(|error| Box::new(mistake(document, &error)))?);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("breach".into()));
    environment.set_formatter(move |out, _, value| {
        if value.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, "there is no such name"));
        }
        if value.is_none() {
            let message = "its value is not known: test it with `if` first";
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        out.write_str(&written(value, clean)?).map_err(Error::from)
    });
    let filled = environment.render_named_str(&document.name, &document.text, data);
    match filled {
        Ok(filled) if filled.len() <= MOST => Ok(filled),
        Ok(_) => {
            let message = "the filled template has more than 16 MiB";
            Err(Box::new(Diagnostic::error("template", message, 0..0)))
        }
        Err(error) => Err(Box::new(mistake(document, &error))),
    }
}

fn written(value: &Value, clean: Clean) -> Result<String, Error> {
    if value.is_safe() {
        return Ok(value.to_string());
    }
    if let Ok(flag) = bool::try_from(value.clone()) {
        return Ok(if flag { "yes" } else { "no" }.to_owned());
    }
    if value.kind() == minijinja::value::ValueKind::Seq {
        let parts: Result<Vec<String>, Error> =
            value.try_iter()?.map(|part| written(&part, clean)).collect();
        return Ok(parts?.join(", "));
    }
    Ok(clean(value.as_str().unwrap_or(&value.to_string())))
}

fn mistake(document: &Document, error: &Error) -> Diagnostic {
    let line = error.line().unwrap_or(1).max(1);
    let start: usize = document.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let whole = document.text[start..].lines().next().map_or(start, |text| start + text.len());
    let span = error.range().filter(|range| range.end <= document.text.len());
    let message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    Diagnostic::error("template", message, span.unwrap_or(start..whole))
}
