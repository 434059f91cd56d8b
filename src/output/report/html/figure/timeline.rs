//! Figure 1: what happened when. A panel for what came before detection, one for the response, one
//! for what came long after, each with its own scale; a lane for each side.

use maud::{Markup, html};

use super::axis::{Axis, bounds};
use super::lanes::{LEVELS, Lane, Mark, Stand, Wants, chosen, stack};
use super::{anchor, apart, key, percent, short, svg};
use crate::escape;
use crate::report::{Presence, Report};
use crate::wording;

/// Numbers of the rows that the table shows: all, or of very many those that matter most.
pub(in super::super) fn rows(report: &Report) -> Vec<usize> {
    chosen(&report.timeline.moments, ROWS).iter().map(|mark| mark.number).collect()
}

/// Rows of the table. A file of more is too large to be mailed, and nobody reads it.
const ROWS: usize = 250;

/// Rows that are drawn; more cannot be read.
const DRAWN: usize = 80;

/// Pixels of the narrowest drawing, for which collisions are resolved.
const NARROW: f64 = 290.0;

/// Where time begins and ends in a panel, as shares of its width: a number needs room behind it.
const EDGES: (f64, f64) = (0.03, 0.87);

/// What is narrower is drawn as a moment.
const THIN: f64 = 0.004;

/// Pixels of a level, of the name of a lane, and of the axis below.
const LEVEL: usize = 19;
const NAME: usize = 19;
const AXIS: u32 = 22;

/// A mark with its place in a lane of a panel.
struct Placed<'m, 'r> {
    mark: &'m Mark<'r>,
    from: f64,
    to: f64,
    stand: Stand,
}

pub(in super::super) fn timeline(report: &Report) -> Markup {
    let moments = &report.timeline.moments;
    let Some(axis) = Axis::of(report).filter(|_| !moments.is_empty()) else {
        return html! { p.line { "There is nothing to draw: no times are recorded." } };
    };
    let marks = chosen(moments, DRAWN);
    let lanes: Vec<Vec<Vec<Placed>>> = (0..axis.panels.len())
        .map(|number| Lane::ALL.iter().map(|lane| placed(&axis, number, *lane, &marks)).collect())
        .collect();
    let heights: Vec<usize> = (0..Lane::ALL.len())
        .map(|lane| lanes.iter().map(|panel| levels(&panel[lane])).max().unwrap_or(0).max(1))
        .collect();
    let conclusion = conclusion(report);
    let links: Vec<Markup> = marks.iter().map(link).collect();
    html! {
        figure #fig-timeline {
            figcaption {
                strong { "Figure 1. What happened when. " } (conclusion)
                " Each panel has its own scale. A bar below a number is a time known only to the \
                 day or as a range."
            }
            div.panels {
                @for (number, panel) in axis.panels.iter().enumerate() {
                    div.panel {
                        p { strong { (panel.name) } br; (panel.shown()) }
                        (drawing(report, &axis, number, &lanes[number], &heights, &conclusion))
                    }
                }
            }
        }
        @if let Some(outside) = axis.outside(report) { p.line { (outside) } }
        (key(&links))
        @if marks.len() < moments.len() {
            p.line {
                (marks.len()) " of " (moments.len()) " rows are drawn, the most important ones."
            }
        }
    }
}

fn levels(placed: &[Placed]) -> usize {
    let level = |one: &Placed| match one.stand {
        Stand::Level(level) => level + 1,
        Stand::Pile(_) => LEVELS + 1,
    };
    placed.iter().map(level).max().unwrap_or(0)
}

fn placed<'m, 'r>(
    axis: &Axis,
    number: usize,
    lane: Lane,
    marks: &'m [Mark<'r>],
) -> Vec<Placed<'m, 'r>> {
    let panel = &axis.panels[number];
    let inside =
        |mark: &&Mark| mark.lane == lane && axis.panel_of(bounds(&mark.moment.at).0) == number;
    let spans: Vec<(&Mark, f64, f64)> = marks
        .iter()
        .filter(inside)
        .map(|mark| {
            let (from, to) = bounds(&mark.moment.at);
            (mark, within(panel.place(from)), within(panel.place(to)))
        })
        .collect();
    let wants = spans.iter().map(|(mark, from, to)| {
        let digits = [0.0, 7.0, 14.0, 21.0, 28.0, 35.0][mark.number.to_string().len().min(5)];
        let from = from * NARROW;
        Wants { from, to: (to * NARROW).max(from + 15.0 + digits) }
    });
    let stands = stack(&wants.collect::<Vec<_>>());
    let place = |((mark, from, to), stand)| Placed { mark, from, to, stand };
    spans.into_iter().zip(stands).map(place).collect()
}

/// A place in a panel as a share of the width of its drawing.
fn within(place: f64) -> f64 {
    EDGES.0 + place * (EDGES.1 - EDGES.0)
}

fn drawing(
    report: &Report,
    axis: &Axis,
    number: usize,
    lanes: &[Vec<Placed>],
    heights: &[usize],
    conclusion: &str,
) -> Markup {
    let panel = &axis.panels[number];
    let id = format!("timeline{}", number + 1);
    let mut top = 0;
    let tops: Vec<usize> = heights
        .iter()
        .map(|levels| {
            let at = top;
            top += NAME + levels * LEVEL + 3;
            at
        })
        .collect();
    let height = u32::try_from(top).unwrap_or(0);
    let drawn: usize = lanes.iter().map(Vec::len).sum();
    let title = format!("Timeline: {}, {}", panel.name.to_lowercase(), panel.shown());
    let told = format!("{} here. {conclusion}", wording::count(drawn, "drawn row"));
    let drawing = html! {
        @for (share, name) in apart(panel.ticks(3), NARROW * (EDGES.1 - EDGES.0)) {
            @let x = percent(within(share));
            line.tick x1=(x) x2=(x) y1="0" y2=(height) stroke="#ccc" {}
            text.tick x=(x) y=(height + 15) text-anchor=(anchor(share)) {
                (name)
            }
        }
        @for (lane, name) in Lane::ALL.iter().enumerate() {
            @let y = tops[lane];
            line.lane x1="0" x2="100%" y1=(y) y2=(y) stroke="#ccc" {}
            @if *name == Lane::Attacker {
                (presence(report, axis, number, &id, y + NAME, heights[lane] * LEVEL))
            }
            text.name x="2" y=(y + 14) {
                tspan class=(name.name()) { (name.shape()) } " " (name.name())
            }
            (marks(*name, &lanes[lane], y + NAME))
        }
        line.axis x1="0" x2="100%" y1=(height) y2=(height) stroke="#555" {}
        @if number + 1 < axis.panels.len() { (cut("97%", "100%", height)) }
        @if number > 0 { (cut("0%", "3%", height)) }
    };
    svg(&id, height + AXIS, &title, &told, &drawing)
}

/// Two strokes through the axis: the scale changes here.
fn cut(from: &str, to: &str, y: u32) -> Markup {
    html! { line.cut x1=(from) x2=(to) y1=(y + 6) y2=(y - 6) stroke="#555" {} }
}

fn marks(lane: Lane, placed: &[Placed], top: usize) -> Markup {
    let mut piles: Vec<(f64, usize)> = Vec::new();
    for one in placed {
        match one.stand {
            Stand::Pile(pile) if pile < piles.len() => piles[pile].1 += 1,
            Stand::Pile(_) => piles.push((one.from, 1)),
            Stand::Level(_) => {}
        }
    }
    html! {
        g class=(lane.name()) {
            @for one in placed {
                @if let Stand::Level(level) = one.stand {
                    @let y = top + level * LEVEL + 11;
                    @if one.to - one.from > THIN {
                        rect x=(percent(one.from)) y=(y + 3) width=(percent(one.to - one.from))
                            height="3" {}
                    }
                    text x=(percent(one.from)) y=(y) dx="-4" {
                        (lane.shape()) tspan.n dx="2" { (one.mark.number) }
                    }
                }
            }
            @for (from, n) in piles {
                text.n x=(percent(from)) y=(top + LEVELS * LEVEL + 11) { "+" (n) }
            }
        }
    }
}

/// How long the intruder could act: from the first act, or the first that is known, until it was
/// contained. What is not known fades.
fn presence(
    report: &Report,
    axis: &Axis,
    number: usize,
    id: &str,
    top: usize,
    height: usize,
) -> Markup {
    let moment = |ids: &[&str]| {
        let of = |id: &&str| report.anchors.iter().find(|anchor| anchor.id == **id);
        ids.iter().filter_map(of).find_map(|anchor| Some((anchor.id.clone(), anchor.at.clone()?)))
    };
    let Some((first, from)) = moment(&["E0", "E1", "E2"]) else { return html! {} };
    let to = moment(&["E7'", "E7"]).map(|(_, at)| bounds(&at).1);
    let from = bounds(&from).0;
    let panel = &axis.panels[number];
    let last = axis.panels.len() - 1;
    let to_or_end = to.unwrap_or(axis.panels[last].to);
    if to_or_end <= panel.from && number > 0 || from > panel.to || to_or_end < from {
        return html! {};
    }
    let begin = if from <= panel.from && number > 0 { 0.0 } else { within(panel.place(from)) };
    let end = if to_or_end > panel.to { 1.0 } else { within(panel.place(to_or_end)) };
    let end = if to.is_none() && number == last { 1.0 } else { end };
    let known = |id: &str| {
        let anchor = report.anchors.iter().find(|anchor| anchor.id == id);
        anchor.is_some_and(|anchor| anchor.presence == Presence::Given)
    };
    let fill = if first != "E0" && !known("E0") && number == 0 {
        format!("url(#{id}-in)")
    } else if to.is_none() && number == last {
        format!("url(#{id}-out)")
    } else {
        "#555".to_owned()
    };
    let solid = !fill.starts_with("url");
    html! {
        rect class=(if solid { "presence solid" } else { "presence" }) x=(percent(begin)) y=(top)
            width=(percent((end - begin).max(0.0))) height=(height) fill=(fill)
            fill-opacity="0.25" {}
    }
}

/// What a number is, leading to its row.
fn link(mark: &Mark) -> Markup {
    html! {
        a href={ "#t" (mark.number) } {
            span class=(mark.lane.name()) aria-hidden="true" { (mark.lane.shape()) }
            " " (mark.number) " " (words(mark))
        }
    }
}

/// What is drawn in words; of steps, facts and notes the number has to do.
fn words(mark: &Mark) -> String {
    let moment = mark.moment;
    if matches!(moment.kind.as_str(), "step-outcome" | "fact" | "note") {
        return String::new();
    }
    match (moment.anchor.is_some(), moment.said.first()) {
        (false, Some(said)) => short(&format!("{}: {}", moment.what, said.as_str()), 60),
        _ => short(&moment.what, 60),
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
    let rows = wording::count(report.timeline.moments.len(), "row");
    let told = if told.is_empty() { "No duration is known.".to_owned() } else { told.join(" ") };
    escape::line(&format!("{told} The table has {rows}.")).into_owned()
}
