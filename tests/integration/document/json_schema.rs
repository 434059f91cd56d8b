//! The printed schemas accept what the readers accept, and refuse what a schema can see.

use std::path::Path;

use breach::check::{Policy, RULES, check};
use breach::document::shape::Shape;
use breach::document::{Document, json_schema};
use breach::{fact, playbook};
use chrono::NaiveDate;
use serde_json::Value;

use crate::check::example::whole;

/// Rules that look at one value or one table, as a schema does.
const VISIBLE: [&str; 9] = [
    "no-program",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "empty-text",
    "many-lines",
    "wrong-option",
    "wrong-form",
    "schema",
];

/// The document as an editor's validator sees it: moments are texts.
fn seen(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(moment) => moment.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(seen).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, seen(value))).collect()
        }
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
    }
}

fn validator(shape: &Shape) -> jsonschema::Validator {
    let schema = json_schema(shape, "x", "A title");
    assert!(jsonschema::draft7::meta::is_valid(&schema), "{schema}");
    jsonschema::draft7::new(&schema).expect("a schema")
}

fn accepts(shape: &Shape, text: &str) -> bool {
    let value = toml::from_str::<toml::Value>(text).expect("TOML");
    validator(shape).is_valid(&seen(value))
}

#[test]
fn every_builtin_file_is_accepted() {
    for (path, text) in playbook::builtin::all() {
        assert!(accepts(&playbook::SHAPE, text), "{path}");
    }
    assert!(accepts(&fact::SHAPE, fact::Vocabulary::builtin_text()));
    assert!(accepts(&playbook::STEPS, playbook::Library::builtin_steps()));
}

#[test]
fn what_the_checker_sees_in_one_place_the_schema_sees_too() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let mut texts: Vec<String> = Vec::new();
    for rule in RULES.iter().filter(|rule| !rule.wrong.is_empty()) {
        texts.extend([whole(rule.wrong), whole(rule.right)]);
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/playbook");
    for entry in ["err", "ok"].iter().flat_map(|dir| fixtures.join(dir).read_dir().expect("files"))
    {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            texts.push(std::fs::read_to_string(path).expect("a text"));
        }
    }
    let (mut refused, mut accepted) = (0, 0);
    for text in texts {
        let Ok(value) = toml::from_str::<toml::Value>(&text) else { continue };
        let document = Document { name: "x.toml".to_owned(), text: text.clone() };
        let checked = check(&document, "x.toml", &Policy::default(), today);
        // Options that a type needs or forbids, a day in quotes, and the version that a key needs,
        // need a reader.
        let by_reader = |message: &str| {
            ["option", "a day", "needs `schema"].iter().any(|part| message.contains(part))
        };
        let visible = checked.findings.iter().any(|finding| {
            VISIBLE.contains(&finding.rule.name) && !by_reader(&finding.diagnostic.message)
        });
        let shape = match checked.kind {
            breach::check::FileKind::Facts => &fact::SHAPE,
            breach::check::FileKind::Playbook => &playbook::SHAPE,
            _ => continue,
        };
        let valid = validator(shape).is_valid(&seen(value));
        assert_eq!(valid, !visible, "{text}\n{:#?}", checked.findings);
        if valid {
            accepted += 1;
        } else {
            refused += 1;
        }
    }
    assert!(refused >= 12 && accepted >= 60, "{refused} {accepted}");
}

/// Editors complete and explain what `properties` holds, at every depth, and nothing else.
#[test]
fn every_table_names_its_keys_and_leaves_nothing_open() {
    fn look(path: &str, schema: &Value, tables: &mut usize) {
        let Some(object) = schema.as_object() else { return };
        assert!(!object.is_empty(), "{path} allows everything");
        if object
            .get("type")
            .is_some_and(|kind| kind == "object" || kind == &serde_json::json!(["object"]))
        {
            *tables += 1;
            let closed = object.contains_key("additionalProperties");
            assert!(closed || path.ends_with("/origin"), "{path} leaves its keys open");
        }
        let properties = object.get("properties").and_then(Value::as_object);
        for (key, value) in properties.into_iter().flatten() {
            assert!(value["description"].is_string(), "{path}/{key} is not explained");
            look(&format!("{path}/{key}"), value, tables);
        }
        if let Some(items) = object.get("items") {
            look(path, items, tables);
        }
    }
    for (shape, least) in [(&playbook::SHAPE, 6), (&playbook::STEPS, 4), (&playbook::TESTS, 5)] {
        let schema = json_schema(shape, "x", "A title");
        assert_eq!(schema["$id"], "urn:breach:schema:x");
        let mut tables = 0;
        look("", &schema, &mut tables);
        assert!(tables >= least, "{tables} tables");
    }
    let schema = json_schema(&playbook::SHAPE, "x", "A title");
    let step = &schema["properties"]["step"]["items"]["properties"];
    for key in ["use", "when", "needs", "id", "title", "evidence", "command"] {
        assert!(step[key]["description"].is_string(), "{key}");
    }
}

#[test]
fn answers_and_tests_have_schemas() {
    let answers = "[opening]\ntitle = \"x\"\n[fact]\na = [\"x\", 1]\nb = { value = true, by = \"Kim\" }\n\
                   [step.one]\noutcome = \"done\"\nrun = \"look\"\n[step.two.item.web-01]\noutcome = \"waiting\"\n";
    assert!(accepts(&playbook::ANSWERS, answers));
    for (old, new) in [
        ("\"done\"", "\"maybe\""),
        ("run =", "rum ="),
        ("value =", "valeu ="),
        ("run = \"look\"", "run = 1"),
        ("[\"x\", 1]", "[{ x = 1 }]"),
    ] {
        assert!(!accepts(&playbook::ANSWERS, &answers.replace(old, new)), "{new}");
    }
    let tests = "schema = 1\n[[case]]\nname = \"x\"\ntakes = { one = \"20m\" }\n\
                 exit = { one = { look = 1 } }\nexpect = { complete = true }\n";
    assert!(accepts(&playbook::TESTS, tests));
    assert!(!accepts(&playbook::TESTS, &tests.replace("complete", "completed")));
    assert!(!accepts(&playbook::TESTS, &tests.replace("\"20m\"", "\"20 minutes\"")));
}
