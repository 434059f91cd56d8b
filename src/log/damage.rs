//! What can be wrong with a chain, and what is right and worth knowing.

use std::fmt;

/// Where a chain stops to verify, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Number of the line, from 0.
    pub line: u64,
    /// What is wrong there.
    pub kind: DamageKind,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamageKind {
    /// Its number or the digest that it names does not fit: edited, reordered, cut or forked.
    Unlinked,
    /// It is JSON, but no entry.
    Malformed,
    /// It is no JSON, and no recovery owns it.
    Unowned,
    /// Line endings were converted.
    Converted,
    /// The first line is no genesis of this chain.
    NotGenesis,
    /// Another line stands here than the one that was seen here before.
    Disowned,
    /// This machine wrote a line here, and it is gone.
    RolledBack,
    /// This machine wrote a line here, and the whole file is gone.
    Gone,
    /// The file has not one line: no crash leaves it so.
    Empty,
    /// A line is longer than any writer makes it.
    TooLong,
    /// Its first line names another incident than the folder that it is in.
    OtherIncident,
    /// Its name is that of a chain, and it is a link, a pipe, a folder or a device.
    NotPlain,
    /// Its name begins and ends as that of a chain, and is none: a copy made by a program that
    /// synchronises files, for one.
    Misnamed,
    /// Another chain of its name goes on otherwise from here: two machines wrote one file.
    Branched,
    /// Not one chain is there, though files of the incident are.
    NoChain,
}

/// What is said of a log that is gone.
pub(super) const GONE: &str =
    "the log is gone: no chain was left, though other files of the incident were there";

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.kind {
            DamageKind::Unlinked => {
                write!(
                    f,
                    "line {line} does not follow the line before it: one of the two was edited, or \
                     lines were reordered, cut or forked there"
                )
            }
            DamageKind::Malformed => write!(f, "line {line} is JSON but not an entry: edited"),
            DamageKind::Unowned => {
                write!(f, "line {line} is not an entry, and no recovery accounts for it")
            }
            DamageKind::Converted => {
                write!(
                    f,
                    "line endings were converted at line {line}; converting them back to LF may \
                     help"
                )
            }
            DamageKind::NotGenesis => write!(f, "line {line} is not the first entry of this chain"),
            DamageKind::Disowned => write!(
                f,
                "line {line} is not the one that was seen there before: rewritten since, or forked"
            ),
            DamageKind::RolledBack => write!(
                f,
                "this log was rolled back, or its tail was cut: this machine has written line \
                 {line}, and it is gone"
            ),
            DamageKind::Gone => {
                write!(f, "its file is missing, and this machine has written its line {line}")
            }
            DamageKind::Empty => f.write_str("its file is empty: every line was removed"),
            DamageKind::TooLong => write!(f, "line {line} is longer than an entry can be"),
            DamageKind::OtherIncident => f.write_str("it is the log of another incident"),
            DamageKind::NotPlain => f.write_str(
                "its file is a link or something else that is not a plain file, so nothing of it is \
                 read; if you moved it to a larger disk, copy it back",
            ),
            DamageKind::Misnamed => f.write_str(
                "its name is not quite that of a chain (eight digits of 0-9 and a-f, then .jsonl), so \
                 nothing of it is read; if it is a chain from elsewhere, put it into a copy of the \
                 incident's folder under its own name and `breach join` that",
            ),
            DamageKind::Branched => write!(
                f,
                "from line {line} on, this is another branch of the chain: two machines wrote to one \
                 file; both branches are kept and read"
            ),
            DamageKind::NoChain => f.write_str(GONE),
        }
    }
}

/// What is correct but worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The wall clock went backwards before this line.
    ClockBack(u64),
    /// The last lines are torn and no recovery has sealed them yet.
    Unsealed(usize),
    /// Bytes behind the last line feed: a write in progress, or a torn tail.
    Fragment(usize),
    /// Torn lines were sealed just now.
    Sealed(usize),
    /// The last entry was whole but for its line feed, which was added just now.
    Completed(u64),
    /// So many more lines are known to exist, by who saw them.
    NotHere(u64),
    /// The file system forgets everything at the next start.
    Volatile,
    /// Nothing can be read of a chain, because its file is not a plain one.
    Barred {
        /// The chain.
        chain: String,
        /// Why.
        because: String,
    },
    /// A new chain goes on beside one of this machine of which it remembers nothing.
    Unremembered(String),
    /// A new chain goes on beside one of this machine whose file was replaced.
    Replaced(String),
    /// A new chain goes on beside one that this machine wrote in another place.
    Elsewhere {
        /// The chain.
        chain: String,
        /// The place that it was written in.
        of: String,
    },
    /// A new chain goes on for a damaged one.
    Succeeded {
        /// The damaged chain.
        chain: String,
        /// What is wrong with it.
        because: String,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClockBack(line) => write!(f, "the clock went backwards before line {line}"),
            Self::Unsealed(lines) => {
                write!(
                    f,
                    "{} torn at the end, to be sealed by the next writer",
                    crate::wording::count(*lines, "line")
                )
            }
            Self::Fragment(bytes) => {
                write!(f, "{bytes} bytes after the last line: a write in progress, or a torn end")
            }
            Self::Sealed(lines) => {
                let lines = crate::wording::count(*lines, "line");
                write!(f, "{lines} torn by a crash, sealed and recorded; nothing was removed")
            }
            Self::Completed(line) => {
                write!(f, "line {line} lacked only its line feed, which was added and recorded")
            }
            Self::NotHere(lines) => {
                let verb = if *lines == 1 { "is" } else { "are" };
                let lines = usize::try_from(*lines).unwrap_or(usize::MAX);
                let lines = crate::wording::count(lines, "more line");
                write!(f, "{lines} {verb} known to exist, not here yet")
            }
            Self::Volatile => f.write_str(
                "this folder is in memory: everything in it will be lost at the next restart",
            ),
            Self::Barred { chain, because } => {
                write!(f, "chain {chain} does not verify: {because}")
            }
            Self::Unremembered(chain) => write!(
                f,
                "nothing here remembers how far chain {chain} was written; it stays as it is, and a \
                 new chain continues"
            ),
            Self::Replaced(chain) => write!(
                f,
                "the file of chain {chain} was replaced, by a restored backup or a copy; it stays \
                 as it is, and a new chain continues"
            ),
            Self::Elsewhere { chain, of } => write!(
                f,
                "this folder is a copy or was moved: chain {chain} was written as `{of}`; it stays \
                 as it is, and a new chain continues"
            ),
            Self::Succeeded { chain, because } => {
                write!(
                    f,
                    "chain {chain} does not verify ({because}); it is left as it is, and a new \
                     chain continues"
                )
            }
        }
    }
}
