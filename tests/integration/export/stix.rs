//! STIX: ids, versions and references as its strict readers want them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{export, full, hostile};
use crate::report::case::Case;

fn bundle(case: &Case, arguments: &[&str]) -> Value {
    let ran = export(&case.room, &[&["stix"][..], arguments].concat());
    serde_json::from_str(&ran.out).expect("JSON")
}

fn objects(bundle: &Value) -> Vec<&Value> {
    bundle["objects"].as_array().expect("objects").iter().collect()
}

fn of_type<'b>(bundle: &'b Value, kind: &str) -> Vec<&'b Value> {
    objects(bundle).into_iter().filter(|object| object["type"] == kind).collect()
}

fn is_v4(id: &str, kind: &str) -> bool {
    let Some(uuid) = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix("--")) else {
        return false;
    };
    let parts: Vec<&str> = uuid.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && parts[2].starts_with('4')
        && parts[3].starts_with(['8', '9', 'a', 'b'])
        && uuid.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

#[test]
fn every_object_is_shaped_as_strict_readers_want_it() {
    for case in [full(), hostile(), Case::new()] {
        let bundle = bundle(&case, &[]);
        let ids: BTreeSet<&str> =
            objects(&bundle).iter().filter_map(|object| object["id"].as_str()).collect();
        assert_eq!(ids.len(), objects(&bundle).len(), "ids are unique");
        for object in objects(&bundle) {
            let kind = object["type"].as_str().expect("a type");
            assert!(is_v4(object["id"].as_str().expect("an id"), kind), "{object}");
            for name in ["created", "modified"] {
                if let Some(at) = object[name].as_str() {
                    assert_eq!(at.len(), "2018-09-05T20:50:00.000Z".len(), "{object}");
                }
            }
            if kind != "marking-definition" {
                assert!(object["created"].as_str() <= object["modified"].as_str(), "{object}");
                assert_eq!(object["spec_version"], "2.1");
            }
            for refs in ["object_refs", "object_marking_refs"] {
                for id in object[refs].as_array().into_iter().flatten() {
                    assert!(ids.contains(id.as_str().expect("an id")), "{id} is not in the bundle");
                }
            }
            if let Some(by) = object["created_by_ref"].as_str() {
                assert!(ids.contains(by), "{object}");
            }
        }
        assert_eq!(
            of_type(&bundle, "report")[0]["report_types"],
            serde_json::json!(["threat-report"])
        );
        assert_eq!(of_type(&bundle, "incident").len(), 1);
    }
}

#[test]
fn traces_become_indicators_once_and_the_rest_is_counted() {
    let case = full();
    let value = bundle(&case, &[]);
    let patterns: Vec<&str> = of_type(&value, "indicator")
        .iter()
        .filter_map(|object| object["pattern"].as_str())
        .collect();
    assert_eq!(
        patterns,
        [
            "[domain-name:value = 'evil.example']",
            "[ipv4-addr:value = '203.0.113.9']",
            "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
        ]
    );
    let err = export(&case.room, &["stix"]).err.replace('\n', " ");
    assert!(err.contains("1 trace without a pattern"), "{err}");
    assert_eq!(of_type(&value, "course-of-action")[0]["name"], "alert on changed scripts");
    assert_eq!(of_type(&value, "note").len(), 6, "each phase has begun");
    let hostile = hostile();
    let injected = bundle(&hostile, &[]);
    let patterns = of_type(&injected, "indicator");
    assert_eq!(patterns.len(), 1, "what could end a pattern is none: {patterns:?}");
}

#[test]
fn a_later_bundle_brings_newer_versions_of_the_same_objects() {
    let mut case = full();
    let before = bundle(&case, &[]);
    case.fact("incident_kind", "web-skimming").note("later");
    let after = bundle(&case, &[]);
    let (old, new) = (of_type(&before, "incident")[0], of_type(&after, "incident")[0]);
    assert_eq!(old["id"], new["id"]);
    assert!(old["modified"].as_str() < new["modified"].as_str());
    let public = bundle(&case, &["--audience", "public"]);
    assert_ne!(of_type(&public, "incident")[0]["id"], new["id"], "another content, another object");
}

#[test]
fn the_label_is_that_of_version_two() {
    let case = full();
    for (tlp, name) in
        [("red", "TLP:RED"), ("amber+strict", "TLP:AMBER+STRICT"), ("clear", "TLP:CLEAR")]
    {
        let bundle = bundle(&case, &["--tlp", tlp]);
        let marking = of_type(&bundle, "marking-definition")[0];
        assert_eq!(marking["name"], name);
        for object in
            objects(&bundle).iter().filter(|object| object["type"] != "marking-definition")
        {
            assert_eq!(object["object_marking_refs"][0], marking["id"]);
        }
    }
}
