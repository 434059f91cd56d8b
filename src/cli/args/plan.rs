//! `breach plan`, as it is typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How to print the plan.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// Print these playbooks only (can be repeated; default: all)
    #[arg(long, value_name = "NAME|FILE")]
    pub playbook: Vec<String>,

    /// What of each is printed
    #[command(flatten)]
    pub paper: super::PaperArgs,

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
