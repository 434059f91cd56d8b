//! Several incidents on one page: the times drawn above their tables.

use maud::{Markup, html};

use super::super::Block;
use super::figure::{Scale, spreads};
use super::pages::{Paper, drawn};
use crate::report::{Across, Bundle};

/// Sections with times, which are drawn.
pub(in crate::output::report) const TIMES: &str = "Times, over all incidents";
pub(in crate::output::report) const KINDS: &str = "Times by kind of incident";
pub(in crate::output::report) const QUARTERS: &str = "Times by quarter";

pub(in crate::output::report) fn across(
    all: &Across,
    paper: &Paper<'_>,
    sections: &[(&str, Vec<Block>)],
    footer: &str,
) -> String {
    let scale = Scale::of(&all.phases);
    let drawing = |number: usize| match sections[number].0 {
        TIMES => overall(all, scale),
        KINDS => bundles("kind", &all.kinds, scale),
        QUARTERS => bundles("quarter", &all.quarters, scale),
        _ => html! {},
    };
    drawn(paper, sections, &drawing, footer)
}

fn overall(all: &Across, scale: Scale) -> Markup {
    let told = "Every dot is an incident. The box holds the middle half of four or more, the stroke is \
                the median, the line reaches from the shortest to the longest. The scale is \
                logarithmic and the same in every drawing; a time known only as a range stands in its \
                middle.";
    html! {
        @if let Some(drawing) = spreads("phases", "Phases over all incidents", &all.phases, scale) {
            p.line { (told) }
            (drawing)
        }
    }
}

fn bundles(of: &str, bundles: &[Bundle], scale: Scale) -> Markup {
    let drawn = (1..).zip(bundles).filter_map(|(number, bundle)| {
        let title = bundle.called();
        let drawing = spreads(&format!("{of}{number}"), &title, &bundle.phases, scale)?;
        Some(html! { h3 { (title) } (drawing) })
    });
    html! { @for one in drawn { (one) } }
}
