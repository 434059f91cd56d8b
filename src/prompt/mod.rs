//! Where answers come from: a terminal, a pipe, an answers file. One interface for all.

mod answers;
mod keys;
mod plain;
mod terminal;

pub use answers::{Answers, AnswersError, typed};
pub use keys::Keys;
pub use plain::Plain;
pub use terminal::{Edit, Terminal};

use std::collections::HashSet;

use crate::escape;
use crate::incident::StepKey;
use crate::incident::event::AnswersFrom;
use crate::walk::{Completion, QuestionKey};

/// What is being asked, so that an answers file can find its answer.
#[derive(Clone, Copy, Debug)]
pub enum Topic<'a> {
    /// A question of the walk.
    Walk(&'a QuestionKey),
    /// A question before the walk: `title`, `first_signal`, `incident_kind`, `responder`,
    /// `playbook`.
    Opening(&'static str),
    /// What to do with a text that looks like a secret.
    Mask,
    /// What only a person can say: whether to go on in another folder, to destroy a text.
    Fault,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The input is at its end, or the terminal is gone.
    #[error("the input ended")]
    EndOfInput,
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// An answers file has no answer for this question.
    #[error("the answers file has no answer for {0}")]
    NoAnswer(String),
    /// An answers file had an answer, and it was refused.
    #[error("the answer for {0} in the answers file was refused")]
    Refused(String),
    /// The input cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// What the end of a line may become, asked with the line before the cursor.
pub type Complete<'a> = dyn Fn(&str) -> Completion + 'a;

/// A source of answers.
pub trait Prompt {
    /// Asks for one line.
    fn line(&mut self, topic: Topic<'_>, prompt: &str) -> Result<String, Stop>;

    /// Asks for one line; where Tab can be pressed, `complete` says what fits.
    fn line_with(
        &mut self,
        topic: Topic<'_>,
        prompt: &str,
        _complete: &Complete<'_>,
    ) -> Result<String, Stop> {
        self.line(topic, prompt)
    }

    /// Asks for many lines, up to one that holds only a full stop, or the end of input.
    fn block(&mut self, topic: Topic<'_>, prompt: &str) -> Result<String, Stop>;

    /// The last answer changed nothing. A person is asked again; a file is at its end.
    fn refused(&self) -> Result<(), Stop> {
        Ok(())
    }

    /// A line was taken as an answer and refused. Nobody sees again what came through a pipe.
    fn not_taken(&mut self, _line: &str) {}

    /// Leaves the terminal as it was before the first question until the next one, for a program that
    /// needs it, or for work that Ctrl-C must end.
    fn lend(&mut self) {}

    /// What its answers lack for these steps, and for the determinations that they ask, by name, in
    /// their order. Only a file knows.
    fn lacks(&self, _: &[StepKey], _: &[&str]) -> Vec<String> {
        Vec::new()
    }

    /// The steps whose decision the answers give. Only an answers file has any.
    fn decides(&self) -> HashSet<String> {
        HashSet::new()
    }

    /// True where somebody reads what is said and can think twice.
    fn is_patient(&self) -> bool;

    /// Where its answers come from, for the log.
    fn answers_from(&self) -> AnswersFrom;
}

/// What to say about bytes that are not UTF-8 and were kept in an answer as `\xNN`.
fn kept_bytes(bytes: &[u8]) -> Option<String> {
    let shown = escape::bytes(bytes);
    (!bytes.is_empty()).then(|| format!("What is no UTF-8 was kept as it can be read: {shown}"))
}

/// Reads lines with `line` until one holds only a full stop.
fn block(mut line: impl FnMut() -> Result<String, Stop>) -> Result<String, Stop> {
    let mut text = String::new();
    loop {
        match line() {
            Ok(line) if line == "." => return Ok(text),
            Ok(line) => {
                text.push_str(&line);
                text.push('\n');
            }
            // What was pasted so far is kept: the next question will find the end of input.
            Err(Stop::EndOfInput) if !text.is_empty() => return Ok(text),
            Err(stop) => return Err(stop),
        }
    }
}
