//! `breach prepare`, as it is typed.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// How to review.
#[derive(Debug, Args)]
pub struct PrepareArgs {
    /// Follow this playbook: a name or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub playbook: Option<String>,

    /// Look for playbooks in this folder too
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,

    /// Take the answers from this TOML file
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Show what would be asked; write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Start another review, even if one is open
    #[arg(long)]
    pub new: bool,

    /// Compare the last review with the one before; ask nothing
    #[arg(long, conflicts_with_all = ["answers", "dry_run", "new"])]
    pub show: bool,

    /// Format of the points
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
