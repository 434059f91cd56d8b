//! A file of a language: one file, checked as a playbook is.

use std::collections::BTreeMap;

use super::speech::{SPEECH, Speech};
use super::{Form, Language};
use crate::document::shape::{KEBAB, Key, Kind, NAME as WORD, SNAKE, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax, visit};
use crate::notice::marks::{ADDRESS, DATE, NAME, SIGNATORY};
use crate::regime::DUTY_ID;

/// The file of a language.
pub static LANGUAGE: Shape = Shape {
    name: "a file of a language",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("language", Kind::Line, "Its tag, as BCP 47 has it: `de`, `pt-BR`."),
        Key::required("name", Kind::Line, "What English calls it."),
        Key::optional("places", Kind::Array(&Kind::Line), "Where people are written to in it."),
        Key::optional("reviewed-by", Kind::Line, "The native speaker who read it, and when."),
        Key::required("form", Kind::Table(&FORM), "How dates, numbers and addresses are written."),
        Key::optional("variant", Kind::Array(&Kind::Table(&VARIANT)), "The same, by place."),
        Key::required("letter", Kind::Table(&LETTER), "How a letter begins and ends."),
        Key::optional(
            "speech",
            Kind::Table(&SPEECH),
            "Words by which a text betrays what it says.",
        ),
        Key::optional("title", Kind::Named(&SNAKE, &Kind::Line), "What facts are called, by fact."),
        Key::optional("place", Kind::Named(&WORD, &Kind::Line), "What places are called, by code."),
        Key::optional("law", Kind::Array(&Kind::Table(&LAW)), "What laws ask for, by hand."),
        Key::optional("template", Kind::Named(&KEBAB, &Kind::Text), "Templates, by reader."),
        Key::optional("class", Kind::Named(&KEBAB, &Kind::Table(&CLASS)), "Classes of data."),
        Key::optional("cite", Kind::Named(&DUTY_ID, &Kind::Line), "Citations of the law, by duty."),
        Key::optional("option", Kind::Named(&SNAKE, &NAMES), "Options of facts, by fact."),
        Key::optional("item", Kind::Named(&KEBAB, &Kind::Table(&ITEM)), "What notices say."),
    ],
};

static LAW: Shape = Shape {
    name: "words of a law",
    keys: &[
        Key::required("words", Kind::Line, "As a law's list has them."),
        Key::required("own", Kind::Line, "What this language calls them."),
    ],
};

static NAMES: Kind = Kind::Named(&WORD, &Kind::Line);

static LETTER: Shape = Shape {
    name: "how a letter begins and ends",
    keys: &[
        Key::required(
            "salutation",
            Kind::Line,
            "For people of whom only the name is known: `[NAME]`.",
        ),
        Key::required("closing", Kind::Line, "Above the signature."),
        Key::optional("date", Kind::Line, "Where the date goes: `[DATE]`."),
        Key::optional("address", Kind::Line, "Where name and address go."),
        Key::optional("name", Kind::Line, "Where the name goes: `[NAME]`."),
        Key::optional("signatory", Kind::Line, "Where name and function of the signer go."),
    ],
};

static CLASS: Shape = Shape {
    name: "a class of data",
    keys: &[
        Key::required("words", Kind::Text, "What offices call it: a template."),
        Key::required("people", Kind::Text, "What it is called to whom it belongs: a template."),
        Key::optional("signs", Kind::Array(&Kind::Line), "Beginnings of words that betray it."),
    ],
};

static ITEM: Shape = Shape {
    name: "an item of a notice",
    keys: &[
        Key::optional("text", Kind::Text, "How it is worded for an authority."),
        Key::optional("plain", Kind::Text, "How it is worded for people."),
    ],
};

/// Every key of a form, and those before it.
macro_rules! form {
    ($name:literal, $kind:ident, [$($before:expr),*]) => {
        Shape { name: $name, keys: &[
            $($before,)*
            Key::$kind("months", Kind::Array(&Kind::Line), "The twelve months, as in a date."),
            Key::$kind("date", Kind::Line, "`{day} {month} {year}`"),
            Key::optional("first", Kind::Line, "The first of a month, if it is no plain number."),
            Key::$kind("on", Kind::Line, "`on {date}`"),
            Key::$kind("between", Kind::Line, "`between {from} and {to}`"),
            Key::$kind("in-month", Kind::Line, "`in {month} {year}`"),
            Key::$kind("in-year", Kind::Line, "`in {year}`"),
            Key::$kind("moment", Kind::Line, "`{date}, {time} (UTC{offset})`"),
            Key::$kind("thousands", Kind::Plain, "What parts thousands."),
            Key::optional("decimal", Kind::Plain, "What stands before cents: `.`."),
            Key::optional("money", Kind::Line, "`{currency} {n}`"),
            Key::optional("parted-from", Kind::Integer, "How many digits are parted at least: 4."),
            Key::$kind("about", Kind::Line, "`about {n}`"),
            Key::$kind("at-least", Kind::Line, "`at least {n}`"),
            Key::$kind("at-most", Kind::Line, "`at most {n}`"),
            Key::$kind("unknown", Kind::Line, "A number that nobody knows."),
            Key::optional("said", Kind::Line, "`{title}: {value}`"),
            Key::optional("follows", Kind::Line, "What is told later: `{value}; it will follow`."),
            Key::$kind("town", Kind::Text, "Below the street: `{postcode} {town}`, `{region}`."),
        ] }
    };
}

static FORM: Shape = form!("how a place writes", required, []);

static VARIANT: Shape = form!(
    "how another place writes",
    optional,
    [
        Key::required("places", Kind::Array(&Kind::Line), "The places."),
        Key::optional(
            "salutation",
            Kind::Line,
            "For people of whom only the name is known: `[NAME]`."
        ),
        Key::optional("closing", Kind::Line, "Above the signature.")
    ]
);

pub(super) fn language(document: &Document) -> Result<Language, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    let name = &document.name;
    let language = syntax::read(&document.text, &mut findings, |tree, findings| {
        visit::check(tree, &LANGUAGE, findings);
        read(&Table::root(tree), name)
    });
    match language {
        Some(language) if !findings.has_errors() => Ok(language),
        _ => Err(findings.into_sorted()),
    }
}

fn read(table: &Table<'_>, name: &str) -> Option<Language> {
    let owned = |table: &Table<'_>, key: &str| table.text(key).map(|text| text.text.into_owned());
    let template = |table: &Table<'_>, key: &str, of: &str| {
        let name = format!("{name}, {key} of {of}");
        owned(table, key).map(|text| Document { name, text })
    };
    let places = |table: &Table<'_>| -> Vec<String> {
        table.texts("places").iter().map(crate::document::Spanned::to_owned).collect()
    };
    let pairs = |key: &str, one: &str, other: &str| {
        let all = table.table(key);
        let read = |id: String, of: &Table<'_>| {
            let texts = (template(of, one, &id), template(of, other, &id));
            (id, texts)
        };
        let tables = all.iter().flat_map(|all| {
            all.keys().filter_map(|id| Some(read(id.to_owned(), &all.table(&id.text)?)))
        });
        tables.collect::<BTreeMap<_, _>>()
    };
    let letter = table.table("letter")?;
    let form = Form::read(&table.table("form")?, &letter, None)?;
    let variants = table.tables("variant").into_iter();
    let variants = variants.map(|one| Some((places(&one), Form::read(&one, &one, Some(&form))?)));
    let options = table.table("option").map(|options| {
        options
            .keys()
            .filter_map(|fact| {
                let all = options.table(&fact.text)?;
                let of = |id: crate::document::Spanned<'_>| {
                    Some((id.to_owned(), owned(&all, &id.text)?))
                };
                Some((fact.to_owned(), all.keys().filter_map(of).collect()))
            })
            .collect()
    });
    let templates = table.table("template").map(|templates| {
        let of = |id: crate::document::Spanned<'_>| {
            Some((id.to_owned(), template(&templates, &id.text, "template")?))
        };
        templates.keys().filter_map(of).collect()
    });
    Some(Language {
        tag: owned(table, "language")?,
        name: owned(table, "name")?,
        places: places(table),
        reviewed_by: owned(table, "reviewed-by"),
        variants: variants.collect::<Option<_>>()?,
        signs: signs(table),
        speech: table.table("speech").map(|speech| Speech::read(&speech)).unwrap_or_default(),
        classes: pairs("class", "words", "people"),
        options: options.unwrap_or_default(),
        items: pairs("item", "text", "plain"),
        templates: templates.unwrap_or_default(),
        titles: named(table, "title"),
        place_names: named(table, "place"),
        law: law(table),
        places_to_fill: places_to_fill(&letter),
        cites: named(table, "cite"),
        form,
    })
}

/// Lines by name.
fn named(table: &Table<'_>, key: &str) -> BTreeMap<String, String> {
    let Some(lines) = table.table(key) else { return BTreeMap::new() };
    let of = |id: crate::document::Spanned<'_>| {
        Some((id.to_owned(), lines.text(&id.text)?.text.into_owned()))
    };
    lines.keys().filter_map(of).collect()
}

/// Words of laws, and what the language calls them.
fn law(table: &Table<'_>) -> Vec<(String, String)> {
    let words = table.tables("law").into_iter();
    let words =
        words.filter_map(|one| Some((one.text("words")?.to_owned(), one.text("own")?.to_owned())));
    words.collect()
}

/// What the language writes where a letter has places to fill.
fn places_to_fill(letter: &Table<'_>) -> Vec<(&'static str, String)> {
    let places = [("date", DATE), ("address", ADDRESS), ("name", NAME), ("signatory", SIGNATORY)];
    let own = places.into_iter();
    own.filter_map(|(key, place)| Some((place, letter.text(key)?.text.into_owned()))).collect()
}

/// Beginnings of words by class, in small letters.
fn signs(table: &Table<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(classes) = table.table("class") else { return BTreeMap::new() };
    let of = |id: crate::document::Spanned<'_>| {
        let signs = classes.table(&id.text)?.texts("signs");
        Some((id.to_owned(), signs.iter().map(|sign| sign.text.to_lowercase()).collect()))
    };
    classes.keys().filter_map(of).collect()
}
