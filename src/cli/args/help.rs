//! `breach help`, as it is typed.

use clap::{Args, ValueEnum};

/// What to explain, and how.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A topic (`conditions`) or a command (`evidence add`); omit to list both
    #[arg(value_name = "TOPIC|COMMAND")]
    pub what: Vec<String>,

    /// Format of the text
    #[arg(long, value_enum, default_value_t)]
    pub format: HelpFormat,
}

/// A format of help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum HelpFormat {
    /// For a terminal
    #[default]
    Text,
    /// Markdown
    Markdown,
}
