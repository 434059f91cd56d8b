//! A signature is on the value of a report at a code, and the code makes the same bytes again.

use breach::digest::Digest;
use serde_json::Value;

use super::case::{Case, skimmed};

fn sign(case: &Case, more: &[&str]) -> String {
    let ran =
        case.room.breach(&[&["report", "sign-off"], more, &["--as", "Grace Hopper"]].concat());
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let said = format!("{}{}", ran.out, ran.err);
    let code = said.split(", at ").nth(1).expect("a code").split(".\n").next().expect("its end");
    code.trim().to_owned()
}

#[test]
fn the_code_makes_the_same_bytes_again_in_every_format() {
    let mut case = skimmed();
    for audience in ["internal", "executive", "public"] {
        let code = sign(&case, &["approved", "--audience", audience]);
        for format in ["text", "markdown", "html", "json"] {
            let args = ["--at-head", &code, "--audience", audience, "--format", format];
            let once = case.report(&args);
            assert_eq!(once.exit, Some(0), "{}", once.err);
            assert!(once.out.contains(&code), "{audience}, {format}");
            case.note("the log goes on").fact("persons_affected", "about 500000");
            let again = case.report(&args);
            assert!(once.out == again.out, "{audience}, {format}: other bytes");
            assert!(again.err.contains("the log went on since"), "{}", again.err);
        }
    }
}

#[test]
fn what_is_signed_is_the_value_without_label_and_signatures() {
    let mut case = skimmed();
    let code = sign(&case, &["reviewed"]);
    sign(&case, &["approved", "--at-head", &code]);
    let args = ["--at-head", &code, "--format", "json", "--tlp", "red"];
    let report: Value = serde_json::from_str(&case.report(&args).out).expect("JSON");
    let signed = report["sign_off"].clone();
    let mut value = report;
    value.as_object_mut().expect("an object").remove("sign_off");
    value["banner"].as_object_mut().expect("a banner").remove("tlp");
    value.sort_all_objects();
    let digest = Digest::of(value.to_string().as_bytes()).to_string();
    assert_eq!(signed["sha256"], digest);
    assert_eq!(signed["code"], code);
    for (number, role) in ["reviewed", "approved"].iter().enumerate() {
        let one = &signed["signatures"][number];
        assert_eq!((&one["role"], &one["by"]), (&(*role).into(), &"Grace Hopper".into()));
        assert_eq!((&one["sha256"], &one["is_this"]), (&digest.clone().into(), &true.into()));
    }
    // What came after the code are the signatures themselves.
    let page = case.report(&["--format", "markdown"]).out;
    assert!(!page.contains("not covered"), "{page}");
    case.note("later");
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("**Reviewed:** by Grace Hopper"), "{page}");
    assert!(page.contains("1 entry since"), "{page}");
    let other = case.report(&["--format", "markdown", "--audience", "executive"]).out;
    assert!(!other.contains("by Grace Hopper"), "a signature is for one audience");
}

#[test]
fn a_signature_needs_a_name_and_a_code_that_stands() {
    let case = skimmed();
    let entries = case.json("internal")["record"]["entries"].clone();
    for code in ["1-0000-0000-0000-0000-0", "nonsense"] {
        let ran = case.room.breach(&["report", "sign-off", "approved", "--at-head", code]);
        assert!(matches!(ran.exit, Some(2 | 4)), "{ran:?}");
        let ran = case.report(&["--at-head", code]);
        assert!(matches!(ran.exit, Some(2 | 4)) && ran.out.is_empty(), "{ran:?}");
    }
    assert_eq!(case.json("internal")["record"]["entries"], entries, "nothing was recorded");
}
