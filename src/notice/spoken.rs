//! What words that somebody wrote speak of: data that these people did not lose, a theft that is not
//! certain of them, a doubt that somebody settled. Nothing is judged here; a person looks.

use minijinja::Value as Jinja;

use super::certainty::{Taken, exposed, is_ruled_out, taken};
use super::facts::{NoticeFacts, filled, markdown};
use super::{Part, Reader, class};
use crate::fact::{Value, names};
use crate::incident::event::Group;

/// What can become of data, and what it is called.
pub(super) const BECAME: [(&str, &str); 3] = [
    ("published", "public"),
    ("offered", "offered for sale or held to ransom"),
    ("used", "misused"),
];

/// Marks behind words that somebody wrote.
pub(super) fn marks(
    said: (Part, &str),
    reader: Reader,
    (told, known): (&[&Group], &NoticeFacts<'_>),
    context: &Jinja,
) -> Vec<String> {
    let (_, text) = said;
    let asked = not_theirs(text, known, context)
        .into_iter()
        .chain(other_than_certain(said, reader, told, known))
        .chain(to_others(text, reader, known));
    asked.map(|question| format!("[CHECK: {question}]")).collect()
}

/// Asks where words that somebody wrote speak of data that these people did not lose.
fn not_theirs(text: &str, known: &NoticeFacts<'_>, context: &Jinja) -> Vec<String> {
    let language = known.locale.language;
    let classes = class::classes().iter();
    let others = classes.filter(|class| known.not_theirs.contains(&class.id));
    let spoken = others.filter(|class| language.speaks_of(class, text));
    let mark = |class: &class::Class| {
        let words = filled(&class.words, context);
        let words = words.unwrap_or_else(|_| markdown(&class.id));
        let words = words.split([',', ';']).next().unwrap_or_default().trim();
        format!("this speaks of {words}, which these people did not lose")
    };
    spoken.map(mark).collect()
}

/// Asks where words that were written for the people affected go to somebody else.
fn to_others(text: &str, reader: Reader, known: &NoticeFacts<'_>) -> Option<String> {
    // Agents read it to them, the public are among them, and a register goes to nobody.
    let is_theirs =
        matches!(reader, Reader::People | Reader::Support | Reader::Media | Reader::Register);
    let speaks = !is_theirs && known.locale.language.addresses(text);
    speaks.then(|| "this addresses the people affected, and goes to somebody else".to_owned())
}

/// Questions about words that somebody wrote and that are more certain than the record is of some of
/// those to whom or of whom they are said, that deny what it does not rule out, or that doubt what is
/// certain.
pub(super) fn other_than_certain(
    (part, text): (Part, &str),
    reader: Reader,
    told: &[&Group],
    known: &NoticeFacts<'_>,
) -> Vec<String> {
    let language = known.locale.language;
    let certain = taken(known, told);
    let affected = match (known.value)(names::DATA_CLASSES) {
        Some(Value::Choices(ids)) => ids.as_slice(),
        _ => &[],
    };
    let (thefts, denies) = language.theft(affected, text);
    let whose = match told {
        [] | [_] => "these people",
        _ => "all of these people",
    };
    let is_less = |one: &Taken| *one < Taken::Yes;
    // An office is told of each group how certain it is: of one of those who lost it is enough.
    let is_nowhere = |certain: &[Taken]| certain.iter().all(is_less) && !certain.is_empty();
    let is_nowhere_of = |class: &class::Class| {
        let holders = told.iter().copied().filter(|group| group.classes.contains(&class.id));
        is_nowhere(&taken(known, &holders.collect::<Vec<&Group>>()))
            && thefts.iter().any(|told| language.speaks_of(class, told))
    };
    let is_uncertain = if reader.is_plain() {
        certain.iter().any(is_less)
    } else {
        is_nowhere(&certain) || class::classes().iter().any(is_nowhere_of)
    };
    let mut asked = Vec::new();
    if !thefts.is_empty() && is_uncertain {
        asked.push(format!("this says that data was taken; is that certain of {whose}?"));
    }
    let is_settled = certain.iter().any(|one| *one >= Taken::Believed);
    if denies && is_settled {
        asked.push(
            "does this deny that data was affected? On record, data was taken, or that is \
                    believed"
                .to_owned(),
        );
    } else if denies && !is_ruled_out(known, told) {
        asked.push(
            "does this deny that data was affected? The record does not rule it out".to_owned(),
        );
    }
    let became = exposed(known, told);
    if part == Part::Happened {
        for (id, called) in BECAME {
            if language.tells_became(id, text) && !became.iter().any(|one| one == id) {
                asked.push(format!("does this say that data is {called}? The record does not"));
            }
        }
    }
    let account = matches!(part, Part::Happened | Part::Consequences | Part::Measures);
    let is_seen = is_settled || !became.is_empty();
    if account && is_seen && language.doubts(text) {
        asked.push("does this doubt what the record says was determined or seen?".to_owned());
    }
    asked
}
