//! What may stand in a playbook: the one definition of its format.

use crate::document::shape::{KEBAB, Key, Kind, Shape};
use crate::fact::{FACTS, LENGTH};
use crate::part::PARTS;

const PHASES: [&str; 5] = ["preparation", "containment", "scoping", "notification", "post-mortem"];

/// A playbook.
pub static SHAPE: Shape = Shape {
    name: "a playbook",
    keys: &[
        Key::required("schema", Kind::Version(2), "Version of the format: 1 or 2."),
        Key::required("id", Kind::Word(&KEBAB), "Its name among the playbooks of its phase."),
        Key::required("phase", Kind::Option(&PHASES), "The phase it is for."),
        Key::required("title", Kind::Line, "What it does, on one line."),
        Key::required("version", Kind::Line, "Version of the playbook."),
        Key::required("owner", Kind::Line, "Who keeps it up to date."),
        Key::required("reviewed-on", Kind::Day, "When somebody last read it through."),
        Key::optional(
            "suits",
            Kind::Array(&Kind::Word(&KEBAB)),
            "Kinds of incident it suits; without any, all.",
        ),
        Key::required("summary", Kind::Text, "What it is for, in one or two sentences."),
        Key::optional(
            "references",
            Kind::Array(&Kind::Line),
            "Standards and pages it is based on.",
        ),
        Key::optional("origin", Kind::Opaque, "Where it comes from, for its owner; not read.")
            .since(2),
        Key::optional("fact", FACTS, "Facts that only this playbook asks for."),
        Key::optional(
            "cut-off",
            Kind::Array(&Kind::Table(&CUT_OFF)),
            "What has to be cut together, by when.",
        )
        .since(2),
        Key::required("step", Kind::Array(&ANY_STEP), "The steps in their order."),
    ],
};

static CUT_OFF: Shape = Shape {
    name: "a cut-off",
    keys: &[
        Key::required("by", Kind::Word(&LENGTH), "How long after the start it is cut."),
        Key::required("steps", Kind::Array(&ID), "The steps that cut, in one minute."),
        Key::optional("after", Kind::Array(&ID), "Steps that come first, whatever they save."),
    ],
};

/// Steps that several playbooks take.
pub static STEPS: Shape = Shape {
    name: "a file of shared steps",
    keys: &[
        Key::required("schema", Kind::Version(2), "Version of the format: 1 or 2."),
        Key::required(
            "shared-step",
            Kind::Array(&Kind::Table(&SHARED_STEP)),
            "The steps; each playbook decides where they go.",
        ),
    ],
};

static ANY_STEP: Kind = Kind::ByKey("use", &USED_STEP, &STEP);

static USED_STEP: Shape = Shape {
    name: "a shared step",
    keys: &[
        Key::required("use", Kind::Word(&KEBAB), "The id of a shared step."),
        WHEN,
        NEEDS,
        Key::optional("within", Kind::Word(&LENGTH), "How long it may take here.").since(2),
    ],
};

const WHEN: Key = Key::optional("when", Kind::Text, "The condition on which it applies.");
const NEEDS: Key = Key::optional("needs", Kind::Array(&ID), "Earlier steps that must come first.");
const ID: Kind = Kind::Word(&KEBAB);

macro_rules! step_keys {
    ($($place:expr),*) => {
        &[
            Key::required("id", Kind::Word(&KEBAB), "Its name in the playbook and in the log."),
            Key::required("title", Kind::Line, "What to do, on one line; `{item}` if it repeats."),
            Key::required("why", Kind::Text, "Why it matters, in one or two sentences."),
            Key::required("do", DO, "What to do, in short Markdown, whole or in parts."),
            Key::optional("acts", ACTS, "The same as short imperatives, one line each.").since(2),
            Key::optional("role", Kind::Option(&super::Role::NAMES), "Who should do it."),
            Key::optional("within", Kind::Word(&LENGTH), "How long it may take."),
            $($place,)*
            Key::optional(
                "call",
                Kind::Array(&Kind::Option(&PARTS)),
                "Who it needs: the roster's contacts with this part are shown."
            ),
            Key::optional("see", Kind::Array(&ID), "Other playbooks to look at.").since(2),
            Key::optional(
                "after",
                Kind::Word(&LENGTH),
                "How long to wait, once the steps it needs are settled, before it comes up."
            )
            .since(2),
            Key::optional("decision", Kind::Table(&DECISION), "The decision to take.").since(2),
            Key::optional("for-each", Kind::Line, "A list fact; the step repeats for each item."),
            Key::optional("ask", Kind::Array(&Kind::Line), "Facts to ask for when it is done."),
            Key::optional(
                "ask-again",
                Kind::Array(&Kind::Line),
                "Facts that an earlier step asks for and this one changes: asked even if known."
            )
            .since(2),
            Key::optional(
                "ask-duties",
                Kind::Flag,
                "It also asks a person the facts that duties of the law wait for."
            )
            .since(2),
            Key::optional("evidence", Kind::Array(&Kind::Table(&WANTED)), "What to keep."),
            Key::optional("preserves", Kind::Array(&Kind::Word(&KEBAB)), "Evidence that it keeps."),
            Key::optional(
                "destroys",
                Kind::Array(&Kind::Word(&KEBAB)),
                "Evidence that it destroys."
            ),
            Key::optional("privileged", Kind::Flag, "Whether its entries are marked privileged."),
            Key::optional("command", Kind::Array(&Kind::Table(&COMMAND)), "What `breach` can run."),
        ]
    };
}

/// The Markdown of a step, or its parts.
const DO: Kind =
    Kind::TextOr(&Kind::Text, &Kind::Array(&Kind::TextOr(&Kind::Text, &Kind::Table(&PART))));

static PART: Shape = Shape {
    name: "a part of `do`",
    keys: &[WHEN, Key::required("text", Kind::Text, "What to do, in short Markdown.")],
};

/// Imperatives.
const ACTS: Kind = Kind::Array(&Kind::TextOr(&Kind::Line, &Kind::Table(&ACT)));

static ACT: Shape = Shape {
    name: "an act",
    keys: &[WHEN, Key::required("text", Kind::Line, "An imperative, on one line.")],
};

static DECISION: Shape = Shape {
    name: "a decision",
    keys: &[
        Key::required("question", Kind::Line, "What has to be decided."),
        Key::optional("options", Kind::Array(&Kind::Line), "What can be chosen."),
        Key::optional("role", Kind::Option(&super::Role::NAMES), "Who decides."),
    ],
};

static STEP: Shape = Shape { name: "a step", keys: step_keys!(WHEN, NEEDS) };

static SHARED_STEP: Shape = Shape { name: "a shared step", keys: step_keys!() };

static WANTED: Shape = Shape {
    name: "evidence",
    keys: &[
        Key::required("id", Kind::Word(&KEBAB), "Its name in the step."),
        Key::required("title", Kind::Line, "What it is."),
        Key::optional("required", Kind::Flag, "If missing, it stays owed."),
    ],
};

static COMMAND: Shape = Shape {
    name: "a command",
    keys: &[
        Key::required("id", Kind::Word(&KEBAB), "Its name in the step."),
        Key::required("title", Kind::Line, "What it does."),
        Key::required("run", Kind::Array(&Kind::Argument), "The program, then its arguments."),
        Key::optional(
            "timeout",
            Kind::Word(&LENGTH),
            "How long it may run; ten minutes if left out.",
        ),
        Key::optional("changes", Kind::Flag, "Whether it changes the system."),
        Key::optional("fills", Kind::Line, "The fact that its output answers, once confirmed.")
            .since(2),
        Key::optional("undo", Kind::Text, "How to undo it, or that it cannot be undone."),
        Key::optional("when", Kind::Text, "The condition on which it is offered."),
    ],
};

#[cfg(test)]
mod tests {
    #[test]
    fn phases_are_those_of_the_house() {
        assert_eq!(super::PHASES, crate::phase::Phase::ALL.map(crate::phase::Phase::as_str));
    }
}
