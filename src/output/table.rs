//! Tables for people: plain lines that a screen reader and a pipe can take.

use comfy_table::{ContentArrangement, Table};

/// A table with a header and no drawn boxes.
pub fn plain(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::ASCII_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header);
    table
}
