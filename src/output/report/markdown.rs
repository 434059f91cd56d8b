//! The report as Markdown. Nothing foreign in it is ever read as markup.

use std::fmt::Write as _;

use super::page::sections;
use super::{Block, Cell, Grid};
use crate::escape;
use crate::report::Report;
use crate::wording::unmarked;

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let title = super::title(report);
    let sections = sections(report).into_iter().map(|(section, blocks)| (section.title(), blocks));
    let sections: Vec<(&str, Vec<Block>)> = sections.collect();
    pages(&title, &sections, &super::footer(report))
}

/// Sections under a title.
pub(in crate::output) fn pages(
    title: &str,
    sections: &[(&str, Vec<Block>)],
    footer: &str,
) -> String {
    let mut page = format!("# {}\n", line(title));
    for (title, blocks) in sections {
        let _ = write!(page, "\n## {title}\n");
        let mut list = false;
        for block in blocks {
            // Names and what they are stand in one list.
            let next = matches!(block, Block::Field(..) | Block::Missing(..));
            if !(list && next) {
                page.push('\n');
            }
            list = next;
            write(&mut page, block);
        }
    }
    let _ = write!(page, "\n---\n\n{}\n", line(footer));
    page
}

fn write(page: &mut String, block: &Block) {
    let _ = match block {
        Block::Line(text) => writeln!(page, "{}", line(text)),
        Block::Field(name, value) => writeln!(page, "- **{}:** {}", inner(name), inner(value)),
        Block::Missing(name, why) => writeln!(page, "- **{}:** *{}*", inner(name), inner(why)),
        Block::Prose(title, texts) => {
            let _ = writeln!(page, "### {}", inner(title));
            texts.iter().map(|text| unmarked(text)).try_for_each(|text| {
                let mut lines = text.lines().filter(|text| !text.trim().is_empty());
                lines.try_for_each(|text| writeln!(page, "\n{}", line(text)))
            })
        }
        Block::Points(title, points) => {
            let _ = writeln!(page, "### {}\n", inner(title));
            points.iter().try_for_each(|point| writeln!(page, "- {}", line(point)))
        }
        Block::Table(grid) => table(page, grid),
    };
}

fn table(page: &mut String, grid: &Grid) -> std::fmt::Result {
    writeln!(page, "### {}\n", inner(&grid.caption))?;
    writeln!(page, "| {} |", grid.header.join(" | "))?;
    writeln!(page, "|{}", " --- |".repeat(grid.header.len()))?;
    for row in &grid.rows {
        let shown = |cell: &Cell| match cell.words() {
            words if words.is_empty() => "-".to_owned(),
            words => inner(&words),
        };
        let cells: Vec<String> = row.iter().map(shown).collect();
        writeln!(page, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// Foreign text within a line: no markup, no link of its own making, no trailing backslash.
fn inner(text: &str) -> String {
    unlinked(&escape::markdown(&joined(text)))
}

/// Foreign text that begins a line: no list, no rule, no heading underline, no code by indentation.
fn line(text: &str) -> String {
    unlinked(&escape::markdown_line(&joined(text)))
}

fn joined(text: &str) -> String {
    text.trim().replace('\n', " ")
}

/// Pages that make links of bare addresses leave these alone.
fn unlinked(shown: &str) -> String {
    shown.replace("://", "\\://").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_foreign_is_markup() {
        for (hostile, shown) in [
            ("- item", "\\- item"),
            ("---", "\\---"),
            ("1. one", "1\\. one"),
            ("1) one", "1\\) one"),
            ("    code", "code"),
            ("+ item", "\\+ item"),
            ("![x](y) \\(", "!\\[x\\](y) \\\\("),
            ("# head", "\\# head"),
            ("<script>", "\\<script\\>"),
            ("a\nb | c", "a b \\| c"),
            ("https://evil.example www.evil.example", "https\\://evil.example www\\.evil.example"),
            ("x\u{202e}y", "x\\\\u\\{202e\\}y"),
        ] {
            assert_eq!(line(hostile), shown, "{hostile}");
        }
    }
}
