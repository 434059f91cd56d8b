//! Any sections as one page that needs nothing else, in the style of the report.

use maud::{DOCTYPE, PreEscaped, html};

use super::super::Block;
use super::{block, style};
use crate::escape;

/// What a page is.
pub(in crate::output) struct Paper<'p> {
    /// Its heading.
    pub(in crate::output) title: &'p str,
    /// Words that everybody must see first: a rehearsal, a label.
    pub(in crate::output) marks: &'p [&'p str],
    /// Lines below the heading.
    pub(in crate::output) about: &'p [String],
    /// The label at the edges of each printed sheet.
    pub(in crate::output) label: &'p str,
    /// Seconds after which a browser reads it again, if somebody writes it again.
    pub(in crate::output) refresh: Option<u32>,
}

/// Sections under a heading. The same sections give the same bytes.
pub(in crate::output) fn pages(
    paper: &Paper<'_>,
    sections: &[(&str, Vec<Block>)],
    footer: &str,
) -> String {
    let sheet = style::framed(paper.title, paper.label);
    let policy = style::policy(&sheet);
    let title = escape::line(paper.title);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                @if let Some(seconds) = paper.refresh {
                    meta http-equiv="refresh" content=(seconds);
                }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(sheet)) }
            }
            body {
                header {
                    p.marks { @for mark in paper.marks { span.state.draft { (mark) } " " } }
                    h1 { (title) }
                    @for line in paper.about { p.about { (escape::line(line)) } }
                }
                div.page.alone { main { @for (title, blocks) in sections {
                    section { h2 { (title) } (block::all(blocks)) }
                } } }
                footer { (escape::line(footer)) }
            }
        }
    };
    page.into_string() + "\n"
}
