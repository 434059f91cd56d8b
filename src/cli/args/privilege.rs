//! Whether an entry is marked privileged, as it is typed.

use clap::Args;

/// What somebody says of an entry.
#[derive(Clone, Copy, Debug, Args)]
pub struct Privilege {
    /// Mark the entry as privileged; its text is kept separately
    #[arg(long)]
    pub privileged: bool,

    /// Do not mark it, although counsel directs the work
    #[arg(long, conflicts_with = "privileged")]
    pub not_privileged: bool,
}

impl Privilege {
    /// What was said; none: whatever holds for the whole work.
    pub fn said(self) -> Option<bool> {
        match (self.privileged, self.not_privileged) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}
