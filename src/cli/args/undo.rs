//! `breach undo`, as it is typed.

use clap::Args;

/// `breach undo`
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// Id of the entry, as `breach log show` prints it; the last one of yours, if left out
    pub entry: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub why: Option<String>,
}
