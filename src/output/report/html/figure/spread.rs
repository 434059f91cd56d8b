//! How long something took in several incidents: a line each, every incident a dot, the quartiles a box,
//! the median a stroke. From minutes to years nothing else shares a scale, so it is logarithmic.

use maud::{Markup, html};

use super::{Medium, percent, svg};
use crate::report::{Interval, Spread};
use crate::wording;

/// Pixels of a line, and of the axis below.
const ROW: u32 = 40;
const AXIS: u32 = 20;

/// Where the scale ends, as a share of the width: a dot has a width, too.
const END: f64 = 0.97;

/// Lengths that the axis names.
const TICKS: [(i64, &str); 8] = [
    (0, "0"),
    (3_600, "1 h"),
    (86_400, "1 d"),
    (7 * 86_400, "1 week"),
    (30 * 86_400, "1 month"),
    (365 * 86_400, "1 year"),
    (5 * 365 * 86_400, "5 y"),
    (25 * 365 * 86_400, "25 y"),
];

/// The scale that all drawings of a page share: the longest of all lengths.
#[derive(Clone, Copy)]
pub(in super::super) struct Scale(i64);

impl Scale {
    /// From nothing to the longest of these, at least a day.
    pub(in super::super) fn of(spreads: &[Spread]) -> Self {
        let longest = spreads.iter().flat_map(|spread| &spread.values);
        Self(longest.map(|value| value.seconds().1).max().unwrap_or(0).max(86_400))
    }

    fn place(self, seconds: i64) -> f64 {
        END * logarithm(seconds) / logarithm(self.0)
    }
}

/// Of quarters of an hour, so that what took no time has a place.
#[expect(clippy::cast_precision_loss, reason = "two digits of a percent are drawn")]
fn logarithm(seconds: i64) -> f64 {
    (seconds.max(0) as f64 / 900.0).ln_1p()
}

/// A drawing of those of which something is known.
pub(in super::super) fn spreads(
    id: &str,
    title: &str,
    all: &[Spread],
    scale: Scale,
) -> Option<Markup> {
    let known: Vec<&Spread> = all.iter().filter(|spread| spread.n > 0).collect();
    if known.is_empty() {
        return None;
    }
    let height = ROW * u32::try_from(known.len()).unwrap_or(0);
    let told = known.iter().map(|spread| format!("{}: {}", spread.name, words(spread)));
    let told = format!("{}.", told.collect::<Vec<_>>().join("; "));
    let drawing = html! {
        @for (seconds, name) in TICKS.iter().filter(|(seconds, _)| *seconds <= scale.0) {
            @let x = percent(scale.place(*seconds));
            line.tick x1=(x) x2=(x) y1="0" y2=(height) stroke="#ccc" {}
            text.tick x=(x) y=(height + 15) text-anchor=(super::anchor(scale.place(*seconds))) { (name) }
        }
        @for (number, spread) in (0..).zip(&known) { (row(spread, scale, number * ROW)) }
    };
    Some(html! {
        figure id={ "fig-" (id) } { (svg(Medium::Screen, (id, ""), height + AXIS, (title, &told), &drawing)) }
    })
}

/// `n = 5, median 3 days`.
fn words(spread: &Spread) -> String {
    let median = spread.median.as_ref().map(|median| format!(", median {}", median.shown));
    let unknown = match spread.unknown {
        0 => String::new(),
        n => format!(", {} not known", wording::count(n, "time")),
    };
    format!("n = {}{}{unknown}", spread.n, median.unwrap_or_default())
}

fn row(spread: &Spread, scale: Scale, top: u32) -> Markup {
    let y = top + 26;
    let middle = |interval: &Interval| {
        let (least, most) = interval.seconds();
        scale.place(least.midpoint(most))
    };
    let ends = spread.least.as_ref().zip(spread.most.as_ref());
    let quartiles = spread.lower.as_ref().zip(spread.upper.as_ref());
    html! {
        text.name x="2" y=(top + 14) { (spread.name) }
        text x="100%" y=(top + 14) text-anchor="end" { (words(spread)) }
        @if let Some((least, most)) = ends {
            line.axis x1=(percent(middle(least))) x2=(percent(middle(most))) y1=(y) y2=(y)
                stroke="#555" {}
        }
        @if let Some((lower, upper)) = quartiles {
            @let (from, to) = (middle(lower), middle(upper));
            rect.box x=(percent(from)) width=(percent((to - from).max(0.002))) y=(y - 6) height="12"
                fill="none" stroke="#2b6cb0" {}
        }
        @for value in &spread.values {
            circle.dot cx=(percent(middle(value))) cy=(y) r="4" fill="#2b6cb0" fill-opacity="0.6" {}
        }
        @if let Some(median) = &spread.median {
            line.median x1=(percent(middle(median))) x2=(percent(middle(median))) y1=(y - 9)
                y2=(y + 9) stroke="#111" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_is_inside_and_nothing_is_at_the_begin() {
        let scale = Scale(3 * 365 * 86_400);
        assert_eq!(percent(scale.place(0)), "0%");
        assert_eq!(percent(scale.place(scale.0)), "97%");
        let places: Vec<f64> = TICKS.iter().map(|(seconds, _)| scale.place(*seconds)).collect();
        assert!(places.is_sorted());
        assert_eq!(percent(scale.place(i64::MIN)), "0%");
    }
}
