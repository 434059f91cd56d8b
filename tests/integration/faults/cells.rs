//! What people and intruders write, in the tables and pages that other programs read.

use crate::export::{HOSTILE, export, hostile, timeline::csv_rows};

#[test]
fn no_cell_is_a_formula_and_no_page_runs_anything() {
    let mut case = hostile();
    for before in
        ["", " ", "\u{a0}", "\t", "\n", "\u{200b}", "\u{feff}", "\"", ";", ",", "\u{ff1d}"]
    {
        for text in HOSTILE {
            case.note(&format!("{before}{text}"));
        }
    }
    let (mut cells, mut bad) = (0, Vec::new());
    let harmful = |text: &str| {
        text.chars().find(|c| !['\n', '\r'].contains(c) && breach::escape::is_harmful(*c))
    };
    for format in ["csv", "timesketch-csv"] {
        for (line, row) in csv_rows(&export(&case.room, &[format]).out).into_iter().enumerate() {
            for (name, cell) in row {
                cells += 1;
                // A spreadsheet looks past what it does not show.
                let seen = cell.trim_start_matches(|c: char| {
                    c.is_whitespace() || breach::escape::is_harmful(c)
                });
                if seen.starts_with(['=', '+', '-', '@', '\u{ff1d}']) || harmful(&cell).is_some() {
                    bad.push(format!("{format}, row {line}, {name}: {cell:?}"));
                }
            }
        }
    }
    super::row("hostile cells", 2_245, cells, &bad);
    let mut bad = Vec::new();
    let pages = [
        &["report", "--format", "html"][..],
        &["report"],
        &["export", "mermaid"],
        &["export", "ical"],
    ];
    for words in pages {
        let ran = case.room.breach(words);
        let page = ran.out.replace("\r\n", "\n");
        let is_html = words.contains(&"html");
        let runs = is_html && page.contains("<script");
        let ends = page.matches("\nEND:VCALENDAR").count() > 1;
        if ran.exit != Some(0) || harmful(&page).is_some() || page.contains('\r') || runs || ends {
            bad.push(format!("{words:?}: {:?} {:?}", ran.exit, harmful(&page)));
        }
    }
    super::row("hostile pages", 3, pages.len(), &bad);
}
