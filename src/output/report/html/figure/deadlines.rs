//! Figure 2, the one to look at first: who had to be told by when, and by what margin it was done.
//!
//! Hours and years cannot share a scale, so each duty has its own: its bar runs from the start of
//! its clock to its limit, and all limits are on one line. What is past the line is late.

use maud::{Markup, html};

use super::super::super::page::no_duty;
use super::axis::ratio;
use super::{Drawing, Figure, Medium, key, number, short, shown, svg};
use crate::report::{Deadline, Deadlines, Report, Section, Verdict, Zone};
use crate::wording;

/// Where the limits stand, as a share of the width.
const LIMIT: f64 = 0.6;

/// Where the drawing ends: later is only said to be later.
const END: f64 = 0.97;

/// The colour of what fades, on paper.
const FADING: &str = "#2b6cb0";

/// What is narrower is drawn as a moment.
const THIN: f64 = 0.006;

/// Duties in one drawing, so that a drawing fits on a sheet, and in the figure.
const SHEET: usize = 12;
const DRAWN: usize = 60;

/// Characters that two texts may have together on one line of the narrowest drawing.
const LINE: usize = 46;

pub(in super::super) fn deadlines(report: &Report) -> Markup {
    let link = |(number, duty): (usize, &Deadline)| {
        html! {
            a href={ "#d" (number) } {
                span class=(style(duty.verdict)) aria-hidden="true" { (sign(duty.verdict)) }
                " " (number) " " (duty.title)
            }
        }
    };
    let links: Vec<Markup> = (1..).zip(&report.deadlines.duties).take(DRAWN).map(link).collect();
    shown(&figure(report, Medium::Screen), &key(&links))
}

pub(super) fn figure(report: &Report, medium: Medium) -> Result<Figure, String> {
    let duties = &report.deadlines.duties;
    if duties.is_empty() {
        return Err(format!("No duty to draw ({}).", no_duty(&report.deadlines)));
    }
    let as_of = report.deadlines.as_of.map(|at| at.timestamp());
    let clock = (as_of, report.banner.zone);
    let numbered: Vec<(usize, &Deadline)> = (1..).zip(duties).collect();
    let drawn = &numbered[..numbered.len().min(DRAWN)];
    let scaled = drawn.iter().any(|(_, duty)| scale(duty).is_some());
    let bars = "Each bar runs from the start of its clock to its limit, on its own scale. All limits \
                are on one line: anything past it is late. A stroke is the notice, a box a notice \
                known only to the day, a circle the last entry if nothing was sent. ";
    let sheets = (1..).zip(drawn.chunks(SHEET));
    let left = format!(
        "{} of {} duties are drawn, the earliest deadlines first; the table has all of them.",
        drawn.len(),
        duties.len()
    );
    let unscaled = drawn.iter().map(|(_, duty)| *duty).filter(|duty| scale(duty).is_none());
    let (dashed, without): (Vec<&Deadline>, Vec<&Deadline>) =
        unscaled.partition(|duty| duty.done.is_some());
    let signs =
        SIGNS.iter().filter(|(one, _)| drawn.iter().any(|(_, duty)| sign(duty.verdict) == *one));
    let signs: Vec<String> = signs.map(|(sign, what)| format!("{sign} {what}")).collect();
    Ok(Figure {
        id: "fig-deadlines",
        title: format!("Figure {}. Legal deadlines.", number(report, &[Section::Timeline])),
        told: format!(
            "{} {}{}{}{}.",
            conclusion(&report.deadlines),
            if scaled { bars } else { "" },
            if dashed.is_empty() { "" } else { "A dashed bar has no limit. " },
            if without.is_empty() { "" } else { BARLESS },
            signs.join(", "),
        ),
        drawings: sheets
            .map(|(number, sheet)| drawing(medium, number, (sheet, duties.len()), clock))
            .collect(),
        signs: Vec::new(),
        left: Some(left).filter(|_| drawn.len() < duties.len()),
    })
}

/// What has no bar.
const BARLESS: &str = "What was not sent and has no limit, or a clock that nothing recorded starts, has no \
                    bar. ";

/// What the signs mean.
const SIGNS: [(&str, &str); 7] = [
    ("✓", "in time"),
    ("✕", "late"),
    ("!", "overdue"),
    ("○", "open"),
    ("→", "sent"),
    ("?", "not settled"),
    ("–", "without a date, waived or withheld"),
];

fn conclusion(deadlines: &Deadlines) -> String {
    let is_withheld = |duty: &&Deadline| duty.verdict == Verdict::Withheld && !duty.hypothetical;
    let withheld = deadlines.duties.iter().filter(is_withheld).count();
    let mut tally = deadlines.tally.clone();
    tally.other = tally.other.saturating_sub(withheld);
    let parts = tally.parts().into_iter().chain([(withheld, "withheld")]).filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, how)| format!("{n} {how}")).collect();
    format!("{}.", wording::list(&parts))
}

/// The last entry, and the zone of times.
type Clock = (Option<i64>, Zone);

fn drawing(
    medium: Medium,
    number: usize,
    (duties, all): (&[(usize, &Deadline)], usize),
    clock: Clock,
) -> Drawing {
    let id = format!("deadlines{number}");
    let mut top = 4;
    let rows: Vec<Row> = duties
        .iter()
        .map(|(number, duty)| {
            let row = Row::new(*number, duty, top);
            top += row.height;
            row
        })
        .collect();
    let told: Vec<String> =
        duties.iter().map(|(_, duty)| format!("{}: {}", duty.title, duty.shown)).collect();
    let ends = duties.first().zip(duties.last()).map_or((0, 0), |(a, b)| (a.0, b.0));
    let title = format!("Legal deadlines {} to {} of {all}", ends.0, ends.1);
    let limited = rows.iter().any(|row| row.duty.due.is_some() && row.duty.started.is_some());
    let drawing = html! {
        @if limited {
            line.limit x1=(medium.wide(LIMIT)) x2=(medium.wide(LIMIT)) y1=(top) y2=(top + 16)
                stroke="#111" {}
            text.tick x=(medium.x(LIMIT, -5)) dx=[medium.dx(-5)] y=(top + 13) text-anchor="end" {
                "in time"
            }
            text.tick x=(medium.x(LIMIT, 5)) dx=[medium.dx(5)] y=(top + 13) { "late" }
        }
        @for row in &rows { (row.drawn(medium, &id, clock)) }
    };
    let (told, height) = (format!("{}.", told.join("; ")), top + 18);
    let svg = svg(medium, (&id, FADING), height, (&title, &told), &drawing);
    Drawing { title, told, height, svg }
}

/// A duty with its place in the drawing.
struct Row<'r> {
    number: usize,
    duty: &'r Deadline,
    top: u32,
    height: u32,
    /// Whether name and outcome stand on one line.
    single: bool,
}

impl<'r> Row<'r> {
    fn new(number: usize, duty: &'r Deadline, top: u32) -> Self {
        let letters = duty.title.chars().count() + outcome(duty).chars().count();
        let single = letters <= LINE;
        // What has no limit and was not done has nothing to draw but its words.
        let bar = match (scale(duty), &duty.done) {
            (Some(_), _) => 31,
            (None, Some(_)) => 17,
            (None, None) => 0,
        };
        let lines = if single { 18 } else { 33 };
        Self { number, duty, top, height: lines + bar + 8, single }
    }

    fn drawn(&self, medium: Medium, id: &str, clock: Clock) -> Markup {
        let duty = self.duty;
        let text = self.top + 14;
        let bar = self.top + if self.single { 20 } else { 35 };
        let (style, sign) = (style(duty.verdict), sign(duty.verdict));
        let (shown, whole) = (short(outcome(duty), 52), short(outcome(duty), 104));
        let (narrow, broad) = (short(&duty.title, LINE), short(&duty.title, 2 * LINE));
        html! {
            line.lane x1="0" x2=(medium.wide(1.0)) y1=(self.top) y2=(self.top) stroke="#ccc" {}
            text.name x="2" y=(text) {
                // Blanks between two spans are lost in some programs.
                tspan.n { (self.number) "\u{a0}" } tspan class=(style) { (sign) "\u{a0}" }
                (medium.words((&narrow, &broad), |class, words| html! {
                    @match class { Some(class) => tspan class=(class) { (words) }, None => (words) }
                }))
            }
            @if self.single { text x=(medium.edge()) y=(text) text-anchor="end" { (shown) } }
            @else {
                (medium.words((&shown, &whole), |class, words| html! {
                    text class=[class] x="2" y=(text + 15) { (words) }
                }))
            }
            @if let Some(scale) = scale(duty) { (bars(medium, duty, &scale, (id, bar), clock)) }
            @else if duty.done.is_some() { (unlimited(medium, duty, bar)) }
        }
    }
}

/// How it came out, without what the figure says once for all.
fn outcome(duty: &Deadline) -> &str {
    duty.shown.split_once(" at the last entry").map_or(&duty.shown, |(shown, _)| shown)
}

/// From the start of a clock to its limit.
struct Scale {
    from: i64,
    due: i64,
}

impl Scale {
    /// The position of a moment, and whether it is outside.
    fn place(&self, at: i64) -> (f64, bool) {
        let share = LIMIT * ratio(at.saturating_sub(self.from), self.due - self.from);
        (share.clamp(0.0, END), share > END)
    }
}

fn scale(duty: &Deadline) -> Option<Scale> {
    // What starts when something else is due has no bar yet.
    let started = duty.started.as_ref().filter(|_| !duty.projected)?;
    let (from, due) = (started.earliest.timestamp(), duty.due?.timestamp());
    (from < due).then_some(Scale { from, due })
}

/// The bar of a duty that has no limit, or whose clock nothing recorded starts: it has no end.
fn unlimited(medium: Medium, duty: &Deadline, y: u32) -> Markup {
    html! {
        rect.track.maybe x="0" y=(y) width=(medium.wide(LIMIT)) height="9" fill="none" stroke="#555" {}
        @if duty.done.is_some() {
            g class=(style(duty.verdict)) {
                rect.used x="0" y=(y) width=(medium.wide(LIMIT / 2.0)) height="9" fill="#777" {}
                line.act x1=(medium.wide(LIMIT / 2.0)) x2=(medium.wide(LIMIT / 2.0)) y1=(y - 3) y2=(y + 11)
                    stroke="#111" {}
            }
        }
    }
}

fn bars(
    medium: Medium,
    duty: &Deadline,
    scale: &Scale,
    (id, y): (&str, u32),
    (as_of, zone): Clock,
) -> Markup {
    let style = style(duty.verdict);
    let hatch = format!("url(#{id}-{})", if style == "met" { "hatch" } else { "late" });
    let open = matches!(duty.verdict, Verdict::Open | Verdict::Overdue);
    // What was not done is drawn as far as the record goes.
    let done = duty.done.as_ref();
    let done = done.map(|at| (at.earliest.timestamp(), at.latest.timestamp()));
    let done = done.or(as_of.filter(|_| open).map(|at| (at, at)));
    // What is not settled may not be owed at all.
    let track = if duty.verdict == Verdict::Check { "track maybe" } else { "track" };
    html! {
        rect class=(track) x="0" y=(y) width=(medium.wide(LIMIT)) height="9" fill="none"
            stroke="#555" {}
        @if let Some((first, last)) = done {
            @let ((from, _), (to, outside)) = (scale.place(first), scale.place(last));
            g class=(style) {
                rect.used x="0" y=(y) width=(medium.wide(from.min(LIMIT))) height="9" fill="#777" {}
                @if from > LIMIT {
                    rect x=(medium.wide(LIMIT)) y=(y) width=(medium.wide(from - LIMIT)) height="9"
                        fill=(hatch) {}
                }
                @if to - from > THIN {
                    rect.range x=(medium.wide(from)) y=(y - 2) width=(medium.wide(to - from)) height="12"
                        fill="none" stroke="#111" {}
                }
                @if outside { text x=(medium.wide(END)) y=(y + 9) { "»" } }
                @else if open { circle.now cx=(medium.wide(to)) cy=(y + 4) r="5" {} }
                @else if to - from <= THIN {
                    line.act x1=(medium.wide(to)) x2=(medium.wide(to)) y1=(y - 3) y2=(y + 11)
                        stroke="#111" {}
                }
            }
        }
        // Only as high as the bar, so that it runs through no words.
        line.limit x1=(medium.wide(LIMIT)) x2=(medium.wide(LIMIT)) y1=(y - 4) y2=(y + 24) stroke="#111" {}
        text.tick x="2" y=(y + 21) {
            @if duty.assumed { "assumed " }
            (duty.started.as_ref().map(|when| fitted(&brief(&zone.show(when)))).unwrap_or_default())
        }
        text.tick x=(medium.x(LIMIT, 4)) dx=[medium.dx(4)] y=(y + 21) {
            (duty.due.map(|at| brief(&zone.moment(&at))).unwrap_or_default())
        }
    }
}

/// When a clock started, as far as there is room before the limit.
fn fitted(shown: &str) -> String {
    match shown.split_once(" to ") {
        Some((first, _)) if shown.chars().count() > BEGUN => format!("from {first}"),
        _ => shown.to_owned(),
    }
}

/// Letters of the start of a clock that a narrow drawing has room for.
const BEGUN: usize = 26;

/// Moments without their weekdays.
fn brief(shown: &str) -> String {
    let days = ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "];
    days.iter().fold(shown.to_owned(), |shown, day| shown.replace(day, ""))
}

/// The class of an outcome: what is late, in time, open, and all others.
fn style(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Missed | Verdict::Overdue | Verdict::Error => "missed",
        Verdict::Open => "open",
        _ => "other",
    }
}

/// Its sign, so that colour is not needed.
fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::Missed | Verdict::Error => "✕",
        Verdict::Overdue => "!",
        Verdict::Open => "○",
        Verdict::Unclear | Verdict::Check | Verdict::NotBelieved => "?",
        Verdict::Sent => "→",
        Verdict::Waived
        | Verdict::NotOwed
        | Verdict::NoNumber
        | Verdict::Unread
        | Verdict::Unstarted
        | Verdict::Withheld => "–",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Tally;

    #[test]
    fn the_start_of_a_clock_ends_before_the_limit_begins() {
        let days = "Thu 1 May 2014 to Sat 10 May 2014";
        assert_eq!(fitted(&brief(days)), "1 May 2014 to 10 May 2014");
        let hours = "Thu 20 Feb 2014 09:30 to Mon 10 Mar 2014 18:00";
        assert_eq!(fitted(&brief(hours)), "from 20 Feb 2014 09:30");
    }

    #[test]
    fn every_kind_of_duty_is_in_the_conclusion() {
        let none = Tally::default();
        for tally in [
            Tally { met: 1, ..none.clone() },
            Tally { missed: 1, ..none.clone() },
            Tally { open: 1, ..none.clone() },
            Tally { sent: 1, ..none.clone() },
            Tally { overdue: 1, ..none.clone() },
            Tally { waived: 1, ..none.clone() },
            Tally { unclear: 1, ..none.clone() },
            Tally { hypothetical: 1, ..none.clone() },
            Tally { other: 1, ..none },
        ] {
            let deadlines = Deadlines { tally, ..Deadlines::default() };
            assert!(conclusion(&deadlines).starts_with("1 "), "{:?}", deadlines.tally);
        }
    }
}
