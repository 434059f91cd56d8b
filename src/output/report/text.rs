//! The report for a terminal: wrapped, plain, and safe to show.

use std::io::{self, Write};

use comfy_table::Cell;
use textwrap::core::display_width;

use super::page::sections;
use super::{Block, Grid};
use crate::escape;
use crate::output::table;
use crate::output::wrap::whole_words;
use crate::report::Report;
use crate::wording::{unmarked, whole};

/// Writes the whole report, at most `width` columns wide.
///
/// # Errors
/// Whatever the stream says.
pub fn text(report: &Report, out: &mut dyn Write, width: u16) -> io::Result<()> {
    let title = super::title(report);
    let sections = sections(report).into_iter().map(|(section, blocks)| (section.title(), blocks));
    let sections: Vec<(&str, Vec<Block>)> = sections.collect();
    pages(&title, &sections, &super::footer(report), (out, width))
}

/// Sections under a title.
pub(in crate::output) fn pages(
    title: &str,
    sections: &[(&str, Vec<Block>)],
    footer: &str,
    (out, width): (&mut dyn Write, u16),
) -> io::Result<()> {
    wrapped(out, "", &escape::line(title), width)?;
    for (title, blocks) in sections {
        let title = title.to_uppercase();
        writeln!(out, "\n{title}\n{}", "-".repeat(title.chars().count()))?;
        let mut large = false;
        for block in blocks {
            // A large block is set off from what stands around it.
            let next = matches!(block, Block::Prose(..) | Block::Points(..) | Block::Table(_));
            if large || next {
                writeln!(out)?;
            }
            large = next;
            write(out, block, width)?;
        }
    }
    writeln!(out)?;
    wrapped(out, "", footer, width)
}

fn write(out: &mut dyn Write, block: &Block, width: u16) -> io::Result<()> {
    match block {
        Block::Line(text) => wrapped(out, "", text, width),
        Block::Field(name, value) => wrapped(out, "  ", &format!("{name}: {value}"), width),
        Block::Missing(name, why) => wrapped(out, "  ", &format!("{name}: {why}"), width),
        Block::Prose(title, texts) => {
            wrapped(out, "", &format!("{title}:"), width)?;
            texts.iter().try_for_each(|text| wrapped(out, "  ", &unmarked(text), width))
        }
        Block::Points(title, points) => {
            wrapped(out, "", &format!("{title}:"), width)?;
            points.iter().try_for_each(|point| wrapped(out, "  - ", point, width))
        }
        Block::Table(grid) => rows(out, grid, width),
    }
}

/// Foreign text in lines of the width; continuation lines align with the first letter. Only our own
/// headings begin a line of their own at its edge: a text of several lines could pass for one.
fn wrapped(out: &mut dyn Write, first: &str, text: &str, width: u16) -> io::Result<()> {
    let text = escape::text(text);
    let rest = " ".repeat(first.len());
    let mut indent = first;
    for line in text.lines() {
        let options =
            whole_words(usize::from(width)).initial_indent(indent).subsequent_indent(&rest);
        for line in textwrap::wrap(line, options) {
            writeln!(out, "{}", line.trim_end())?;
        }
        indent = if rest.is_empty() { "  " } else { &rest };
    }
    Ok(())
}

/// A table; row by row below each other, where its columns are too narrow for a word: half a date or a
/// digest is another one.
fn rows(out: &mut dyn Write, grid: &Grid, width: u16) -> io::Result<()> {
    wrapped(out, "", &format!("{}:", grid.caption), width)?;
    let rows = grid.rows.iter();
    let rows: Vec<Vec<String>> = rows
        .map(|row| row.iter().map(|cell| escape::text(&cell.words()).into_owned()).collect())
        .collect();
    let least = grid.header.iter().enumerate().map(|(column, name)| {
        let words = rows.iter().map(|row| longest_word(&row[column])).max();
        words.unwrap_or(0).max(longest_word(name))
    });
    let least: Vec<usize> = least.collect();
    if least.iter().map(|word| word + table::PADDING).sum::<usize>() > usize::from(width) {
        return rows.iter().try_for_each(|row| record(out, grid, row, width));
    }
    let mut table = table::plain(&grid.header, Some(width));
    table.keep_words(&least);
    for row in &rows {
        table.add_row(row.iter().map(Cell::new));
    }
    table.lines().try_for_each(|line| writeln!(out, "{line}"))
}

/// A row whose first cell is its heading.
fn record(out: &mut dyn Write, grid: &Grid, row: &[String], width: u16) -> io::Result<()> {
    let (first, rest) =
        row.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    wrapped(out, "  ", first, width)?;
    let cells = grid.header.iter().skip(1).zip(rest).filter(|(_, cell)| !cell.is_empty());
    cells.into_iter().try_for_each(|(name, cell)| {
        wrapped(out, "    ", &format!("{name}: {}", cell.replace('\n', " ")), width)
    })
}

/// Columns that the longest word of a text takes; what belongs together is one word.
fn longest_word(text: &str) -> usize {
    whole(text).split([' ', '\n']).map(display_width).max().unwrap_or(0)
}
