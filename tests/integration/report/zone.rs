//! One zone in one paper, the organisation's, said once on its first screen.

use super::case::{Case, skimmed};

/// Moments that name a zone of their own.
fn others(text: &str) -> Vec<String> {
    let is_zone = |word: &str| {
        let digits = word.strip_prefix(['+', '-']).unwrap_or_default().as_bytes();
        word.starts_with("UTC") || digits.len() >= 5 && digits[2] == b':'
    };
    let is_time = |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '<').collect();
    let pairs = words.windows(2).filter(|pair| is_time(pair[0]) && is_zone(pair[1]));
    pairs.map(|pair| pair.join(" ")).collect()
}

#[test]
fn every_paper_has_the_organisations_zone_and_says_it_once() {
    let case = skimmed();
    for audience in ["internal", "executive", "board", "regulator", "public"] {
        for format in ["text", "markdown", "html"] {
            let page = case.report(&["--format", format, "--audience", audience]).out;
            let first = match format {
                "html" => page.split("</header>").next().unwrap_or_default(),
                "text" => page.split("\nSUMMARY\n").next().unwrap_or_default(),
                _ => page.split("\n## Summary\n").next().unwrap_or_default(),
            };
            assert_eq!(first.matches("Europe/London").count(), 1, "{audience}, {format}: {first}");
            let body = page.split_once("<body>").map_or(page.as_str(), |(_, body)| body);
            assert_eq!(others(body), [""; 0], "{audience}, {format}");
        }
    }
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("Tue 21 Aug 2018 22:58"), "as its clocks showed it");
    let brief = case.room.breach(&["brief", "--since", "2018-01-01", "--format", "markdown"]).out;
    assert!(brief.contains("Times: Europe/London"), "{brief}");
    assert!(brief.contains("Tue 21 Aug 2018 22:58"), "{brief}");
}

#[test]
fn without_one_it_is_utc_and_the_paper_says_why() {
    let mut case = Case::new();
    case.open("Something").fact("contained_at", "2018-09-05 22:45 +02:00");
    let page = case.report(&[]).out;
    assert!(page.contains("Times: UTC, the organisation's zone is not recorded"), "{page}");
    assert!(page.contains("It was contained on Wed 5 Sep 2018 20:45."), "{page}");
    case.fact("entity_zone", "Europe/Berlin");
    assert!(case.report(&[]).out.contains("contained on Wed 5 Sep 2018 22:45."));
}

#[test]
fn rows_that_others_take_apart_name_their_zone_each() {
    let case = skimmed();
    for format in ["csv", "timesketch-csv", "timesketch-jsonl"] {
        let rows = case.room.breach(&["export", format]).out;
        assert!(rows.contains("Tue 21 Aug 2018 21:58 UTC"), "{format}");
        assert!(!rows.contains("Tue 21 Aug 2018 22:58"), "{format}");
    }
}
