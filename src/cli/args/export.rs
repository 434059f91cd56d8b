//! `breach export` and `breach import`, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ReportAudience, ReportTlp};

/// Which format, for whom.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Format of the export
    #[arg(value_enum)]
    pub format: ExportFormat,

    /// Reader; controls names, notes and entries marked privileged
    #[arg(long, value_enum, default_value_t)]
    pub audience: ReportAudience,

    /// With whom it may be shared, where the format can say so
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    pub tlp: ReportTlp,
}

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The timeline for Timesketch, as JSON lines
    TimesketchJsonl,
    /// The timeline for Timesketch, as CSV
    TimesketchCsv,
    /// The incident in the vocabulary of VERIS 1.4.1
    Veris,
    /// A bundle of STIX 2.1
    Stix,
    /// The timeline for a spreadsheet
    Csv,
    /// Open deadlines, action items and checks as a calendar
    Ical,
    /// Phases and timeline as Mermaid diagrams in Markdown
    Mermaid,
}

/// `breach import …`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Append a timeline as late notes; all or nothing
    Timeline {
        /// A timeline of Timesketch: CSV or JSON lines
        file: PathBuf,
        /// Mark every entry as privileged
        #[arg(long)]
        privileged: bool,
    },
}
