//! Figure 1: what happened when, a line for each moment, with its words beside its mark. Months of
//! dwell and hours of response do not share a scale, so the width is shared out among panels, each
//! with a scale of its own; since every moment has its own line, no two labels can meet. Words for
//! which a broad drawing has no room on one line go on in a second.

use maud::{Markup, html};

use super::axis::{Axis, Broken};
use super::lanes::Lane;
use super::{Drawing, Figure, Medium, anchor, apart, fade, short, shown, svg};
use crate::escape;
use crate::report::{Moment, Presence, Report};
use crate::wording;

/// Pixels of the narrowest drawing, for which ticks keep apart.
const NARROW: f64 = 330.0;

/// What is narrower is drawn as a moment.
const THIN: f64 = 0.006;

/// Width of a drawing on paper and on a wide screen, in pixels.
const BROAD: f64 = 640.0;

/// Average width of a letter, and width of the mark beside a label, in pixels.
const LETTER: f64 = 6.1;
const MARK: f64 = 11.0;

/// The colour of what the intruder did, on paper.
const FADING: &str = "#b3370a";

/// The smallest share of the drawing that a label may get beside its mark.
const LEAST: f64 = 0.33;

/// Pixels of a line, of a second one for the same words, and of the axis below.
const LINE: usize = 21;
const SECOND: usize = 13;
const AXIS: u32 = 24;

pub(in super::super) fn timeline(report: &Report) -> Markup {
    shown(&figure(report, Medium::Screen), &html! {})
}

/// Whether there is anything to draw.
pub(super) fn is_drawn(report: &Report) -> bool {
    !report.story.moments.is_empty() && Axis::of(report).is_some()
}

pub(super) fn figure(report: &Report, medium: Medium) -> Result<Figure, String> {
    let moments = &report.story.moments;
    let layout = Axis::of(report).map(Broken::new).filter(|_| !moments.is_empty());
    let layout = layout.ok_or("There is nothing to draw: no times are recorded.")?;
    let panels = layout.axis.panels.iter();
    let scales = panels.map(|panel| format!("{} ({})", panel.name.to_lowercase(), panel.shown()));
    let scales: Vec<String> = scales.collect();
    let conclusion = conclusion(report);
    let each = format!("Each part has its own scale: {}.", wording::list(&scales));
    let told = [
        Some(conclusion.clone()).filter(|told| !told.is_empty()),
        Some(each).filter(|_| scales.len() > 1),
        Some("A bar is a time known only to the day or as a range.".to_owned()),
        Some("In the shaded area the intruder could act.".to_owned()),
    ];
    let is_seen = |lane: &Lane| moments.iter().any(|one| lane_of(one) == *lane);
    let seen = Lane::ALL.into_iter().filter(is_seen);
    Ok(Figure {
        id: "fig-timeline",
        title: "Figure 1. What happened when.".to_owned(),
        told: told.into_iter().flatten().collect::<Vec<String>>().join(" "),
        drawings: vec![drawing(medium, report, &layout, &conclusion)],
        signs: seen.map(|lane| (lane.shape(), lane.name())).collect(),
        left: layout.axis.outside(report),
    })
}

fn drawing(medium: Medium, report: &Report, layout: &Broken, conclusion: &str) -> Drawing {
    let moments = &report.story.moments;
    let id = "timeline1";
    let mut top = 0;
    let marks: Vec<(usize, Label)> = moments
        .iter()
        .map(|moment| {
            let (at, label) = (top, Label::new(medium, layout, moment));
            top += LINE + (label.broad.len() - 1) * SECOND;
            (at + 15, label)
        })
        .collect();
    let height = u32::try_from(top + 6).unwrap_or(0);
    let told = moments.iter().map(|one| format!("{}: {}", one.shown, one.label.as_str()));
    let told: Vec<String> = told.collect();
    let told = format!("{conclusion} {}.", told.join("; "));
    let drawing = html! {
        (presence(medium, report, layout, (id, height)))
        @for (number, (from, to)) in layout.places.iter().enumerate() {
            @let wide = to - from;
            @for (share, name) in apart(layout.axis.panels[number].ticks(2), NARROW * wide) {
                @let x = medium.wide(from + share * wide);
                line.tick x1=(x) x2=(x) y1="0" y2=(height) stroke="#ccc" {}
                text.tick x=(x) y=(height + 16) text-anchor=(anchor(share)) { (name) }
            }
            line.axis x1=(medium.wide(*from)) x2=(medium.wide(*to)) y1=(height) y2=(height) stroke="#555" {}
            @if number > 0 { (cut(medium.wide(from - 0.03), medium.wide(from - 0.01), height)) }
        }
        @for (moment, (y, label)) in moments.iter().zip(&marks) {
            (mark(medium, moment, label, *y))
        }
    };
    let (title, height) = ("Timeline of the incident".to_owned(), height + AXIS);
    let svg = svg(medium, (id, FADING), height, (&title, &told), &drawing);
    Drawing { title, told, height, svg }
}

/// Two strokes through the axis: the scale changes here.
fn cut(from: String, to: String, y: u32) -> Markup {
    html! { line.cut x1=(from) x2=(to) y1=(y + 5) y2=(y - 5) stroke="#555" {} }
}

fn lane_of(moment: &Moment) -> Lane {
    Lane::of(moment.anchor.as_deref(), &moment.kind)
}

/// The words of a moment, and where they stand.
struct Label {
    /// Where the moment begins and ends.
    from: f64,
    to: f64,
    /// Where the words begin or end, how many pixels beside that, and on which side of it they are.
    share: f64,
    beside: i32,
    side: &'static str,
    /// The words in a narrow drawing, and the lines of a broad one.
    narrow: String,
    broad: Vec<String>,
}

impl Label {
    fn new(medium: Medium, layout: &Broken, moment: &Moment) -> Self {
        let (first, last) = layout.axis.bounds(&moment.at);
        let (from, to) = (layout.place(first), layout.place(last).max(layout.place(first)));
        // On the side that has more room; a label that fits on neither goes on top of its bar.
        let (left, right) = (from, 1.0 - to);
        let beside = medium.beside();
        let (share, beside, side, room) = match left.max(right) {
            room if room < LEAST => (from, beside, "start", 1.0 - from),
            room if right >= left => (to, beside, "start", room),
            room => (from, -beside, "end", room),
        };
        let most = |pixels: f64| letters(room.max(LEAST) * pixels);
        let text = moment.label.as_str();
        let (narrow, broad) = (short(text, most(NARROW)), two(text, most(BROAD)));
        Self { from, to, share, beside, side, narrow, broad }
    }
}

/// Words on one line, or on two if one is too short for them. What is cut anyway needs no second one.
fn two(text: &str, most: usize) -> Vec<String> {
    let fits = |at: &usize| text[..*at].chars().count() <= most;
    let mut blanks = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    match blanks.rfind(fits).filter(|_| text.chars().count() > most && !text.ends_with('…')) {
        Some(at) => vec![escape::line(&text[..at]).into_owned(), short(&text[at + 1..], most)],
        None => vec![short(text, most)],
    }
}

/// A mark on its line, with its words beside it.
fn mark(medium: Medium, moment: &Moment, label: &Label, y: usize) -> Markup {
    let lane = lane_of(moment);
    let Label { from, to, share, beside, side, narrow, broad } = label;
    let words = |class: Option<&str>, y: usize, words: &str| {
        html! {
            text class={ "n " (class.unwrap_or_default()) } x=(medium.x(*share, *beside))
                dx=[medium.dx(*beside)] y=(y) text-anchor=(side) { (words) }
        }
    };
    // A line that only a broad drawing has.
    let second = (medium == Medium::Screen).then_some("broad");
    html! {
        g class=(lane.name()) {
            @if to - from > THIN {
                rect x=(medium.wide(*from)) y=(y - 6) width=(medium.wide(to - from)) height="4" {}
            }
            text.sign x=(medium.wide(*from)) y=(y) text-anchor="middle" { (lane.shape()) }
            (medium.words((narrow, &broad[0]), |class, text| words(class, y, text)))
            @for text in &broad[1..] { (words(second, y + SECOND, text)) }
        }
    }
}

/// How many letters fit into a width in pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred pixels")]
fn letters(pixels: f64) -> usize {
    ((pixels - MARK) / LETTER).max(0.0) as usize
}

/// How long the intruder could act: from the first act, or the first that is known, until it was
/// contained. What is not known fades.
fn presence(medium: Medium, report: &Report, layout: &Broken, (id, height): (&str, u32)) -> Markup {
    let given = |id: &str| {
        let anchor = report.anchors.iter().find(|anchor| anchor.id == id);
        anchor.filter(|anchor| anchor.presence == Presence::Given).and_then(|one| one.at.as_ref())
    };
    let first = ["E0", "E1", "E2"].into_iter().find_map(|id| Some((id, given(id)?)));
    let Some((known, from)) = first else { return html! {} };
    let contained = given("E7'").or_else(|| given("E7"));
    let begin = layout.place(layout.axis.bounds(from).0);
    let end = contained.map_or(1.0, |when| layout.place(layout.axis.bounds(when).1));
    if end < begin {
        return html! {};
    }
    // Pale by the colours of the gradient: some programs print a pale gradient as a solid area.
    let (from, to) = match (known, contained) {
        (_, None) => ("0.25", "0"),
        ("E0", _) => ("0.13", "0.13"),
        _ => ("0", "0.25"),
    };
    let pale = format!("{id}-pale");
    html! {
        defs { (fade(medium, (&pale, FADING), from, to)) }
        rect.presence x=(medium.wide(begin)) y="0" width=(medium.wide(end - begin)) height=(height)
            fill={ "url(#" (pale) ")" } {}
    }
}

/// What the picture says.
fn conclusion(report: &Report) -> String {
    let metrics = ["time_to_detect", "dwell", "time_to_contain"];
    let told = metrics.iter().filter_map(|id| {
        let metric = report.metrics.iter().find(|metric| metric.id == *id)?;
        metric.value.as_ref()?;
        Some(format!("{}: {}.", metric.title, metric.shown))
    });
    let told: Vec<String> = told.collect();
    // Readers who are told no durations must not read that none is known.
    let told = match told.as_slice() {
        [] if report.metrics.is_empty() => String::new(),
        [] => "No duration is known.".to_owned(),
        told => told.join(" "),
    };
    escape::line(&told).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_one_line_cannot_hold_go_on_in_a_second() {
        assert_eq!(two("Contained", 20), ["Contained"]);
        let said = "Notice to customers, second wave: 77,000 cards with CVV, 108,000 without";
        let lines = two(said, 52);
        assert_eq!(lines.join(" "), said);
        assert!(lines.iter().all(|line| line.chars().count() <= 52), "{lines:?}");
        assert_eq!(two("a finding that goes on and …", 20).len(), 1);
        // What even two cannot hold is said to be cut, and a word without end is one line.
        assert!(two(said, 20)[1].ends_with('…'));
        assert_eq!(two(&"é".repeat(60), 20), [format!("{}…", "é".repeat(20))]);
    }
}
