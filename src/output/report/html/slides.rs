//! The board's page: five slides, one below the other on a screen, one a sheet on paper.

use maud::{Markup, html};

use super::super::page::closing;
use super::super::{Block, blocks};
use super::{block, head, id};
use crate::escape;
use crate::report::{Computed, Report, Section, Tally};
use crate::wording;

/// The headings of the slides, and which sections each shows. The banner is above the first.
const SLIDES: [(&str, &[Section]); 5] = [
    ("Summary", &[Section::Summary]),
    ("Who and what was affected", &[Section::Impact]),
    ("How it came about", &[Section::Causes, Section::Timeline]),
    ("What the law asks", &[Section::Deadlines]),
    ("What comes next", &[Section::Actions]),
];

/// Times that a board asks for.
const TIMES: [&str; 3] = ["time_to_detect", "time_to_contain", "exposure"];

pub(super) fn deck(report: &Report) -> Markup {
    let name = escape::line(&report.banner.incident);
    html! {
        main.deck {
            @for (number, (title, sections)) in (1..).zip(&SLIDES) {
                section.slide aria-label={ "Slide " (number) " of " (SLIDES.len()) } {
                    @if number == 1 {
                        (head::masthead(report, &blocks(report, Section::Banner)))
                    }
                    h2 { (title) }
                    @for section in *sections { (part(report, *section)) }
                    @if number == SLIDES.len() { (block::all(&closing(report))) }
                    p.folio {
                        (head::label(report.banner.tlp)) " "
                        (name) " · " (number) " of " (SLIDES.len())
                    }
                }
            }
        }
    }
}

fn part(report: &Report, section: Section) -> Markup {
    let blocks = blocks(report, section);
    html! {
        div id=(id(section)) {
            @match section {
                Section::Summary => { (head::summary(&blocks)) (times(report)) }
                Section::Deadlines => { (tally(&report.deadlines.tally)) (block::all(&blocks)) }
                _ => (block::all(&blocks)),
            }
        }
    }
}

/// The times that are known, as large as they matter.
fn times(report: &Report) -> Markup {
    let known = report.metrics.iter().filter(|metric| metric.computed == Computed::Known);
    let asked = known.filter(|metric| TIMES.contains(&metric.id.as_str()));
    let boxes = asked.map(|metric| Block::Field(metric.title.clone(), metric.shown.clone()));
    strip(&boxes.collect::<Vec<_>>())
}

fn tally(tally: &Tally) -> Markup {
    let parts = [
        (tally.met, "In time"),
        (tally.missed, "Late"),
        (tally.overdue, "Overdue"),
        (tally.open, "Still open"),
        (tally.waived, "Waived"),
        (tally.unclear, "Unclear"),
    ];
    let told = parts.into_iter().filter(|(n, _)| *n > 0);
    let boxes = told.map(|(n, how)| Block::Field(how.to_owned(), wording::count(n, "deadline")));
    strip(&boxes.collect::<Vec<_>>())
}

fn strip(boxes: &[Block]) -> Markup {
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
        let mut shown = vec![Section::Banner];
        shown.extend(SLIDES.iter().flat_map(|(_, sections)| *sections));
        shown.sort();
        assert_eq!(shown, Section::read_by(Audience::Board).collect::<Vec<_>>());
    }
}
