//! What can be written at the cursor.

use std::ops::Range;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};

use super::known::Known;
use super::names::{self, Names};
use super::open::Open;
use crate::document::shape::{Key, Kind};
use crate::document::{Cursor, Part, cursor};

pub(super) fn complete(open: &Open, at: usize) -> Option<Vec<CompletionItem>> {
    let place = cursor(&open.text, at);
    let known = Known::of(open);
    let shape = names::shape(known.kind, open);
    if let Some(names) = names::names(known.kind, &place) {
        return named(open, &known, names, &place, at);
    }
    let items = match &place.part {
        Part::Comment => return None,
        Part::Header => {
            let word = place.word.clone();
            let tables = tables(shape?.keys, "");
            tables.map(|(name, doc)| item(open, word.clone(), name.clone(), name, doc)).collect()
        }
        Part::Key => {
            let keys = names::keys(shape?, &place);
            let free =
                keys.into_iter().filter(|key| !place.others.iter().any(|one| one == key.name));
            free.map(|key| {
                let word = place.word.clone();
                let mut item =
                    item(open, word, key.name.to_owned(), format!("{} = ", key.name), key.doc);
                item.kind = Some(CompletionItemKind::PROPERTY);
                item.detail = key.required.then(|| "required".to_owned());
                item
            })
            .collect()
        }
        Part::Value { key, quoted } => {
            let keys = names::keys(shape?, &place);
            let key = keys.into_iter().find(|known| known.name == key)?;
            let values = values(&key.kind)?;
            let quote = |value: &str| match key.kind {
                Kind::Flag => value.to_owned(),
                _ if *quoted => value.to_owned(),
                _ => format!("\"{value}\""),
            };
            let word = place.word.clone();
            let item =
                |value: &&str| item(open, word.clone(), (*value).to_owned(), quote(value), "");
            values.iter().map(item).collect()
        }
    };
    Some(items)
}

/// Names of steps, facts and the like.
fn named(
    open: &Open,
    known: &Known,
    names: Names,
    place: &Cursor,
    at: usize,
) -> Option<Vec<CompletionItem>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    // Of a longer text only the word at the cursor is replaced.
    let mut word = place.word.clone();
    let mut offered = names::of(names, known, at);
    if let (Names::Answer, Part::Value { key, .. }) = (names, &place.part) {
        offered = known.vocabulary.get(key).map(names::answers).unwrap_or_default();
    }
    if matches!(names, Names::Condition | Names::Argument | Names::Item | Names::Rules) {
        let before = &open.text[..at];
        let start = before.trim_end_matches(is_name).len();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = &open.text[at..];
        let written = &before[place.word.start.min(start)..start];
        let fits = match names {
            Names::Argument | Names::Item => before[..start].ends_with('{'),
            Names::Rules => before[line..start].contains("breach: allow"),
            // A value is between single quotes.
            _ if written.matches('\'').count().is_multiple_of(2) => true,
            _ => {
                let (before, _) = written.rsplit_once('\'').unwrap_or((written, ""));
                let after = rest.split_once('\'').map_or("", |(_, after)| after);
                offered = names::answers(names::compared(before, after, known)?);
                true
            }
        };
        if !fits {
            return None;
        }
        word = start..at + rest.len() - rest.trim_start_matches(is_name).len();
    }
    // A name that is in the list already would be there twice.
    if matches!(place.part, Part::Value { .. }) && word == place.word {
        offered.retain(|(name, _)| !is_listed(&open.text, &word, name));
    }
    let quoted = match place.part {
        Part::Value { quoted, .. } => quoted,
        Part::Key | Part::Header | Part::Comment => true,
    };
    let closes =
        matches!(names, Names::Argument | Names::Item) && !open.text[word.end..].starts_with('}');
    // A playbook's own facts are few and near at hand, the shared ones hundreds.
    let is_own = |name: &str| known.own.iter().any(|(own, _)| own == name);
    offered.sort_by_key(|(name, _)| !is_own(name));
    let items = offered.into_iter().map(|(name, title)| {
        let first = is_own(&name).then(|| format!(" {name}"));
        let text = match () {
            () if closes => format!("{name}}}"),
            () if quoted => name.clone(),
            () => format!("\"{name}\""),
        };
        let mut item = item(open, word.clone(), name, text, &title);
        item.kind = Some(CompletionItemKind::REFERENCE);
        item.sort_text = first;
        item
    });
    Some(items.collect())
}

/// Whether another element of the list around this word is this name.
fn is_listed(text: &str, word: &Range<usize>, name: &str) -> bool {
    let start = text[..word.start].rfind(['[', '=']).unwrap_or(word.start);
    let end = text[word.end..].find(']').map_or(text.len(), |end| word.end + end);
    let quoted = format!("\"{name}\"");
    text[start..].starts_with('[')
        && (text[start..word.start].contains(&quoted) || text[word.end..end].contains(&quoted))
}

/// The words that a value can be.
fn values(kind: &Kind) -> Option<&[&'static str]> {
    match kind {
        Kind::Option(options) => Some(options),
        Kind::Flag => Some(&["true", "false"]),
        Kind::Array(kind) | Kind::TextOr(kind, _) | Kind::Named(_, kind) => values(kind),
        _ => None,
    }
}

/// The headers that these keys can have, with those below them.
fn tables<'k>(keys: &'k [Key], above: &str) -> impl Iterator<Item = (String, &'k str)> {
    let found: Vec<_> = keys
        .iter()
        .flat_map(|key| {
            let name = format!("{above}{}", key.name);
            let own = match &key.kind {
                Kind::Array(Kind::Table(_) | Kind::ByKey(..))
                | Kind::Table(_)
                | Kind::Named(..) => Some((name.clone(), key.doc)),
                _ => None,
            };
            let inner = match &key.kind {
                Kind::Array(Kind::Table(shape)) | Kind::Table(shape) => shape.keys,
                Kind::Array(Kind::ByKey(_, _, without)) => without.keys,
                _ => &[],
            };
            own.into_iter().chain(tables(inner, &format!("{name}.")).collect::<Vec<_>>())
        })
        .collect();
    found.into_iter()
}

fn item(open: &Open, word: Range<usize>, label: String, text: String, doc: &str) -> CompletionItem {
    let range = open.lines.range(&open.text, &word);
    CompletionItem {
        kind: Some(CompletionItemKind::VALUE),
        documentation: (!doc.is_empty()).then(|| lsp_types::Documentation::String(doc.to_owned())),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text))),
        label,
        ..CompletionItem::default()
    }
}
