//! `breach roster`, as it is typed.

use std::path::PathBuf;

use clap::Subcommand;

use super::Format;

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
