//! `breach log`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Format, ReaderArgs};

/// `breach log …`
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Show entries
    Show(LogShowArgs),
    /// Check every chain
    Verify {
        /// A chain file or an incident folder elsewhere (default: the incident)
        path: Option<PathBuf>,
        /// A code that you wrote down: prove the log up to there
        #[arg(long, value_name = "CODE")]
        head: Option<String>,
        /// Compare the files of evidence, too
        #[arg(long)]
        evidence: bool,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Hand out entries as they come, as somebody outside may read them; until the incident is closed
    Follow(LogFollowArgs),
    /// Print the JSON Schema of an entry
    Schema,
}

/// Which entries to show.
#[derive(Debug, Args)]
pub struct LogShowArgs {
    /// Only this kind (can be repeated)
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,

    /// Only entries for steps whose address contains this
    #[arg(long, value_name = "TEXT")]
    pub step: Option<String>,

    /// Only entries by this person or account
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// Only entries written since: 02:40, "3h ago", 2026-11-23
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Wait for new entries
    #[arg(short, long)]
    pub follow: bool,

    /// Show only the lines that do not verify, exactly as stored; trust none of them
    #[arg(long, conflicts_with_all = ["kind", "step", "by", "since", "follow"])]
    pub unverified: bool,

    /// Text for people, or the lines exactly as stored
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `breach log follow`
#[derive(Debug, Args)]
pub struct LogFollowArgs {
    /// Who will read it.
    #[command(flatten)]
    pub reader: ReaderArgs,

    /// Format of the stream
    #[arg(long, value_enum, default_value_t)]
    pub format: StreamFormat,

    /// Only entries written since: 02:40, "3h ago", 2026-11-23; `now` for those to come
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Hand out what there is, and end
    #[arg(long)]
    pub once: bool,
}

/// A format of a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StreamFormat {
    /// One JSON object a line
    #[default]
    Jsonl,
}
