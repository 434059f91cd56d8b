//! `breach undo`, as it is typed.

use clap::Args;

use super::Privilege;

/// `breach undo`
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// The entry: its number, CHAIN/NUMBER or id; the last one of yours, if left out
    pub entry: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub why: Option<String>,
    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
