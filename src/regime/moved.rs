//! Deadlines that are kept only by a time that was corrected or taken back.

use chrono::TimeDelta;

use crate::fact::When;
use crate::wording;

/// How much worse a duty would stand, had times not been corrected or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The facts whose times these are.
    pub facts: Vec<String>,
    /// The time that one fact had.
    pub was: Option<When>,
    /// How late the duty would be.
    pub late: TimeDelta,
    /// What is said of it before that.
    pub(super) verdict: String,
    /// Whether it is settled.
    pub(super) is_done: bool,
}

impl Moved {
    /// What it comes to, times shown as the reader has them: "met only by the corrected `aware`; by the
    /// time recorded before, …, it was 61 h late".
    pub fn says(&self, show: &dyn Fn(&When) -> String) -> String {
        let facts: Vec<String> = self.facts.iter().map(|name| format!("`{name}`")).collect();
        let was = self.was.as_ref().map(|was| format!(", {},", show(was))).unwrap_or_default();
        format!(
            "{} the corrected {}; by the time recorded before{was} it {} {} late",
            self.verdict,
            wording::list(&facts),
            if self.is_done { "was" } else { "is" },
            wording::length(self.late),
        )
    }
}
