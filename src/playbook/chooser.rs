//! Questions that lead from what somebody sees to a kind of incident: `playbooks/chooser.toml`.

use std::sync::LazyLock;

use crate::document::shape::{KEBAB, Key, Kind, Shape};
use crate::document::{Findings, Table, syntax, visit};

/// A question about what somebody sees.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name in the file.
    pub id: String,
    /// What is asked.
    pub ask: String,
    /// What can be answered; at least one.
    pub answers: Vec<Answer>,
}

/// An answer, and what follows from it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// On one line.
    pub text: String,
    /// What follows.
    pub leads: Leads,
}

/// What follows from an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// An option of the fact `incident_kind`.
    Kind(String),
    /// Another question, by its id.
    Question(String),
}

static SHAPE: Shape = Shape {
    name: "a chooser",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required(
            "question",
            Kind::Array(&Kind::Table(&QUESTION)),
            "The first is asked first.",
        ),
    ],
};

static QUESTION: Shape = Shape {
    name: "a question of the chooser",
    keys: &[
        Key::required("id", Kind::Word(&KEBAB), "Its name."),
        Key::required("ask", Kind::Line, "What is asked."),
        Key::required("answer", Kind::Array(&Kind::Table(&ANSWER)), "What can be answered."),
    ],
};

static ANSWER: Shape = Shape {
    name: "an answer of the chooser",
    keys: &[
        Key::required("text", Kind::Line, "What somebody sees."),
        Key::optional("kind", Kind::Word(&KEBAB), "The kind of incident that it is."),
        Key::optional("next", Kind::Word(&KEBAB), "The question that follows instead."),
    ],
};

/// The text of the built-in chooser.
pub const TEXT: &str = include_str!("../../playbooks/chooser.toml");

static BUILTIN: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let mut findings = Findings::default();
    let questions = syntax::read(TEXT, &mut findings, |tree, findings| {
        visit::check(tree, &SHAPE, findings);
        Table::root(tree).tables("question").iter().map(question).collect::<Option<Vec<_>>>()
    });
    questions
        .filter(|_| !findings.has_errors())
        .unwrap_or_else(|| unreachable!("a test reads the built-in chooser"))
});

/// The questions that come with the tool; the first is asked first.
pub fn questions() -> &'static [Question] {
    &BUILTIN
}

/// A question by its id.
pub fn find(id: &str) -> Option<&'static Question> {
    questions().iter().find(|question| question.id == id)
}

fn question(table: &Table<'_>) -> Option<Question> {
    Some(Question {
        id: table.text("id")?.to_owned(),
        ask: table.text("ask")?.to_owned(),
        answers: table.tables("answer").iter().map(answer).collect::<Option<_>>()?,
    })
}

fn answer(table: &Table<'_>) -> Option<Answer> {
    let kind = table.text("kind").map(|kind| Leads::Kind(kind.to_owned()));
    let next = table.text("next").map(|next| Leads::Question(next.to_owned()));
    Some(Answer { text: table.text("text")?.to_owned(), leads: kind.or(next)? })
}
