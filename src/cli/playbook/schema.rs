//! `breach playbook schema`: the format of a file for editors, with the names that it may use.

use serde_json::{Value, json};

use super::config;
use crate::cli::args::SchemaOf;
use crate::document::json_schema;
use crate::fact::{FactType, Vocabulary};
use crate::playbook::Library;
use crate::{fact, playbook, regime};

/// The JSON Schema of a kind of file.
pub(super) fn of(of: SchemaOf) -> Value {
    match of {
        SchemaOf::Playbook => {
            let mut schema = json_schema(&playbook::SHAPE, "playbook", "A breach playbook");
            names(&mut schema);
            schema
        }
        SchemaOf::Facts => json_schema(&fact::SHAPE, "facts", "A breach vocabulary of facts"),
        SchemaOf::Steps => {
            let mut schema =
                json_schema(&playbook::STEPS, "steps", "Shared steps for breach playbooks");
            names(&mut schema);
            schema
        }
        SchemaOf::Regime => json_schema(&regime::SHAPE, "regime", "Rules of law for breach"),
        SchemaOf::Calendar => {
            json_schema(&regime::CALENDAR, "calendar", "A calendar of days off for breach")
        }
        SchemaOf::Atlas => {
            json_schema(&regime::ATLAS, "atlas", "The law of places in outline for breach")
        }
        SchemaOf::Answers => {
            json_schema(&playbook::ANSWERS, "answers", "Answers for a breach walk")
        }
        SchemaOf::Test => json_schema(&playbook::TESTS, "test", "Tests for a breach playbook"),
        SchemaOf::Config => json_schema(&config::SHAPE, "config", "A project's breach settings"),
    }
}

/// Adds the names that the keys of steps may use: shared steps, which no playbook can add to, and
/// facts, of which a playbook can have its own.
fn names(schema: &mut Value) {
    let facts = Vocabulary::builtin();
    let lists = facts
        .names()
        .filter(|name| facts.get(name).is_some_and(|fact| fact.kind == FactType::List));
    let (asked, lists): (Vec<&str>, Vec<&str>) = (facts.names().collect(), lists.collect());
    for steps in ["step", "shared-step"] {
        let Some(step) = schema.pointer_mut(&format!("/properties/{steps}/items/properties"))
        else {
            continue;
        };
        if let Some(shared) = step.get_mut("use") {
            let ids: Vec<&str> = Library::builtin().steps().map(|(id, _)| id).collect();
            shared["enum"] = ids.into();
        }
        suggest(step.pointer_mut("/ask/items"), &asked);
        suggest(step.get_mut("for-each"), &lists);
    }
}

/// Suggested names for a text; other values are allowed.
fn suggest(text: Option<&mut Value>, names: &[&str]) {
    let Some(text) = text.and_then(Value::as_object_mut) else { return };
    let Some(pattern) = text.remove("pattern") else { return };
    let any = json!([{ "enum": names }, { "pattern": pattern }]);
    text.insert("anyOf".into(), any);
}
