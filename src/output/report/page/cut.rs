//! What has no annex, cut to the room that it has: one sheet of A4 for an executive, slides for a board.
//! Those who want more ask for the whole report.
//!
//! A sheet that holds little has room for long texts, one that holds much has not: round by round each
//! section gets a larger room, as long as all of them fit. Whatever is cut is said to be cut where it
//! stood.

use std::mem;

use super::super::Block;
use super::super::block::Cell;
use super::{annex, first, whole};
use crate::report::{Audience, Moment, Report, Section};
use crate::wording::{self, unmarked};

/// A sheet, what it is called, and the sections that share it.
pub(super) struct Sheet {
    pub(super) title: &'static str,
    pub(super) sections: &'static [Section],
}

/// The one sheet of an executive.
const SHEET: [Sheet; 1] = [Sheet {
    title: "",
    sections: &[
        Section::Banner,
        Section::Summary,
        Section::Impact,
        Section::Causes,
        Section::Actions,
        Section::Deadlines,
        Section::Timeline,
    ],
}];

/// The slides of a board. The banner is above the first.
pub(super) const SLIDES: [Sheet; 5] = [
    Sheet { title: "Summary", sections: &[Section::Banner, Section::Summary] },
    Sheet { title: "Who and what was affected", sections: &[Section::Impact] },
    Sheet { title: "How it came about", sections: &[Section::Causes, Section::Timeline] },
    Sheet { title: "What the law asks", sections: &[Section::Deadlines] },
    Sheet { title: "What comes next", sections: &[Section::Actions] },
];

/// Sheets of one size.
pub(super) struct Paper {
    pub(super) sheets: &'static [Sheet],
    /// Tenths of a line that a sheet holds, besides what is on each of them.
    room: usize,
    /// Letters of a line across the sheet, of one beside the name of a field, and of that name.
    letters: usize,
    beside: usize,
    name: usize,
    /// Tenths of a line of what stands above the rows of a table, and of what parts two rows or fields.
    header: usize,
    gap: usize,
    /// What it is cut to.
    to: &'static str,
}

/// The sheets of a reader who gets no annex.
pub(super) fn paper(audience: Audience) -> Option<&'static Paper> {
    const PAGE: Paper = Paper {
        sheets: &SHEET,
        room: 775,
        letters: 126,
        beside: 104,
        name: 21,
        header: 16,
        gap: 3,
        to: "one page",
    };
    const DECK: Paper = Paper {
        sheets: &SLIDES,
        room: 280,
        letters: 112,
        beside: 85,
        name: 22,
        header: 36,
        gap: 5,
        to: "five slides",
    };
    match audience {
        Audience::Executive => Some(&PAGE),
        Audience::Board => Some(&DECK),
        Audience::Internal | Audience::Regulator | Audience::Public => None,
    }
}

/// How much of everything a reader gets.
struct Room {
    /// Lines of a text: one that is cut fills its last line.
    text: usize,
    /// Characters of a cell.
    cell: usize,
    /// Fields of a section.
    fields: usize,
    /// Points of a list.
    points: usize,
    /// Rows of a table: of the timeline, of duties and action items, of any other.
    rows: [usize; 3],
}

/// From the most to the least.
const ROOMS: [Room; 8] = [
    Room { text: 5, cell: 150, fields: 14, points: 8, rows: [12, 10, 8] },
    Room { text: 4, cell: 130, fields: 12, points: 6, rows: [9, 7, 5] },
    Room { text: 3, cell: 110, fields: 10, points: 4, rows: [7, 5, 4] },
    Room { text: 2, cell: 90, fields: 8, points: 3, rows: [5, 4, 2] },
    Room { text: 1, cell: 80, fields: 7, points: 2, rows: [4, 3, 1] },
    Room { text: 1, cell: 75, fields: 5, points: 1, rows: [3, 2, 1] },
    Room { text: 1, cell: 75, fields: 3, points: 1, rows: [2, 1, 0] },
    Room { text: 1, cell: 75, fields: 1, points: 1, rows: [2, 1, 0] },
];

impl Paper {
    /// Every section, with what its sheet has room for.
    pub(super) fn filled(&self, report: &Report) -> Vec<(Section, Vec<Block>)> {
        let mut all: Vec<(Section, Vec<Block>)> = Vec::new();
        for (number, sheet) in (1..).zip(self.sheets) {
            let below = if number == self.sheets.len() { self.closing(report) } else { Vec::new() };
            let below: usize = below.iter().map(|block| self.height(block)).sum();
            let wholes: Vec<(Section, Vec<Block>)> =
                sheet.sections.iter().map(|section| (*section, whole(report, *section))).collect();
            let smallest = &ROOMS[ROOMS.len() - 1];
            let cut = |room: &Room, (section, blocks): &(Section, Vec<Block>)| {
                (*section, self.cut(room, report, *section, blocks))
            };
            let fits = |sections: &[(Section, Vec<Block>)]| {
                let blocks = sections.iter().flat_map(|(_, blocks)| blocks);
                let used: usize = blocks.map(|block| self.height(block)).sum();
                used + below + sections.len() * HEADING <= self.room
            };
            let mut sections: Vec<_> = wholes.iter().map(|whole| cut(smallest, whole)).collect();
            for room in ROOMS.iter().rev().skip(1) {
                for (place, whole) in wholes.iter().enumerate() {
                    let before = mem::replace(&mut sections[place], cut(room, whole));
                    if !fits(&sections) {
                        sections[place] = before;
                    }
                }
            }
            all.extend(sections);
        }
        all.sort_by_key(|(section, _)| *section);
        all
    }

    /// What stands below all of it: that it was cut, and the proof of the record.
    pub(super) fn closing(&self, report: &Report) -> Vec<Block> {
        let line = format!("Shortened to {}: the internal report has the rest.", self.to);
        let signed = annex::signatures(report);
        std::iter::once(Block::Line(line)).chain(signed).chain(annex::proof(report)).collect()
    }

    /// About how high a block is, in tenths of a line.
    fn height(&self, block: &Block) -> usize {
        let lines = |text: &str, letters: usize| {
            text.lines().map(|line| line.chars().count().div_ceil(letters).max(1)).sum::<usize>()
        };
        match block {
            Block::Line(text) => 12 * lines(text, self.letters),
            Block::Field(name, text) | Block::Missing(name, text) => {
                self.gap + 10 * lines(text, self.beside).max(lines(name, self.name))
            }
            Block::Prose(_, texts) | Block::Points(_, texts) => {
                texts.iter().map(|text| self.gap + 10 * lines(text, self.letters)).sum()
            }
            Block::Table(grid) => {
                let longest = |column: usize| {
                    let cells = grid.rows.iter().map(|row| row[column].words().chars().count());
                    cells.max().unwrap_or(0).clamp(10, 60)
                };
                let widths: Vec<usize> = (0..grid.header.len()).map(longest).collect();
                let all: usize = widths.iter().sum();
                let high = |row: &Vec<Cell>| {
                    let cells = row.iter().zip(&widths);
                    let cells = cells.map(|(cell, width)| {
                        lines(&cell.words(), (self.letters * width / all.max(1)).max(1))
                    });
                    self.gap + 10 * cells.max().unwrap_or(1)
                };
                self.header + grid.rows.iter().map(high).sum::<usize>()
            }
        }
    }

    /// The blocks of a section, no more and no longer than there is room for, and what is left out.
    fn cut(&self, room: &Room, report: &Report, section: Section, blocks: &[Block]) -> Vec<Block> {
        if section == Section::Timeline {
            let blocks = first::moments(report, &room.moments(report));
            return blocks
                .into_iter()
                .flat_map(|block| self.shorter(room, section, &block))
                .collect();
        }
        // Neither the status nor a place whose law is not known is ever left out.
        let kept = KEPT.contains(&section);
        let (mut fields, mut gone) = (0, Vec::new());
        let mut cut = Vec::new();
        for block in blocks {
            let name = match block {
                Block::Field(name, _) | Block::Prose(name, _) | Block::Points(name, _) => {
                    fields += 1;
                    Some(name).filter(|_| fields > room.fields && !kept)
                }
                Block::Table(grid) => Some(&grid.caption).filter(|_| room.rows(section) == 0),
                Block::Line(_) | Block::Missing(..) => None,
            };
            if let Some(name) = name {
                gone.push(name.as_str());
                continue;
            }
            cut.extend(self.shorter(room, section, block));
        }
        if !gone.is_empty() {
            cut.push(Block::Line(format!("Not shown here: {}.", gone.join("; "))));
        }
        cut
    }

    fn shorter(&self, room: &Room, section: Section, block: &Block) -> Vec<Block> {
        // The sign that it is cut must not stand on a line of its own where letters are broad.
        let text_room = self.beside * room.text - SIGN;
        let one = match block {
            // Signatures and the three sentences are short already, and places whose law is not known
            // are never cut.
            Block::Field(..) if KEPT.contains(&section) => block.clone(),
            Block::Field(name, text) => {
                Block::Field(name.clone(), wording::clip_words(text, text_room))
            }
            Block::Prose(name, texts) => Block::Field(
                name.clone(),
                wording::clip_words(&unmarked(&texts.join("\n\n")), text_room),
            ),
            Block::Points(name, points) => {
                // One that stands alone has the line, but for how many more there are.
                let each = if room.points == 1 { text_room - MORE } else { text_room / 2 };
                let points = points.iter();
                let points: Vec<String> =
                    points.map(|point| wording::clip_words(point, each)).collect();
                Block::Field(name.clone(), wording::some(&points, room.points))
            }
            Block::Table(grid) => {
                // To say that one row is not shown takes as much room as the row.
                let most = match room.rows(section) {
                    most if most + 1 == grid.rows.len() => most + 1,
                    most => most,
                };
                let more = grid.rows.len().saturating_sub(most);
                let mut short = grid.clone();
                short.rows.truncate(most);
                for cell in short.rows.iter_mut().flatten() {
                    *cell = room.short(cell);
                }
                // Moments were chosen by weight; dropping rows of other tables silently would mislead.
                let more = (more > 0 && section != Section::Timeline).then(|| {
                    Block::Line(format!("{} not shown here.", super::count(more, "more row")))
                });
                return std::iter::once(Block::Table(short)).chain(more).collect();
            }
            Block::Line(_) | Block::Missing(..) => block.clone(),
        };
        vec![one]
    }
}

/// Sections of which no field is cut or left out.
const KEPT: [Section; 3] = [Section::Banner, Section::Summary, Section::Deadlines];

/// Letters that are left free behind a text that is cut.
const SIGN: usize = 6;

/// Letters of how many more points there are.
const MORE: usize = " and 99 more".len();

/// Tenths of a line of a heading.
const HEADING: usize = 20;

impl Room {
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
            Cell::Note(..) => cut(&cell.words()),
            Cell::At(when, shown, more) => Cell::At(when.clone(), shown.clone(), more.clone()),
        }
    }

    /// The moments that matter most, in their order.
    fn moments<'r>(&self, report: &'r Report) -> Vec<&'r Moment> {
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
    const FIRST: [&str; 10] = ["E3", "E7", "E0", "P", "E2", "E2'", "E1", "D'", "E6", "E9"];
    let place = |id: &String| FIRST.iter().position(|first| first == id);
    let notice = usize::from(moment.kind != "notice");
    moment.anchor.as_ref().and_then(place).unwrap_or(FIRST.len() + notice)
}
