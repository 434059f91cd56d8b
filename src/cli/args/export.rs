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

    /// Who will read it; decides which names, notes and privileged entries are left out
    #[arg(long, value_enum, default_value_t)]
    pub audience: ReportAudience,

    /// Who may receive it (Traffic Light Protocol), if the format can say so
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
    /// The incident in VERIS 1.4.1 vocabulary
    Veris,
    /// A STIX 2.1 bundle
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
    /// Import a timeline as late notes, all or nothing; a row is never imported twice
    Timeline {
        /// A timeline or a log, CSV or JSON; `breach help exporting` names those it reads
        file: PathBuf,
        /// Leave out rows with a mistake, and say which and why
        #[arg(long)]
        skip_bad: bool,
        /// Mark every entry as privileged
        #[arg(long)]
        privileged: bool,
    },
}
