//! What a draft is made from, and how foreign text stands in it.

use std::collections::BTreeMap;

use minijinja::Value as Jinja;

use super::marks::{MISSING, TO_TRANSLATE};
use super::{Doubts, Locale};
use crate::document::{Diagnostic, Document};
use crate::fact::{Value, Vocabulary};
use crate::incident::Notice;
use crate::incident::event::Group;
use crate::{escape, template, wording};

/// What is known, as a draft asks it.
pub struct NoticeFacts<'k> {
    /// The value of a fact.
    pub value: &'k dyn Fn(&str) -> Option<&'k Value>,
    /// Whether somebody recorded that nobody knows a fact yet.
    pub is_open: &'k dyn Fn(&str) -> bool,
    /// What facts there are.
    pub vocabulary: &'k Vocabulary,
    /// Whether the deadline of the duty has passed.
    pub is_late: bool,
    /// The groups of people who lost the same.
    pub groups: &'k [Group],
    /// Whether each of its readers is in all of these groups.
    pub in_all: bool,
    /// Classes of data that others lost, and none of those to whom this goes.
    pub not_theirs: &'k [String],
    /// What everybody is offered, where groups are offered something besides.
    pub offer_to_all: Option<&'k str>,
    /// The notice that its reader had before.
    pub earlier: Option<&'k Notice>,
    /// Facts that are known, but in another language only.
    pub untranslated: &'k [&'static str],
    /// Words of laws that no fact answers, and what somebody wrote for them.
    pub written: &'k [(String, String)],
    /// What readers call groups, by name.
    pub titles: &'k BTreeMap<String, String>,
    /// What somebody has to look into before this is sent.
    pub doubts: &'k Doubts,
    /// The language, and the place whose dates and numbers it has.
    pub locale: Locale<'k>,
}

impl NoticeFacts<'_> {
    /// What stands in the place of a fact that is not known, or not in this language.
    pub(super) fn mark(&self, name: &str, title: &str) -> String {
        let is_known = self.untranslated.contains(&name);
        let mark = if is_known { TO_TRANSLATE } else { MISSING };
        format!("{mark}{}]", escape::markdown(title))
    }
}

/// Foreign text of several lines inside a Markdown page. Its own markup is told in words, as everywhere:
/// the text of a letter or a form has none.
pub(super) fn markdown(text: &str) -> String {
    wording::unmarked(text).lines().map(escape::markdown_line).collect::<Vec<String>>().join("\n")
}

/// A template filled in, Markdown: foreign text is escaped where it means something, and nowhere else.
pub(super) fn filled(document: &Document, context: &Jinja) -> Result<String, Box<Diagnostic>> {
    template::fill(document, markdown, context).map(|text| escape::begun_lines(&text))
}
