//! A shape as JSON Schema, for editors: draft-07, which every one of them loads.
//!
//! TOML tools look at the values as JSON, a day as its text. What a schema cannot say (that a step
//! exists, that a condition can be read) only the checker finds.

use serde_json::{Map, Value, json};

use super::shape::{Form, Key, Kind, Shape};

/// The schema of a kind of document, which `title` names.
pub fn json_schema(shape: &Shape, title: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("title".into(), title.into());
    schema.insert("type".into(), "object".into());
    keys(shape, &mut schema);
    Value::Object(schema)
}

fn keys(shape: &Shape, schema: &mut Map<String, Value>) {
    let property = |key: &Key| (key.name.to_owned(), property(key));
    schema.insert("properties".into(), Value::Object(shape.keys.iter().map(property).collect()));
    let required = shape.keys.iter().filter(|key| key.required).map(|key| key.name);
    let required: Vec<&str> = required.collect();
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.insert("additionalProperties".into(), false.into());
}

fn property(key: &Key) -> Value {
    let mut schema = value(&key.kind);
    if let Value::Object(schema) = &mut schema {
        schema.insert("title".into(), key.name.into());
        schema.insert("description".into(), key.doc.into());
    }
    schema
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Line | Kind::Argument => {
            json!({ "type": "string", "pattern": "^[^\\r\\n]*\\S[^\\r\\n]*$" })
        }
        Kind::Text => json!({ "type": "string", "pattern": "\\S" }),
        Kind::Word(form) => word(form),
        Kind::Option(options) => json!({ "type": "string", "enum": options }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Version(newest) => {
            json!({ "type": "integer", "enum": (1..=*newest).collect::<Vec<_>>() })
        }
        Kind::Array(kind) => json!({ "type": "array", "items": value(kind) }),
        Kind::Table(shape) => table(shape),
        Kind::ByKey(key, with, without) => {
            json!({ "if": { "required": [key] }, "then": table(with), "else": table(without) })
        }
        Kind::Named(form, kind) => json!({
            "type": "object",
            "propertyNames": word(form),
            "additionalProperties": value(kind),
        }),
        Kind::Texts => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        Kind::TextOr(text, other) => json!({ "anyOf": [value(text), value(other)] }),
        Kind::Opaque => json!({ "type": "object" }),
        Kind::Plain => plain(&[]),
        Kind::PlainOr(shape) => {
            let mut schema = plain(&["object"]);
            if let Value::Object(schema) = &mut schema {
                keys(shape, schema);
            }
            schema
        }
    }
}

fn table(shape: &Shape) -> Value {
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    keys(shape, &mut schema);
    Value::Object(schema)
}

fn plain(more: &[&str]) -> Value {
    const ONE: [&str; 3] = ["string", "number", "boolean"];
    let types = [&ONE[..], &["array"], more].concat();
    json!({ "type": types, "items": { "type": ONE } })
}

fn word(form: &Form) -> Value {
    json!({ "type": "string", "pattern": form.pattern, "description": form.says })
}
