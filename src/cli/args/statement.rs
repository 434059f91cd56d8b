//! `breach statement`, as it is typed.

use clap::Args;

use super::DraftFormat;

/// Which update of the status page.
#[derive(Debug, Args)]
pub struct StatementArgs {
    /// Print this earlier update again
    #[arg(long, value_name = "NUMBER", conflicts_with = "keep")]
    pub update: Option<usize>,

    /// Record the text as the next update; without it, the text is only shown
    #[arg(long)]
    pub keep: bool,

    /// Format of the text
    #[arg(long, value_enum, default_value_t)]
    pub format: DraftFormat,
}
