//! What may stand in an answers file and in a test of a playbook: answers by step and fact.

use crate::document::shape::{KEBAB, Key, Kind, NAME, SNAKE, Shape};
use crate::fact::LENGTH;
use crate::fact::names;

/// Outcomes as files write them.
const OUTCOMES: [&str; 6] = ["done", "skipped", "not-applicable", "blocked", "waiting", "assigned"];

/// An answers file.
pub static ANSWERS: Shape = Shape {
    name: "an answers file",
    keys: &[
        Key::optional(
            "opening",
            Kind::Table(&OPENING),
            "Answers to what is asked before the walk.",
        ),
        FACT_ANSWERS,
        STEP_ANSWERS,
    ],
};

const FACT_ANSWERS: Key = Key::optional(
    "fact",
    BY_FACT,
    "Facts by name: a value, or a table that also says when and who decided.",
);
const BY_FACT: Kind = Kind::Named(&SNAKE, &Kind::PlainOr(&ANSWER));

const STEP_ANSWERS: Key = Key::optional("step", BY_STEP, "The outcome of each step.");
const BY_STEP: Kind = Kind::Named(&KEBAB, &Kind::Table(&STEP));

static OPENING: Shape = Shape {
    name: "the opening",
    keys: &[
        Key::optional("responder", Kind::PlainOr(&ANSWER), "Who answers."),
        Key::optional("title", Kind::PlainOr(&ANSWER), "What the incident is called."),
        Key::optional(names::FIRST_SIGNAL, Kind::PlainOr(&ANSWER), "When it was first noticed."),
        Key::optional(names::INCIDENT_KIND, Kind::PlainOr(&ANSWER), "What kind of breach it is."),
        Key::optional("playbook", Kind::PlainOr(&ANSWER), "The playbook to choose."),
        Key::optional("incident", Kind::PlainOr(&ANSWER), "The incident, if there are several."),
    ],
};

static ANSWER: Shape = Shape {
    name: "an answer",
    keys: &[
        Key::required("value", Kind::Plain, "The answer, as you would type it."),
        Key::optional("at", Kind::Plain, "When it happened, if not now."),
        Key::optional("by", Kind::Line, "Who decided, for a determination."),
        Key::optional("role", Kind::Line, "In which role."),
        Key::optional("basis", Kind::Line, "On what basis."),
    ],
};

static DECISION: Shape = Shape {
    name: "a decision",
    keys: &[
        Key::required("what", Kind::Plain, "What was decided: an option, its number, or words."),
        Key::required("by", Kind::Line, "Who decided."),
        Key::optional("role", Kind::Line, "In which role, if the playbook names none."),
        Key::required("basis", Kind::Line, "On what basis."),
        Key::optional("dissent", Kind::Line, "Who disagreed, and why."),
    ],
};

macro_rules! outcome_keys {
    ($($more:expr),*) => {
        &[
            Key::optional("outcome", Kind::Option(&OUTCOMES), "Its outcome."),
            Key::optional("text", Kind::Plain, "Text that goes with it, or who it is assigned to."),
            Key::optional("reason", Kind::Plain, "Why it is skipped, blocked or not applicable."),
            Key::optional("at", Kind::Plain, "When it happened, if not now."),
            Key::optional("run", Kind::Texts, "Commands to run first, by id."),
            Key::optional("note", Kind::Texts, "Notes to write first."),
            Key::optional("evidence", Kind::Named(&KEBAB, &Kind::Line), "Path or reference of each."),
            Key::optional("confirm", Kind::Named(&KEBAB, &Kind::Line), "What to type to confirm."),
            Key::optional("decision", Kind::Table(&DECISION), "What was decided, of a step that decides."),
            $($more),*
        ]
    };
}

static STEP: Shape = Shape {
    name: "the script of a step",
    keys: outcome_keys!(Key::optional(
        "item",
        Kind::Named(&NAME, &Kind::Table(&ITEM)),
        "The same for one item of a step that repeats."
    )),
};

static ITEM: Shape = Shape { name: "the script of an item", keys: outcome_keys!() };

/// Tests of a playbook.
pub static TESTS: Shape = Shape {
    name: "a test file",
    keys: &[
        Key::required("schema", Kind::Version(2), "Version of the format: 1 or 2."),
        Key::optional(
            "playbook",
            Kind::Line,
            "The playbook, relative to this file; if left out, the one with the same name.",
        ),
        Key::required(
            "case",
            Kind::Array(&Kind::Table(&CASE)),
            "Walks, each with what it expects.",
        ),
    ],
};

static CASE: Shape = Shape {
    name: "a case",
    keys: &[
        Key::required("name", Kind::Line, "What it shows, on one line."),
        Key::optional("starts-at", Kind::Plain, "When the walk begins; 2026-01-05 03:00 UTC."),
        Key::optional("known", Kind::Named(&SNAKE, &Kind::Plain), "Facts from earlier phases."),
        Key::optional(
            "otherwise",
            Kind::Option(&["done", "skipped", "stop"]),
            "The outcome of steps that are not named, with their facts unknown; `stop` if left \
             out.",
        ),
        FACT_ANSWERS,
        STEP_ANSWERS,
        Key::optional("takes", Kind::Named(&KEBAB, &Kind::Word(&LENGTH)), "How long steps take."),
        Key::optional(
            "exit",
            Kind::Named(&KEBAB, &Kind::Named(&KEBAB, &Kind::Integer)),
            "Exit codes of commands, by step and command; 0 if left out. No command runs.",
        ),
        Key::required("expect", Kind::Table(&EXPECT), "What must be true in the end."),
    ],
};

static EXPECT: Shape = Shape {
    name: "what is expected",
    keys: &[
        Key::optional("complete", Kind::Flag, "Whether the phase is complete."),
        Key::optional("asks", Kind::Array(&Kind::Line), "Steps that come up, in this order."),
        Key::optional("never-asks", Kind::Array(&Kind::Word(&KEBAB)), "Steps that do not come up."),
        Key::optional(
            "outcome",
            Kind::Named(&KEBAB, &Kind::Option(&OUTCOMES)),
            "Outcomes of steps.",
        ),
        Key::optional(
            "item",
            Kind::Named(&KEBAB, &Kind::Named(&NAME, &Kind::Option(&OUTCOMES))),
            "Outcomes of steps that repeat, item by item.",
        )
        .since(2),
        Key::optional(
            "fact",
            Kind::Named(&SNAKE, &Kind::Plain),
            "Values that are known at the end.",
        ),
        Key::optional(
            "owes",
            Kind::Array(&Kind::Line),
            "Everything owed, as `breach status` lists it.",
        ),
        Key::optional(
            "look-again",
            Kind::Named(&KEBAB, &Kind::Plain),
            "When to check again on steps that wait.",
        ),
        Key::optional(
            "late",
            Kind::Array(&Kind::Word(&KEBAB)),
            "All steps that took longer than allowed.",
        ),
    ],
};
