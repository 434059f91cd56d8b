//! Exit codes: one enum, tested, and the same table in the README.

use std::process::ExitCode;

/// How the program ends. All other codes are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// It is done.
    Done = 0,
    /// It could not be done (a lock that timed out, too).
    Failed = 1,
    /// Wrong usage, or nothing to work on.
    Usage = 2,
    /// A check or test found mistakes.
    Mistakes = 3,
    /// The log or an evidence file does not verify.
    Damaged = 4,
    /// A deadline has passed.
    Overdue = 5,
    /// The walk stopped before its end.
    Stopped = 6,
    /// NOT RECORDED: what was said is not in the log.
    NotRecorded = 74,
    /// Interrupted; the log is whole.
    Interrupted = 130,
}

impl Exit {
    /// Every code and what it means, for the README and its test.
    pub const TABLE: [(Self, &'static str); 9] = [
        (Self::Done, "done"),
        (Self::Failed, "could not do it (or a lock timed out)"),
        (Self::Usage, "wrong usage, refused, or nothing to work on"),
        (Self::Mistakes, "a check or test found mistakes"),
        (Self::Damaged, "the log or an evidence file does not verify"),
        (Self::Overdue, "a deadline has passed"),
        (Self::Stopped, "the walk stopped before the end"),
        (Self::NotRecorded, "NOT RECORDED"),
        (Self::Interrupted, "interrupted; the log is intact"),
    ];
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::*;

    #[test]
    fn codes_are_what_scripts_rely_on() {
        let codes: Vec<u8> = Exit::TABLE.iter().map(|(exit, _)| *exit as u8).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6, 74, 130]);
    }
}
