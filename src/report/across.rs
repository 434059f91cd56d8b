//! Several incidents side by side: how many, the median and the quartiles of each metric, and what is
//! still to be done. No mean: a few long incidents would be all that it shows.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::measure::Computed;
use super::measure::{Interval, Unit};
use super::section::action::Action;
use super::section::tally::Tally;
use super::{Report, Section, Status, Text};
use crate::wording;

/// Name and version of the form of [`Across`].
pub(super) const ACROSS: &str = "breach.reports/1";

/// Values below which nobody can speak of quartiles.
const QUARTILES: usize = 4;

/// Several incidents.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Across {
    /// `breach.reports/1`.
    pub schema: String,
    /// The incidents, sorted by name.
    pub incidents: Vec<Listed>,
    /// How many archived incidents are not among them.
    pub archived: usize,
    /// Each metric over all incidents.
    pub metrics: Vec<Spread>,
    /// Each phase over all incidents.
    pub phases: Vec<Spread>,
    /// The same by kind of incident.
    pub kinds: Vec<Bundle>,
    /// The same by the quarter in which they were noticed, failing that declared.
    pub quarters: Vec<Bundle>,
    /// The day on which it was judged whether an action item is overdue.
    pub as_of: NaiveDate,
    /// Legal duties of all incidents, by outcome; none for the public.
    pub deadlines: Option<Tally>,
    /// Open action items with their incident, earliest due date first.
    pub actions: Vec<OpenAction>,
}

/// Incidents that have something in common.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Bundle {
    /// What they have in common.
    pub name: String,
    /// The same in words.
    pub title: String,
    /// How many there are.
    pub n: usize,
    /// Each phase over them.
    pub phases: Vec<Spread>,
}

impl Bundle {
    /// What they have in common, and how many there are.
    pub fn called(&self) -> String {
        format!("{} ({})", self.title, wording::count(self.n, "incident"))
    }
}

/// An incident among others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// Its name.
    pub incident: String,
    /// What the responder called it.
    pub title: Option<Text>,
    /// Whether it is complete.
    pub status: Status,
    /// Whether its record verifies.
    pub verifies: bool,
    /// Legal duties by outcome; none for the public.
    pub deadlines: Option<Tally>,
    /// Open action items.
    pub open_actions: usize,
    /// Of these, how many are overdue.
    pub overdue_actions: usize,
}

/// A length over several incidents.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Spread {
    /// What it is, in words.
    pub name: String,
    /// How many incidents have a value.
    pub n: usize,
    /// How many have none.
    pub unknown: usize,
    /// How many have a log that contradicts itself.
    pub errors: usize,
    /// A quarter took no longer; given from four values on.
    pub lower: Option<Interval>,
    /// Half took no longer; given from two values on.
    pub median: Option<Interval>,
    /// Three quarters took no longer; given from four values on.
    pub upper: Option<Interval>,
    /// The shortest.
    pub least: Option<Interval>,
    /// The longest.
    pub most: Option<Interval>,
    /// Every value that is known, the shortest first.
    pub values: Vec<Interval>,
}

/// An action item and its incident.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OpenAction {
    /// Name of the incident.
    pub incident: String,
    /// The item.
    pub action: Action,
}

/// One length of one incident.
#[derive(Clone)]
enum Value {
    Known(Interval),
    Unknown,
    Error,
}

/// Takes in reports one by one; keeps their numbers, not them.
#[derive(Default)]
pub struct Gathering {
    incidents: Vec<Listed>,
    /// Names and values, in the order of the first report.
    metrics: Named,
    phases: Named,
    /// Of each incident its kind, its quarter, both with their words, and its phases.
    each: Vec<Each>,
    actions: Vec<OpenAction>,
}

impl Gathering {
    /// Takes in a report, and of what kind the incident is, if that is known.
    pub fn take(&mut self, report: &Report, kind: Option<(&str, String)>) {
        for metric in &report.metrics {
            let value = match (metric.computed, &metric.value) {
                (Computed::Known, Some(value)) => Value::Known(value.clone()),
                (Computed::Contradiction, _) => Value::Error,
                _ => Value::Unknown,
            };
            push(&mut self.metrics, &metric.title, value);
        }
        let mut phases = Vec::new();
        for span in &report.phases {
            let value = match &span.length {
                Some(length) if length.is_contradiction() => Value::Error,
                Some(length) => Value::Known(length.clone()),
                None => Value::Unknown,
            };
            phases.push((span.name.clone(), value.clone()));
            push(&mut self.phases, &span.name, value);
        }
        let (kind, words) = kind.unwrap_or(("not known", "Not known".to_owned()));
        let quarter = quarter(report);
        self.each.push(((kind.to_owned(), words), (quarter.clone(), quarter), phases));
        let open: Vec<&Action> = report.actions.iter().filter(|item| item.is_open()).collect();
        let told = Section::Deadlines.is_for(report.banner.audience);
        self.incidents.push(Listed {
            incident: report.banner.incident.clone(),
            title: report.banner.title.clone(),
            status: report.banner.status,
            verifies: report.banner.verifies,
            deadlines: told.then(|| report.deadlines.tally.clone()),
            open_actions: open.len(),
            overdue_actions: 0,
        });
        self.actions.extend(open.into_iter().map(|action| OpenAction {
            incident: report.banner.incident.clone(),
            action: action.clone(),
        }));
    }

    /// What they add up to, and which action items are overdue on a day.
    pub fn across(mut self, today: NaiveDate, archived: usize) -> Across {
        for open in &mut self.actions {
            open.action.overdue = open.action.due.is_some_and(|due| due < today);
            let of = self.incidents.iter_mut().find(|one| one.incident == open.incident);
            if let Some(of) = of {
                of.overdue_actions += usize::from(open.action.overdue);
            }
        }
        let kinds = bundles(&self.each, |(kind, ..)| kind);
        let quarters = bundles(&self.each, |(_, quarter, _)| quarter);
        self.actions.sort_by_key(|open| (open.action.due.is_none(), open.action.due));
        let told = self.incidents.iter().map(|incident| incident.deadlines.as_ref());
        let deadlines = told.collect::<Option<Vec<&Tally>>>().map(|all| {
            all.into_iter().fold(Tally::default(), |mut sum, tally| {
                sum.add(tally);
                sum
            })
        });
        Across {
            schema: ACROSS.to_owned(),
            archived,
            metrics: self.metrics.into_iter().map(spread).collect(),
            phases: self.phases.into_iter().map(spread).collect(),
            kinds,
            quarters,
            as_of: today,
            incidents: self.incidents,
            deadlines,
            actions: self.actions,
        }
    }
}

/// JSON Schema of [`Across`].
pub fn across_schema() -> serde_json::Value {
    schemars::schema_for!(Across).to_value()
}

/// The quarter in which an incident was noticed, failing that declared.
fn quarter(report: &Report) -> String {
    let at = |id: &str| report.anchors.iter().find(|anchor| anchor.id == id)?.at.as_ref();
    let at = at("E3").or_else(|| at("E5"));
    at.map_or_else(
        || "not known".to_owned(),
        |at| format!("{} Q{}", at.earliest.year(), at.earliest.month0() / 3 + 1),
    )
}

/// Values by what they are of, in the order of the first report.
type Named = Vec<(String, Vec<Value>)>;

type Each = ((String, String), (String, String), Vec<(String, Value)>);

/// Incidents by what they have in common, in the order of its name.
fn bundles(each: &[Each], name: fn(&Each) -> &(String, String)) -> Vec<Bundle> {
    let mut bundled: BTreeMap<&(String, String), (usize, Named)> = BTreeMap::new();
    for one in each {
        let (n, phases) = bundled.entry(name(one)).or_default();
        *n += 1;
        for (phase, value) in &one.2 {
            push(phases, phase, value.clone());
        }
    }
    let bundle = |((name, title), (n, phases)): (&(String, String), (usize, Named))| Bundle {
        name: name.clone(),
        title: title.clone(),
        n,
        phases: phases.into_iter().map(spread).collect(),
    };
    bundled.into_iter().map(bundle).collect()
}

fn push(all: &mut Named, name: &str, value: Value) {
    match all.iter_mut().find(|(known, _)| known == name) {
        Some((_, values)) => values.push(value),
        None => all.push((name.to_owned(), vec![value])),
    }
}

fn spread((name, values): (String, Vec<Value>)) -> Spread {
    let known = values.iter().filter_map(|value| match value {
        Value::Known(interval) => Some(interval),
        _ => None,
    });
    let mut seen: Vec<Interval> = known.clone().cloned().collect();
    seen.sort_by_key(Interval::seconds);
    let unit = known.clone().map(|interval| interval.unit).max().unwrap_or(Unit::Second);
    let (mut least, mut most): (Vec<i64>, Vec<i64>) = known.map(Interval::seconds).unzip();
    least.sort_unstable();
    most.sort_unstable();
    let n = least.len();
    // Nearest rank, of the lower and of the upper bounds: what is known to a month stays so.
    let rank = |quarters: usize, from: usize| {
        let place = (n * quarters).div_ceil(4).checked_sub(1)?;
        (n >= from).then(|| Interval::of_seconds(least[place], most[place], unit))
    };
    let end = |place: Option<usize>| {
        place.map(|place| Interval::of_seconds(least[place], most[place], unit))
    };
    Spread {
        name,
        n,
        unknown: values.iter().filter(|value| matches!(value, Value::Unknown)).count(),
        errors: values.iter().filter(|value| matches!(value, Value::Error)).count(),
        lower: rank(1, QUARTILES),
        median: rank(2, 2),
        upper: rank(3, QUARTILES),
        least: end((n > 0).then_some(0)),
        most: end(n.checked_sub(1)),
        values: seen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(all: &[(i64, i64)]) -> Spread {
        let values =
            all.iter().map(|(least, most)| Value::Known(Interval::of(*least, *most, Unit::Day)));
        spread(("dwell".to_owned(), values.collect()))
    }

    fn shown(interval: Option<&Interval>) -> Option<&str> {
        interval.map(|interval| interval.shown.as_str())
    }

    /// Whatever fields it has: two of the same are twice as many in each.
    #[test]
    fn every_number_of_a_tally_is_added() {
        let tally = Tally {
            met: 1,
            missed: 2,
            open: 3,
            overdue: 4,
            waived: 5,
            sent: 9,
            hypothetical: 6,
            unclear: 7,
            other: 8,
        };
        let mut sum = tally.clone();
        sum.add(&tally);
        let numbers = |tally: &Tally| {
            let value = serde_json::to_value(tally).expect("numbers");
            let fields = value.as_object().expect("fields").values();
            fields.map(|n| n.as_u64().expect("a number")).collect::<Vec<u64>>()
        };
        let doubled: Vec<u64> = numbers(&tally).iter().map(|n| n * 2).collect();
        assert!(doubled.iter().all(|n| *n > 0));
        assert_eq!(numbers(&sum), doubled);
    }

    #[test]
    fn one_value_has_no_median_and_three_have_no_quartiles() {
        assert_eq!(days(&[(75, 75)]).median, None);
        let three = days(&[(75, 75), (18, 18), (52, 79)]);
        assert_eq!(shown(three.median.as_ref()), Some("52 to 75 days"));
        assert_eq!(three.lower, None);
    }

    #[test]
    fn quartiles_are_values_that_were_seen() {
        let four = days(&[(1, 1), (4, 4), (2, 2), (3, 3)]);
        assert_eq!(shown(four.lower.as_ref()), Some("1 day"));
        assert_eq!(shown(four.median.as_ref()), Some("2 days"));
        assert_eq!(shown(four.upper.as_ref()), Some("3 days"));
        assert_eq!(shown(four.most.as_ref()), Some("4 days"));
    }

    #[test]
    fn what_is_not_known_or_wrong_is_counted_apart() {
        let known = Value::Known(Interval::of(90, 90, Unit::Minute));
        let spread = spread(("x".to_owned(), vec![known, Value::Unknown, Value::Error]));
        assert_eq!((spread.n, spread.unknown, spread.errors), (1, 1, 1));
        assert_eq!(shown(spread.least.as_ref()), Some("1 h 30 min"));
    }
}
