//! The report by a template of the user's own: Jinja over the JSON value.

use crate::document::{Diagnostic, Document};
use crate::escape;
use crate::report::Report;
use crate::template::{self, Clean};

/// Fills a template with the value that `--format json` prints. What comes from the log is escaped as
/// the name of the template asks: `.html`, `.md`, anything else as plain text.
///
/// # Errors
/// A mistake in the template, with its place.
pub fn filled(report: &Report, document: &Document) -> Result<String, Box<Diagnostic>> {
    let data = minijinja::Value::from(minijinja::value::Serde(report));
    template::fill(document, clean(&document.name), &data)
}

fn clean(name: &str) -> Clean {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html" | "htm") => html,
        Some("md") => escape::markdown_line,
        _ => |text| escape::text(text).into_owned(),
    }
}

fn html(text: &str) -> String {
    maud::html! { (escape::text(text)) }.into_string()
}
