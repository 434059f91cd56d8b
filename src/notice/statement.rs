//! The text of a status page: what was released, word for word, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value as Jinja;

use super::facts::{NoticeFacts, markdown};
use super::marks::{MISSING, TO_WRITE};
use super::{Part, Reader, languages, questions, spoken};
use crate::document::{Diagnostic, Document};
use crate::escape;
use crate::fact::names;
use crate::incident::event::Group;
use crate::template;

/// The template that comes with the tool.
pub(super) const TEXT: &str = include_str!("../../playbooks/notification/notices/status-page.md");

/// The facts that it says: released by counsel, or written for the people affected.
pub const STATED: [&str; 5] = [
    names::ORGANISATION,
    names::NOTICE_ACCOUNT,
    names::LIKELY_CONSEQUENCES,
    names::MEASURES_TAKEN,
    names::SUPPORT_CONTACT,
];

/// A text for the status page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The text, Markdown.
    pub text: String,
    /// Facts that would fill gaps.
    pub missing: Vec<&'static str>,
    /// Facts that it tells.
    pub used: Vec<&'static str>,
    /// What somebody has to look into before it is published.
    pub asked: Vec<String>,
}

/// Writes an update, by its number and the moment in words at which it is written. A fact that was not
/// released is a gap in the text; what is known says what to ask of those that were.
///
/// # Errors
/// None in practice: the template is ours.
pub fn statement(
    released: &dyn Fn(&str) -> Option<String>,
    known: &NoticeFacts<'_>,
    (update, written): (usize, &str),
) -> Result<Stated, Box<Diagnostic>> {
    let document = Document {
        name: "playbooks/notification/notices/status-page.md".to_owned(),
        text: TEXT.to_owned(),
    };
    let (mut say, mut missing) = (BTreeMap::new(), Vec::new());
    for name in STATED {
        let said = released(name).map_or_else(
            || {
                missing.push(name);
                let title = known.vocabulary.get(name).map_or(name, |fact| &fact.title);
                Jinja::from_safe_string(format!("{MISSING}{}]", escape::markdown(title)))
            },
            Jinja::from,
        );
        say.insert(name, said);
    }
    let next = Jinja::from_safe_string(format!("{TO_WRITE}when]"));
    let data = minijinja::context! { say, update, written, next };
    let used = STATED.into_iter().filter(|name| !missing.contains(name)).collect();
    let said: Vec<String> = STATED.into_iter().filter_map(released).collect();
    let asked = asked(&said, known);
    Ok(Stated { text: template::fill(&document, markdown, &data)?, missing, used, asked })
}

/// What to ask of words for the public. Nobody says in which language they are: what one language asks
/// of a text is asked, and what a text leaves out is what it leaves out in each.
fn asked(said: &[String], known: &NoticeFacts<'_>) -> Vec<String> {
    let told: Vec<&Group> = known.groups.iter().collect();
    let of_language = |language: &'static super::Language| {
        let known = &NoticeFacts { locale: language.at(None), ..*known };
        let of = |text: &String| {
            spoken::other_than_certain((Part::Happened, text), Reader::Media, &told, known)
        };
        let left_out = questions::of(
            Reader::Media,
            &told,
            known,
            (&BTreeSet::new(), false, true),
            ("", &said.join("\n")),
        );
        (said.iter().flat_map(of).collect::<Vec<String>>(), left_out)
    };
    let (of, left_out): (Vec<Vec<String>>, Vec<Vec<String>>) =
        languages().iter().map(of_language).unzip();
    let mut asked: Vec<String> = Vec::new();
    let in_each = |question: &String| left_out.iter().all(|asked| asked.contains(question));
    let left_out = left_out.first().into_iter().flatten().filter(|question| in_each(question));
    for question in of.iter().flatten().chain(left_out) {
        if !asked.contains(question) {
            asked.push(question.clone());
        }
    }
    asked
}
