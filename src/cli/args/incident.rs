//! `breach incident`, as it is typed.

use clap::Subcommand;

use super::{Format, words};

/// `breach incident …`
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// List every incident in the home, open and closed
    List {
        /// List archived ones, too
        #[arg(long)]
        all: bool,
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
    /// Put a closed incident away: no command offers it any more, and nothing of it is lost
    Archive {
        /// The start of its name
        name: String,
        /// Take it back out of the archive
        #[arg(long)]
        undo: bool,
    },
    /// Give the incident another title
    Title {
        /// What it is called from now on
        #[arg(required = true, value_parser = words)]
        text: Vec<String>,
    },
}
