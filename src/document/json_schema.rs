//! A shape as JSON Schema, for editors: draft-07, which every one of them loads.
//!
//! TOML tools look at the values as JSON, a day as its text. What a schema cannot say (that a step
//! exists, that a condition can be read) only the checker finds.

use serde_json::{Map, Value, json};

use super::shape::{Form, Key, Kind, Shape};

/// The schema of a kind of document, which `title` names; `id` stays the same for as long as the kind
/// of document does.
pub fn json_schema(shape: &Shape, id: &str, title: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("$id".into(), format!("urn:breach:schema:{id}").into());
    schema.insert("title".into(), title.into());
    schema.insert("type".into(), "object".into());
    keys(shape, &mut schema);
    Value::Object(schema)
}

fn keys(shape: &Shape, schema: &mut Map<String, Value>) {
    schema.insert("properties".into(), properties(shape.keys));
    let required = required(shape);
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema.insert("additionalProperties".into(), false.into());
}

fn properties<'k>(keys: impl IntoIterator<Item = &'k Key>) -> Value {
    let property = |key: &Key| (key.name.to_owned(), property(key));
    Value::Object(keys.into_iter().map(property).collect())
}

fn required(shape: &Shape) -> Vec<&'static str> {
    shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect()
}

/// A table of one of two shapes. Editors complete the keys in `properties`, but not those in a
/// condition. So `properties` lists every key, and the condition only says which ones are allowed.
fn by_key(key: &str, with: &Shape, without: &Shape) -> Value {
    let names: Vec<&str> = with.keys.iter().map(|key| key.name).collect();
    json!({
        "type": "object",
        "properties": properties(with.keys.iter().chain(
            without.keys.iter().filter(|key| !names.contains(&key.name)),
        )),
        "additionalProperties": false,
        "if": { "required": [key], "additionalProperties": true },
        "then": {
            "propertyNames": { "enum": names },
            "required": required(with),
            "additionalProperties": true,
        },
        "else": { "required": required(without), "additionalProperties": true },
    })
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
        Kind::Array(kind @ Kind::Argument) => {
            json!({ "type": "array", "minItems": 1, "items": value(kind) })
        }
        Kind::Array(kind) => json!({ "type": "array", "items": value(kind) }),
        Kind::Table(shape) => table(shape),
        Kind::ByKey(key, with, without) => by_key(key, with, without),
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
