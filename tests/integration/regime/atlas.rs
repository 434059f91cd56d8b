//! Every place is held by a regime, known in outline, or said not to be known: none falls through.

use breach::document::Document;
use breach::regime::{Confidence, gap_lines};

use super::unknown::{countries, gaps, with_people};
use super::{World, law};

/// The places of ISO 3166-1, and Kosovo, of which a regime holds the law.
const HELD: &str = "\
    AE AR AT AU AX BE BG BR CA CC CH CN CX CY CZ DE DK EE ES FI FR GB GF GP GR GU HK HM HR HU ID IE \
    IL IN IS IT JP KE KR LI LT LU LV MF MQ MT MX MY NF NG NL NO NZ PH PL PR PT RE RO SA SE SG SI SJ \
    SK TH TR TW US VI VN YT ZA";

/// Parts of the European Union with codes of their own.
const EU: &str = "AX GF GP MF MQ RE YT";

/// Of member states, and not parts of the Union.
const NOT_EU: &str = "AW BL BQ CW FO GL NC PF PM SX TF WF GB GG GI IM JE";

fn here(code: &str) -> World {
    with_people(&format!("{code} 7"), "AQ")
}

/// Whether a law concerns people there; of its duties, the surest.
fn concern(code: &str, regime: &str) -> Option<bool> {
    let all = here(code).all();
    let of = all.iter().filter(|duty| duty.regime.id == regime);
    of.map(|duty| duty.concerns).max().expect("a law")
}

fn concerns(code: &str, regime: &str) -> bool {
    concern(code, regime) == Some(true)
}

#[test]
fn every_place_is_held_or_in_outline_or_named_as_unknown() {
    let mut codes = countries();
    // A group, and a name that people type.
    codes.retain(|code| !["EU", "UK"].contains(&code.as_str()));
    assert_eq!(codes.len(), 250, "{codes:?}");
    let (mut held, mut outlined, mut unknown) = (Vec::new(), 0, 0);
    for code in &codes {
        let gaps = gaps(law(), &here(code));
        let is_here = |place: &str| place == code || place == format!("US-{code}");
        let Some(gap) = gaps.iter().find(|gap| is_here(&gap.place)).filter(|_| code != "US") else {
            held.push(code.as_str());
            continue;
        };
        let lines = gap_lines(std::slice::from_ref(gap), 1).concat();
        assert!(lines.contains(" 7") && lines.contains("Ask counsel there."), "{lines}");
        match gap.held() {
            "in outline" => {
                outlined += 1;
                let law = gap.outline.and_then(|outline| outline.law.clone()).expect("a law");
                assert!(lines.contains(&law), "{lines}");
            }
            "no law known" => {
                unknown += 1;
                assert!(
                    lines.contains("No law is known to us, which is no proof of none"),
                    "{lines}"
                );
            }
            other => panic!("{code}: {other}"),
        }
    }
    assert_eq!(held.join(" "), HELD);
    assert!(outlined > 110 && unknown > 50, "{outlined} {unknown}");
    assert!(gaps(law(), &here("DE")).iter().all(|gap| gap.place == "AQ"));
}

#[test]
fn a_number_stands_only_where_its_source_was_read() {
    let (mut numbers, mut remembered) = (0, 0);
    for code in countries() {
        let gaps = gaps(law(), &here(&code));
        for outline in gaps.iter().filter_map(|gap| gap.outline) {
            if outline.period.is_some() {
                numbers += 1;
                assert_eq!(outline.confidence, Confidence::SourceSeen, "{code}");
                assert!(outline.source.is_some(), "{code}");
            }
            if outline.law.is_some() && outline.confidence == Confidence::FromMemory {
                remembered += 1;
                assert!(outline.show().contains("from memory"), "{code}: {}", outline.show());
            }
        }
    }
    assert!(numbers >= 8 && remembered > 70, "{numbers} {remembered}");
}

#[test]
fn territories_have_the_law_that_is_theirs() {
    for code in EU.split_whitespace().chain(["SJ", "NO", "FR"]) {
        assert!(concerns(code, "eu-gdpr"), "{code}");
    }
    for code in NOT_EU.split_whitespace() {
        assert!(!concerns(code, "eu-gdpr"), "{code}");
    }
    for code in ["NF", "CX", "CC"] {
        assert_eq!(concern(code, "au-ndb"), concern("AU", "au-ndb"), "{code}");
        assert_ne!(concern(code, "au-ndb"), concern("AQ", "au-ndb"), "{code}");
    }
    assert!(concerns("GB", "uk-gdpr"));
    for code in ["GG", "GI", "IM", "JE"] {
        assert!(!concerns(code, "uk-gdpr"), "{code}");
    }
}

#[test]
fn an_atlas_is_checked_as_it_is_read() {
    let check = |text: &str| {
        let document = Document { name: "own.toml".to_owned(), text: text.to_owned() };
        let today = "2026-11-27".parse().expect("a day");
        let policy = breach::check::Policy::default();
        let checked = breach::check::check(&document, "own.toml", &policy, today);
        checked.findings.iter().map(|found| found.rule.name.to_owned()).collect::<Vec<_>>()
    };
    let place =
        |more: &str| format!("schema = 1\n\n[[place]]\ncode = \"PE\"\nlaw = \"Law 29733\"\n{more}");
    assert_eq!(check(&place("confidence = \"from-memory\"\n")), [""; 0]);
    let number = place("period = \"48 hours\"\nconfidence = \"from-memory\"\n");
    assert_eq!(check(&number), ["period"]);
    let twice = "\n[[place]]\ncode = \"PE\"\nconfidence = \"from-memory\"\n";
    assert_eq!(check(&format!("{}{twice}", place("confidence = \"mixed\"\n"))), ["duplicate-id"]);
}
