//! Any sections as one page that needs nothing else, in the style of the report.

use maud::{Markup, html};

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
    drawn(paper, sections, &|_| html! {}, footer)
}

/// The same, with what is drawn above each section, by its number.
pub(super) fn drawn(
    paper: &Paper<'_>,
    sections: &[(&str, Vec<Block>)],
    drawing: &dyn Fn(usize) -> Markup,
    footer: &str,
) -> String {
    let sheet = style::framed(paper.title, paper.label);
    let title = escape::line(paper.title);
    let body = html! {
                header {
                    p.marks { @for mark in paper.marks { span.state.draft { (mark) } " " } }
                    h1 { (title) }
                    @for line in paper.about { p.about { (block::said(line)) } }
                }
                div.page.alone { main { @for (number, (title, blocks)) in sections.iter().enumerate() {
                    section { h2 { (title) } (drawing(number)) (block::all(blocks)) }
                } } }
                footer { (escape::line(footer)) }
    };
    style::page(&title, &sheet, paper.refresh, &body)
}
