//! A decision about a duty, or a question from its recipient, as it is typed.

use std::path::PathBuf;

use clap::Args;

use super::{Privilege, words};

/// What every such command takes. The commands put their own words to `--by` and `--reason`.
#[derive(Debug, Args)]
pub struct RulingArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who decided
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// Why, and on what evidence
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When it happened, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// The same with a deadline.
#[derive(Debug, Args)]
pub struct UntilArgs {
    /// What was asked.
    #[command(flatten)]
    pub ruling: RulingArgs,

    /// When the answer is due
    #[arg(long, visible_alias = "due", value_name = "TIME")]
    pub until: String,
}
