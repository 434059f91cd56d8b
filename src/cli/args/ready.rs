//! The commands of preparation, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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

/// `breach roster …`
#[derive(Debug, Subcommand)]
pub enum RosterCommand {
    /// Create a roster in the home for you to fill in
    New,
    /// Show whom to call
    Show {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Report what is missing or out of date
    Check {
        /// Another roster file (default: the one in the home)
        path: Option<PathBuf>,
    },
}

/// How to print the plan.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// Print these playbooks only (can be repeated; default: all)
    #[arg(long, value_name = "NAME|FILE")]
    pub playbook: Vec<String>,

    /// Look for playbooks in this folder too
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,

    /// Format of the plan
    #[arg(long, value_enum, default_value_t)]
    pub format: PlanFormat,
}

/// A format of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Markdown
    #[default]
    Markdown,
    /// One self-contained HTML page
    Html,
}
