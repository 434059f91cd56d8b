//! A document held against a schema, and which of its words occurred.

use std::collections::BTreeSet;

use breach::lexicon::OTHER;
use serde_json::Value;

/// A schema, and the words of it that occurred: each by its place.
pub(super) struct Held {
    schema: Value,
    strict: jsonschema::Validator,
    seen: BTreeSet<String>,
}

impl Held {
    /// A schema, without the forms of an open set that take any word: what this version writes, it
    /// must name.
    pub(super) fn new(mut schema: Value) -> Self {
        close(&mut schema);
        let strict = jsonschema::validator_for(&schema).expect("a schema");
        Self { schema, strict, seen: BTreeSet::new() }
    }

    /// Holds a document against the schema, and notes its words.
    pub(super) fn hold(&mut self, document: &Value) {
        let errors: Vec<String> =
            self.strict.iter_errors(document).map(|error| format!("{error}")).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
        let mut seen = BTreeSet::new();
        assert!(self.fits("", document, &mut seen), "the words of {document:#}");
        self.seen.append(&mut seen);
    }

    /// Whether a part of a document fits the schema at `place`, as far as words and shapes tell.
    fn fits(&self, place: &str, part: &Value, seen: &mut BTreeSet<String>) -> bool {
        let schema = self.schema.pointer(place).expect("a schema");
        if let Some(named) = schema["$ref"].as_str() {
            let named = named.strip_prefix('#').expect("a place of this schema").to_owned();
            return self.fits(&named, part, seen);
        }
        if let Some(word) = schema.get("const") {
            if word.is_string() && word == part {
                seen.insert(format!("{place} {word}"));
            }
            return word == part;
        }
        if let Some(words) = schema["enum"].as_array() {
            seen.insert(format!("{place} {part}"));
            return words.contains(part);
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let is = |kind: &Value| match kind.as_str() {
            Some("integer") => part.is_i64() || part.is_u64(),
            Some("number") => part.is_number(),
            Some("string") => part.is_string(),
            Some("boolean") => part.is_boolean(),
            Some("null") => part.is_null(),
            Some("array") => part.is_array(),
            _ => part.is_object(),
        };
        if !types.is_empty() && !types.iter().any(is) {
            return false;
        }
        if let Some(start) = schema["pattern"].as_str()
            && let Some(text) = part.as_str()
            && !jsonschema::is_valid(&serde_json::json!({ "pattern": start }), &text.into())
        {
            return false;
        }
        self.fits_parts(place, schema, part, seen) && self.fits_forms(place, schema, part, seen)
    }

    /// Whether the keys and items of a part fit.
    fn fits_parts(
        &self,
        place: &str,
        schema: &Value,
        part: &Value,
        seen: &mut BTreeSet<String>,
    ) -> bool {
        let required = schema["required"].as_array().into_iter().flatten();
        if part.is_object() && required.filter_map(Value::as_str).any(|key| part.get(key).is_none())
        {
            return false;
        }
        for (key, value) in part.as_object().into_iter().flatten() {
            let inside = if schema["properties"].get(key).is_some() {
                format!("{place}/properties/{key}")
            } else if schema["additionalProperties"].is_object() {
                format!("{place}/additionalProperties")
            } else if schema["additionalProperties"] == false {
                return false;
            } else {
                continue;
            };
            if !self.fits(&inside, value, seen) {
                return false;
            }
        }
        let items = part.as_array().into_iter().flatten().enumerate();
        items.into_iter().all(|(number, item)| {
            let own = schema["prefixItems"].get(number).is_some();
            let inside = if own { format!("prefixItems/{number}") } else { "items".to_owned() };
            let is_told = own || schema["items"].is_object();
            !is_told || self.fits(&format!("{place}/{inside}"), item, seen)
        })
    }

    /// Whether one of the forms of a part fits, if there are several.
    fn fits_forms(
        &self,
        place: &str,
        schema: &Value,
        part: &Value,
        seen: &mut BTreeSet<String>,
    ) -> bool {
        for key in ["anyOf", "oneOf"] {
            let Some(forms) = schema[key].as_array() else { continue };
            let mut fits = false;
            for number in 0..forms.len() {
                let mut own = BTreeSet::new();
                if self.fits(&format!("{place}/{key}/{number}"), part, &mut own) {
                    fits = true;
                    seen.append(&mut own);
                }
            }
            if !fits {
                return false;
            }
        }
        true
    }

    /// Every word that the schema names and no document had.
    fn unseen(&self) -> Vec<String> {
        let mut named = BTreeSet::new();
        words("", &self.schema, &mut named);
        assert!(named.len() > 5, "{named:?}");
        named.difference(&self.seen).cloned().collect()
    }
}

/// Takes the form that any word fits out of open sets.
fn close(schema: &mut Value) {
    match schema {
        Value::Array(parts) => {
            parts.retain(|part| part["description"] != OTHER);
            parts.iter_mut().for_each(close);
        }
        Value::Object(parts) => parts.values_mut().for_each(close),
        _ => {}
    }
}

/// The words that a schema names, each by its place.
fn words(place: &str, schema: &Value, into: &mut BTreeSet<String>) {
    match schema {
        Value::Object(parts) => {
            for (key, part) in parts {
                match (key.as_str(), part) {
                    ("const", Value::String(_)) => {
                        into.insert(format!("{place} {part}"));
                    }
                    ("enum", Value::Array(all)) => {
                        into.extend(all.iter().map(|word| format!("{place} {word}")));
                    }
                    // A kind that is none of these has any body.
                    ("not", _) => {}
                    _ => words(&format!("{place}/{key}"), part, into),
                }
            }
        }
        Value::Array(parts) => {
            for (number, part) in parts.iter().enumerate() {
                words(&format!("{place}/{number}"), part, into);
            }
        }
        _ => {}
    }
}

/// Fails with the words that nobody saw, but for those that are excused: name in `$defs`, word.
pub(super) fn told(held: &Held, excused: &[(&str, &str)]) {
    let mut unseen = held.unseen();
    for (of, word) in excused {
        let before = unseen.len();
        let (of, word) = (format!("/{of}/"), format!(" \"{word}\""));
        unseen.retain(|unseen| !(unseen.contains(&of) && unseen.ends_with(&word)));
        assert!(unseen.len() < before, "{word} of {of} occurs after all: it needs no excuse");
    }
    assert!(unseen.is_empty(), "words that no document has: {unseen:#?}");
}
