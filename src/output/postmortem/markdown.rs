//! The report as Markdown. Nothing foreign in it is ever read as markup.

use std::fmt::Write as _;

use super::{Block, Grid, blocks};
use crate::escape;
use crate::postmortem::{Report, Section};

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let mut page = format!("# Incident report: {}\n", line(&report.banner.incident));
    for section in Section::ALL {
        let _ = write!(page, "\n## {}\n", section.title());
        let mut list = false;
        for block in blocks(report, section) {
            // Names and what they are stand in one list.
            let next = matches!(block, Block::Field(..) | Block::Missing(..));
            if !(list && next) {
                page.push('\n');
            }
            list = next;
            write(&mut page, &block);
        }
    }
    let _ = write!(
        page,
        "\n---\n\n{} · {} · {}\n",
        report.banner.tlp.as_str(),
        line(&report.banner.incident),
        line(&report.banner.tool)
    );
    page
}

fn write(page: &mut String, block: &Block) {
    let _ = match block {
        Block::Line(text) => writeln!(page, "{}", line(text)),
        Block::Field(name, value) => writeln!(page, "- **{}:** {}", inner(name), inner(value)),
        Block::Missing(name, why) => writeln!(page, "- **{}:** *{}*", inner(name), inner(why)),
        Block::Prose(title, texts) => {
            let _ = writeln!(page, "**{}**", inner(title));
            texts.iter().flat_map(|text| text.lines()).try_for_each(|text| {
                if text.trim().is_empty() { Ok(()) } else { writeln!(page, "\n{}", line(text)) }
            })
        }
        Block::Points(title, points) => {
            let _ = writeln!(page, "**{}**\n", inner(title));
            points.iter().try_for_each(|point| writeln!(page, "- {}", line(point)))
        }
        Block::Table(grid) => table(page, grid),
    };
}

fn table(page: &mut String, grid: &Grid) -> std::fmt::Result {
    writeln!(page, "**{}**\n", inner(&grid.caption))?;
    writeln!(page, "| {} |", grid.header.join(" | "))?;
    writeln!(page, "|{}", "---|".repeat(grid.header.len()))?;
    for row in &grid.rows {
        let cells: Vec<String> = row.iter().map(|cell| inner(&cell.words())).collect();
        writeln!(page, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// Foreign text within a line: no markup, no link of its own making, no trailing backslash.
fn inner(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    let mut shown = escape::markdown(&text);
    // Without brackets these are nothing; a page full of backslashes reads badly.
    for sign in ['(', ')', '+', '!'] {
        shown = shown.replace(&format!("\\{sign}"), &sign.to_string());
    }
    shown.replace("://", "\\://").replace("www.", "www\\.")
}

/// Foreign text that begins a line: no list, no rule, no heading underline, no code by indentation.
fn line(text: &str) -> String {
    let shown = inner(text);
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    let behind = shown[digits..].chars().next();
    match shown.chars().next() {
        Some('-' | '=' | ':' | '+') => format!("\\{shown}"),
        Some(_) if digits > 0 && matches!(behind, Some('.' | ')')) => {
            format!("{}\\{}", &shown[..digits], &shown[digits..])
        }
        _ => shown,
    }
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
