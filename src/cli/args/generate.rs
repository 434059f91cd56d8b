//! `breach generate`, as it is typed.

use std::path::PathBuf;

use clap::Subcommand;

/// `breach generate …`
#[derive(Debug, Subcommand)]
pub enum GenerateCommand {
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, or write one for each command into a folder
    Man {
        /// The folder
        dir: Option<PathBuf>,
    },
}
