//! Tables for people: plain lines that a screen reader and a pipe can take.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

/// Nothing but a line under the header: what is not a word is noise to a screen reader.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('-').junction(' '));

/// A table with a header; `width` columns wide at most, if there is a limit.
pub fn plain(header: &[&str], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    table.set_header(header);
    table
}
