//! What a text itself makes a person ask: what it leaves out or says of its own accord, and names that
//! its reader does not know.

use std::collections::BTreeSet;

use super::Reader;
use super::certainty::{exposed, less_than_determined};
use super::facts::{NoticeFacts, markdown};
use super::spoken::BECAME;
use crate::fact::names;
use crate::incident::event::Group;
use crate::wording;

/// The questions about a text that tells these facts, some of it in words that somebody released;
/// `is_silent` if it must not say what happened, `is_public` if everybody can read it.
pub(super) fn of(
    reader: Reader,
    told: &[&Group],
    known: &NoticeFacts<'_>,
    (used, is_silent, is_public): (&BTreeSet<String>, bool, bool),
    (text, released): (&str, &str),
) -> Vec<String> {
    let mut asked = Vec::new();
    let mut exposed = exposed(known, told);
    exposed.retain(|became| !known.locale.language.tells_became(became, released));
    if (reader.is_plain() || is_public) && !is_silent && !exposed.is_empty() {
        let became = BECAME.iter().filter(|(id, _)| exposed.iter().any(|one| one == id));
        let became = wording::list(&became.map(|(_, called)| *called).collect::<Vec<&str>>());
        let is_listed = reader == Reader::Support && !told.is_empty();
        asked.push(if used.contains(names::DATA_PUBLISHED) || is_listed {
            format!(
                "may it be said that data is {became}? It is on record, and not in words that \
                 counsel released"
            )
        } else {
            format!(
                "on record, data is {became}: does this text say so, and if not, may it leave \
                 that out?"
            )
        });
    }
    if reader != Reader::People && known.locale.language.speaks_of_letter(text) {
        asked.push(
            "this speaks of a letter in which it stands, and is none: who reads it?".to_owned(),
        );
    }
    let less = less_than_determined(known.value, told);
    asked.extend(beyond(&less).filter(|_| !is_silent));
    let names = told.iter().map(|group| &group.name);
    let names = names.filter(|name| !known.titles.contains_key(*name) && names_it(text, name));
    let names: Vec<&String> = names.collect();
    if !names.is_empty() && reader != Reader::Register {
        let language = known.locale.language;
        let readers = if language.is_english() {
            "readers".to_owned()
        } else {
            format!("readers of {}", language.name)
        };
        asked.push(format!(
            "what do {readers} call {}? Write it under `group` into a file, and name it with \
             --texts",
            wording::ticked(&names)
        ));
    }
    asked
}

/// The question about groups of whom the record says less than what was determined, if there are any.
pub fn beyond(less: &[&String]) -> Option<String> {
    (!less.is_empty()).then(|| {
        format!(
            "it was determined that data was probably taken or opened, and of {} the record says less: \
             does the determination concern them?",
            wording::ticked(less)
        )
    })
}

/// Whether a text calls a group by a name: in a list, as a title, or before what is said of it.
fn names_it(text: &str, name: &str) -> bool {
    let name = markdown(name);
    let begins = |line: &str| {
        let line = line.trim_start_matches(['#', '-', ' ']);
        line.strip_prefix(&name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    text.contains(&format!("{name}: ")) || text.lines().any(begins)
}
