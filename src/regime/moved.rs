//! Deadlines that are met only because a time was corrected or taken back.

use chrono::TimeDelta;

use crate::fact::When;
use crate::wording;

/// How much worse a duty would stand if no time had been corrected or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The facts whose times were corrected or taken back.
    pub facts: Vec<String>,
    /// The earlier time, if it is known which fact matters.
    pub was: Option<When>,
    /// How late the duty would be by the earlier times.
    pub late: TimeDelta,
    /// The verdict that begins the sentence: `met only by`.
    pub(super) verdict: String,
    /// Whether the duty is settled.
    pub(super) is_done: bool,
}

impl Moved {
    /// The same as a sentence, with times shown as the reader's clock has them: "met only by the
    /// corrected `aware`; by the earlier time, …, it was 61 h late".
    pub fn says(&self, show: &dyn Fn(&When) -> String) -> String {
        let facts: Vec<String> = self.facts.iter().map(|name| format!("`{name}`")).collect();
        let was = self.was.as_ref().map(|was| format!(", {},", show(was))).unwrap_or_default();
        format!(
            "{} the corrected {}; by the earlier time{was} it {} {} late",
            self.verdict,
            wording::list(&facts),
            if self.is_done { "was" } else { "is" },
            wording::length(self.late),
        )
    }
}
