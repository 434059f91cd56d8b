//! `breach statement`, as it is typed.

use clap::Args;

use super::DraftFormat;

/// Which update of the status page.
#[derive(Debug, Args)]
pub struct StatementArgs {
    /// Print this earlier update again; nothing is recorded
    #[arg(long, value_name = "NUMBER")]
    pub update: Option<usize>,

    /// Format of the text
    #[arg(long, value_enum, default_value_t)]
    pub format: DraftFormat,
}
