//! What a step is named by.

use crate::phase::Phase;

/// A step and, if it repeats, the item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepKey {
    /// Id of the step.
    pub step: String,
    /// Item of its list.
    pub item: Option<String>,
}

impl StepKey {
    /// `containment/image-web-hosts (web-03)`.
    pub fn shown(&self, phase: Phase) -> String {
        match &self.item {
            Some(item) => format!("{phase}/{} ({item})", self.step),
            None => format!("{phase}/{}", self.step),
        }
    }
}
