//! Figure 3: from when to when each phase lasted. Bars may overlap; what is known as an interval
//! only is hatched, what is open or unknown fades.

use maud::{Markup, html};

use super::axis::{Axis, Broken};
use super::{Drawing, Figure, Medium, anchor, apart, number, shown, svg};
use crate::fact::When;
use crate::report::{Report, Section, Span};

/// Pixels of a phase.
const ROW: u32 = 38;

/// Pixels of the narrowest drawing.
const NARROW: f64 = 330.0;

/// The least width of a bar, as a share.
const LEAST: f64 = 0.004;

pub(in super::super) fn phases(report: &Report) -> Markup {
    shown(&figure(report, Medium::Screen), &html! {})
}

pub(super) fn figure(report: &Report, medium: Medium) -> Result<Figure, String> {
    let dated = |span: &Span| span.from.1.is_some() || span.to.1.is_some();
    let axis = Axis::of(report).filter(|_| report.phases.iter().any(dated));
    let axis = axis.ok_or("There is nothing to draw: no phase has a known start or end.")?;
    let broken = Broken::new(axis);
    let panels = broken.axis.panels.iter();
    let names = panels.map(|panel| format!("{}: {}", panel.name.to_lowercase(), panel.shown()));
    let names: Vec<String> = names.collect();
    Ok(Figure {
        id: "fig-phases",
        title: format!("Figure {}. Phases.", number(report, &[Section::Timeline, Section::Duties])),
        told: format!(
            "Scales from left to right: {}. Hatched: known only as a day or a range. Fading: open or \
             not known.",
            names.join("; ")
        ),
        drawings: vec![drawing(medium, report, &broken)],
        signs: Vec::new(),
        left: broken.axis.outside(report),
    })
}

fn drawing(medium: Medium, report: &Report, broken: &Broken) -> Drawing {
    let told: Vec<String> =
        report.phases.iter().map(|span| format!("{}: {}", span.name, span.shown)).collect();
    let told = format!("{}.", told.join("; "));
    let height = ROW * u32::try_from(report.phases.len()).unwrap_or(0);
    let id = "phases1";
    let drawing = html! {
        @for (number, panel) in broken.axis.panels.iter().enumerate() {
            @let (from, to) = broken.places[number];
            @for (share, name) in apart(panel.ticks(2), NARROW * (to - from)) {
                @let x = medium.wide(from + share * (to - from));
                line.tick x1=(x) x2=(x) y1="0" y2=(height) stroke="#ccc" {}
                text.tick x=(x) y=(height + 15)
                    text-anchor=(anchor(share)) {
                    (name)
                }
            }
            line.axis x1=(medium.wide(from)) x2=(medium.wide(to)) y1=(height) y2=(height)
                stroke="#555" {}
            @if number > 0 {
                @for shift in [0.035, 0.02] {
                    line.cut x1=(medium.wide(from - shift)) x2=(medium.wide(from - shift + 0.015))
                        y1=(height + 6) y2=(height - 6) stroke="#555" {}
                }
            }
        }
        @for (row, span) in (0..).zip(&report.phases) {
            (bar(medium, broken, (id, row * ROW), span))
        }
    };
    let (title, height) = ("Phases of the response".to_owned(), height + 22);
    let svg = svg(medium, (id, SOLID), height, (&title, &told), &drawing);
    Drawing { title, told, height, svg }
}

fn bar(medium: Medium, broken: &Broken, (id, top): (&str, u32), span: &Span) -> Markup {
    let y = top + 20;
    let rect = |from: f64, to: f64, fill: &str| {
        let class = if fill == SOLID { "phase" } else { "part" };
        html! {
            rect class=(class) x=(medium.wide(from.min(1.0 - LEAST)))
                width=(medium.wide((to - from).max(LEAST))) y=(y) height="11" fill=(fill) {}
        }
    };
    let bounds = |at: &Option<When>| at.as_ref().map(|when| broken.axis.bounds(when));
    let hatch = format!("url(#{id}-hatch)");
    let wrong = span.length.as_ref().is_some_and(crate::report::Interval::is_contradiction);
    let at = |at| broken.place(at);
    let unsure = |first, last| {
        html! { @if at(last) - at(first) > LEAST { (rect(at(first), at(last), &hatch)) } }
    };
    let bars = match (bounds(&span.from.1), bounds(&span.to.1)) {
        (Some((from, _)), Some((_, to))) if wrong => html! {
            g.wrong { (rect(at(from.min(to)), at(from.max(to)), &hatch)) }
        },
        (Some((first, from)), Some((to, last))) if from < to => html! {
            (unsure(first, from)) (rect(at(from), at(to), SOLID)) (unsure(to, last))
        },
        (Some((first, _)), Some((_, last))) => rect(at(first), at(last.max(first)), &hatch),
        (Some((first, from)), None) => html! {
            (unsure(first, from))
            (rect(at(from), (at(from) + 0.25).min(1.0), &format!("url(#{id}-out)")))
        },
        (None, Some((to, last))) => html! {
            (rect((at(to) - 0.25).max(0.0), at(to), &format!("url(#{id}-in)")))
            (unsure(to, last))
        },
        (None, None) => html! {},
    };
    html! {
        text.name x="2" y=(top + 14) { (span.name) }
        text x=(medium.edge()) y=(top + 14) text-anchor="end" { (span.shown) }
        (bars)
    }
}

/// The fill of what is known.
const SOLID: &str = "#2b6cb0";
