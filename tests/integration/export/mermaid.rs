//! Mermaid: diagrams in fences, with words for those who do not see them, and no label that is cut.

use super::{export, full, hostile};
use crate::report::case::Case;

/// What stands in the fences.
fn fences(page: &str) -> Vec<&str> {
    let parts = page.split("```mermaid\n").skip(1);
    parts.map(|part| part.split("\n```\n").next().expect("an end")).collect()
}

#[test]
fn both_diagrams_have_their_words_and_nothing_more_than_separators() {
    for case in [full(), hostile()] {
        let page = export(&case.room, &["mermaid"]).out;
        let fences = fences(&page);
        assert_eq!(fences.len(), 2, "{page}");
        assert_eq!(page.matches("```").count(), 4, "{page}");
        for (fence, kind) in fences.iter().zip(["gantt", "timeline"]) {
            let mut lines = fence.lines();
            assert_eq!(lines.next(), Some(kind));
            assert!(fence.contains("\n    accTitle: ") && fence.contains("\n    accDescr: "));
            for line in lines {
                if line.ends_with("axisFormat %Y-%m-%d") {
                    continue;
                }
                let words: Vec<&str> = line.trim_start().splitn(2, ' ').collect();
                // Entities apart, no sign that the renderer reads is left of what was written.
                let bare = without_entities(words.get(1).unwrap_or(&""));
                assert!(!bare.contains([';', '#', '"', '`', '<', '%', '{']), "{line}");
                let separators = match words[0] {
                    "dateFormat" => 2,
                    "title" | "accTitle:" | "accDescr:" | "section" => 0,
                    // Of the task, then of its two moments.
                    _ if kind == "gantt" => 5,
                    _ => 1,
                };
                assert_eq!(bare.matches(':').count(), separators, "{line}");
            }
        }
    }
}

fn without_entities(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('#') {
        bare.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        assert!(digits > 0 && after[digits..].starts_with(';'), "{text}");
        rest = &after[digits + 1..];
    }
    bare + rest
}

#[test]
fn phases_that_go_on_reach_to_the_last_entry() {
    let page = export(&full().room, &["mermaid"]).out;
    let gantt = fences(&page)[0];
    assert!(
        gantt.contains("section dwell\n    dwell, 75 days :done, 2018-06-22T00:00:00"),
        "{gantt}"
    );
    assert!(
        gantt.contains("eradication, end not known :active, 2018-09-05T21:45:00, 2018-10-25T"),
        "{gantt}"
    );
}

#[test]
fn nothing_known_is_no_diagram() {
    let page = export(&Case::new().room, &["mermaid"]).out;
    assert!(page.contains("No phase has a known start.") && fences(&page).is_empty(), "{page}");
}
