//! Figure 1: what happened when, a line for each moment, with its words beside its mark. Months of
//! dwell and hours of response do not share a scale, so the width is shared out among panels, each
//! with a scale of its own; since every moment has its own line, no two labels can meet.

use maud::{Markup, html};

use super::axis::{Axis, Broken};
use super::lanes::Lane;
use super::{anchor, apart, fade, percent, short, svg};
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

/// The smallest share of the drawing that a label may get beside its mark.
const LEAST: f64 = 0.33;

/// Pixels of a line, and of the axis below.
const LINE: usize = 21;
const AXIS: u32 = 24;

pub(in super::super) fn timeline(report: &Report) -> Markup {
    let moments = &report.story.moments;
    let Some(layout) = Axis::of(report).map(Broken::new).filter(|_| !moments.is_empty()) else {
        return html! { p.line { "There is nothing to draw: no times are recorded." } };
    };
    let scales: Vec<String> = layout
        .axis
        .panels
        .iter()
        .map(|panel| format!("{} ({})", panel.name.to_lowercase(), panel.shown()))
        .collect();
    let conclusion = conclusion(report);
    html! {
        figure #fig-timeline {
            figcaption {
                strong { "Figure 1. What happened when. " } (conclusion)
                @if scales.len() > 1 { " Each part has its own scale: " (wording::list(&scales)) "." }
                " A bar is a time known only to the day or as a range. In the pale area the intruder \
                 could act."
            }
            (drawing(report, &layout, &conclusion))
            ul.key {
                @for lane in Lane::ALL {
                    li {
                        span class=(lane.name()) aria-hidden="true" { (lane.shape()) }
                        " " (lane.name())
                    }
                }
            }
        }
        @if let Some(outside) = layout.axis.outside(report) { p.line { (outside) } }
    }
}

fn drawing(report: &Report, layout: &Broken, conclusion: &str) -> Markup {
    let moments = &report.story.moments;
    let id = "timeline1";
    let height = u32::try_from(moments.len() * LINE + 6).unwrap_or(0);
    let told = moments.iter().map(|one| format!("{}: {}", one.shown, one.label.as_str()));
    let told: Vec<String> = told.collect();
    let told = format!("{conclusion} {}.", told.join("; "));
    let drawing = html! {
        (presence(report, layout, id, height))
        @for (number, (from, to)) in layout.places.iter().enumerate() {
            @let wide = to - from;
            @for (share, name) in apart(layout.axis.panels[number].ticks(2), NARROW * wide) {
                @let x = percent(from + share * wide);
                line.tick x1=(x) x2=(x) y1="0" y2=(height) stroke="#ccc" {}
                text.tick x=(x) y=(height + 16) text-anchor=(anchor(share)) { (name) }
            }
            line.axis x1=(percent(*from)) x2=(percent(*to)) y1=(height) y2=(height) stroke="#555" {}
            @if number > 0 { (cut(percent(from - 0.03), percent(from - 0.01), height)) }
        }
        @for (line, moment) in moments.iter().enumerate() {
            (mark(layout, moment, line * LINE + 15))
        }
    };
    svg(id, height + AXIS, "Timeline of the incident", &told, &drawing)
}

/// Two strokes through the axis: the scale changes here.
fn cut(from: String, to: String, y: u32) -> Markup {
    html! { line.cut x1=(from) x2=(to) y1=(y + 5) y2=(y - 5) stroke="#555" {} }
}

/// A mark on its line, with its words on the side that has more room.
fn mark(layout: &Broken, moment: &Moment, y: usize) -> Markup {
    let lane = Lane::of(moment.anchor.as_deref(), &moment.kind);
    let (first, last) = layout.axis.bounds(&moment.at);
    let (from, to) = (layout.place(first), layout.place(last).max(layout.place(first)));
    let is_bar = to - from > THIN;
    // On the side that has more room; a label that fits on neither goes on top of its bar.
    let (left, right) = (from, 1.0 - to);
    let (x, dx, side, room) = match left.max(right) {
        room if room < LEAST => (from, "11", "start", 1.0 - from),
        room if right >= left => (to, "11", "start", room),
        room => (from, "-11", "end", room),
    };
    let label = |pixels: f64| short(moment.label.as_str(), letters(room.max(LEAST) * pixels));
    let (narrow, broad) = (label(NARROW), label(BROAD));
    let words = |class: &str, words: &str| {
        html! { text class=(class) x=(percent(x)) dx=(dx) y=(y) text-anchor=(side) { (words) } }
    };
    html! {
        g class=(lane.name()) {
            @if is_bar {
                rect x=(percent(from)) y=(y - 6) width=(percent(to - from)) height="4" {}
            }
            text x=(percent(from)) y=(y) text-anchor="middle" { (lane.shape()) }
            @if narrow == broad { (words("n", &broad)) }
            @else { (words("n narrow", &narrow)) (words("n broad", &broad)) }
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
fn presence(report: &Report, layout: &Broken, id: &str, height: u32) -> Markup {
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
        defs { (fade(&pale, from, to)) }
        rect.presence x=(percent(begin)) y="0" width=(percent(end - begin)) height=(height)
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
