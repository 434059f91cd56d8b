//! A report for one authority: its duties and no other's.

use super::case::{Case, skimmed};
use super::dealings::{entangled, faces};

/// As it is typed.
fn reader(duty: &str) -> [&str; 4] {
    ["--audience", "regulator", "--for", duty]
}

#[test]
fn an_authority_learns_of_its_own_duties_and_no_others() {
    let mut case = entangled(true);
    case.decide("determined_material", "2018-09-08 09:00Z", "Kim Counsel", "marker basis");
    for (duty, own, others) in [
        (
            "eu-gdpr.33-1",
            ["eu-gdpr.33-1", "eu-gdpr.34"].as_slice(),
            ["us-ca.", "California", "judged material", "police", "mastercard", "visa", "33-2"]
                .as_slice(),
        ),
        (
            "us-ca.regulator",
            &["us-ca.regulator", "us-ca.individuals"],
            &["eu-gdpr", "34(1)", "33(1)", "judged material", "police", "mastercard", "visa"],
        ),
    ] {
        for (face, text) in faces(&case, &reader(duty)) {
            for word in others {
                let line =
                    text.lines().find(|line| line.to_lowercase().contains(&word.to_lowercase()));
                assert_eq!(line, None, "{duty}: {face}: {word}");
            }
            if face.starts_with("report") {
                // A narrow column of a text tears a long name.
                for word in own.iter().filter(|_| !face.ends_with("text")) {
                    assert!(text.contains(word), "{duty}: {face}: {word} is its business");
                }
                assert!(text.contains(&format!("({duty})")), "{face} does not say for whom it is");
            }
        }
    }
}

#[test]
fn how_many_others_were_told_is_not_counted() {
    let case = entangled(true);
    let args = [&["--format", "json"][..], &reader("eu-gdpr.33-1")].concat();
    let report: serde_json::Value = serde_json::from_str(&case.report(&args).out).expect("JSON");
    let entries = report["record"]["entries"].as_object().expect("numbers");
    for kind in ["notice", "duty", "draft", "decision"] {
        assert!(!entries.contains_key(kind), "{kind} is told apart: {entries:?}");
    }
}

#[test]
fn a_group_of_people_elsewhere_is_not_said_to_be_uncounted() {
    let case = skimmed();
    for (name, people) in [("near", "IE=700"), ("far", "US-CA=900")] {
        let ran = case.room.breach(&[
            "group",
            "add",
            name,
            "--classes",
            "card-number",
            "--people",
            people,
            "--overlaps",
            "none",
            "--as",
            "Ada Lovelace",
        ]);
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
    }
    let args = [&["--format", "json"][..], &reader("eu-gdpr.33-1")].concat();
    let report: serde_json::Value = serde_json::from_str(&case.report(&args).out).expect("JSON");
    let groups = report["impact"]["described"].as_array().expect("groups");
    assert_eq!(groups.len(), 1, "{groups:?}");
    assert_eq!(groups[0]["people"][0], "Ireland (IE): 700");
}

fn refused(case: &Case, args: &[&str], said: &[&str]) {
    let ran = case.report(args);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(2), ""), "{args:?}");
    for words in said {
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_duty_that_names_no_authority_is_refused_with_what_is_near() {
    let case = skimmed();
    refused(&case, &reader("eu-gdpr.33-9"), &["there is no duty `eu-gdpr.33-9`", "`eu-gdpr.33-1`"]);
    refused(&case, &reader("eu-gdrp.33-1"), &["did you mean `eu-gdpr.33-1`?"]);
    refused(&case, &reader("\u{1b}[2J"), &["there is no duty"]);
    refused(&case, &reader("eu-gdpr.34"), &["owed to no authority, but to: people"]);
    refused(&case, &reader("card-visa.notify"), &["owed to no authority"]);
    for audience in ["internal", "public"] {
        let args = ["--audience", audience, "--for", "eu-gdpr.33-1"];
        refused(&case, &args, &["`--audience regulator --for eu-gdpr.33-1`"]);
    }
    refused(&case, &["--all", "--for", "eu-gdpr.33-1"], &["cannot be used with"]);
}

#[test]
fn a_signature_for_one_authority_is_on_its_report_alone() {
    let case = skimmed();
    let sign = ["report", "sign-off", "approved", "--as", "Grace Hopper"];
    let ran = case.room.breach(&[&sign[..], &reader("eu-gdpr.33-1")].concat());
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.err.contains("for regulator for eu-gdpr.33-1"), "{}", ran.err);
    let approved = |reader: &[&str]| case.report(reader).out.contains("Approved: by");
    assert!(approved(&reader("eu-gdpr.33-1")));
    assert!(!approved(&["--audience", "regulator"]));
}
