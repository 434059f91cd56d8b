//! How everything was made: rules of measuring, where standards ask for it, words.

use schemars::JsonSchema;
use serde::Serialize;

/// How the report was made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Method {
    /// The rules.
    pub rules: Vec<String>,
    /// Where standards ask for such a report.
    pub frameworks: Vec<Framework>,
    /// Words that it uses.
    pub glossary: Vec<Term>,
}

/// What a standard asks, and how the report answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Framework {
    /// Its place.
    pub place: String,
    /// What it asks, and which part answers.
    pub answer: String,
}

/// A word.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Term {
    /// The word.
    pub term: String,
    /// What it means here.
    pub meaning: String,
}

const RULES: [&str; 10] = [
    "Everything comes from the log. Nothing was read from a clock: what is open is judged as of the \
     last entry.",
    "A metric is a time to something, of this incident alone: there is no mean of one.",
    "An anchor that is not recorded makes a metric unknown, and is named. It is not zero.",
    "A day, a month or a range makes an interval. No unit is finer than that of the coarser anchor. \
     Days are days of the calendar, shorter units elapsed time; a month is a range of its days.",
    "An interval that ends before it begins is an error in the log. It is told, never repaired.",
    "Dwell and time to detect share their end and are not independent. Do not add them.",
    "Deadlines follow the calendar of their own law. The margin runs from the notice that left nobody \
     to be told to the last instant in time.",
    "Days of the organisation are counted in its time zone (`entity_zone`); in UTC where that is not \
     recorded.",
    "Counts overlap: an account, a card and a person can be the same victim. Nothing adds them. The \
     batches of one notice went to different people and are added.",
    "How long a step took is the time since its phase was taken up or the step before came out. Of a \
     late entry nothing is said.",
];

const FRAMEWORKS: [(&str, &str); 6] = [
    (
        "NIST CSF 2.0 RS.AN-06",
        "actions of the investigation are recorded, with integrity and provenance: the log, its chains \
         and heads (Annex: the record)",
    ),
    (
        "NIST CSF 2.0 RS.AN-07",
        "incident data and metadata are kept with provenance: evidence with digests and custody (Annex: \
         evidence)",
    ),
    ("NIST CSF 2.0 RS.AN-08", "the magnitude is estimated and validated: Impact"),
    (
        "NIST CSF 2.0 RC.RP-06",
        "the end of recovery is declared, and the incident is documented: this report",
    ),
    ("NIST CSF 2.0 ID.IM-03", "improvements come from what was learned: Lessons, Action items"),
    (
        "GDPR Art. 33(5)",
        "facts, effects and remedial action of a personal data breach are documented",
    ),
];

const GLOSSARY: [(&str, &str); 10] = [
    ("anchor", "a moment from which something is measured, with precision and source"),
    ("detection", "somebody here first suspected it, by own means or because an outsider said so"),
    (
        "legal awareness",
        "reasonable certainty, decided by somebody with the role; starts most clocks",
    ),
    ("dwell", "first malicious action to detection"),
    ("exposure", "first malicious action to verified containment"),
    ("margin", "time between a notice and the last instant at which it was in time"),
    ("determination", "a judgement of law that a person makes and signs with a basis"),
    ("assumed clock", "it runs from an earlier sign, because the law's own moment is not recorded"),
    ("debt", "required evidence that is missing, or a command whose end nobody saw"),
    ("head", "digest of the last line of a chain; a copy kept elsewhere shows later changes"),
];

pub(in crate::report) fn method() -> Method {
    Method {
        rules: RULES.iter().map(|rule| (*rule).to_owned()).collect(),
        frameworks: FRAMEWORKS
            .iter()
            .map(|(place, answer)| Framework {
                place: (*place).to_owned(),
                answer: (*answer).to_owned(),
            })
            .collect(),
        glossary: GLOSSARY
            .iter()
            .map(|(term, meaning)| Term {
                term: (*term).to_owned(),
                meaning: (*meaning).to_owned(),
            })
            .collect(),
    }
}
