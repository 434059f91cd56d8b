//! The report as one HTML file that needs nothing else: no script, no request, and a policy that
//! allows nothing but its own style. For a screen of any width, light or dark, and for paper.

mod across;
mod block;
mod figure;
mod head;
mod pages;
mod prose;
mod slides;
mod style;
mod table;

pub(super) use figure::{Drawing, Figure, WIDTH, figures};

use maud::{Markup, html};

pub(super) use across::{KINDS, QUARTERS, TIMES, across};
pub(in crate::output) use pages::{Paper, pages};

use super::Block;
use super::page::{closing, parts};
use crate::escape;
use crate::report::{Audience, Report, Section};

/// The whole report. The same report gives the same bytes.
pub fn html(report: &Report) -> String {
    let sheet = style::sheet(&report.banner);
    let name = escape::line(&report.banner.incident);
    let is_one_page = report.banner.audience == Audience::Executive;
    if report.banner.audience == Audience::Board {
        return style::page(&format!("Slides: {name}"), &sheet, None, &slides::deck(report));
    }
    let parts = parts(report);
    let (banner, rest) = parts.split_at(1);
    let body = html! {
                @for (_, blocks) in banner { (head::masthead(report, blocks)) }
                div.page.one[is_one_page] {
                    @if !is_one_page { (contents(&parts)) }
                    main { @for (section, blocks) in rest {
                            (self::section(report, *section, blocks))
                        }
                        (block::all(&closing(report)))
                        }
                }
                footer {
                    (head::label(report.banner.tlp)) " " (name) " "
                    span.part { "· " (report.banner.tool) }
                }
    };
    style::page(&format!("Incident report: {name}"), &sheet, None, &body)
}

/// The name of a section within the page.
fn id(section: Section) -> String {
    format!("{section:?}").to_lowercase()
}

fn contents(parts: &[(Section, Vec<Block>)]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ol {
                @for (section, _) in parts {
                    li { a href={ "#" (id(*section)) } { (section.title()) } }
                }
            }
        }
    }
}

fn section(report: &Report, section: Section, blocks: &[Block]) -> Markup {
    html! {
        section id=(id(section)) {
            h2 { (section.title()) }
            @match section {
                Section::Summary => (head::summary(blocks)),
                Section::Metrics => {
                    (head::strip(report))
                    (folded("All metrics and their anchors", blocks))
                }
                Section::Timeline if report.banner.audience != Audience::Executive => {
                    (figure::timeline(report))
                    (block::all(blocks))
                }
                Section::Phases => { (figure::phases(report)) (block::all(blocks)) }
                Section::Duties => { (figure::deadlines(report)) (block::all(blocks)) }
                Section::Entries => (entries(report, blocks)),
                Section::Response => (response(blocks)),
                Section::Method => (folded("Rules and definitions", blocks)),
                Section::Frameworks => (folded("What standards require", blocks)),
                Section::Glossary => (folded("What words mean here", blocks)),
                _ => (block::all(blocks)),
            }
        }
    }
}

/// How it came out first; long tables of steps and commands behind it.
fn response(blocks: &[Block]) -> Markup {
    let long = |block: &Block| matches!(block, Block::Table(grid) if grid.rows.len() > FOLDED);
    let (tables, rest): (Vec<Block>, Vec<Block>) = blocks.iter().cloned().partition(long);
    html! {
        (block::all(&rest))
        @if !tables.is_empty() { (folded("Every step and its outcome", &tables)) }
    }
}

/// Of a very long log the first rows; other faces have all of them.
fn entries(report: &Report, blocks: &[Block]) -> Markup {
    let all = report.timeline.moments.len();
    let Some((Block::Table(grid), rest)) = blocks.split_first().filter(|_| all > FOLDED) else {
        return block::all(blocks);
    };
    let rows = figure::rows(report);
    html! {
        details {
            summary { "Every entry" }
            (table::some(grid, &rows))
            @if rows.len() < all {
                p.line {
                    (rows.len()) " of " (all) " rows are shown, the most important ones. The \
                     Markdown and JSON reports have all of them."
                }
            }
            (block::all(rest))
        }
    }
}

/// Rows from which on a table waits behind its name on a screen. On paper it is always there.
const FOLDED: usize = 12;

fn folded(name: &str, blocks: &[Block]) -> Markup {
    html! { details { summary { (name) } (block::all(blocks)) } }
}
