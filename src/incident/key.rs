//! What a step is named by.

use crate::phase::Phase;

/// Splits `containment/image-web-hosts`.
pub(super) fn split_step(address: &str) -> Option<(Phase, &str)> {
    let (phase, step) = address.split_once('/')?;
    Some((Phase::parse(phase)?, step))
}

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
    pub fn shown(&self, phase: impl Into<Option<Phase>>) -> String {
        let phase = phase.into().map(|phase| format!("{phase}/")).unwrap_or_default();
        let item = self.item.as_ref().map(|item| format!(" ({item})")).unwrap_or_default();
        format!("{phase}{}{item}", self.step)
    }
}
