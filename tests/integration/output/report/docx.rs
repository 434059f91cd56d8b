//! The report as a Word document: the same bytes each time, whole, and nothing foreign in it is markup.

use breach::report::{Audience, Section};

use crate::report::case::{Case, skimmed};

/// The document as bytes. Its parts are stored as they are, so they can be read in it.
fn document(case: &Case, audience: &str) -> (Vec<u8>, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("report.docx");
    let out = path.to_str().expect("a path");
    let ran = case.report(&["--format", "docx", "--audience", audience, "--out", out]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let bytes = std::fs::read(&path).expect("a document");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (bytes, text)
}

#[test]
fn every_section_figure_and_footer_is_there_and_the_bytes_are_the_same() {
    let case = skimmed();
    for audience in Audience::ALL {
        let (once, text) = document(&case, audience.as_str());
        assert!(once == document(&case, audience.as_str()).0, "{audience:?}: other bytes");
        assert!(once.starts_with(b"PK\x03\x04"), "a package");
        for section in Section::read_by(audience) {
            let head = format!(
                "w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}<",
                section.title()
            );
            assert!(text.contains(&head), "{audience:?}: {section:?}");
        }
        for part in ["<w:tblHeader/>", "w:instr=\"PAGE\"", "w:instr=\"NUMPAGES\"", "TLP:AMBER"] {
            assert!(text.contains(part), "{audience:?}: {part}");
        }
        // A single sheet and slides have no room for figures.
        assert_eq!(text.contains("descr=\""), audience.has_annexes(), "{audience:?}");
        for (open, close) in [
            ("<w:p>", "</w:p>"),
            ("<w:tbl>", "</w:tbl>"),
            ("<w:tc>", "</w:tc>"),
            ("<w:r>", "</w:r>"),
        ] {
            let opened = text.matches(open).count();
            assert_eq!(opened, text.matches(close).count(), "{audience:?}: {open}");
        }
        assert_eq!(text.matches("<svg ").count(), text.matches("svgBlip").count(), "{audience:?}");
    }
}

#[test]
fn a_redirection_gets_the_same_bytes_as_a_file() {
    let case = skimmed();
    let mut command = case.room.command(&["report", "--format", "docx", "--audience", "executive"]);
    let ran = command.output().expect("the program ran");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(ran.stdout == document(&case, "executive").0, "{} bytes", ran.stdout.len());
}

#[test]
fn the_columns_of_a_table_share_its_width_by_what_they_hold() {
    let (_, text) = document(&skimmed(), "internal");
    let (_, counts) =
        text.split_once("<w:tblCaption w:val=\"Counts with their history\"/>").expect("a table");
    let grid = counts.split("</w:tblGrid>").next().expect("columns");
    let widths: Vec<u32> = grid
        .split("w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().and_then(|width| width.parse().ok()).expect("a number"))
        .collect();
    assert_eq!(widths.len(), 5, "{grid}");
    assert!(widths.iter().sum::<u32>() <= 9_638 && widths[2] < widths[0], "{widths:?}");
}

#[test]
fn figures_have_colours_that_every_program_shows_and_no_word_at_their_very_edge() {
    let (_, text) = document(&skimmed(), "internal");
    for bar in ["class=\"used\"", "class=\"phase\"", "class=\"fade\"", "text-anchor=\"end\""] {
        assert!(text.contains(bar), "{bar}");
    }
    for verdict in ["met", "missed", "open", "other"] {
        assert!(text.contains(&format!(".{verdict} .used{{fill:#")), "{verdict}");
    }
    // What fades has its colour in the drawing itself; grey is a style that was not applied.
    assert!(!text.contains("stop-color=\"#555\""), "grey");
    assert!(!text.contains("<text x=\"640.0\""), "a word ends where the drawing does");
}

#[test]
fn words_stand_between_a_heading_and_its_figure_and_say_what_the_signs_mean() {
    let (_, text) = document(&skimmed(), "internal");
    let drawing = "<w:r><w:drawing>";
    let headings = text.split("w:val=\"Heading1\"/>").skip(1);
    for below in headings.filter(|below| below.contains(drawing)) {
        let before = below.split(drawing).next().unwrap_or_default();
        assert!(before.matches("</w:p>").count() >= 2, "{before}");
    }
    for words in ["Each part has its own scale", "◆ attacker", "✓ in time"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(
        !text.contains("g text.n{"),
        "labels have the colour of ink without a rule of their own"
    );
    assert!(!text.contains(".attacker text{"), "a label in the colour of its mark");
}

#[test]
fn tables_stand_where_the_text_does_and_short_columns_are_on_one_line() {
    let (_, text) = document(&skimmed(), "internal");
    assert_eq!(text.matches("<w:tblW ").count(), text.matches("<w:tblInd ").count());
    let (_, story) = text
        .split_once("<w:tblCaption w:val=\"What happened and what people did\"/>")
        .expect("a table");
    let grid = story.split("</w:tblGrid>").next().expect("columns");
    let widths = grid.split("w:w=\"").skip(1).map(|rest| rest.split('"').next());
    let widths: Vec<usize> =
        widths.map(|width| width.and_then(|w| w.parse().ok()).expect("a number")).collect();
    let fits = "Grace Hopper".len() * 108 + 160;
    assert!(widths[2] >= fits, "{widths:?}");
}

#[test]
fn a_title_is_not_torn_at_the_name_of_the_incident_and_a_footer_is_short() {
    let (_, text) = document(&skimmed(), "internal");
    let title = text.split("w:val=\"Title\"/>").nth(1).expect("a title");
    let title = title.split("</w:p>").next().unwrap_or_default();
    assert!(!title.contains("2018-09-05"), "{title}");
    assert!(!text.contains("answers NIST"), "a footer of two lines");
}

#[test]
fn nothing_foreign_is_markup_in_it() {
    let mut case = skimmed();
    case.fact("executive_summary", "a </w:t><w:br/> & \u{1b}[2J \u{202e}x");
    let (_, text) = document(&case, "internal");
    assert!(text.contains("a &lt;/w:t&gt;&lt;w:br/&gt; &amp; \\x1b[2J \\u{202e}x"), "escaped");
}
