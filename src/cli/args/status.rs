//! `breach status`, as it is typed.

use clap::Args;

use super::Format;

/// How to show the state.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
