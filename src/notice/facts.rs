//! What a draft is made from, and how foreign text stands in it.

use crate::escape;
use crate::fact::{Value, Vocabulary};

/// What is known, as a draft asks it.
pub struct NoticeFacts<'k> {
    /// The value of a fact.
    pub value: &'k dyn Fn(&str) -> Option<&'k Value>,
    /// What facts there are.
    pub vocabulary: &'k Vocabulary,
    /// Whether the deadline of the duty has passed.
    pub is_late: bool,
}

/// Foreign text of several lines inside a Markdown page.
pub(super) fn markdown(text: &str) -> String {
    text.trim().lines().map(escape::markdown_line).collect::<Vec<String>>().join("\n")
}
