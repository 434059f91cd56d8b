//! What words that somebody wrote speak of: data that these people did not lose, a theft that is not
//! certain of them, a doubt that somebody settled. Nothing is judged here; a person looks.

use minijinja::Value as Jinja;

use super::certainty::{Taken, exposed, taken};
use super::facts::{NoticeFacts, filled, markdown};
use super::{Item, Part, Reader, class};
use crate::incident::event::Group;

/// Marks where words that somebody wrote speak of data that these people did not lose.
pub(super) fn not_theirs(text: &str, known: &NoticeFacts<'_>, context: &Jinja) -> Vec<String> {
    let language = known.locale.language;
    let classes = class::classes().iter();
    let others = classes.filter(|class| known.not_theirs.contains(&class.id));
    let spoken = others.filter(|class| language.speaks_of(class, text));
    let mark = |class: &class::Class| {
        let words = filled(&class.words, context);
        let words = words.unwrap_or_else(|_| markdown(&class.id));
        let words = words.split([',', ';']).next().unwrap_or_default().trim();
        format!("[CHECK: this speaks of {words}, which these people did not lose]")
    };
    spoken.map(mark).collect()
}

/// Marks where words that were written for the people affected go to somebody else.
pub(super) fn to_others(text: &str, reader: Reader, known: &NoticeFacts<'_>) -> Option<String> {
    // Agents read it to them, and the public are among them.
    let is_theirs = matches!(reader, Reader::People | Reader::Support | Reader::Media);
    let speaks = !is_theirs && known.locale.language.addresses(text);
    let mark = "[CHECK: this addresses the people affected, and goes to somebody else]";
    speaks.then(|| mark.to_owned())
}

/// Marks where words that somebody wrote are more certain than the record is of some of those to whom
/// or of whom they are said, or doubt what is certain of all of them.
pub(super) fn other_than_certain(
    (item, text): (&Item, &str),
    reader: Reader,
    told: &[&Group],
    known: &NoticeFacts<'_>,
) -> Vec<String> {
    let language = known.locale.language;
    let certain = taken(known, told);
    let mut marks = Vec::new();
    // An office is told of each group how certain it is.
    if reader.is_plain()
        && certain.iter().any(|one| *one < Taken::Yes)
        && language.tells_theft(text)
    {
        let whose = match told {
            [] | [_] => "these people",
            _ => "all of these people",
        };
        marks.push(format!("[CHECK: this says that data was taken; is that certain of {whose}?]"));
    }
    let is_settled = certain.iter().all(|one| *one >= Taken::Believed) && !certain.is_empty()
        || !exposed(known, told).is_empty();
    let tells = matches!(item.part, Part::Happened | Part::Consequences | Part::Measures);
    if tells && is_settled && language.doubts(text) {
        marks.push(
            "[CHECK: does this doubt what the record says was determined or seen?]".to_owned(),
        );
    }
    marks
}
