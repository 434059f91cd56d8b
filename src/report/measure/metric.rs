//! Times to something, of one incident. There is no mean of one.
//!
//! An anchor that is not known makes a metric unknown and is named; a coarse one makes an interval.
//! An interval that ends before it begins cannot be right: reported, never clamped.

use schemars::JsonSchema;
use serde::Serialize;

use super::WRONG;
use super::anchor::Anchor;
use super::interval::Interval;
use super::presence::Presence;
use super::show::Zone;

/// How a metric is defined.
pub(in crate::report) struct Definition {
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: &'static str,
    /// Anchors that it starts from; the first that is known counts.
    pub(in crate::report) from: &'static [&'static str],
    pub(in crate::report) to: &'static str,
    meaning: &'static str,
    /// What others mean by it.
    others: Option<&'static str>,
    /// The same question between other anchors: from, to, and what it then says.
    pub(in crate::report) readings: &'static [(&'static str, &'static str, &'static str)],
}

/// Metrics of what most incidents never see: told only where their anchors are known.
pub(in crate::report) const RARE: [&str; 3] =
    ["time_to_correction", "wrong_statement", "time_to_ruling"];

pub(in crate::report) const METRICS: [Definition; 16] = [
    Definition {
        id: "time_to_first_signal",
        title: "Time to first signal",
        from: &["E1"],
        to: "S1",
        meaning: "from the first loss to the first sign that anyone saw, whether or not they \
                  understood it",
        others: None,
        readings: &[],
    },
    Definition {
        id: "missed_signal_gap",
        title: "Missed-signal gap",
        from: &["S1"],
        to: "E3",
        meaning: "from the first sign to detection: how long the signs were missed",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_detect",
        title: "Time to detect",
        from: &["E1", "E0"],
        to: "E3",
        meaning: "from the first loss until somebody here first suspected it; if no first loss is \
                  recorded, from the first malicious action",
        others: Some(
            "VERIS counts from compromise to discovery; some products start at the impact; some surveys call \
             it time to identify",
        ),
        readings: &[
            ("E0", "S1", "from the first malicious action to the first signal"),
            ("E0", "E3", "from the first malicious action to detection"),
            ("E0", "E6", "from the first malicious action to legal awareness"),
        ],
    },
    Definition {
        id: "time_to_acknowledge",
        title: "Time to acknowledge",
        from: &["E3"],
        to: "E4",
        meaning: "from detection until a named person took it up",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_declare",
        title: "Time to declare",
        from: &["E3"],
        to: "E5",
        meaning: "from detection until the incident was opened in this log or, if the log was \
                  written afterwards, until it was declared",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_confirm",
        title: "Time to confirm",
        from: &["E3"],
        to: "E6",
        meaning: "from detection to legal awareness, as decided by somebody in that role; never \
                  inferred from detection",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_contain",
        title: "Time to contain",
        from: &["E3"],
        to: "E7",
        meaning: "from detection until the containment held",
        others: Some("some count from the first alert; VERIS counts from discovery, as here"),
        readings: &[
            ("E3", "E7'", "until the containment was verified"),
            ("S1", "E7", "from the first signal: what earlier attention could have saved"),
        ],
    },
    Definition {
        id: "dwell",
        title: "Dwell",
        from: &["E0"],
        to: "E3",
        meaning: "from the first malicious action to detection",
        others: Some("others call this time to detect"),
        readings: &[],
    },
    Definition {
        id: "exposure",
        title: "Exposure",
        from: &["E0"],
        to: "E7'",
        meaning: "from the first malicious action until containment was verified: how long an \
                  attacker had access, longer than dwell",
        others: None,
        readings: &[("E0", "E7", "until the containment held")],
    },
    Definition {
        id: "exfiltration_window",
        title: "Exfiltration window",
        from: &["E2"],
        to: "E2'",
        meaning: "from the first to the last known theft of data",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_recover",
        title: "Time to recover",
        from: &["E3"],
        to: "E9",
        meaning: "from detection until normal service was back",
        others: Some("the abbreviation MTTR also means repair, respond and resolve: not used here"),
        readings: &[],
    },
    Definition {
        id: "time_to_tell_people",
        title: "Time to tell those affected",
        from: &["E6"],
        to: "D",
        meaning: "from legal awareness until the first person affected was told",
        others: None,
        readings: &[
            ("E6", "D'", "until the last person affected was told"),
            ("E3", "D", "from detection"),
            ("E3", "D'", "from detection until the last person affected was told"),
        ],
    },
    Definition {
        id: "time_to_public",
        title: "Time to public statement",
        from: &["E6"],
        to: "P",
        meaning: "from legal awareness to the public statement",
        others: None,
        readings: &[("E3", "P", "from detection"), ("E1", "P", "from the first loss")],
    },
    Definition {
        id: "time_to_correction",
        title: "Time to correct the scope",
        from: &["P"],
        to: "G",
        meaning: "from the public statement until the first public statement that more, fewer or \
                  other people were affected",
        others: None,
        readings: &[],
    },
    Definition {
        id: "wrong_statement",
        title: "Time a wrong statement stood",
        from: &["W"],
        to: "P",
        meaning: "from a statement to outsiders that contradicted what somebody here knew, until \
                  the public statement",
        others: None,
        readings: &[],
    },
    Definition {
        id: "time_to_ruling",
        title: "Time to first ruling",
        from: &["E3"],
        to: "J",
        meaning: "from detection to the first ruling by an authority or a court",
        others: None,
        readings: &[("P", "J", "from the public statement")],
    },
];

/// The result of computing a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Computed {
    /// There is a value.
    Known,
    /// An anchor is unknown.
    Unknown,
    /// It ends before it starts: an error in the record.
    Contradiction,
    /// It would only repeat another metric, which is named.
    Same,
}

/// A metric of this incident.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Metric {
    /// `time_to_detect`.
    pub id: String,
    /// Its name, in words.
    pub title: String,
    /// The anchor it starts from.
    pub from: String,
    /// The anchor it ends at.
    pub to: String,
    /// The outcome.
    pub computed: Computed,
    /// The value, if both anchors are known. Kept for a contradiction: it shows the error.
    pub value: Option<Interval>,
    /// The value in words, `unknown` with the anchor that is missing, or what is wrong.
    pub shown: String,
    /// Anchors that are missing.
    pub missing: Vec<String>,
    /// What you need to know to read it correctly.
    pub note: Option<String>,
    /// How it is defined here.
    pub definition: String,
    /// What others mean by the same name.
    pub others: Option<String>,
    /// The same question between other anchors, as far as they are known.
    pub readings: Vec<Between>,
}

/// A metric between other anchors: the choice of anchors decides the number.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Between {
    /// The anchor it starts from.
    pub from: String,
    /// The anchor it ends at.
    pub to: String,
    /// What it then says.
    pub meaning: String,
    /// The value.
    pub value: Interval,
    /// The value in words.
    pub shown: String,
}

/// Every metric over the anchors.
pub(in crate::report) fn metrics(anchors: &[Anchor], zone: Zone) -> Vec<Metric> {
    let metrics = METRICS.iter().map(|definition| Metric {
        readings: readings(definition, anchors),
        ..metric(definition, anchors, zone)
    });
    metrics.filter(|one| one.value.is_some() || !RARE.contains(&one.id.as_str())).collect()
}

/// What cannot be computed, or repeats what is told already, is no reading.
fn readings(definition: &Definition, anchors: &[Anchor]) -> Vec<Between> {
    let at = |id: &str| find(anchors, id).and_then(|anchor| anchor.at.as_ref());
    let own = definition.from.iter().find(|id| at(id).is_some());
    let mut told = vec![(own.and_then(|own| at(own)), at(definition.to))];
    let mut readings = Vec::new();
    for (from, to, meaning) in definition.readings {
        let ends = (at(from), at(to));
        let (Some(first), Some(last)) = ends else { continue };
        let value = Interval::between(first, last);
        if told.contains(&ends) || value.is_contradiction() {
            continue;
        }
        told.push(ends);
        readings.push(Between {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            meaning: (*meaning).to_owned(),
            shown: value.shown.clone(),
            value,
        });
    }
    readings
}

fn find<'a>(anchors: &'a [Anchor], id: &str) -> Option<&'a Anchor> {
    anchors.iter().find(|anchor| anchor.id == id)
}

fn metric(definition: &Definition, anchors: &[Anchor], zone: Zone) -> Metric {
    let known = |id: &&&str| find(anchors, id).is_some_and(|anchor| anchor.at.is_some());
    let from = *definition.from.iter().find(known).unwrap_or(&definition.from[0]);
    let mut metric = Metric {
        id: definition.id.to_owned(),
        title: definition.title.to_owned(),
        from: from.to_owned(),
        to: definition.to.to_owned(),
        computed: Computed::Unknown,
        value: None,
        shown: String::new(),
        missing: Vec::new(),
        note: None,
        definition: definition.meaning.to_owned(),
        others: definition.others.map(str::to_owned),
        readings: Vec::new(),
    };
    let loss = find(anchors, "E1").is_some_and(|anchor| anchor.at.is_some());
    match (definition.id, loss) {
        ("time_to_detect", false) if from == "E0" => {
            metric.note =
                Some("no first loss (E1) is recorded, so this is the dwell time".to_owned());
        }
        ("dwell", false) => {
            metric.computed = Computed::Same;
            "the same as time to detect, because no first loss (E1) is recorded"
                .clone_into(&mut metric.shown);
            return metric;
        }
        ("dwell", true) if find(anchors, "E0").is_some_and(|anchor| anchor.at.is_some()) => {
            metric.note = Some("includes the time to detect: do not add the two".to_owned());
        }
        _ => {}
    }
    let ends = [from, definition.to].map(|id| find(anchors, id));
    let [Some(begin @ Anchor { at: Some(from), .. }), Some(end @ Anchor { at: Some(to), .. })] =
        ends
    else {
        let open = ends.into_iter().flatten().filter(|anchor| anchor.at.is_none());
        let named: Vec<String> = open.clone().map(|anchor| anchor.id.clone()).collect();
        let why: Vec<String> = open.map(lack).collect();
        metric.missing = named;
        metric.shown = format!("unknown: {}", why.join("; "));
        return metric;
    };
    let value = Interval::between(from, to);
    if value.is_contradiction() {
        metric.computed = Computed::Contradiction;
        metric.shown = format!(
            "{WRONG}: {} ({}) is before {} ({})",
            end.called(),
            zone.show(to),
            begin.called(),
            zone.show(from)
        );
    } else {
        metric.computed = Computed::Known;
        metric.shown.clone_from(&value.shown);
    }
    metric.value = Some(value);
    metric
}

/// What is missing, and why.
fn lack(anchor: &Anchor) -> String {
    let why = match anchor.presence {
        Presence::Withheld => "is withheld",
        Presence::Unknown => "is not known",
        Presence::Inapplicable => "does not apply",
        _ => "was not recorded",
    };
    format!("{} ({}) {why}", anchor.id, anchor.event)
}
