//! Tables for people: plain lines that a screen reader and a pipe can take.

use std::fmt;

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, LineStyle, Row, TableStyle, Width};

use crate::wording::{BLANK, whole};

/// Nothing but a line under the header: what is not a word is noise to a screen reader.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('-').junction(' '));

/// Blanks beside the words of a cell.
pub const PADDING: usize = 2;

/// A table with a header; `width` columns wide at most, if there is a limit.
pub fn plain(header: &[&str], width: Option<u16>) -> Table {
    let mut table = comfy_table::Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    table.set_header(header);
    Table(table)
}

/// A table of words, in which a number and its unit are never on two lines.
pub struct Table(comfy_table::Table);

impl Table {
    /// Adds a row, of which only the words count.
    pub fn add_row(&mut self, row: impl Into<Row>) {
        let row: Row = row.into();
        self.0.add_row(row.cell_iter().map(|cell| Cell::new(whole(&cell.content()))));
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives each column room for its longest word, of so many letters.
    pub fn keep_words(&mut self, least: &[usize]) {
        for (column, word) in self.0.column_iter_mut().zip(least) {
            let room = u16::try_from(word + PADDING).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(room)));
        }
    }

    /// Columns that are set close, the first of them never broken.
    pub fn set_close(&mut self, whole: usize) {
        for (index, column) in self.0.column_iter_mut().enumerate() {
            column.set_padding((0, 1));
            if index < whole {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.lines().map(|line| line.replace(BLANK, " ").trim_end().to_owned())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.to_string().replace(BLANK, " "))
    }
}
