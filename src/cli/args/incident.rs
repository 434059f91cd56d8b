//! `breach incident`, as it is typed.

use clap::Subcommand;

use super::{Format, words};

/// `breach incident …`
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// List every incident in the home, open and closed
    List {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show where one incident stands, even if it is closed
    Show {
        /// The start of its name (default: the open one)
        name: Option<String>,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Give the incident another title
    Title {
        /// What it is called from now on
        #[arg(required = true, value_parser = words)]
        text: Vec<String>,
    },
}
