//! Figures: drawn by hand as SVG, in percents of whatever width there is, so that letters keep
//! their size on a telephone and on paper. A picture says its conclusion to those who cannot see
//! it, and a table behind each has the same rows.

mod axis;
mod deadlines;
mod lanes;
mod phases;
mod spread;
mod timeline;

pub(super) use deadlines::deadlines;
pub(super) use phases::phases;
pub(super) use spread::{Scale, spreads};
pub(super) use timeline::timeline;

use maud::{Markup, html};

use crate::escape;
use crate::report::Report;

/// Numbers of the entries that the table of the log shows: all, or of very many those that matter
/// most. A file of more is too large to be mailed, and nobody reads it.
pub(super) fn rows(report: &Report) -> Vec<usize> {
    lanes::chosen(&report.timeline.moments, 250)
}

/// One drawing, `height` pixels high and as wide as its place. Its id is part of every id inside.
fn svg(id: &str, height: u32, title: &str, conclusion: &str, drawing: &Markup) -> Markup {
    let (titled, told) = (format!("{id}-title"), format!("{id}-desc"));
    html! {
        svg id=(id) role="img" aria-labelledby={ (titled) " " (told) } width="100%" height=(height)
            font-size="11" font-family="sans-serif" {
            title id=(titled) { (escape::line(title)) }
            desc id=(told) { (escape::line(conclusion)) }
            defs {
                (fade(&format!("{id}-in"), "0", "1"))
                (fade(&format!("{id}-out"), "1", "0"))
                (stripes(id, "hatch"))
                (stripes(id, "late"))
            }
            (drawing)
        }
    }
}

/// Stripes: what is known as an interval only, and what is late.
fn stripes(id: &str, name: &str) -> Markup {
    html! {
        pattern id={ (id) "-" (name) } width="5" height="5" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)" {
            rect class={ "stripe " (name) } width="2.5" height="5" fill="#555" {}
        }
    }
}

/// What the numbers of a figure are, each leading to its row. Many of them wait behind a name.
fn key(numbers: &[Markup]) -> Markup {
    let list = html! { ol.key { @for number in numbers { li { (number) } } } };
    html! {
        @if numbers.len() > FEW { details { summary { "What the numbers are" } (list) } }
        @else { (list) }
    }
}

/// Numbers that are told under a figure without being asked for.
const FEW: usize = 16;

/// What begins or ends at a time that nobody knows.
fn fade(id: &str, from: &str, to: &str) -> Markup {
    html! {
        linearGradient id=(id) {
            stop class="fade" offset="0" stop-color="#555" stop-opacity=(from) {}
            stop class="fade" offset="1" stop-color="#555" stop-opacity=(to) {}
        }
    }
}

/// A share of the width, with two digits behind the point.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Names of ticks that do not run into each other, on a drawing `pixels` wide.
fn apart(ticks: Vec<(f64, String)>, pixels: f64) -> Vec<(f64, String)> {
    let mut reached = f64::MIN;
    let named = ticks.into_iter().map(|(share, name)| {
        let wide = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0][name.len().min(6)] / pixels;
        let (from, to) = if share > LATE { (share - wide, share) } else { (share, share + wide) };
        let free = from > reached;
        if free {
            reached = to;
        }
        (share, if free { name } else { String::new() })
    });
    named.collect()
}

/// On which side of its tick a name stands.
fn anchor(share: f64) -> &'static str {
    if share > LATE { "end" } else { "start" }
}

/// Ticks further to the right have their names on their left.
const LATE: f64 = 0.75;

/// Text cut to a number of characters.
fn short(text: &str, most: usize) -> String {
    let text = escape::line(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}
