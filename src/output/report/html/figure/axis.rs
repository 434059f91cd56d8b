//! Time as a width. Months of dwell and hours of response do not share a scale: an axis has panels,
//! each with a scale of its own.

use chrono::{DateTime, Datelike, FixedOffset, Months, Utc};

use super::super::table::is_days;
use crate::fact::{Precision, When};
use crate::report::{Report, Zone};
use crate::wording;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// How far a moment is from all others to be left outside.
const FAR: i64 = 20 * 365 * DAY;

/// Moments outside that are named.
const NAMED: usize = 5;

/// A stretch of time that has a scale of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Panel {
    pub(super) name: &'static str,
    /// Its first and its last second.
    pub(super) from: i64,
    pub(super) to: i64,
}

/// Panels in their order. Between two of them time may be left out.
pub(super) struct Axis {
    pub(super) panels: Vec<Panel>,
    zone: Zone,
}

impl Axis {
    /// What happened before detection, the response, and what came afterwards. None where nothing
    /// is recorded.
    pub(super) fn of(report: &Report) -> Option<Self> {
        let zone = report.banner.zone;
        let bounds = |when: &When| bounds(when, zone);
        let mut ends: Vec<(i64, i64)> =
            report.story.moments.iter().map(|moment| bounds(&moment.at)).collect();
        let phases = report.phases.iter().flat_map(|span| [&span.from.1, &span.to.1]);
        ends.extend(phases.flatten().map(bounds));
        ends.sort_unstable();
        ends.dedup();
        let mut ends = near(&ends).to_vec();
        let (first, end) = (ends.first()?.0, last(&ends));
        let detected = report.anchors.iter().find(|anchor| anchor.id == "E3");
        let detected = detected.and_then(|anchor| anchor.at.as_ref()).map(|at| bounds(at).0);
        let mut panels = Vec::new();
        let begins = detected.filter(|detected| first < *detected && *detected <= end);
        if let Some(detected) = begins {
            panels.push(Panel { name: "Before detection", from: first, to: detected });
        }
        let from = begins.unwrap_or(first);
        ends.retain(|(earliest, _)| *earliest >= from);
        let name = if detected.is_some() { "Response" } else { "Everything recorded" };
        match cut(&ends) {
            Some(at) => {
                let (before, after) = ends.split_at(at);
                let next = after[0].0;
                panels.push(Panel::new(name, from, last(before).min(next)));
                panels.push(Panel::new("Afterwards", next, last(after)));
            }
            None => panels.push(Panel::new(name, from, last(&ends).max(from))),
        }
        Some(Self { panels, zone })
    }

    /// Moments that lie outside the panels: drawn at the edge, and to be named.
    pub(super) fn outside(&self, report: &Report) -> Option<String> {
        let (first, last) = self.panels.first().zip(self.panels.last())?;
        let out = |when: &&When| {
            let (from, to) = self.bounds(when);
            to < first.from || from > last.to
        };
        let moments = report.story.moments.iter().map(|moment| &moment.at).filter(out);
        let mut moments: Vec<String> = moments.map(|when| self.zone.show(when)).collect();
        moments.dedup();
        let named = (!moments.is_empty()).then(|| wording::some(&moments, NAMED))?;
        Some(format!("Outside the panels, so drawn at their edge: {named}."))
    }

    /// First and last second of a moment, on the clock of the report.
    pub(super) fn bounds(&self, when: &When) -> (i64, i64) {
        bounds(when, self.zone)
    }

    /// The panel that holds a moment, or the last before it.
    pub(super) fn panel_of(&self, at: i64) -> usize {
        self.panels.iter().rposition(|panel| panel.from <= at).unwrap_or(0)
    }
}

/// What is left free at both edges of a drawing, so that a mark there is whole.
const EDGE: f64 = 0.02;

/// The panels of an axis side by side in one drawing.
pub(super) struct Broken {
    pub(super) axis: Axis,
    /// Begin and end of each panel, as shares of the width.
    pub(super) places: Vec<(f64, f64)>,
}

impl Broken {
    pub(super) fn new(axis: Axis) -> Self {
        let places = match axis.panels.len() {
            1 => vec![(EDGE, 1.0 - EDGE)],
            2 => vec![(EDGE, 0.36), (0.4, 1.0 - EDGE)],
            _ => vec![(EDGE, 0.3), (0.34, 0.72), (0.76, 1.0 - EDGE)],
        };
        Self { axis, places }
    }

    /// The position of a second, as a fraction of the width.
    pub(super) fn place(&self, at: i64) -> f64 {
        let number = self.axis.panel_of(at);
        let (from, to) = self.places[number];
        from + self.axis.panels[number].place(at) * (to - from)
    }
}

/// Without what is decades from all others, most often a slip in a year: it would bend the scale
/// so that nothing else can be told apart.
fn near(mut ends: &[(i64, i64)]) -> &[(i64, i64)] {
    while let [(first, _), rest @ ..] = ends
        && rest.len() > 1
        && rest[0].0 - first > FAR
    {
        ends = rest;
    }
    while let [rest @ .., (end, _)] = ends
        && rest.len() > 1
        && end - last(rest) > FAR
    {
        ends = rest;
    }
    ends
}

fn last(ends: &[(i64, i64)]) -> i64 {
    ends.iter().map(|(_, latest)| *latest).max().unwrap_or(0)
}

/// Where time is cut, so that most moments can be told apart: the first moment of the second part.
/// A pause of hours is needed, and the cut has to earn its place.
fn cut(ends: &[(i64, i64)]) -> Option<usize> {
    let whole = apart(ends);
    let pause = |at: usize| ends[at].0 - ends[at - 1].0;
    let cuts = (1..ends.len()).filter(|at| pause(*at) >= DAY / 4);
    let told = cuts.map(|at| (apart(&ends[..at]) + apart(&ends[at..]), at));
    let best = told.max_by_key(|(told, at)| (*told, pause(*at)))?;
    (best.0 > whole + 2).then_some(best.1)
}

/// How many of twenty places along the width some moment begins in.
fn apart(ends: &[(i64, i64)]) -> usize {
    let Some(((first, _), (end, _))) = ends.first().zip(ends.last()) else { return 0 };
    let span = (end - first).max(3_600);
    let place = |(at, _): &(i64, i64)| (at - first).saturating_mul(20) / span;
    let mut places: Vec<i64> = ends.iter().map(place).collect();
    places.dedup();
    places.len()
}

/// First and last second of a moment, as the clock of the report counts them. A day is the day as it
/// was written, as everywhere in the report.
fn bounds(when: &When, zone: Zone) -> (i64, i64) {
    let days = matches!(when.precision, Precision::Day | Precision::Month | Precision::Year)
        || when.precision == Precision::Range && is_days(when);
    let second = |at: DateTime<FixedOffset>| {
        let local = if days { at.naive_local() } else { zone.local(at) };
        local.and_utc().timestamp()
    };
    (second(when.earliest), second(when.latest))
}

impl Panel {
    /// A panel of at least an hour: a single moment needs a width, too.
    fn new(name: &'static str, from: i64, to: i64) -> Self {
        let (from, to) =
            if to - from < 3_600 { (from - 60, from.saturating_add(3_600)) } else { (from, to) };
        Self { name, from, to }
    }

    /// Where a moment stands: 0 at the first second, 1 at the last, never outside.
    pub(super) fn place(&self, at: i64) -> f64 {
        let span = (self.to - self.from).max(1);
        ratio(at.clamp(self.from, self.to) - self.from, span)
    }

    /// From when to when it reaches: never finer than a day where a day begins or ends.
    pub(super) fn shown(&self) -> String {
        let (Some(from), Some(to)) = (clock(self.from), clock(self.to)) else {
            return String::new();
        };
        let is_short = self.to - self.from < 60 * DAY;
        let shown = |at: DateTime<Utc>| {
            let is_inside = !matches!(at.timestamp().rem_euclid(DAY), 0 | 86_399);
            at.format(if is_short && is_inside { "%-d %b %Y %H:%M" } else { "%-d %b %Y" })
        };
        format!("{} to {}", shown(from), shown(to))
    }

    /// At most `most` and one round moments, with their names.
    pub(super) fn ticks(&self, most: i64) -> Vec<(f64, String)> {
        let span = self.to - self.from;
        let step = STEPS.iter().find(|step| span / step.length() <= most);
        let Some((step, mut at)) = step.and_then(|step| Some((step, step.first(self.from)?)))
        else {
            return Vec::new();
        };
        let mut ticks = Vec::new();
        while at.timestamp() <= self.to {
            ticks.push((self.place(at.timestamp()), step.name(at)));
            let Some(next) = step.after(at) else { break };
            at = next;
        }
        ticks
    }
}

/// A share of two lengths.
#[expect(clippy::cast_precision_loss, reason = "two digits of a percent are drawn")]
pub(super) fn ratio(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

/// What the clock of the report shows; its zone plays no part in drawing.
fn clock(at: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(at, 0)
}

/// The distance between two ticks.
enum Step {
    Seconds(i64),
    Months(u32),
}

const STEPS: [Step; 24] = [
    Step::Seconds(900),
    Step::Seconds(1_800),
    Step::Seconds(3_600),
    Step::Seconds(2 * 3_600),
    Step::Seconds(3 * 3_600),
    Step::Seconds(6 * 3_600),
    Step::Seconds(12 * 3_600),
    Step::Seconds(DAY),
    Step::Seconds(2 * DAY),
    Step::Seconds(4 * DAY),
    Step::Seconds(7 * DAY),
    Step::Seconds(14 * DAY),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(300),
    Step::Months(1_200),
    Step::Months(6_000),
    Step::Months(24_000),
];

impl Step {
    fn length(&self) -> i64 {
        match self {
            Self::Seconds(n) => *n,
            Self::Months(n) => i64::from(*n) * 30 * DAY,
        }
    }

    /// The first round moment from a second on.
    fn first(&self, from: i64) -> Option<DateTime<Utc>> {
        match self {
            Self::Seconds(n) => clock(from + (-from).rem_euclid(*n)),
            Self::Months(n) => {
                let at = clock(from)?;
                let month = at.year() * 12 + i32::try_from(at.month0()).ok()?;
                let n = i32::try_from(*n).ok()?;
                let begin = |month: i32| {
                    let (year, of) = (month.div_euclid(12), month.rem_euclid(12));
                    let day = chrono::NaiveDate::from_ymd_opt(year, of.unsigned_abs() + 1, 1)?;
                    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
                };
                let round = begin(month - month.rem_euclid(n))?;
                if round.timestamp() >= from {
                    return Some(round);
                }
                begin(month - month.rem_euclid(n) + n)
            }
        }
    }

    fn after(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Seconds(n) => clock(at.timestamp() + n),
            Self::Months(n) => at.checked_add_months(Months::new(*n)),
        }
    }

    fn name(&self, at: DateTime<Utc>) -> String {
        let midnight = at.timestamp() % DAY == 0;
        let format = match self {
            Self::Seconds(n) if *n < DAY && !midnight => "%H:%M",
            Self::Seconds(_) => "%-d %b",
            Self::Months(n) if n % 12 == 0 => "%Y",
            Self::Months(_) => "%b %Y",
        };
        at.format(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).expect("a moment").timestamp()
    }

    #[test]
    fn ticks_are_round_and_few() {
        for (from, to, names) in [
            ("2018-09-05T20:10:00Z", "2018-09-06T03:00:00Z", "22:00 6 Sep 02:00"),
            ("2018-06-22T00:00:00Z", "2018-09-05T20:00:00Z", "Jul 2018 Aug 2018 Sep 2018"),
            ("1018-06-22T00:00:00Z", "2018-09-05T20:00:00Z", "1500 2000"),
            ("2018-12-30T00:00:00Z", "2019-01-03T00:00:00Z", "31 Dec 2 Jan"),
        ] {
            let panel = Panel::new("", at(from), at(to));
            let ticks: Vec<String> = panel.ticks(3).into_iter().map(|(_, name)| name).collect();
            assert_eq!(ticks.join(" "), names);
        }
    }

    #[test]
    fn a_moment_stands_within_its_panel() {
        let panel = Panel::new("", 1_000, 1_000);
        assert!(panel.place(1_000) > 0.0 && panel.place(1_000) < 0.1);
        let shares = [i64::MIN / 4, 0, i64::MAX / 4].map(|at| panel.place(at).to_bits());
        assert_eq!(shares, [0.0_f64, 0.0, 1.0].map(f64::to_bits));
    }

    #[test]
    fn time_is_cut_where_most_moments_can_be_told_apart() {
        let hour = |n: i64| (n * 3_600, n * 3_600 + 59);
        let night = [0, 1, 2, 3, 4, 30, 900, 1_200].map(hour);
        assert_eq!(cut(&night), Some(5));
        assert_eq!(cut(&[0, 5, 10].map(hour)), None);
        assert_eq!(cut(&[0, 900, 1_800].map(hour)), None);
        assert_eq!(cut(&[]), None);
    }
}
