//! What a language lacks: it is offered only if it says everything that a notice in it can need.

use super::{Language, YES_NO};
use crate::fact::Vocabulary;
use crate::fact::names::DATA_ACCESS;
use crate::notice::certainty::{ACQUIRED, OPENED};
use crate::notice::{Item, Reader, classes, items};
use crate::regime::Law;

/// Readers in whose notices another language than English is spoken.
const READERS: [Reader; 3] = [Reader::People, Reader::Authority, Reader::Support];

/// What a language lacks for people and authorities under the laws of its places, named as in its file.
/// No law requires the sheet for support agents, so a language may leave it out altogether.
pub fn lacks(language: &Language, law: &Law) -> Vec<String> {
    if language.is_english() {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    let is_left_out = |reader| reader == Reader::Support && !language.speaks_to(reader);
    for reader in READERS.into_iter().filter(|reader| !is_left_out(*reader)) {
        if language.template(reader).is_none() {
            lacks.push(format!("template.{}", reader.as_str()));
        }
        for class in classes() {
            if language.class(class, reader).is_none() {
                let key = if reader == Reader::People { "people" } else { "words" };
                lacks.push(format!("class.{}.{key}", class.id));
            }
        }
        for item in items().iter().filter(|item| is_needed(item, reader, language, law)) {
            match language.item(item, reader) {
                None => lacks.push(format!("item.{}", item.id)),
                Some(_) => options(item, reader, language, &mut lacks),
            }
            let needs = item.needs_for(reader).iter();
            let untitled = needs.filter(|name| language.title(name).is_none());
            lacks.extend(untitled.map(|name| format!("title.{name}")));
        }
    }
    let answers = ["yes", "no"].into_iter().filter(|word| !language.names_option(YES_NO, word));
    lacks.extend(answers.map(|word| format!("option.{YES_NO}.{word}")));
    lacks.extend(language.speech.lacks().into_iter().map(|key| format!("speech.{key}")));
    let believed =
        [ACQUIRED, OPENED].into_iter().filter(|id| !language.names_option(DATA_ACCESS, id));
    lacks.extend(believed.map(|id| format!("option.{DATA_ACCESS}.{id}")));
    lacks.sort();
    lacks.dedup();
    lacks
}

/// Whether a notice to a reader can need the text of an item.
fn is_needed(item: &Item, reader: Reader, language: &Language, law: &Law) -> bool {
    if item.text_for(reader).is_none() {
        return false;
    }
    if item.is_told(reader, false) || item.clock && reader == Reader::Authority {
        return true;
    }
    let concerns = |place: &&str| language.places.iter().any(|own| super::is_in(own, place));
    let regimes = law.regimes.iter().filter(|regime| {
        let places = regime.concerns.iter().flat_map(|concerns| concerns.jurisdictions());
        places.into_iter().any(|place| concerns(&place))
    });
    let mut duties = regimes.flat_map(|regime| &regime.duties);
    duties.any(|duty| {
        let reads = duty.to.iter().find_map(|to| Reader::of_recipient(to)) == Some(reader);
        reads && duty.content.iter().any(|words| item.answers(words))
    })
}

/// The options of facts that an item prints and the language has no words for.
fn options(item: &Item, reader: Reader, language: &Language, lacks: &mut Vec<String>) {
    let Some(text) = item.text_for(reader) else { return };
    for fact in Vocabulary::builtin().iter().filter(|fact| !fact.options.is_empty()) {
        if !text.text.contains(&format!("{{{{ facts.{}", fact.name)) {
            continue;
        }
        let known = language.options.get(&fact.name);
        let missing = fact
            .options
            .iter()
            .filter(|one| known.is_none_or(|known| !known.contains_key(&one.id)));
        lacks.extend(missing.map(|option| format!("option.{}.{}", fact.name, option.id)));
    }
}
