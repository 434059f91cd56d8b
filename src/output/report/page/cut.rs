//! What has no annex, cut to the room that it has: one sheet of A4 for an executive, slides for a board.
//! Those who want more ask for the whole report.

use super::super::Block;
use super::super::block::Cell;
use super::annex;
use crate::report::{Moment, Report, Section};
use crate::wording;

/// What a reader has room for.
pub(super) struct Room {
    /// Characters of a text.
    text: usize,
    /// Characters of a cell.
    cell: usize,
    /// Fields of a section.
    fields: usize,
    /// Points of a list.
    points: usize,
    /// Rows of a table: of the timeline, of duties and action items, of any other.
    rows: [usize; 3],
    /// What it is cut to.
    to: &'static str,
}

/// One sheet of A4, of which a line holds about 120 characters.
pub(super) const SHEET: Room =
    Room { text: 230, cell: 110, fields: 5, points: 2, rows: [5, 4, 2], to: "one page" };

/// A slide, to be read from a chair.
pub(super) const SLIDE: Room =
    Room { text: 260, cell: 110, fields: 6, points: 3, rows: [6, 6, 4], to: "five slides" };

impl Room {
    /// The blocks of a section, no more and no longer than there is room for.
    pub(super) fn cut(&self, section: Section, blocks: Vec<Block>) -> Vec<Block> {
        let mut fields = 0;
        let is_room = |block: &Block| {
            let is_field = matches!(block, Block::Field(..) | Block::Prose(..) | Block::Points(..));
            fields += usize::from(is_field);
            // Neither the status nor a place whose law is not known is ever left out.
            let is_kept = [Section::Banner, Section::Deadlines].contains(&section);
            !is_field || fields <= self.fields || is_kept
        };
        let blocks: Vec<Block> = blocks.into_iter().filter(is_room).collect();
        blocks.into_iter().flat_map(|block| self.shorter(section, block)).collect()
    }

    /// What stands below all of it: that it was cut, and the proof of the record.
    pub(super) fn closing(&self, report: &Report) -> Vec<Block> {
        let to = self.to;
        let line = Block::Line(format!("Cut to {to}: the internal report has the rest."));
        std::iter::once(line).chain(annex::proof(report)).collect()
    }

    fn shorter(&self, section: Section, block: Block) -> Vec<Block> {
        let one = match block {
            // The three sentences are short already, and places whose law is not known are never cut.
            Block::Field(..) if [Section::Summary, Section::Deadlines].contains(&section) => block,
            Block::Field(name, text) => Block::Field(name, wording::clip_words(&text, self.text)),
            Block::Prose(name, texts) => {
                Block::Field(name, wording::clip_words(&texts.join(" "), self.text))
            }
            Block::Points(name, points) => {
                let points = points.iter().take(self.points);
                let points: Vec<String> = points
                    .map(|point| wording::clip_words(point, self.text / self.points))
                    .collect();
                Block::Field(name, points.join("; "))
            }
            Block::Table(mut grid) => {
                let most = self.rows(section);
                let more = grid.rows.len().saturating_sub(most);
                grid.rows.truncate(most);
                for cell in grid.rows.iter_mut().flatten() {
                    *cell = self.short(cell);
                }
                // Moments were chosen by weight; dropping rows of other tables silently would mislead.
                let more = (more > 0 && section != Section::Timeline).then(|| {
                    Block::Line(format!("{} not shown here.", wording::count(more, "more row")))
                });
                return std::iter::once(Block::Table(grid)).chain(more).collect();
            }
            Block::Line(_) | Block::Missing(..) => block,
        };
        vec![one]
    }

    fn rows(&self, section: Section) -> usize {
        self.rows[match section {
            Section::Timeline => 0,
            Section::Actions | Section::Deadlines => 1,
            _ => 2,
        }]
    }

    fn short(&self, cell: &Cell) -> Cell {
        let cut = |text: &str| Cell::Text(wording::clip_words(text, self.cell));
        match cell {
            Cell::Text(text) => cut(text),
            Cell::Note(ours, note) => cut(&format!("{ours}: {note}")),
            Cell::At(when, shown, more) => Cell::At(when.clone(), shown.clone(), more.clone()),
        }
    }

    /// The moments that matter most, in their order.
    pub(super) fn moments<'r>(&self, report: &'r Report) -> Vec<&'r Moment> {
        let mut moments: Vec<(usize, &Moment)> = report.story.moments.iter().enumerate().collect();
        moments.sort_by_key(|(place, moment)| (weight(moment), *place));
        moments.truncate(self.rows(Section::Timeline));
        moments.sort_by_key(|(place, _)| *place);
        moments.into_iter().map(|(_, moment)| moment).collect()
    }
}

/// How little a moment matters to those who read a few: when it began, was noticed, contained and told
/// comes first.
fn weight(moment: &Moment) -> usize {
    const FIRST: [&str; 8] = ["E3", "E7", "E0", "P", "E6", "D'", "E2", "E9"];
    let place = |id: &String| FIRST.iter().position(|first| first == id);
    let notice = usize::from(moment.kind != "notice");
    moment.anchor.as_ref().and_then(place).unwrap_or(FIRST.len() + notice)
}
