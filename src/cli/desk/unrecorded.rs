//! What is said when the log cannot be written or read: what is safe, what is not, what to do.
//!
//! Whatever a person gave and no entry holds is shown as NOT RECORDED, on every path: with code 74 if
//! it could not be kept, with code 2 if the program refused it and says what to change.

use std::io;

use super::{Exit, Failure};
use crate::log::{AppendError, OpenError};
use crate::{escape, wording};

/// An event that is not in the log, or of which nobody knows.
pub(in crate::cli) fn not_recorded(error: &AppendError, text: &str) -> Failure {
    let way = match error {
        AppendError::Refused(error)
        | AppendError::FateUnknown { error, .. }
        | AppendError::Open(OpenError::Io { error, .. }) => way_on(error),
        AppendError::Open(OpenError::Locked { .. }) => "try again",
        AppendError::TooLong { .. } => "save it to a file and keep that: breach evidence add FILE",
        AppendError::Damaged { .. } => {
            "run the same command again: this machine continues in a new chain"
        }
        AppendError::Open(_) => ELSEWHERE,
    };
    let mut failure = failed(&format!("failed to append to the log: {error}"), text, way);
    match error {
        AppendError::FateUnknown { .. } => failure.hint(
            "the disk failed while writing, so it may have been recorded after all: check with \
             `breach log show`",
        ),
        AppendError::Open(cause @ OpenError::Locked { .. }) => {
            failure.exit = Exit::Failed;
            failure.hints.extend(cause.hint());
            failure
        }
        AppendError::Damaged { .. } => {
            failure.exit = Exit::Damaged;
            failure
        }
        _ => failure,
    }
}

/// The failure that every lost word ends in: the text, and that it is not in the log.
pub(in crate::cli) fn not_recorded_because(what: &str, error: &io::Error, text: &str) -> Failure {
    failed(&format!("{what}: {error}"), text, way_on(error))
}

fn failed(error: &str, text: &str, way: &str) -> Failure {
    Failure::new(Exit::NotRecorded, error)
        .with_text(text)
        .hint(format!("nothing before this was lost; copy the text above, then {way}"))
}

const ELSEWHERE: &str = "name another folder with `--home DIR`";

/// What helps against an error of the disk.
fn way_on(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space or name another folder with `--home DIR`"
        }
        _ => ELSEWHERE,
    }
}

/// A log that cannot be opened would not take the entry either; only a lock may be free next time.
pub(in crate::cli) fn cannot_open(error: OpenError) -> Failure {
    let exit = match error {
        OpenError::Locked { .. } | OpenError::Taken(_) => Exit::Failed,
        OpenError::Link(_) => Exit::Damaged,
        _ => Exit::NotRecorded,
    };
    let mut failure = Failure::new(exit, format!("failed to open the log: {error}"));
    failure.hints.extend(error.hint());
    match &error {
        OpenError::Io { error, .. } => {
            failure.hint(format!("nothing before this was lost; {}", way_on(error)))
        }
        _ => failure,
    }
}

pub(in crate::cli) fn cannot_read(error: AppendError) -> Failure {
    let exit =
        if matches!(error, AppendError::Damaged { .. }) { Exit::Damaged } else { Exit::Failed };
    Failure::new(exit, format!("failed to read the log: {error}"))
        .hint("what you entered so far is recorded; run the same command again to continue")
}

/// A failure of a command that was given something to record, as that promise wants it.
pub(in crate::cli) fn promised(mut failure: Failure, recorded: usize) -> Failure {
    if recorded > 0 {
        let entries = wording::count(recorded, "entry");
        let verb = if recorded == 1 { "was" } else { "were" };
        return failure.hint(format!(
            "{entries} {verb} recorded before this failed: `breach log show` shows what"
        ));
    }
    if failure.is_homeless || matches!(failure.exit, Exit::Failed | Exit::Damaged) {
        failure.exit = Exit::NotRecorded;
    }
    // Nothing that was typed may be missing: not a reason, not a time.
    let is_shown = |word: String| word.starts_with('-') || failure.details.contains(&word);
    if !failure.details.contains(NOT_RECORDED) {
        return failure.with_text(&typed());
    }
    if !given().all(is_shown) {
        failure.details.extend(["As typed: ", &escape::text(&typed()), "\n"]);
    }
    failure
}

/// What was typed after the name of the command and of what it does.
fn given() -> impl Iterator<Item = String> {
    std::env::args_os().skip(3).map(|word| word.to_string_lossy().into_owned())
}

/// What stands over a text that no entry holds.
pub(in crate::cli) const NOT_RECORDED: &str = "NOT RECORDED";

/// The command as it was typed, to be copied.
pub(in crate::cli) fn typed() -> String {
    let words = std::env::args_os().skip(1);
    let words = words.map(|word| escape::shell(&word.to_string_lossy()));
    let words: Vec<String> = ["breach".to_owned()].into_iter().chain(words).collect();
    words.join(" ")
}
