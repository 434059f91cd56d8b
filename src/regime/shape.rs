//! What may stand in a regime file: the one definition of its format.

use super::{Confidence, Count, Passage, Period, Status};
use crate::document::shape::{Form, KEBAB, Key, Kind, Shape};

/// Kinds of recipient.
pub(super) const RECIPIENTS: [&str; 14] = [
    "authority",
    "people",
    "controller",
    "customers",
    "media",
    "market",
    "law-enforcement",
    "acquirer",
    "card-brands",
    "consumer-reporting-agencies",
    "other-organisations",
    "public",
    "register",
    "assessment",
];

/// A regime.
pub static SHAPE: Shape = Shape {
    name: "a regime",
    keys: &[
        Key::required("schema", Kind::Version(2), "Version of the format: 1 or 2."),
        Key::required(
            "regime",
            Kind::Word(&KEBAB),
            "Its id, which the ids of its duties begin with.",
        ),
        Key::required("name", Kind::Line, "Its name."),
        Key::required("jurisdiction", Kind::Line, "Where it applies."),
        Key::required("zone", Kind::Word(&ZONE), "The time zone in which its days are counted."),
        Key::required("status", Kind::Option(&Status::NAMES), "Whether it is in force."),
        Key::optional("from", Kind::Day, "First day it applies."),
        Key::optional("until", Kind::Day, "Last day it applies."),
        Key::required("applies", Kind::Text, "Who it applies to, in words."),
        Key::optional("where", Kind::Text, "The same as a condition."),
        Key::required("trigger", Kind::Text, "What triggers it, in words."),
        Key::optional("exemptions", Kind::Text, "What exempts from it, in words."),
        Key::optional("changes", Kind::Text, "What has changed or may change."),
        Key::optional("traps", Kind::Array(&Kind::Text), "Where others go wrong."),
        Key::optional("not-of", Kind::Array(&Kind::Table(&NOT_OF)), "Whom it does not protect.")
            .since(2),
        Key::required("confidence", Kind::Option(&Confidence::NAMES), "How sure we are."),
        Key::optional("sources", Kind::Array(&Kind::Line), "Where it was read."),
        Key::required("duty", Kind::Array(&Kind::Table(&DUTY)), "What it requires."),
        Key::optional(
            "earlier",
            Kind::Array(&Kind::Table(&EARLIER)),
            "What its duties said before, the latest version first.",
        )
        .since(2),
    ],
};

const FROM_MEMORY: Key = Key::optional(
    "from-memory",
    Kind::Array(&Kind::Option(&Passage::NAMES)),
    "Which passages are from memory, where the confidence is `mixed`.",
);

static DUTY: Shape = Shape {
    name: "a duty",
    keys: &[
        Key::required("id", Kind::Word(&DUTY_ID), "The regime's id, a full stop, and its own."),
        Key::required("cite", Kind::Line, "Where in the law it is."),
        Key::required("who", Kind::Line, "Who owes it."),
        Key::required("to", Kind::Array(&Kind::Option(&RECIPIENTS)), "Kinds of recipient."),
        Key::optional("recipient", Kind::Line, "The recipient by name, or how to find out."),
        Key::optional(
            "each-place",
            Kind::Text,
            "While this holds, the authority of each place where people live is told.",
        )
        .since(2),
        Key::optional("stage", Kind::Line, "Its place in a chain."),
        Key::optional("test", Kind::Text, "When it is owed, in words."),
        Key::optional(
            "when",
            Kind::Text,
            "The same as a condition; if it is open, a person decides.",
        ),
        Key::optional(
            "unless",
            Kind::Array(&Kind::Table(&UNLESS)),
            "What exempts from it once known.",
        ),
        Key::optional("period", Kind::Word(&PERIOD), "How long it may take, if the law says."),
        Key::optional("instead", Kind::Array(&Kind::Table(&INSTEAD)), "Other periods."),
        Key::required("count", Kind::Option(&Count::OWN), "How the period is counted."),
        Key::optional("clock", Kind::Line, "The fact that starts it."),
        Key::optional("waits", Kind::Flag, "Nothing runs until the fact is recorded."),
        Key::optional("year-end", Kind::Flag, "It runs from the end of the fact's year."),
        Key::optional("after", Kind::Word(&DUTY_ID), "It runs from this duty's first filing."),
        Key::optional("after-last", Kind::Word(&DUTY_ID), "It runs from the last filing."),
        Key::optional("with", Kind::Word(&DUTY_ID), "Due no later than this duty's filing."),
        Key::optional("before", Kind::Word(&DUTY_ID), "Due before this duty's filing."),
        Key::optional("clock-words", Kind::Text, "The statute's words on what starts it."),
        Key::optional("cap", Kind::Table(&CAP), "Another limit, which applies if it is earlier."),
        Key::optional("latest", Kind::Option(&Count::NAMES), "A later reading, shown as well."),
        Key::optional("words", Kind::Text, "The law's own words on the time."),
        Key::optional("settled-by", Kind::Line, "A fact of type `time` that says it was done."),
        Key::optional("wait", Kind::Line, "Who can delay it, in the law's words."),
        Key::optional(
            "after-wait",
            Kind::Word(&PERIOD),
            "How long the law gives after such a delay ends.",
        )
        .since(2),
        Key::optional("late", Kind::Text, "What the law says of being late."),
        Key::optional("content", Kind::Array(&Kind::Line), "What the notice must say."),
        Key::optional("never", Kind::Array(&Kind::Line), "What the notice must not say."),
        Key::optional("embargo", Kind::Flag, "Nothing may be sent before this; not a deadline."),
        Key::optional("from", Kind::Day, "First clock start to which this version applies."),
        Key::optional("until", Kind::Day, "Last clock start to which this version applies."),
        Key::optional(
            "existed",
            Kind::Flag,
            "Something was owed before the first day that is held.",
        )
        .since(2),
        Key::optional("ends", Kind::Word(&TIME), "When the last day ends, if not at midnight."),
        Key::optional("calendar", Kind::Word(&KEBAB), "The calendar of its business days."),
        Key::optional("status", Kind::Option(&Status::NAMES), "If different from the regime's."),
        Key::required("confidence", Kind::Option(&Confidence::NAMES), "How sure we are."),
        FROM_MEMORY.since(2),
    ],
};

/// Keys that an earlier version takes from the duty of today unless it has its own. What it says of
/// the time is always its own.
pub(super) const INHERITED: [&str; 12] = [
    "who",
    "to",
    "recipient",
    "each-place",
    "stage",
    "test",
    "settled-by",
    "wait",
    "late",
    "content",
    "never",
    "embargo",
];

static EARLIER: Shape = Shape {
    name: "an earlier version of a duty",
    keys: &[
        Key::required("of", Kind::Word(&DUTY_ID), "The duty."),
        Key::optional("id", Kind::Word(&DUTY_ID), "Its own id, under which notices stand in logs."),
        Key::optional("from", Kind::Day, "First clock start to which it applied, if known."),
        Key::required("until", Kind::Day, "Last clock start; the next version begins a day later."),
        Key::required("cite", Kind::Line, "Where in the law it was."),
        Key::optional("who", Kind::Line, "Who owed it, if not as today."),
        Key::optional(
            "to",
            Kind::Array(&Kind::Option(&RECIPIENTS)),
            "Recipients, if not as today.",
        ),
        Key::optional("recipient", Kind::Line, "The recipient by name, if not as today."),
        Key::optional("each-place", Kind::Text, "When each place's was told, if not as today."),
        Key::optional("stage", Kind::Line, "Its place in a chain, if not as today."),
        Key::optional("test", Kind::Text, "When it was owed, in words, if not as today."),
        Key::optional(
            "when",
            Kind::Text,
            "The same as a condition; without one, that of today is taken, and that is said.",
        ),
        Key::optional("same-test", Kind::Flag, "It is known to be that of today."),
        Key::optional("unless", Kind::Array(&Kind::Table(&UNLESS)), "Exemptions, if not as today."),
        Key::optional("period", Kind::Word(&PERIOD), "How long it took, if the law said."),
        Key::optional("instead", Kind::Array(&Kind::Table(&INSTEAD)), "Other periods."),
        Key::required("count", Kind::Option(&Count::OWN), "How the period was counted."),
        Key::optional("clock", Kind::Line, "The fact that started it."),
        Key::optional("waits", Kind::Flag, "Nothing ran until the fact is recorded."),
        Key::optional("year-end", Kind::Flag, "It ran from the end of the fact's year."),
        Key::optional("after", Kind::Word(&DUTY_ID), "It ran from this duty's first filing."),
        Key::optional("after-last", Kind::Word(&DUTY_ID), "It ran from the last filing."),
        Key::optional("with", Kind::Word(&DUTY_ID), "Due no later than this duty's filing."),
        Key::optional("before", Kind::Word(&DUTY_ID), "Due before this duty's filing."),
        Key::optional("clock-words", Kind::Text, "The statute's words on what started it."),
        Key::optional("cap", Kind::Table(&CAP), "Another limit, which applied if it was earlier."),
        Key::optional("latest", Kind::Option(&Count::NAMES), "A later reading, shown as well."),
        Key::optional("words", Kind::Text, "The law's own words on the time."),
        Key::optional("settled-by", Kind::Line, "A fact of type `time` that says it was done."),
        Key::optional("wait", Kind::Line, "Who could delay it, if not as today."),
        Key::optional("late", Kind::Text, "What the law said of being late, if not as today."),
        Key::optional("content", Kind::Array(&Kind::Line), "What the notice had to say."),
        Key::optional("never", Kind::Array(&Kind::Line), "What the notice could not say."),
        Key::optional("embargo", Kind::Flag, "Nothing could be sent before this."),
        Key::optional("ends", Kind::Word(&TIME), "When the last day ended, if not at midnight."),
        Key::optional("calendar", Kind::Word(&KEBAB), "The calendar of its business days."),
        Key::required("confidence", Kind::Option(&Confidence::NAMES), "How sure we are."),
        FROM_MEMORY,
        Key::optional("sources", Kind::Array(&Kind::Line), "Where it was read."),
        Key::optional("after-wait", Kind::Word(&PERIOD), "How long it gave after such a delay."),
    ],
};

static NOT_OF: Shape = Shape {
    name: "people whom a regime does not protect",
    keys: &[
        Key::required("class", Kind::Word(&KEBAB), "The class of data that tells who they are."),
        Key::required("words", Kind::Line, "Why, with the citation."),
    ],
};

static UNLESS: Shape = Shape {
    name: "an exemption",
    keys: &[
        Key::required("if", Kind::Text, "The condition; the duty is owed while it is open."),
        Key::required("words", Kind::Line, "The same in words."),
    ],
};

static INSTEAD: Shape = Shape {
    name: "another period",
    keys: &[
        Key::required("if", Kind::Text, "The condition."),
        Key::required("period", Kind::Word(&PERIOD), "The period if it holds."),
    ],
};

static CAP: Shape = Shape {
    name: "a cap",
    keys: &[
        Key::required("period", Kind::Word(&PERIOD), "Its length, in hours."),
        Key::required("clock", Kind::Line, "The fact that starts it."),
    ],
};

static PERIOD: Form = Form {
    says: "a number and `hours`, `days`, `business days` or `months`, such as `72 hours`",
    pattern: "^[1-9][0-9]{0,3} (hours?|days?|business days?|months?)$",
    valid: |text| Period::parse(text).is_some(),
    mend: |_| None,
};

static ZONE: Form = Form {
    says: "a time zone such as `Europe/Paris`, or `local`",
    pattern: "^(local|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+)+)$",
    valid: |text| text == "local" || text.parse::<chrono_tz::Tz>().is_ok(),
    mend: |_| None,
};

/// How the id of a duty is written.
pub static DUTY_ID: Form = Form {
    says: "the id of a regime, a full stop and a name, such as `eu-gdpr.33-1`",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*\\.[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$",
    valid: is_duty_id,
    mend: |_| None,
};

static TIME: Form = Form {
    says: "hours and minutes, such as `17:30`",
    pattern: "^[0-2][0-9]:[0-5][0-9]$",
    valid: |text| chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok(),
    mend: |_| None,
};

fn is_duty_id(text: &str) -> bool {
    let Some((regime, own)) = text.split_once('.') else { return false };
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
    (KEBAB.valid)(regime) && own.split(['.', '-']).all(is_word)
}
