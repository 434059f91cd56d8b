//! Compares a document with its shape: every mistake in one go, as deep as the tables of the shape
//! go, never as deep as the data.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::Edit;
use super::diagnostic::{Diagnostic, Findings};
use super::fix;
use super::shape::{Form, Kind, Shape};
use super::suggest::nearest;
use super::syntax::can_be_held;
use super::table::{Value, day, same};
use crate::{escape, wording};

/// Compares a whole document with its shape.
pub fn check(root: &DeTable<'_>, shape: &Shape, findings: &mut Findings) {
    let written = root.get("schema").and_then(|value| version(value.get_ref()));
    // Of a version that cannot be read, or is newer than we are, the key itself speaks.
    let schema = written.unwrap_or(u32::MAX);
    Visit { schema, root: shape, top: root, findings }.table(root, 0..0, shape);
}

/// A version as written, if it is a number that can be one.
fn version(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}

struct Visit<'f> {
    /// The version of the format that the document is written in.
    schema: u32,
    /// The shape of the whole document.
    root: &'f Shape,
    top: &'f DeTable<'f>,
    findings: &'f mut Findings,
}

impl Visit<'_> {
    fn table(&mut self, entries: &DeTable<'_>, span: Range<usize>, shape: &Shape) {
        let mut unknown = Vec::new();
        // No shape has more keys than bits.
        let mut there = 0_u64;
        // Most tables have their keys in the order of the shape.
        let mut next = 0;
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let mut numbers = (next..shape.keys.len()).chain(0..next);
            if let Some(number) = numbers.find(|number| same(shape.keys[*number].name, name)) {
                there |= 1 << number;
                next = number + 1;
                let known = &shape.keys[number];
                if known.since > self.schema {
                    let message = format!("`{name}` needs `schema = {}`", known.since);
                    let help =
                        "change the first line of the file; older keys mean the same as before";
                    let diagnostic = Diagnostic::error("schema", message, key.span());
                    self.findings.push(diagnostic.help(help));
                }
                self.value(known.name, value, &known.kind);
            } else {
                let meant = nearest(name, shape.keys.iter().map(|key| key.name));
                // Nobody reads more; what is not kept costs nothing.
                if unknown.len() < Findings::LIMIT {
                    unknown.push((key, meant));
                } else {
                    self.unknown_key(key, meant, false, shape);
                }
            }
        }
        for (key, meant) in &unknown {
            let claims = unknown.iter().filter(|(_, other)| other == meant).take(2).count();
            let free = claims == 1 && meant.is_some_and(|meant| !entries.contains_key(meant));
            self.unknown_key(key, *meant, free, shape);
        }
        let missing: Vec<&str> = shape
            .keys
            .iter()
            .enumerate()
            .filter(|(number, key)| key.required && there & 1 << number == 0)
            .map(|(_, key)| key.name)
            .filter(|name| unknown.iter().all(|(_, meant)| *meant != Some(name)))
            .collect();
        if !missing.is_empty() {
            let message = format!("{} has no {}", shape.name, wording::ticked(&missing));
            self.findings.push_absent(Diagnostic::error("missing-key", message, span));
        }
    }

    fn value(&mut self, name: &str, value: &Value<'_>, kind: &Kind) {
        let span = value.span();
        match (kind, value.get_ref()) {
            (
                Kind::Line | Kind::Argument | Kind::Text | Kind::Word(_) | Kind::Option(_),
                DeValue::String(found),
            ) => {
                text(name, found, kind, span, self.findings);
            }
            (Kind::Flag, DeValue::Boolean(_))
            | (Kind::Integer, DeValue::Integer(_))
            | (Kind::Texts, DeValue::String(_))
            | (Kind::Opaque, DeValue::Table(_)) => {}
            (Kind::Day, DeValue::Datetime(found)) if day(found).is_some() => {}
            (Kind::Version(newest), DeValue::Integer(found)) => {
                let written = version(value.get_ref());
                // Of a number that cannot be held the parser's reader already spoke.
                if can_be_held(value.get_ref())
                    && written.is_none_or(|version| !(1..=*newest).contains(&version))
                {
                    let ours = match newest {
                        1 => "schema 1".to_owned(),
                        newest => format!("schemas 1 to {newest}"),
                    };
                    let message =
                        format!("this is schema {found}; this version of the tool reads {ours}");
                    self.findings.push(Diagnostic::error("schema", message, span));
                }
            }
            (Kind::Array(kind), DeValue::Array(values)) => {
                for element in values {
                    self.value(name, element, kind);
                }
            }
            (Kind::Table(shape) | Kind::PlainOr(shape), DeValue::Table(entries)) => {
                self.table(entries, span, shape);
            }
            (Kind::ByKey(key, with, without), DeValue::Table(entries)) => {
                self.table(entries, span, if entries.contains_key(*key) { with } else { without });
            }
            (Kind::Named(form, kind), DeValue::Table(entries)) => {
                for (key, value) in entries {
                    let name = key.get_ref().as_ref();
                    form_of(name, name, form, key.span(), Vec::new(), self.findings);
                    self.value(name, value, kind);
                }
            }
            (Kind::TextOr(text, _), DeValue::String(_)) => self.value(name, value, text),
            (Kind::TextOr(_, other), DeValue::Array(_) | DeValue::Table(_)) => {
                self.value(name, value, other);
            }
            (Kind::Texts, DeValue::Array(values)) if values.iter().all(is_text) => {}
            (Kind::Plain | Kind::PlainOr(_), DeValue::Array(values)) => {
                for element in values {
                    match element.get_ref() {
                        DeValue::Table(_) | DeValue::Array(_) => {
                            wrong_type(name, element, &Kind::Plain, self.findings);
                        }
                        _ => {}
                    }
                }
            }
            (Kind::Plain | Kind::PlainOr(_), found) if !found.is_table() => {}
            (kind, _) => wrong_type(name, value, kind, self.findings),
        }
    }

    /// Reports a key; the one that was meant is `free` if it can be written instead.
    fn unknown_key(
        &mut self,
        key: &Spanned<Cow<'_, str>>,
        meant: Option<&str>,
        free: bool,
        shape: &Shape,
    ) {
        let name = key.get_ref().as_ref();
        // Below a header, every key is the header's.
        let is_inside = !std::ptr::eq(shape, self.root);
        let is_above = is_inside
            && self.root.keys.iter().any(|known| known.name == name && !known.kind.is_table())
            && !self.top.contains_key(name);
        let meant = meant.filter(|_| !is_above);
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if is_above => {
                format!("it is a key of {}: move it above the first header", self.root.name)
            }
            None => {
                let known: Vec<&str> = shape.keys.iter().map(|key| key.name).collect();
                format!("{} may have {}", shape.name, wording::ticked(&known))
            }
        };
        let message = format!("{} has no key `{}`", shape.name, escape::line(name));
        let diagnostic = Diagnostic::error("unknown-key", message, key.span());
        let fix = fix::word(key.span(), meant.filter(|_| free), false);
        self.findings.push(diagnostic.help(help).fix(fix));
    }
}

fn is_text(value: &Value<'_>) -> bool {
    value.get_ref().is_str()
}

fn wrong_type(name: &str, value: &Value<'_>, kind: &Kind, findings: &mut Findings) {
    // Of such a number the parser's reader already spoke.
    if !can_be_held(value.get_ref()) {
        return;
    }
    let (wanted, help) = wanted(kind);
    let name = escape::line(name);
    let found = article(value.get_ref());
    let message = format!("`{name}` must be {wanted}, not {found}");
    let help = help.map(|help| help.replace('%', &name));
    let diagnostic = Diagnostic::error("wrong-type", message, value.span()).maybe_help(help);
    let fix = match kind {
        Kind::Day => fix::unquoted(value, |text| text.parse::<NaiveDate>().is_ok()),
        Kind::Flag => fix::unquoted(value, |text| matches!(text, "true" | "false")),
        Kind::Version(_) => fix::unquoted(value, |text| text == "1"),
        Kind::Array(Kind::Table(_) | Kind::ByKey(..)) => Vec::new(),
        Kind::Array(Kind::Argument) => fix::split(value),
        Kind::Array(_) => fix::bracketed(value),
        _ => Vec::new(),
    };
    findings.push(diagnostic.fix(fix));
}

fn text(name: &str, found: &str, kind: &Kind, span: Range<usize>, findings: &mut Findings) {
    if !found.starts_with(|c: char| c.is_ascii_graphic()) && found.trim().is_empty() {
        let message = format!("`{}` is empty", escape::line(name));
        findings.push(Diagnostic::error("empty-text", message, span));
        return;
    }
    match kind {
        Kind::Word(form) if !(form.valid)(found) => {
            let meant = (form.mend)(found).filter(|meant| meant != found);
            let fix = fix::word(span.clone(), meant.as_deref(), true);
            form_of(name, found, form, span, fix, findings);
        }
        Kind::Option(options) if !options.contains(&found) => {
            let message = format!("`{name}` cannot be `{}`", escape::line(found));
            let meant = nearest(found, options.iter().copied());
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => wording::choice(options),
            };
            let fix = fix::word(span.clone(), meant, true);
            findings.push(Diagnostic::error("wrong-option", message, span).help(help).fix(fix));
        }
        Kind::Line | Kind::Argument
            if memchr::memchr2(b'\n', b'\r', found.as_bytes()).is_some() =>
        {
            let message = format!("`{}` has more than one line", escape::line(name));
            findings.push(Diagnostic::error("many-lines", message, span));
        }
        _ => {}
    }
}

fn form_of(
    name: &str,
    found: &str,
    form: &Form,
    span: Range<usize>,
    fix: Vec<Edit>,
    findings: &mut Findings,
) {
    if !(form.valid)(found) {
        let message = if name == found {
            format!("`{}` cannot be a name here", escape::line(found))
        } else {
            format!("`{}` cannot be `{}`", escape::line(name), escape::line(found))
        };
        let help = format!("write {}", form.says);
        findings.push(Diagnostic::error("wrong-form", message, span).help(help).fix(fix));
    }
}

/// What was wanted, and how to write it where that helps; `%` stands for the key.
fn wanted(kind: &Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        Kind::Line | Kind::Argument | Kind::Text | Kind::Word(_) | Kind::Option(_) => {
            ("a text", None)
        }
        Kind::Flag => ("`true` or `false`", None),
        Kind::Day => ("a day", Some("write it without quotes: `% = 2026-11-20`")),
        Kind::Integer | Kind::Version(_) => ("a whole number", None),
        Kind::Array(Kind::Table(_) | Kind::ByKey(..)) => (
            "an array of tables",
            Some("write `% = [{ … }]`, or start each one with a header in double brackets"),
        ),
        Kind::Array(Kind::Argument) => {
            ("an array", Some("write the program first, then one text for each argument"))
        }
        Kind::Array(_) => ("an array", Some("write `% = [\"…\"]`, even for one")),
        Kind::Table(_) | Kind::ByKey(..) | Kind::Named(..) | Kind::Opaque => ("a table", None),
        Kind::TextOr(_, Kind::Array(_)) => ("a text or an array", None),
        Kind::TextOr(..) => ("a text or a table", None),
        Kind::Texts => ("a text or an array of texts", None),
        Kind::Plain | Kind::PlainOr(_) => ("an answer", None),
    }
}

fn article(found: &DeValue<'_>) -> &'static str {
    match found {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(true) => "`true`",
        DeValue::Boolean(false) => "`false`",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
