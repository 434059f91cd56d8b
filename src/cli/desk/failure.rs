//! What went wrong, and what to do: `error: …`, then `hint: …`, and the exit code.

use std::path::Path;

use super::Exit;
use crate::prompt::Stop;
use crate::{escape, wording};

/// Mistakes of a table that are told; nobody reads more at once.
const TOLD: usize = 50;

/// An error on its way to the person, with hints that say what is safe and what to do.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What failed, with its causes: lower case, no full stop.
    pub error: anyhow::Error,
    /// What is safe, and what to do.
    pub hints: Vec<String>,
    /// Something to show before the error, ready to be printed.
    pub details: String,
    /// No incident is open that could have taken what was given.
    pub(in crate::cli) is_homeless: bool,
    /// Somebody left at a question, which is no error.
    pub(in crate::cli) is_stop: bool,
}

impl Failure {
    /// A failure with this code.
    pub fn new(exit: Exit, error: impl Into<String>) -> Self {
        Self::of(exit, anyhow::Error::msg(error.into()))
    }

    /// A failure with this code, from an error that keeps its causes.
    pub fn of(exit: Exit, error: anyhow::Error) -> Self {
        let (hints, details) = (Vec::new(), String::new());
        Self { exit, error, hints, details, is_homeless: false, is_stop: false }
    }

    /// Wrong usage, or nothing to work on.
    pub fn usage(error: impl Into<String>) -> Self {
        Self::new(Exit::Usage, error)
    }

    /// A table with these mistakes, of which nothing was taken in.
    pub(in crate::cli) fn of_rows(file: &Path, mistakes: &[String]) -> Self {
        let name = file.display().to_string();
        let said = wording::count(mistakes.len(), "mistake");
        let mut failure = Self::usage(format!("`{}` has {said}", escape::line(&name)));
        for mistake in mistakes.iter().take(TOLD) {
            failure = failure.hint(escape::line(mistake).into_owned());
        }
        if let Some(more) = mistakes.len().checked_sub(TOLD).filter(|more| *more > 0) {
            failure = failure.hint(format!("and {more} more"));
        }
        failure.hint("nothing was recorded")
    }

    /// Says what was not recorded, so that it can be saved by hand.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        if !text.trim().is_empty() {
            self.details = format!("NOT RECORDED:\n{}\n", escape::text(text));
        }
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::of(Exit::Failed, error)
    }
}

/// Someone left at a question that no walk was asking: a walk says itself how far it came.
fn stopped(exit: Exit) -> Failure {
    let failure = Failure::new(exit, "stopped at a question")
        .hint("everything recorded before it is kept; run the same command again to continue");
    Failure { is_stop: true, ..failure }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::of(Exit::Failed, error.into())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::of(Exit::Failed, anyhow::Error::new(error).context("failed to write JSON"))
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::EndOfInput => stopped(Exit::Stopped),
            Stop::Interrupted => stopped(Exit::Interrupted),
            Stop::NoAnswer(_) | Stop::Refused(_) => Self::new(Exit::Stopped, stop.to_string())
                .hint(
                    "everything before it is recorded; complete the file and run the command again",
                ),
            Stop::Io(error) => Self::of(
                Exit::Failed,
                anyhow::Error::new(error).context("failed to read an answer"),
            )
            .hint("everything before it is recorded"),
        }
    }
}
