//! The text of a status page: what was released, word for word, and nothing else.

use std::collections::BTreeMap;

use minijinja::Value as Jinja;

use super::facts::markdown;
use super::marks::{MISSING, TO_WRITE};
use crate::document::{Diagnostic, Document};
use crate::escape;
use crate::fact::{Vocabulary, names};
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
}

/// Writes an update, by its number and the moment in words at which it is written. A fact that was not
/// released is a gap in the text.
///
/// # Errors
/// None in practice: the template is ours.
pub fn statement(
    released: &dyn Fn(&str) -> Option<String>,
    vocabulary: &Vocabulary,
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
                let title = vocabulary.get(name).map_or(name, |fact| &fact.title);
                Jinja::from_safe_string(format!("{MISSING}{}]", escape::markdown(title)))
            },
            Jinja::from,
        );
        say.insert(name, said);
    }
    let next = Jinja::from_safe_string(format!("{TO_WRITE}when]"));
    let data = minijinja::context! { say, update, written, next };
    let used = STATED.into_iter().filter(|name| !missing.contains(name)).collect();
    Ok(Stated { text: template::fill(&document, markdown, &data)?, missing, used })
}
