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

use crate::report::{Report, Section};
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
    let title = report.banner.title.as_ref();
    let title = title.map(|title| format!("{} ({name})", clip(title.as_str(), TITLE)));
    title.unwrap_or_else(|| format!("Incident report: {name}"))
}

/// The last line of every face: the label, what the paper is, and where standards ask for it.
pub fn footer(report: &Report) -> String {
    let banner = &report.banner;
    let annex = if Section::Frameworks.is_for(banner.audience) {
        "; answers NIST CSF 2.0 RS.AN-06 and RC.RP-06, see the annex on frameworks"
    } else {
        ""
    };
    format!("{}, {}, {}{annex}", banner.tlp.as_str(), banner.incident, banner.tool)
}
