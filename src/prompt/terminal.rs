//! A real terminal: line editing, no history on disk, no full-screen mode.

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Behavior, Config, Editor};

use super::{Prompt, Stop, Topic};
use crate::incident::event::AnswersFrom;

/// Line editing at the controlling terminal.
///
/// The editor talks to the terminal itself, so results may go to a file while questions are asked.
/// Earlier answers of this run come back with the up arrow; they are never written to disk.
pub struct Terminal {
    editor: Editor<(), MemHistory>,
}

impl Terminal {
    /// Opens the controlling terminal.
    ///
    /// # Errors
    /// There is none that can be edited on.
    pub fn open() -> Result<Self, Stop> {
        let config = Config::builder()
            .behavior(Behavior::PreferTerm)
            .max_history_size(100)
            .map_err(stop)?
            .auto_add_history(true)
            .build();
        let history = MemHistory::with_config(&config);
        let editor = Editor::with_history(config, history).map_err(stop)?;
        Ok(Self { editor })
    }

    fn read(&mut self, prompt: &str) -> Result<String, Stop> {
        self.editor.readline(prompt).map_err(stop)
    }
}

fn stop(error: ReadlineError) -> Stop {
    match error {
        ReadlineError::Interrupted => Stop::Interrupted,
        // A terminal that was closed under us is an end of input, too.
        ReadlineError::Eof | ReadlineError::Errno(nix::errno::Errno::EIO) => Stop::EndOfInput,
        ReadlineError::Errno(errno) => Stop::Io(errno.into()),
        ReadlineError::Io(error) => Stop::Io(error),
        other => Stop::Io(std::io::Error::other(other.to_string())),
    }
}

impl Prompt for Terminal {
    fn line(&mut self, _: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.read(prompt)
    }

    fn block(&mut self, _: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        let mut first = Some(prompt);
        super::block(|| {
            let prompt = first.take().map(|prompt| format!("{prompt}\n")).unwrap_or_default();
            self.read(&prompt)
        })
    }

    fn is_patient(&self) -> bool {
        true
    }

    fn answers_from(&self) -> AnswersFrom {
        AnswersFrom::Terminal
    }
}
