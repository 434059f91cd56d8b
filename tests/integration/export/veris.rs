//! VERIS: what its schema insists on, in a few rules of our own, and that nothing is invented.

use serde_json::{Value, json};

use super::{export, full, hostile};
use crate::report::case::{Case, skimmed};

fn veris(case: &Case, audience: &str) -> Value {
    let ran = export(&case.room, &["veris", "--audience", audience]);
    serde_json::from_str(&ran.out).expect("JSON")
}

/// A part of the rules: what must stand there, what may, and how long something took.
fn rules() -> Value {
    let units = json!([
        "Seconds", "Minutes", "Hours", "Days", "Weeks", "Months", "Years", "Never", "NA", "Unknown"
    ]);
    let duration = json!({
        "type": "object",
        "required": ["unit"],
        "additionalProperties": false,
        "properties": { "unit": { "enum": units }, "value": { "type": "number", "minimum": 0 } },
    });
    let text = json!({ "type": "string", "minLength": 1 });
    let varieties = json!({ "type": "array", "minItems": 1, "uniqueItems": true });
    let act = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["variety", "vector"],
        "properties": { "variety": varieties, "vector": varieties, "target": varieties },
    });
    json!({
        "type": "object",
        "required": [
            "actor", "action", "discovery_method", "schema_version", "asset", "timeline",
            "incident_id", "security_incident", "summary"
        ],
        "additionalProperties": false,
        "properties": {
            "schema_version": { "const": "1.4.1" },
            "incident_id": text,
            "summary": text,
            "notes": text,
            "discovery_notes": text,
            "security_incident": { "enum": ["Confirmed", "Suspected"] },
            "timeline": {
                "required": ["incident"],
                "additionalProperties": false,
                "properties": {
                    "incident": {
                        "required": ["year"],
                        "additionalProperties": false,
                        "properties": {
                            "year": { "type": "integer", "minimum": 1950, "maximum": 2050 },
                            "month": { "type": "integer", "minimum": 1, "maximum": 12 },
                            "day": { "type": "integer", "minimum": 1, "maximum": 31 },
                        },
                    },
                    "compromise": duration,
                    "exfiltration": duration,
                    "discovery": duration,
                    "containment": duration,
                },
            },
            "victim": { "required": ["country", "employee_count", "industry", "government"] },
            "actor": { "minProperties": 1, "maxProperties": 1 },
            "action": {
                "minProperties": 1,
                "additionalProperties": false,
                "properties": {
                    "malware": act, "hacking": act, "social": act, "error": act, "misuse": act,
                    "physical": act,
                    "unknown": { "maxProperties": 0 },
                },
            },
            "asset": { "required": ["assets", "cloud"] },
            "attribute": {
                "additionalProperties": false,
                "properties": {
                    "confidentiality": { "required": ["data_disclosure"] },
                    "integrity": { "required": ["variety"] },
                    "availability": { "required": ["variety"] },
                    "unknown": {},
                },
            },
            "discovery_method": { "minProperties": 1, "maxProperties": 1 },
            "impact": { "required": ["overall_rating"] },
            "ioc": { "minItems": 1, "items": { "required": ["indicator"] } },
            "plus": { "type": "object" },
        },
    })
}

#[test]
fn it_keeps_the_rules() {
    let rules = jsonschema::validator_for(&rules()).expect("a schema");
    for case in [full(), skimmed(), hostile(), Case::new()] {
        for audience in ["internal", "executive", "regulator", "public"] {
            let value = veris(&case, audience);
            let errors: Vec<String> =
                rules.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(errors, [""; 0], "{audience}");
            // The second layer of its rules: what follows from what.
            let has = |path: &str, item: &str| {
                let all = value.pointer(path).and_then(Value::as_array);
                all.is_some_and(|all| all.iter().any(|one| one == item))
            };
            let integrity = "/attribute/integrity/variety";
            assert!(
                value["action"].get("malware").is_none() || has(integrity, "Software installation")
            );
            assert!(value["action"].get("social").is_none() || has(integrity, "Alter behavior"));
            assert!(value["security_incident"] != "Confirmed" || value.get("attribute").is_some());
        }
    }
    let mut broken = veris(&full(), "internal");
    broken["timeline"]["discovery"]["unit"] = "Fortnights".into();
    assert!(!rules.is_valid(&broken));
}

#[test]
fn facts_are_mapped_and_counts_are_never_added() {
    let value = veris(&full(), "internal");
    assert_eq!(value["security_incident"], "Confirmed");
    assert_eq!(value["timeline"]["incident"], json!({ "year": 2018, "month": 6, "day": 22 }));
    assert_eq!(value["timeline"]["discovery"], json!({ "unit": "Days", "value": 41 }));
    assert_eq!(value["discovery_method"], json!({ "partner": { "variety": ["Unknown"] } }));
    let data = &value["attribute"]["confidentiality"];
    assert_eq!(data["data"][0], json!({ "variety": "Payment", "amount": 244_000 }));
    assert_eq!(data["data_total"], 429_612);
    assert_eq!(value["impact"]["overall_amount"], 1234.5);
    assert_eq!(value["plus"]["timeline"]["anchors"]["E2"]["precision"], "minute");
    assert_eq!(value["victim"]["country"], json!(["GB"]));
    assert!(value["notes"].as_str().is_some_and(|notes| notes.contains("No place in this format")));
    let places = value["plus"]["counts"].as_array().expect("counts").iter();
    let mut ireland = places.filter(|count| count["place"] == "IE");
    assert_eq!(ireland.next().expect("a count")["n"], Value::Null, "unknown is no number");
}

#[test]
fn what_nobody_knows_is_unknown() {
    let value = veris(&Case::new(), "internal");
    assert_eq!(value["actor"], json!({ "unknown": {} }));
    assert_eq!(value["action"], json!({ "unknown": {} }));
    assert_eq!(value["asset"]["assets"], json!([{ "variety": "Unknown" }]));
    assert_eq!(value["discovery_method"], json!({ "unknown": true }));
    assert_eq!(value["timeline"]["discovery"], json!({ "unit": "Unknown" }));
    assert_eq!(value["security_incident"], "Suspected");
    assert_eq!(value["summary"], "Unknown");
    assert_eq!(value.get("attribute"), None);
}

#[test]
fn a_year_that_the_schema_cannot_hold_is_not_bent() {
    let mut case = Case::new();
    case.open("x").fact("occurred", "1900-01").fact("first_loss", "2018-03");
    let value = veris(&case, "internal");
    assert_eq!(value["timeline"]["incident"], json!({ "year": 2018, "month": 3 }));
    assert_eq!(value["plus"]["timeline"]["incident_is"], "E1");
}

#[test]
fn every_kind_of_incident_and_way_in_keeps_the_rules() {
    let rules = jsonschema::validator_for(&rules()).expect("a schema");
    let options = |name: &str| {
        let fact = breach::fact::Vocabulary::builtin().get(name).expect("a fact");
        fact.options.iter().map(|option| option.id.clone()).collect::<Vec<_>>()
    };
    let (kinds, vectors) = (options("incident_kind"), options("entry_vector"));
    let noticed = options("how_noticed");
    assert_eq!((kinds.len(), vectors.len(), noticed.len()), (13, 13, 10));
    let mut case = Case::new();
    case.open("x").fact("data_unavailable", "yes").fact("data_altered", "yes");
    for (number, vector) in vectors.iter().enumerate() {
        case.fact("incident_kind", &kinds[number % kinds.len()])
            .fact("entry_vector", vector)
            .fact("how_noticed", &noticed[number % noticed.len()]);
        let value = veris(&case, "internal");
        let errors: Vec<String> =
            rules.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{vector}");
    }
}

#[test]
fn what_was_lost_or_sent_astray_is_coded_as_coders_do() {
    let mut case = Case::new();
    case.open("x");
    for (name, answer) in [
        ("incident_kind", "lost-device"),
        ("device_kinds", "laptop, paper"),
        ("loss_way", "stolen"),
        ("industry", "health"),
        ("employees", "about 1200"),
        ("home_country", "US"),
    ] {
        case.fact(name, answer);
    }
    let value = veris(&case, "internal");
    assert_eq!(
        value["action"],
        json!({ "physical": { "variety": ["Theft"], "vector": ["Unknown"] } })
    );
    assert_eq!(
        value["asset"]["assets"],
        json!([{ "variety": "M - Documents" }, { "variety": "U - Laptop" }])
    );
    assert_eq!(value["attribute"]["availability"], json!({ "variety": ["Loss"] }));
    let victim = &value["victim"];
    assert_eq!(
        (&victim["industry"], &victim["employee_count"], &victim["country"]),
        (&json!("62"), &json!("1001 to 10000"), &json!(["US"]))
    );
    let mut astray = Case::new();
    astray.open("x").fact("incident_kind", "misdirected-data");
    let value = veris(&astray, "internal");
    assert_eq!(value["action"]["error"]["variety"], json!(["Misdelivery"]));
    assert_eq!(value["attribute"], Value::Null);
}

#[test]
fn the_day_on_which_a_record_was_opened_is_no_date_of_the_incident() {
    let mut case = Case::new();
    case.open("x").decide("aware", "2012-12-10", "Ada", "x");
    assert_eq!(veris(&case, "internal")["timeline"]["incident"], json!({ "year": 2012 }));
    case.fact("occurred", "2012");
    assert_eq!(veris(&case, "internal")["timeline"]["incident"], json!({ "year": 2012 }));
    case.fact("occurred", "2012-11");
    let incident = &veris(&case, "internal")["timeline"]["incident"];
    assert_eq!(incident, &json!({ "year": 2012, "month": 11 }));
}
