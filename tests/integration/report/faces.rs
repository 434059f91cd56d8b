//! The faces: all of them show every section, the same way each time.

use breach::report::{self, Audience, Section};

use super::case::{Case, skimmed};

/// Digests hang on the machine, whose clock a genesis names, and on every word of a playbook: runs of
/// digits as long as part of one that a table wrapped become zeros.
fn steady(text: &str) -> String {
    let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    let runs = text.split_inclusive(|c| !is_digit(c));
    runs.map(|run| if run.len() > 15 { run.replace(is_digit, "0") } else { run.to_owned() })
        .collect()
}

#[test]
fn each_face_is_as_it_was() {
    let case = skimmed();
    for format in ["text", "markdown"] {
        let ran = case.report(&["--format", format]);
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
        insta::assert_snapshot!(format, steady(&ran.out));
    }
    let ran = case.report(&["--format", "markdown", "--audience", "public", "--tlp", "clear"]);
    insta::assert_snapshot!("public", steady(&ran.out));
}

#[test]
fn every_section_stands_in_each_face() {
    for case in [Case::new(), skimmed()] {
        let text = case.report(&[]).out;
        let markdown = case.report(&["--format", "markdown"]).out;
        let mut after = 0;
        for section in Section::ALL {
            let title = section.title();
            assert!(text.contains(&format!("\n{}\n---", title.to_uppercase())), "{title}");
            let at = markdown.find(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("{title}"));
            assert!(at > after || section == Section::Banner, "{title} is out of order");
            after = at;
            let begins = at + title.len() + 5;
            let ends = markdown[begins..].find("\n## ").map_or(markdown.len(), |end| begins + end);
            assert!(markdown[begins..ends].trim().len() > 10, "{title} says nothing");
        }
    }
}

#[test]
fn a_reader_gets_the_sections_that_are_theirs() {
    let case = skimmed();
    for audience in Audience::ALL {
        let page = case.report(&["--format", "markdown", "--audience", audience.as_str()]).out;
        let theirs: Vec<Section> = Section::read_by(audience).collect();
        for section in Section::ALL {
            let there = page.contains(&format!("\n## {}\n", section.title()));
            assert_eq!(there, theirs.contains(&section), "{audience:?}: {section:?}");
        }
    }
    assert_eq!(Section::read_by(Audience::Internal).count(), Section::ALL.len());
    assert!(!Section::read_by(Audience::Public).any(|section| section == Section::Causes));
}

#[test]
fn the_same_log_gives_the_same_bytes_and_is_left_alone() {
    let case = skimmed();
    let before = std::fs::read(&case.folder.chains().expect("chains")[0].1).expect("a chain");
    for format in ["text", "markdown", "json"] {
        let once = case.report(&["--format", format]).out;
        let mut elsewhere = case.room.command(&["report", "--format", format]);
        elsewhere.env("TZ", "Asia/Kolkata");
        let again = crate::cli::room::feed(elsewhere, b"").out;
        assert!(once == again && !once.is_empty(), "{format}");
    }
    let after = std::fs::read(&case.folder.chains().expect("chains")[0].1).expect("a chain");
    assert_eq!(before, after, "a report reads only");
}

#[test]
fn the_json_is_what_its_schema_says() {
    let schema = report::schema();
    let printed = skimmed().report(&["--schema"]).out;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).expect("JSON"), schema);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for case in [Case::new(), skimmed()] {
        for audience in Audience::ALL.map(Audience::as_str) {
            let report = case.json(audience);
            let errors: Vec<String> =
                validator.iter_errors(&report).map(|error| error.to_string()).collect();
            assert_eq!(errors, [""; 0], "{audience}");
        }
    }
    let mut broken = skimmed().json("internal");
    broken["metrics"][0]["computed"] = "guessed".into();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn it_is_final_only_when_the_incident_is_closed() {
    let mut case = Case::new();
    case.open("Something");
    assert_eq!(case.json("internal")["banner"]["status"], "draft");
    case.close();
    let report = case.report(&["--format", "json", "--tlp", "amber+strict"]).out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["banner"]["status"], "final");
    assert_eq!(report["banner"]["tlp"], "TLP:AMBER+STRICT");
}
