//! The report on an incident, as people and machines read it: one file per face.
//!
//! A section is laid out once, as [`Block`]s; each face renders blocks and escapes everything in
//! them. So no face can forget a section, and none shows what another one hides.

mod across;
mod block;
mod docx;
mod html;
mod markdown;
mod page;
mod template;
mod text;

use crate::report::Report;
use crate::wording::clip;

/// Characters of a title that a first screen has room for. The log has all of it.
const TITLE: usize = 160;

pub use across::{across_html, across_markdown, across_text};
pub use block::{Block, Cell, Grid};
pub use docx::docx;
pub use html::html;
pub(super) use html::{Paper, pages as html_pages};
pub use markdown::markdown;
pub(super) use markdown::pages as markdown_pages;
pub use template::filled;
pub(super) use text::pages as text_pages;
pub use text::text;

/// What every face has at its top: what the incident is called, and its name.
fn title(report: &Report) -> String {
    let name = &report.banner.incident;
    match report.banner.title {
        Some(_) => format!("{} ({name})", named(report)),
        None => format!("{}: {name}", named(report)),
    }
}

/// What the incident is called, or what the paper is.
fn named(report: &Report) -> String {
    let title = report.banner.title.as_ref();
    title.map_or_else(|| "Incident report".to_owned(), |title| clip(title.as_str(), TITLE))
}

/// The last line of every face: the label, and what the paper is.
pub fn footer(report: &Report) -> String {
    let banner = &report.banner;
    format!("{}, {}, {}", banner.tlp.as_str(), banner.incident, banner.tool)
}
