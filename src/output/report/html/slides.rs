//! The board's page: five slides, one below the other on a screen, one a sheet on paper.

use maud::{Markup, html};

use super::super::Block;
use super::super::page::{closing, parts, slides, strip};
use super::{block, head, id};
use crate::escape;
use crate::report::{Report, Section};

pub(super) fn deck(report: &Report) -> Markup {
    let name = escape::line(&report.banner.incident);
    let parts = parts(report);
    let of = |section: &Section| {
        let part = parts.iter().find(|(one, _)| one == section);
        part.map(|(_, blocks)| blocks.as_slice()).unwrap_or_default()
    };
    html! {
        main.deck {
            @for (number, (title, sections)) in (1..).zip(slides()) {
                section.slide aria-label={ "Slide " (number) " of " (slides().len()) } {
                    @for section in sections.iter().filter(|one| **one == Section::Banner) {
                        (head::masthead(report, of(section)))
                    }
                    h2 { (title) }
                    @for section in sections.iter().filter(|one| **one != Section::Banner) {
                        (part(report, *section, of(section)))
                    }
                    @if number == slides().len() { (block::all(&closing(report))) }
                    p.folio {
                        (head::label(report.banner.tlp)) " "
                        (name) " " span.number { "· " (number) " of " (slides().len()) }
                    }
                }
            }
        }
    }
}

/// A section; what is to be seen first in boxes of its own.
fn part(report: &Report, section: Section, blocks: &[Block]) -> Markup {
    let boxes = strip(report, section).len();
    html! {
        div id=(id(section)) {
            @match section {
                Section::Summary => {
                    @let (said, times) = blocks.split_at(blocks.len() - boxes);
                    (head::summary(said)) (boxed(times))
                }
                _ => {
                    @let (tally, rest) = blocks.split_at(boxes);
                    (boxed(tally)) (block::all(rest))
                }
            }
        }
    }
}

fn boxed(boxes: &[Block]) -> Markup {
    html! {
        @if !boxes.is_empty() { dl.strip { @for one in boxes { div { (block::field_of(one)) } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Audience;

    #[test]
    fn every_section_of_a_board_has_its_slide() {
        let mut shown: Vec<Section> = slides().flat_map(|(_, all)| all.iter().copied()).collect();
        shown.sort();
        assert_eq!(shown, Section::read_by(Audience::Board).collect::<Vec<_>>());
    }
}
