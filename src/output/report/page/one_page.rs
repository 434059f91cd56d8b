//! The page of an executive, cut to what fits one sheet of A4: those who want more ask for the whole
//! report.

use super::super::Block;
use super::super::block::Cell;
use super::annex;
use crate::report::{Report, Section};
use crate::wording;

/// Characters of a text. A line of the sheet holds about 120.
const TEXT: usize = 190;

/// Characters of a cell.
const CELL: usize = 110;

/// Fields of a section, and points of a list.
const FIELDS: usize = 5;
const POINTS: usize = 2;

/// Rows of the tables of a section.
fn rows(section: Section) -> usize {
    match section {
        Section::Timeline => 5,
        Section::Actions | Section::Deadlines => 4,
        _ => 2,
    }
}

/// The blocks of a section, no more and no longer than the sheet has room for; its last line says so.
pub(super) fn cut(report: &Report, section: Section, blocks: Vec<Block>) -> Vec<Block> {
    let mut fields = 0;
    let is_room = |block: &Block| {
        let is_field = matches!(block, Block::Field(..) | Block::Prose(..) | Block::Points(..));
        fields += usize::from(is_field);
        // Neither the status nor a place whose law is not known is ever left out.
        !is_field || fields <= FIELDS || [Section::Banner, Section::Deadlines].contains(&section)
    };
    let blocks: Vec<Block> = blocks.into_iter().filter(is_room).collect();
    let mut cut: Vec<Block> = blocks.into_iter().map(|block| shorter(section, block)).collect();
    if section == Section::Timeline {
        cut.push(Block::Line("Cut to one page: the internal report has the rest.".to_owned()));
        cut.extend(annex::proof(report));
    }
    cut
}

fn shorter(section: Section, block: Block) -> Block {
    match block {
        Block::Field(..) if section == Section::Deadlines => block,
        Block::Field(name, text) => Block::Field(name, wording::clip_words(&text, TEXT)),
        Block::Prose(name, texts) => {
            Block::Field(name, wording::clip_words(&texts.join(" "), TEXT))
        }
        Block::Points(name, points) => {
            let points = points.iter().take(POINTS);
            let points: Vec<String> =
                points.map(|point| wording::clip_words(point, TEXT / POINTS)).collect();
            Block::Field(name, points.join("; "))
        }
        Block::Table(mut grid) => {
            grid.rows.truncate(rows(section));
            for cell in grid.rows.iter_mut().flatten() {
                *cell = short(cell);
            }
            Block::Table(grid)
        }
        Block::Line(_) | Block::Missing(..) => block,
    }
}

fn short(cell: &Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(wording::clip_words(text, CELL)),
        Cell::Note(ours, note) => Cell::Text(wording::clip_words(&format!("{ours}: {note}"), CELL)),
        Cell::At(when, shown, more) => Cell::At(when.clone(), shown.clone(), more.clone()),
    }
}
