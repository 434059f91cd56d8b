//! Which law a duty is judged by, and what to say of it.

use chrono::NaiveDate;

use super::Span;

/// Which law it is that a duty is judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LawOf {
    /// That of the day the clock started.
    #[default]
    Then,
    /// An earlier version, in the span that is held of it; its test may only be that of today.
    Before {
        /// Its first and last day.
        span: Span,
        /// Whether its test is taken from today's version.
        borrowed: bool,
        /// Whether the clock started so long before its last day that a version before it, which is
        /// not held, may count.
        doubtful: bool,
    },
    /// That of today, because that of then is not held.
    Today {
        /// The first day that is held, if one is.
        from: Option<NaiveDate>,
    },
}

impl LawOf {
    /// Whether the law of then may be another one.
    pub fn is_doubtful(self) -> bool {
        match self {
            Self::Then => false,
            Self::Before { doubtful, .. } => doubtful,
            Self::Today { .. } => true,
        }
    }

    /// What to know about it beside the rule itself; empty if it is simply the law.
    pub fn note(self) -> String {
        match self {
            Self::Then => String::new(),
            Self::Today { from: None } => "as it is today; the law of then may differ".to_owned(),
            Self::Today { from: Some(from) } => {
                format!("as it is today; the law before {from} may differ")
            }
            Self::Before { span, borrowed, doubtful } => {
                let until = span.until.map(|until| until.to_string()).unwrap_or_default();
                let spans = match span.from {
                    Some(from) => format!("law of {from} to {until}"),
                    None => format!("law until {until}"),
                };
                let borrowed =
                    if borrowed { ", with the test of today, which may differ" } else { "" };
                let doubtful = if doubtful {
                    ", its first day not known: the law of then may differ"
                } else {
                    ""
                };
                format!("{spans}{borrowed}{doubtful}")
            }
        }
    }
}
