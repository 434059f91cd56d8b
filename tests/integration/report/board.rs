//! The board's five slides.

use super::case::skimmed;

fn slides(page: &str) -> Vec<&str> {
    page.split("<section class=\"slide\"").skip(1).collect()
}

#[test]
fn a_board_gets_five_slides_and_no_more() {
    let mut case = skimmed();
    for number in 0..200 {
        let item = format!("Priya: {number} {} by 2018-11-15", "a very long item ".repeat(60));
        case.fact("action_items", &item).note(&item);
    }
    case.fact("contributing_factors", &"one more condition, ".repeat(200))
        .fact("impact", &"it cost much. ".repeat(500));
    let page = case.report(&["--format", "html", "--audience", "board"]).out;
    let page = page.replace('\u{a0}', " ");
    let slides = slides(&page);
    assert_eq!(slides.len(), 5);
    for (number, slide) in (1..).zip(&slides) {
        assert!(slide.contains(&format!("aria-label=\"Slide {number} of 5\"")), "{slide}");
        let text = slide.split('<').filter_map(|piece| piece.split_once('>'));
        let text: usize = text.map(|(_, words)| words.chars().count()).sum();
        assert!(text < 2_600, "slide {number} has {text} characters");
    }
    for words in ["What happened", "A script on the payment page", "Strange script"] {
        assert!(slides[0].contains(words), "{words}");
    }
    for words in ["Art. 33", "overdue by", "Met"] {
        assert!(slides[3].contains(words), "{words}");
    }
    assert!(slides[4].contains("Priya"), "an item has its owner");
    assert!(!page.contains("<script") && page.contains("size:A4 landscape"));
}

#[test]
fn a_board_reads_no_reasons_no_recipients_and_no_machines() {
    let report = skimmed().json("board").to_string();
    for word in ["it pays wages", "ICO", "web-03", "phone bridge", "the partner's mail"] {
        assert!(!report.contains(word), "{word}");
    }
    for word in ["Grace Hopper", "A script on the payment page", "alert on changed scripts"] {
        assert!(report.contains(word), "{word}");
    }
}
