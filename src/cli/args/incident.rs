//! `breach incident`, as it is typed.

use clap::{Subcommand, ValueEnum};

use super::{Format, Privilege, said, words};

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
    /// Record how two incidents belong together, in both
    Link {
        /// The start of the name of one
        one: String,
        /// The start of the name of the other
        other: String,
        /// How the first belongs with the other
        #[arg(long, value_enum)]
        kind: LinkKind,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = said)]
        reason: Option<String>,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Give the incident another title
    Title {
        /// What it is called from now on
        #[arg(required = true, value_parser = words)]
        text: Vec<String>,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
}

/// How one incident belongs with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinkKind {
    /// They have something in common
    Related,
    /// It is the same as the other, which goes on
    Duplicate,
    /// It was split off the other
    Split,
}

impl From<LinkKind> for crate::incident::event::LinkedAs {
    fn from(kind: LinkKind) -> Self {
        match kind {
            LinkKind::Related => Self::Related,
            LinkKind::Duplicate => Self::Duplicate,
            LinkKind::Split => Self::Split,
        }
    }
}
