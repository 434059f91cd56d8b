//! How everything was made: rules of measuring, where standards ask for it, words.

use schemars::JsonSchema;
use serde::Serialize;

/// How the report was computed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Method {
    /// The rules.
    pub rules: Vec<String>,
    /// Where standards require such a report.
    pub frameworks: Vec<Framework>,
    /// Words that it uses.
    pub glossary: Vec<Term>,
}

/// What a standard requires, and which part answers it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Framework {
    /// Its place.
    pub place: String,
    /// What it requires, and which part answers it.
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
    "Everything comes from the log. No clock was read: what is open is judged as of the last \
     entry.",
    "A metric is a time to something, for this incident alone: one value has no mean.",
    "If an anchor is not recorded, the metric is unknown, not zero, and the anchor is named.",
    "A day, a month or a range gives an interval. No unit is finer than that of the less precise \
     anchor. Days are calendar days; shorter units are elapsed time. A month is a range of days.",
    "An interval that ends before it starts cannot be right. It is reported, never corrected.",
    "Dwell time and time to detect end at the same moment and are not independent. Do not add \
     them.",
    "Each deadline follows its own law's calendar. The margin runs from the notice that completed \
     the duty to the last moment that was still in time.",
    "The organisation's days are counted in its time zone, or in UTC if that is not recorded.",
    "Counts overlap: an account, a card and a person can belong to the same victim, so they are \
     never added. The batches of one notice went to different people, so they are added.",
    "How long a step took is the time since its phase was started or resumed, or since the \
     previous step ended. For late entries, it is not given.",
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
    (
        "detection",
        "somebody here first suspected it, on their own or because an outsider told them",
    ),
    (
        "legal awareness",
        "reasonable certainty, decided by somebody in that role; starts most clocks",
    ),
    ("dwell", "first malicious action to detection"),
    ("exposure", "first malicious action to verified containment"),
    ("margin", "time between a notice and the last moment at which it was still in time"),
    ("determination", "a legal judgement that a named person makes, with its basis"),
    (
        "assumed clock",
        "a clock that runs from an earlier sign, because the moment the law names is not recorded",
    ),
    ("owed item", "required evidence that is missing, or a command whose end nobody saw"),
    ("head", "digest of the last line of a chain; a copy kept elsewhere reveals later changes"),
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
