//! How a phase is walked, as it is typed.

use std::path::PathBuf;

use clap::Args;

/// How to walk.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct WalkArgs {
    /// Follow this playbook: a name or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub playbook: Option<String>,

    /// Look for playbooks in this folder too
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,

    /// Switch to this playbook; what is done carries over by step id
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "playbook")]
    pub switch: Option<String>,

    /// Take the answers from this TOML file
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Print an answers file to fill in; write nothing
    #[arg(long, conflicts_with = "answers")]
    pub answers_template: bool,

    /// Show what would be asked and run; write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Rehearse: mark every entry, run no command that changes the system
    #[arg(long)]
    pub drill: bool,

    /// Show plain lines, for a screen reader; remembered for your name until `--plain=no`
    #[arg(long, value_name = "YES|NO", num_args = 0..=1, require_equals = true,
          default_missing_value = "yes", hide_possible_values = true,
          value_parser = clap::builder::BoolishValueParser::new())]
    pub plain: Option<bool>,

    /// Open a new incident
    #[arg(long, conflicts_with = "incident")]
    pub new: bool,
}
