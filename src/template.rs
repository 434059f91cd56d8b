//! Texts with places to fill: Jinja, as users know it, with limits and with the place of a mistake.
//!
//! A template can come from somebody else. What it may cost is bounded before it is read (its length
//! and that of each tag, the number of tags: the parser calls itself for each term of a chain), while
//! it is filled (instructions, bytes, the depth of a value), and in time.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::document::{Diagnostic, Document};

/// Instructions after which a template is given up, and 64 bytes of values count as one. The longest
/// of ours takes about two thousand.
const FUEL: u64 = 1_500_000;

/// Bytes that a filled template may have.
const MOST: usize = 16 * 1024 * 1024;

/// Bytes of a template, bytes of one of its tags, and how many tags it may have.
const LONGEST: usize = 1 << 20;
const LONGEST_TAG: usize = 8 << 10;
const MOST_TAGS: usize = 5000;

/// How deep a list may stand in others and still be written.
const DEEPEST: usize = 16;

/// Stack of the thread that fills: only what is used of it is taken.
const STACK: usize = 256 << 20;

/// How long anybody waits. Steps and bytes bound every template that we know of, so that a busy machine
/// refuses none of ours.
const PATIENCE: Duration = Duration::from_secs(30);

/// How text that comes from facts is written into the result.
pub type Clean = fn(&str) -> String;

/// Fills a template: every text of `data` goes through `clean`, unless it was marked safe, and nothing
/// that would drive a terminal is left of the template itself. There is no clock, no
/// file and no other template within reach.
///
/// # Errors
/// A mistake in the template, a name that `data` does not have, or more than any of the limits allows;
/// with the place in the document.
pub fn fill(document: &Document, clean: Clean, data: &Value) -> Result<String, Box<Diagnostic>> {
    let guards = measure(&document.text)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let (document, data) = (document.clone(), data.clone());
    let filling = move || {
        let filled = render(&document, &guards, clean, &data);
        // What is dropped here may be as deep as what was made.
        drop(data);
        let _ = sender.send(filled);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK).spawn(filling) {
        return Err(refused(0..0, &format!("failed to start filling it: {error}")));
    }
    receiver
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(refused(0..0, "filling it takes more than 30 seconds")))
        .map(|filled| crate::escape::output(filled.as_bytes()))
}

/// What is put into a template before it is filled: where, and what.
type Guards = Vec<(usize, &'static str)>;

fn render(
    document: &Document,
    guards: &Guards,
    clean: Clean,
    data: &Value,
) -> Result<String, Box<Diagnostic>> {
    let mistake = |error: &Error| Box::new(mistake(document, guards, error));
    let mut text = String::with_capacity(document.text.len());
    let mut from = 0;
    for (at, guard) in guards {
        text.push_str(&document.text[from..*at]);
        text.push_str(guard);
        from = *at;
    }
    text.push_str(&document.text[from..]);
    let mut environment = Environment::new();
    environment.add_filter("flat_value", flat);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let syntax = environment
        .syntax()
        .to_builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.map_err(|error| mistake(&error))?);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("breach".into()));
    let written = AtomicUsize::new(0);
    environment.set_formatter(move |out, _, value| {
        if value.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, "there is no such name"));
        }
        if value.is_none() {
            let message = "its value is not known: test it with `if` first";
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        let mut text = String::new();
        write(value, clean, 0, &mut text)?;
        if written.fetch_add(text.len(), Ordering::Relaxed) + text.len() > MOST {
            return Err(too_long());
        }
        out.write_str(&text).map_err(Error::from)
    });
    match environment.render_named_str(&document.name, &text, data) {
        Ok(filled) if filled.len() <= MOST => Ok(filled),
        Ok(_) => Err(mistake(&too_long())),
        Err(error) => Err(mistake(&error)),
    }
}

/// Passes a value that a namespace may take: nothing in which the namespace itself could stand, and
/// nothing deeper than is ever written. Whoever writes or compares a circle does not come back.
fn flat(value: Value) -> Result<Value, Error> {
    let mut left = MOST_ITEMS;
    is_flat(&value, 0, &mut left)?;
    Ok(value)
}

/// Values in a list that a namespace takes.
const MOST_ITEMS: usize = 100_000;

fn is_flat(value: &Value, depth: usize, left: &mut usize) -> Result<(), Error> {
    let refuse = |why: String| Err(Error::new(ErrorKind::InvalidOperation, why));
    let Some(object) = value.as_object().filter(|_| value.as_str().is_none()) else {
        return Ok(());
    };
    let is_list = matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map);
    if !is_list || object.type_name().contains("Namespace") {
        return refuse("a namespace takes texts, numbers, lists and tables only".to_owned());
    }
    if depth >= DEEPEST {
        return refuse(format!("a list stands in more than {DEEPEST} others"));
    }
    for part in value.try_iter()? {
        let Some(fewer) = left.checked_sub(1) else {
            return refuse(format!("a list has more than {MOST_ITEMS} values"));
        };
        *left = fewer;
        if value.kind() == ValueKind::Map {
            is_flat(&value.get_item(&part)?, depth + 1, left)?;
        } else {
            is_flat(&part, depth + 1, left)?;
        }
    }
    Ok(())
}

/// Writes a value: texts cleaned, lists with commas, tables with their names.
fn write(value: &Value, clean: Clean, depth: usize, out: &mut String) -> Result<(), Error> {
    if out.len() > MOST {
        return Err(too_long());
    }
    if depth > DEEPEST {
        let message = format!("a list stands in more than {DEEPEST} others");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    if let Some(text) = value.as_str() {
        if value.is_safe() {
            out.push_str(text);
        } else {
            out.push_str(&clean(text));
        }
        return Ok(());
    }
    if let Ok(flag) = bool::try_from(value.clone()) {
        out.push_str(if flag { "yes" } else { "no" });
        return Ok(());
    }
    match value.kind() {
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => {
            for (place, part) in value.try_iter()?.enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                write(&part, clean, depth + 1, out)?;
                if value.kind() == ValueKind::Map {
                    out.push_str(": ");
                    write(&value.get_item(&part)?, clean, depth + 1, out)?;
                }
            }
            Ok(())
        }
        // What these would write of themselves has no bound.
        _ if value.as_object().is_some() => {
            let message = "it is no text, number or list, and cannot be written";
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
        _ => {
            out.push_str(&clean(&value.to_string()));
            Ok(())
        }
    }
}

fn too_long() -> Error {
    Error::new(ErrorKind::InvalidOperation, "the filled template has more than 16 MiB")
}

/// Refuses what would take more to read than a template is worth, and says where a value has to pass
/// [`flat`].
fn measure(text: &str) -> Result<Guards, Box<Diagnostic>> {
    let mut guards = Vec::new();
    if text.len() > LONGEST {
        return Err(refused(0..0, "the template has more than 1 MiB"));
    }
    let (mut at, mut tags) = (0, 0);
    while let Some(open) = memchr::memchr(b'{', &text.as_bytes()[at..]).map(|open| at + open) {
        let rest = &text[open..];
        let end = match rest.as_bytes().get(1) {
            Some(b'{') => tag(rest, "}}"),
            Some(b'%') => tag(rest, "%}"),
            Some(b'#') => rest.find("#}").map_or(rest.len(), |end| end + 2),
            _ => {
                at = open + 1;
                continue;
            }
        };
        let is_comment = rest.as_bytes()[1] == b'#';
        tags += usize::from(!is_comment);
        let line = open..open + rest[..end].find('\n').unwrap_or(end);
        if !is_comment && end > LONGEST_TAG {
            return Err(refused(line, "a tag has more than 8 KiB"));
        }
        if tags > MOST_TAGS {
            return Err(refused(line, &format!("the template has more than {MOST_TAGS} tags")));
        }
        at = open + end;
        let marks = |c: char| c.is_whitespace() || "-+%}".contains(c);
        let word = rest[2..end].trim_matches(marks);
        if rest.as_bytes()[1] == b'%' && word.starts_with("set") {
            let inside = rest[2..end].strip_suffix("%}").unwrap_or(&rest[2..end]);
            let inside = inside.strip_suffix(['-', '+']).unwrap_or(inside);
            guards.extend(guard(text, open, open + 2 + inside.len()));
        }
        if !is_comment && word == "raw" {
            at += text[at..].find("endraw").unwrap_or(text.len() - at);
        }
    }
    Ok(guards)
}

/// The guards of a tag that may set a part of a namespace: `{% set a.b = … %}`.
fn guard(text: &str, open: usize, end: usize) -> Guards {
    let inside = &text[open..end];
    let Some(sign) = inside.find(['=', '|']).filter(|sign| inside[..*sign].contains('.')) else {
        return Vec::new();
    };
    match inside.as_bytes()[sign] {
        b'=' => vec![(open + sign + 1, "("), (end, ")|flat_value")],
        _ => vec![(end, "|flat_value")],
    }
}

/// Where a tag ends; texts in quotes may hold what would end it.
fn tag(rest: &str, close: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 2;
    let mut quote = None;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if open == byte => quote = None,
            (None, byte @ (b'"' | b'\'')) => quote = Some(byte),
            (None, _) if bytes[at..].starts_with(close.as_bytes()) => return at + 2,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn refused(span: Range<usize>, message: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("template", message, span))
}

fn mistake(document: &Document, guards: &Guards, error: &Error) -> Diagnostic {
    // Back to the text without guards.
    let original = |place: usize| {
        let shift = guards.iter().fold(0, |shift, (at, guard)| {
            shift + guard.len().min(place.saturating_sub(at + shift))
        });
        place - shift
    };
    let line = error.line().unwrap_or(1).max(1);
    let start: usize = document.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let whole = document.text[start..].lines().next().map_or(start, |text| start + text.len());
    let span = error.range().map(|range| original(range.start)..original(range.end));
    let span = span.filter(|span| span.end <= document.text.len() && span.start <= span.end);
    let message = match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "filling it takes more work than a template may".to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    };
    Diagnostic::error("template", message, span.unwrap_or(start..whole))
}
