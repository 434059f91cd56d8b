//! The files of forms.

use super::{AuthorityForm, Field, Known, Mandatory, Question, Section, Unread};
use crate::document::shape::{KEBAB, Key, Kind, NAME, SNAKE, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax, visit};
use crate::fact::{Condition, Vocabulary};

/// The file of a form.
pub static FORM: Shape = Shape {
    name: "the form of an authority",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("form", Kind::Word(&KEBAB), "Its id: `uk-ico`."),
        Key::required("authority", Kind::Line, "Whose it is."),
        Key::required("name", Kind::Line, "What it is called."),
        Key::required("language", Kind::Line, "The language of its labels."),
        Key::required("place", Kind::Line, "Code of the place."),
        Key::required("duties", Kind::Array(&Kind::Line), "The duties that it is for."),
        Key::optional("channel", Kind::Line, "How it is filed."),
        Key::optional("url", Kind::Line, "Where it is."),
        Key::optional(
            "published",
            Kind::Flag,
            "Whether what is filed is published, or given to whoever asks.",
        ),
        Key::required("confidence", Kind::Option(&Known::NAMES), "How it is known."),
        Key::required("sources", Kind::Array(&Kind::Line), "Where it was read."),
        Key::required("section", Kind::Array(&Kind::Table(&SECTION)), "In its order."),
    ],
};

static SECTION: Shape = Shape {
    name: "a section of a form",
    keys: &[
        Key::required("heading", Kind::Line, "As the form has it."),
        Key::optional("gloss", Kind::Line, "The same in English."),
        Key::optional("stage", Kind::Line, "Of which filing it is part."),
        Key::optional("confidence", Kind::Option(&Known::NAMES), "If not as the form."),
        Key::required("field", Kind::Array(&Kind::Table(&FIELD)), "In its order."),
    ],
};

static FIELD: Shape = Shape {
    name: "a field of a form",
    keys: &[
        Key::optional("no", Kind::Line, "The form's own number."),
        Key::required("label", Kind::Line, "As the form has it."),
        Key::optional("gloss", Kind::Line, "The same in English."),
        Key::required("mandatory", Kind::Option(&Mandatory::NAMES), "Whether it is."),
        Key::optional("when", Kind::Line, "Under which condition."),
        Key::optional("only-if", Kind::Line, "A condition: asked only if it holds or is open."),
        Key::required("kind", Kind::Line, "What it takes."),
        Key::optional("limit", Kind::Line, "How long an answer may be."),
        Key::optional("options", Kind::Array(&Kind::Line), "What there is to choose from."),
        Key::optional("facts", Kind::Array(&Kind::Word(&SNAKE)), "What answers it, best first."),
        Key::optional("within", Kind::Line, "The place of which alone it asks: `EEA`, `US`."),
        Key::optional("asks", Kind::Array(&Kind::Word(&SNAKE)), "Questions that no fact answers."),
        Key::optional("map-of", Kind::Word(&SNAKE), "The fact that is mapped."),
        Key::optional("map", Kind::Named(&NAME, &Kind::Line), "Our option to the form's."),
        Key::optional("confidence", Kind::Option(&Known::NAMES), "If not as the form."),
        Key::optional("note", Kind::Line, "What to mind."),
    ],
};

/// The file of questions.
pub static QUESTIONS: Shape = Shape {
    name: "a file of questions of forms",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("question", Kind::Array(&Kind::Table(&QUESTION)), "Questions."),
    ],
};

static QUESTION: Shape = Shape {
    name: "a question of forms",
    keys: &[
        Key::required("id", Kind::Word(&SNAKE), "Its id."),
        Key::required("ask", Kind::Line, "In words."),
        Key::optional("fact", Kind::Word(&SNAKE), "The fact that answers it, if it is known."),
        Key::optional("options", Kind::Array(&Kind::Line), "What there is to choose from."),
    ],
};

/// The file of forms that nobody read.
pub static UNREAD: Shape = Shape {
    name: "a file of forms that were not read",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("unread", Kind::Array(&Kind::Table(&NOT_READ)), "Forms."),
    ],
};

static NOT_READ: Shape = Shape {
    name: "a form that was not read",
    keys: &[
        Key::required("form", Kind::Word(&KEBAB), "Its id."),
        Key::required("authority", Kind::Line, "Whose it is."),
        Key::required("place", Kind::Line, "Code of the place."),
        Key::required("duties", Kind::Array(&Kind::Line), "The duties that it is for."),
        Key::required("url", Kind::Line, "Where it is."),
    ],
};

type Read<T> = Result<T, Vec<Diagnostic>>;

fn whole<T>(
    document: &Document,
    shape: &'static Shape,
    read: impl Fn(&Table<'_>) -> Option<T>,
) -> Read<T> {
    let mut findings = Findings::default();
    let found = syntax::read(&document.text, &mut findings, |tree, findings| {
        visit::check(tree, shape, findings);
        read(&Table::root(tree))
    });
    match found {
        Some(found) if !findings.has_errors() => Ok(found),
        _ => Err(findings.into_sorted()),
    }
}

pub(super) fn form(document: &Document) -> Read<AuthorityForm> {
    whole(document, &FORM, |table| {
        Some(AuthorityForm {
            id: line(table, "form")?,
            authority: line(table, "authority")?,
            name: line(table, "name")?,
            place: line(table, "place")?,
            language: line(table, "language")?,
            duties: lines(table, "duties"),
            channel: line(table, "channel"),
            url: line(table, "url"),
            published: table.flag("published"),
            confidence: known(table)?,
            sources: lines(table, "sources"),
            sections: table.tables("section").iter().map(section).collect::<Option<_>>()?,
        })
    })
}

pub(super) fn questions(document: &Document) -> Read<Vec<Question>> {
    whole(document, &QUESTIONS, |table| {
        let read = |table: &Table<'_>| {
            let (id, ask) = (line(table, "id")?, line(table, "ask")?);
            let (fact, options) = (line(table, "fact"), lines(table, "options"));
            Some(Question { id, ask, fact, options })
        };
        table.tables("question").iter().map(read).collect()
    })
}

pub(super) fn unread(document: &Document) -> Read<Vec<Unread>> {
    whole(document, &UNREAD, |table| {
        let read = |table: &Table<'_>| {
            Some(Unread {
                id: line(table, "form")?,
                authority: line(table, "authority")?,
                place: line(table, "place")?,
                duties: lines(table, "duties"),
                url: line(table, "url")?,
            })
        };
        table.tables("unread").iter().map(read).collect()
    })
}

fn section(table: &Table<'_>) -> Option<Section> {
    Some(Section {
        heading: line(table, "heading")?,
        gloss: line(table, "gloss"),
        stage: line(table, "stage"),
        confidence: known(table),
        fields: table.tables("field").iter().map(field).collect::<Option<_>>()?,
    })
}

fn field(table: &Table<'_>) -> Option<Field> {
    let map = table.table("map").map(|map| {
        let pair = |id: crate::document::Spanned<'_>| Some((id.to_owned(), line(&map, &id.text)?));
        map.keys().filter_map(pair).collect()
    });
    let mandatory = match &*table.text("mandatory")?.text {
        "yes" => Mandatory::Yes,
        "no" => Mandatory::No,
        "conditional" => Mandatory::Conditional,
        _ => Mandatory::Unknown,
    };
    Some(Field {
        no: line(table, "no"),
        label: line(table, "label")?,
        gloss: line(table, "gloss"),
        mandatory,
        when: line(table, "when"),
        only_if: match line(table, "only-if") {
            Some(source) => Some(Condition::parse(&source, Vocabulary::builtin()).ok()?),
            None => None,
        },
        kind: line(table, "kind")?,
        limit: line(table, "limit"),
        options: lines(table, "options"),
        facts: lines(table, "facts"),
        within: line(table, "within"),
        asks: lines(table, "asks"),
        map_of: line(table, "map-of"),
        map: map.unwrap_or_default(),
        confidence: known(table),
        note: line(table, "note"),
    })
}

fn known(table: &Table<'_>) -> Option<Known> {
    match &*table.text("confidence")?.text {
        "form seen" => Some(Known::FormSeen),
        "guide seen" => Some(Known::GuideSeen),
        _ => Some(Known::FromMemory),
    }
}

fn line(table: &Table<'_>, key: &str) -> Option<String> {
    table.text(key).map(|text| text.to_owned())
}

fn lines(table: &Table<'_>, key: &str) -> Vec<String> {
    table.texts(key).iter().map(crate::document::Spanned::to_owned).collect()
}
