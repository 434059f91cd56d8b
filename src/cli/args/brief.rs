//! `breach brief`, as it is typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What to tell, to whom.
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Tell what changed since then: `8h`, `2026-11-23 09:00`, or `last` for the last head code
    #[arg(long, value_name = "TIME", default_value = "8h", allow_hyphen_values = true)]
    pub since: String,

    /// Who reads or hears it; decides what is left out
    #[arg(long, value_enum, default_value_t)]
    pub audience: BriefAudience,

    /// Format of the brief
    #[arg(long, value_enum, default_value_t)]
    pub format: BriefFormat,

    /// Write to this new file, which only you can read, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Keep writing the file, as a page for a browser: each minute, and at each entry
    #[arg(long, requires = "out", conflicts_with = "format")]
    pub follow: bool,
}

/// Who is briefed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum BriefAudience {
    /// The responders: everything but what is privileged
    #[default]
    Team,
    /// Management: nothing privileged, no notes, no machines
    Executive,
    /// Counsel: everything
    Counsel,
}

/// A format of the brief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// To read out
    #[default]
    Text,
    /// To paste, with everything from outside escaped
    Markdown,
    /// One page for a browser
    Html,
    /// Versioned JSON
    Json,
}
