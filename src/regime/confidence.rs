//! How sure we are of a rule, and of which of its passages we are not.

use super::Duty;
use crate::lexicon::words;
use crate::wording;

words! {
    /// How sure we are of a rule.
    pub enum Confidence {
        /// It was checked against a source that is named.
        SourceSeen = "source-seen",
        /// Check it before you rely on it.
        FromMemory = "from-memory",
        /// Some of its rules were checked against a source.
        Mixed = "mixed",
    }
}

words! {
    /// A passage of a rule that can be from memory where the rest was checked against a source.
    pub enum Passage {
        /// When it is owed.
        Test = "test",
        /// What exempts from it.
        Unless = "unless",
        /// How long it may take.
        Period = "period",
        /// How the period is counted.
        Count = "count",
        /// Who can delay it.
        Wait = "wait",
        /// The law's own words on the time.
        Words = "words",
        /// What the notice must say, or must not.
        Content = "content",
    }
}

impl Passage {
    /// As a sentence names it.
    fn show(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Unless => "exemptions",
            Self::Period => "period",
            Self::Count => "counting",
            Self::Wait => "delays",
            Self::Words => "words on the time",
            Self::Content => "list of contents",
        }
    }
}

impl Confidence {
    /// What to say of a rule that was not checked against a source; nothing of one that was.
    pub fn doubt(self) -> Option<&'static str> {
        match self {
            Self::SourceSeen => None,
            Self::FromMemory => Some("from memory"),
            Self::Mixed => Some("partly from memory"),
        }
    }
}

impl Duty {
    /// Whether a passage was not checked against a source.
    pub fn is_from_memory(&self, passage: Passage) -> bool {
        self.confidence == Confidence::FromMemory || self.from_memory.contains(&passage)
    }

    /// What of it was not checked against a source: `law from memory`, `list of contents from memory`.
    pub fn doubt(&self) -> Option<String> {
        if self.from_memory.is_empty() {
            return self.confidence.doubt().map(|doubt| format!("law {doubt}"));
        }
        let passages: Vec<&str> = self.from_memory.iter().map(|passage| passage.show()).collect();
        Some(format!("{} from memory", wording::list(&passages)))
    }
}
