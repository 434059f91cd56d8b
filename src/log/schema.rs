//! The JSON Schema of a line, drawn from the one table of kinds.

use serde_json::{Map, Value, json};

use crate::fact::{Basis, Precision};
use crate::incident::event::{FieldDoc, KINDS, KindDoc, Mode, Outcome, RESERVED, word_schemas};
use crate::lexicon::schema_of;
use crate::phase::Phase;

/// JSON Schema (2020-12) of one line of a chain.
///
/// A kind that this version does not know is allowed, with any body: readers keep and count it.
pub fn schema() -> Value {
    let mut known: Vec<&str> = KINDS.iter().map(|doc| doc.kind).collect();
    let mut cases: Vec<Value> = KINDS.iter().map(case).collect();
    for (kind, meaning) in RESERVED {
        known.push(kind);
        let properties = json!({ "kind": { "const": kind }, "body": { "type": "object" } });
        cases.push(json!({ "title": kind, "description": meaning, "properties": properties }));
    }
    cases.push(json!({ "properties": { "kind": { "not": { "enum": known } } } }));
    let mut schema = envelope();
    schema["oneOf"] = Value::Array(cases);
    schema["$defs"] = defs();
    schema
}

/// One kind: its body.
fn case(doc: &KindDoc) -> Value {
    let properties: Map<String, Value> =
        doc.fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> =
        doc.fields.iter().filter(|field| !field.optional).map(|field| field.name).collect();
    json!({
        "title": doc.kind,
        "description": doc.meaning,
        "properties": {
            "kind": { "const": doc.kind },
            "body": {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            },
        },
    })
}

fn property(field: &FieldDoc) -> Value {
    let mut property = shape(field.shape);
    property["description"] = json!(field.meaning);
    property
}

/// The schema of a Rust type, as the table of kinds spells it.
fn shape(spelled: &str) -> Value {
    let spelled = spelled.replace(' ', "");
    if let Some(inner) = inside(&spelled, "Option") {
        return shape(inner);
    }
    if let Some(inner) = inside(&spelled, "Vec") {
        return json!({ "type": "array", "items": shape(inner) });
    }
    match spelled.as_str() {
        "String" => json!({ "type": "string" }),
        "NaiveDate" => json!({ "type": "string", "format": "date" }),
        "bool" => json!({ "type": "boolean" }),
        "u64" => json!({ "type": "integer", "minimum": 0, "maximum": (1_u64 << 53) - 1 }),
        "i64" => json!({ "type": "integer" }),
        "DateTime<Utc>" | "DateTime<FixedOffset>" => {
            json!({ "type": "string", "format": "date-time" })
        }
        named => json!({ "$ref": format!("#/$defs/{named}") }),
    }
}

fn inside<'a>(spelled: &'a str, outer: &str) -> Option<&'a str> {
    spelled.strip_prefix(outer)?.strip_prefix('<')?.strip_suffix('>')
}

fn envelope() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An entry of a breach incident log, one line of a chain",
        "type": "object",
        "properties": {
            "v": { "const": 1, "description": "Version of the format." },
            "seq": { "type": "integer", "minimum": 0, "description": "Line number, from 0; torn \
                                                                      lines count." },
            "prev": { "$ref": "#/$defs/Digest", "description": "SHA-256 of the previous line, line \
                                                                feed included; zeros for the \
                                                                first." },
            "id": { "type": "string", "description": "UUID version 7, made before the first \
                                                      attempt to write." },
            "at": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$", "description": "When it was written: UTC, microseconds." },
            "off": { "type": "string", "pattern": "^[+-][0-9]{2}:[0-9]{2}$", "description": "UTC \
                                                                                             offset \
                                                                                             of \
                                                                                             local \
                                                                                             time \
                                                                                             at \
                                                                                             that \
                                                                                             moment." },
            "mono": { "type": "integer", "minimum": 0, "description": "Microseconds since the \
                                                                       machine started, including \
                                                                       sleep." },
            "boot": { "type": "string", "description": "Identifies that start." },
            "host": { "type": "string", "description": "The machine that wrote it." },
            "actor": {
                "type": "object",
                "description": "Who wrote it.",
                "properties": {
                    "name": { "type": ["string", "null"], "description": "The person; a shared \
                                                                          login does not say \
                                                                          who." },
                    "user": { "type": "string", "description": "The system account." },
                    "login": { "type": "integer", "minimum": 0, "description": "POSIX session id of the login." },
                },
                "required": ["name", "user", "login"],
                "additionalProperties": false,
            },
            "kind": { "type": "string", "description": "What kind of entry it is." },
            "occurred": { "$ref": "#/$defs/When", "description": "When it happened, if not when it was written." },
            "drill": { "const": true, "description": "Written in a rehearsal." },
            "step": { "type": "string", "description": "The step it belongs to: phase, slash, id." },
            "corrects": { "type": "string", "description": "Id of the entry that it corrects." },
            "priv": { "const": "legal", "description": "Marked privileged." },
            "body": { "type": "object", "description": "Its content, by kind." },
            "salt": { "type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Random, so \
                                                                                     that a digest \
                                                                                     reveals \
                                                                                     nothing." },
        },
        "required": ["v", "seq", "prev", "id", "at", "off", "mono", "boot", "host", "actor", "kind", "body", "salt"],
        "additionalProperties": false,
    })
}

/// An object whose fields are all required, but for those that end in `?`.
fn object(fields: &[(&str, Value)]) -> Value {
    let required: Vec<&str> =
        fields.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('?')).collect();
    let properties: Map<String, Value> = fields
        .iter()
        .map(|(name, value)| (name.trim_end_matches('?').to_owned(), value.clone()))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// One of several forms, the form being the only key.
fn tagged(forms: &[(&str, Value)]) -> Vec<Value> {
    forms.iter().map(|(name, value)| object(&[(*name, value.clone())])).collect()
}

fn defs() -> Value {
    let mut defs = Map::new();
    for (name, value) in
        plain_defs().into_iter().chain(fact_defs()).chain(body_defs()).chain(word_schemas())
    {
        defs.insert(name.to_owned(), value);
    }
    Value::Object(defs)
}

fn plain_defs() -> Vec<(&'static str, Value)> {
    let phases: Vec<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
    vec![
        ("Digest", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })),
        ("Phase", json!({ "enum": phases })),
        ("Outcome", schema_of::<Outcome>()),
        ("Mode", schema_of::<Mode>()),
    ]
}

fn fact_defs() -> Vec<(&'static str, Value)> {
    let moment = json!({ "type": "string", "format": "date-time" });
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let precision = schema_of::<Precision>();
    let basis = schema_of::<Basis>();
    let count = json!({ "$ref": "#/$defs/Count" });
    let number = shape("u64");
    let people = object(&[("by", json!({ "type": "object", "additionalProperties": count }))]);
    let mut values = vec![json!({ "enum": ["unknown", "none"] })];
    values.extend(tagged(&[
        ("yes_no", json!({ "type": "boolean" })),
        ("count", count.clone()),
        ("text", text.clone()),
        ("list", texts.clone()),
        ("choice", text.clone()),
        ("choices", texts),
        ("time", json!({ "$ref": "#/$defs/When" })),
        ("duration", number.clone()),
        ("money", object(&[("minor", json!({ "type": "integer" })), ("currency", text)])),
        ("people", json!({ "$ref": "#/$defs/People" })),
    ]));
    vec![
        (
            "When",
            object(&[("earliest", moment.clone()), ("latest", moment), ("precision", precision)]),
        ),
        ("People", people),
        ("Count", object(&[("n", number), ("basis", basis)])),
        ("Value", json!({ "oneOf": values })),
    ]
}

fn body_defs() -> Vec<(&'static str, Value)> {
    let text = json!({ "type": "string" });
    let digest = json!({ "$ref": "#/$defs/Digest" });
    let number = shape("u64");
    let path = object(&[("path", text.clone())]);
    let reference = object(&[
        ("id", text.clone()),
        ("kind?", text.clone()),
        ("account?", text.clone()),
        ("region?", text.clone()),
        ("digest?", text.clone()),
    ]);
    let mut sources = vec![json!({ "const": "stdin" })];
    sources.extend(tagged(&[("file", path.clone()), ("in_place", path), ("reference", reference)]));
    let code = json!({ "type": "integer" });
    let mut ends = vec![json!({ "enum": ["timed_out", "unknown"] })];
    ends.extend(tagged(&[("exit", code.clone()), ("signal", code), ("not_started", text.clone())]));
    let head =
        object(&[("chain", text.clone()), ("seq", number.clone()), ("head", digest.clone())]);
    let torn =
        object(&[("line", number.clone()), ("bytes", number.clone()), ("sha256", digest.clone())]);
    let kept = object(&[
        ("sha256", digest.clone()),
        ("bytes", number),
        ("truncated?", json!({ "const": true })),
    ]);
    let last_good = json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/HeadRef" }] });
    vec![
        ("HeadRef", head),
        ("TornLine", torn),
        ("Kept", kept),
        ("Text", json!({ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/TextRef" }] })),
        (
            "Imported",
            object(&[("source", digest.clone()), ("row", shape("u64")), ("author?", text.clone())]),
        ),
        ("TextRef", object(&[("sha256", digest), ("length?", shape("u64"))])),
        (
            "Continues",
            object(&[("chain", text.clone()), ("last_good", last_good), ("because", text)]),
        ),
        ("Source", json!({ "oneOf": sources })),
        ("Ended", json!({ "oneOf": ends })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_used_is_defined() {
        let schema = schema();
        let text = schema.to_string();
        let mut names = 0;
        for part in text.split("#/$defs/").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            assert!(schema["$defs"].get(name).is_some(), "`{name}` is not defined");
            names += 1;
        }
        assert!(names > 20);
    }

    #[test]
    fn every_kind_has_a_case_and_every_field_a_meaning() {
        let schema = schema();
        for doc in KINDS {
            let cases = schema["oneOf"].as_array().expect("cases");
            assert!(cases.iter().any(|case| case["title"] == doc.kind), "{}", doc.kind);
            for field in doc.fields {
                assert!(!field.meaning.is_empty(), "{}.{}", doc.kind, field.name);
            }
        }
    }
}
