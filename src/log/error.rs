//! What can stand between us and the log, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::escape;

/// Why a log or an incident folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The name is taken.
    #[error("`{}` already exists", shown(.0))]
    Taken(PathBuf),
    /// Somebody else owns it.
    #[error("`{}` belongs to another user (uid {uid})", shown(.path))]
    Foreign {
        /// What was looked at.
        path: PathBuf,
        /// Its owner.
        uid: u32,
    },
    /// The folder of the incident, or one in it, is a link.
    #[error("`{}` is a symbolic link; neither an incident nor a folder in it may be one", shown(.0))]
    Link(PathBuf),
    /// It is where a flush may promise more than it keeps.
    #[error("`{}` is on a network file system", shown(.0))]
    Network(PathBuf),
    /// Somebody holds the lock and does not let go.
    #[error("another process{} has held `{}` for {seconds} s", holder(*.pid), shown(.path))]
    Locked {
        /// The chain.
        path: PathBuf,
        /// Who holds it, if the system says.
        pid: Option<u32>,
        /// How long we waited.
        seconds: u64,
    },
    /// The system refused.
    #[error("{what} `{}`: {error}", shown(.path))]
    Io {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl OpenError {
    /// Something could not be done on a file: what was tried, and on which.
    pub fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { what, path: path.to_owned(), error }
    }

    /// Whether another name would do.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Taken(_))
    }

    /// What to do.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Foreign { .. } => {
                "run it as that user, or name your own folder with `--home DIR`".to_owned()
            }
            Self::Link(_) => {
                "nothing was read or written through it; put the folder itself in its place, or \
                 keep everything on another disk with `--home DIR`"
                    .to_owned()
            }
            Self::Network(_) => {
                "name a local folder with `--home DIR`, or accept it with `--allow-network-fs`"
                    .to_owned()
            }
            Self::Locked { pid: Some(pid), .. } => {
                format!("nothing was written; see what process {pid} is doing: ps -fp {pid}")
            }
            Self::Locked { .. } => "nothing was written; try again".to_owned(),
            Self::Io { error, .. } if error.kind() == io::ErrorKind::PermissionDenied => {
                "check who owns it, or name your own folder with `--home DIR`".to_owned()
            }
            Self::Io { error, .. } if error.kind() == io::ErrorKind::ReadOnlyFilesystem => {
                "name a folder you can write to with `--home DIR`".to_owned()
            }
            Self::Taken(_) | Self::Io { .. } => return None,
        })
    }
}

/// Why an event is not in the log.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// It is longer than a line may be.
    #[error("the entry has {bytes} bytes, more than a line can hold")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The lock cannot be had, or the file is not what it was.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The chain does not verify any more.
    #[error("chain {chain} no longer verifies: {damage}")]
    Damaged {
        /// The chain.
        chain: String,
        /// What is wrong with it.
        damage: super::Damage,
    },
    /// The disk refused; nothing of it was written.
    #[error("{0}")]
    Refused(io::Error),
    /// The disk failed while it was being written: nobody knows whether it is there.
    #[error("{error}")]
    FateUnknown {
        /// Id of the entry: it is looked for before it is written again.
        id: String,
        /// What the system said.
        error: io::Error,
    },
}

fn shown(path: &Path) -> String {
    escape::line(&path.to_string_lossy()).into_owned()
}

fn holder(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" ({pid})")).unwrap_or_default()
}
