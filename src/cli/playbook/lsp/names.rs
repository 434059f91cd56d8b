//! Which names fit at the cursor.

use super::known::Known;
use super::open::Open;
use crate::check::FileKind;
use crate::cli::playbook::config;
use crate::document::shape::{Key, Shape};
use crate::document::{Cursor, Part};
use crate::{fact, playbook, regime};

/// What the names of a place are names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Steps,
    /// Steps above this one.
    Needs,
    Facts,
    Lists,
    SharedSteps,
    Evidence,
    Playbooks,
    Kinds,
    /// Facts within a condition, and what they are compared with.
    Condition,
    /// What can be answered to a fact.
    Answer,
    /// What a count counts.
    Units,
    /// Facts within braces.
    Argument,
    /// The item of a step within braces.
    Item,
    Rules,
}

/// What may be named at the cursor.
pub(super) fn names(kind: FileKind, cursor: &Cursor) -> Option<Names> {
    let table: Vec<&str> = cursor.table.iter().map(String::as_str).collect();
    let key = match &cursor.part {
        Part::Comment => return Some(Names::Rules),
        Part::Header => return None,
        Part::Key => {
            return match (kind, table.as_slice()) {
                (
                    FileKind::Tests,
                    ["case", "expect", "outcome" | "look-again" | "item"]
                    | ["case", "step" | "takes" | "exit"],
                ) => Some(Names::Steps),
                (FileKind::Tests, ["case", "expect", "fact"] | ["case", "fact" | "known"])
                | (FileKind::Answers, ["fact"]) => Some(Names::Facts),
                _ => None,
            };
        }
        Part::Value { key, .. } => key.as_str(),
    };
    match (kind, table.as_slice(), key) {
        (FileKind::Tests, ["case", "expect", "fact"] | ["case", "fact" | "known"], _)
        | (FileKind::Answers, ["fact"], _) => return Some(Names::Answer),
        (FileKind::Playbook | FileKind::Facts, ["fact", _], "of") => return Some(Names::Units),
        _ => {}
    }
    match (kind, table.last().copied().unwrap_or_default(), key) {
        (FileKind::Tests, "expect", "asks" | "never-asks" | "late")
        | (FileKind::Playbook, "cut-off", "steps" | "after") => Some(Names::Steps),
        (FileKind::Playbook | FileKind::Steps, "step" | "shared-step", key) => match key {
            "needs" => Some(Names::Needs),
            "ask" | "ask-again" => Some(Names::Facts),
            "for-each" => Some(Names::Lists),
            "use" => Some(Names::SharedSteps),
            "preserves" | "destroys" => Some(Names::Evidence),
            "see" => Some(Names::Playbooks),
            "when" => Some(Names::Condition),
            "title" | "why" | "do" => Some(Names::Item),
            _ => None,
        },
        (FileKind::Playbook | FileKind::Steps, "command", "run") => Some(Names::Argument),
        (FileKind::Playbook | FileKind::Steps, "command", "fills") => Some(Names::Facts),
        (FileKind::Playbook, "", "suits") => Some(Names::Kinds),
        (_, _, "when") => Some(Names::Condition),
        _ => None,
    }
}

/// What an open file of this kind may contain.
pub(super) fn shape(kind: FileKind, open: &Open) -> Option<&'static Shape> {
    Some(match kind {
        FileKind::Playbook => &playbook::SHAPE,
        FileKind::Facts => &fact::SHAPE,
        FileKind::Steps => &playbook::STEPS,
        FileKind::Regime => &regime::SHAPE,
        FileKind::Calendar => &regime::CALENDAR,
        FileKind::Atlas => &regime::ATLAS,
        FileKind::Answers => &playbook::ANSWERS,
        FileKind::Tests => &playbook::TESTS,
        FileKind::Unknown if open.file_name() == config::FILE => &config::SHAPE,
        FileKind::Unknown => return None,
    })
}

/// The keys that the table at the cursor may have, each once.
pub(super) fn keys(shape: &'static Shape, cursor: &Cursor) -> Vec<&'static Key> {
    let shapes = shape.tables(&cursor.table);
    // The keys already written tell which of several shapes it is.
    let has = |shape: &Shape, name: &String| shape.keys.iter().any(|key| key.name == name);
    let fits = |shape: &Shape| cursor.others.iter().all(|other| has(shape, other));
    let is_clear = shapes.iter().any(|shape| fits(shape));
    let mut keys: Vec<&Key> = Vec::new();
    let shapes = shapes.into_iter().filter(|shape| !is_clear || fits(shape));
    for key in shapes.flat_map(|shape| shape.keys) {
        if keys.iter().all(|known| known.name != key.name) {
            keys.push(key);
        }
    }
    keys
}

/// The fact that the text between these quotes is compared with.
pub(super) fn compared<'k>(before: &str, after: &str, known: &'k Known) -> Option<&'k fact::Fact> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let list = before.rfind('[').filter(|start| !before[*start..].contains(']'));
    let side = before[..list.unwrap_or(before.len())].trim_end();
    let signs = ["==", "!=", "in"];
    let side = signs.iter().find_map(|sign| side.strip_suffix(sign)).unwrap_or(side).trim_end();
    let right = after.trim_start().strip_prefix("in ").map(str::trim_start).unwrap_or_default();
    let names = [
        &side[side.trim_end_matches(is_name).len()..],
        &right[..right.len() - right.trim_start_matches(is_name).len()],
    ];
    names.into_iter().find_map(|name| known.vocabulary.get(name))
}

/// What can be answered to a fact, each with what it is called.
pub(super) fn answers(fact: &fact::Fact) -> Vec<(String, String)> {
    if fact.kind == fact::FactType::YesNo {
        return ["yes", "no", "unknown"].map(|word| (word.to_owned(), String::new())).to_vec();
    }
    fact.options.iter().map(|option| (option.id.clone(), option.title.clone())).collect()
}

/// Names of one kind that fit at a place, each with what it is called.
pub(super) fn of(names: Names, known: &Known, at: usize) -> Vec<(String, String)> {
    let facts = |is: &dyn Fn(&fact::Fact) -> bool| {
        let facts = known.vocabulary.iter().filter(|fact| is(fact));
        facts.map(|fact| (fact.name.clone(), fact.title.clone())).collect()
    };
    match names {
        Names::Steps => {
            known.steps.iter().map(|step| (step.id.clone(), step.title.clone())).collect()
        }
        Names::Needs => {
            let above = known.steps.iter().take_while(|step| step.start <= at).count();
            let above = known.steps[..above.saturating_sub(1)].iter();
            above.map(|step| (step.id.clone(), step.title.clone())).collect()
        }
        Names::Units => {
            fact::UNITS.iter().map(|unit| ((*unit).to_owned(), String::new())).collect()
        }
        Names::Answer => Vec::new(),
        Names::Facts => facts(&|_| true),
        Names::Condition => facts(&|fact| fact.kind.is_comparable()),
        Names::Lists => facts(&|fact| fact.kind == fact::FactType::List),
        Names::Argument => {
            let filling = facts(&|fact| fact.kind.is_argument());
            of(Names::Item, known, at).into_iter().chain(filling).collect()
        }
        Names::Item => vec![("item".to_owned(), "The item of a step that repeats".to_owned())],
        Names::SharedSteps => {
            let steps = playbook::Library::builtin().steps();
            steps.map(|(id, title)| (id.to_owned(), title.to_owned())).collect()
        }
        Names::Evidence => known.tags.iter().map(|tag| (tag.clone(), String::new())).collect(),
        Names::Playbooks => {
            let all = playbook::builtin::all().iter();
            let id = |path: &str| Some(path.rsplit('/').next()?.strip_suffix(".toml")?.to_owned());
            let mut ids: Vec<String> = all.filter_map(|(path, _)| id(path)).collect();
            ids.sort_unstable();
            ids.dedup();
            ids.into_iter().map(|id| (id, String::new())).collect()
        }
        Names::Kinds => {
            let kinds = known.vocabulary.get(fact::names::INCIDENT_KIND);
            let options = kinds.into_iter().flat_map(|fact| &fact.options);
            options.map(|option| (option.id.clone(), option.title.clone())).collect()
        }
        Names::Rules => crate::check::RULES
            .iter()
            .filter(|rule| !rule.is_firm())
            .map(|rule| (rule.id.to_owned(), rule.title.to_owned()))
            .collect(),
    }
}
