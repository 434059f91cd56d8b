//! `breach export` and `breach import`, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Privilege, ReaderArgs, ReportTlp};

/// Which format, for whom.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Format of the export
    #[arg(value_enum)]
    pub format: ExportFormat,

    /// Who will read it.
    #[command(flatten)]
    pub reader: ReaderArgs,

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
        /// The zone of times that say none, such as Europe/Berlin (default: UTC)
        #[arg(long, value_name = "ZONE", value_parser = zone)]
        zone: Option<chrono_tz::Tz>,
        /// Leave out rows with a mistake, and say which and why
        #[arg(long)]
        skip_bad: bool,
        /// Whether every entry is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Import a chat export or notes from paper as late notes; a message is never imported twice
    Notes(NotesArgs),
}

/// `breach import notes`
#[derive(Debug, Args)]
pub struct NotesArgs {
    /// A Slack, Teams, Mattermost or Matrix export, a chat as text, CSV, or lines that start with a time
    pub file: PathBuf,

    /// The zone of times that say none, such as Europe/Berlin (default: this machine's)
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub zone: Option<chrono_tz::Tz>,

    /// How days such as 03/04/2026 are written
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<DateOrder>,

    /// The day of lines that give only a time of day
    #[arg(long, value_name = "DATE")]
    pub day: Option<chrono::NaiveDate>,

    /// Only messages from then on
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Only messages until then
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,

    /// Whether every entry is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// Which part of a numeric date comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// The day: 23/11/2026
    DayFirst,
    /// The month: 11/23/2026
    MonthFirst,
}

fn zone(text: &str) -> Result<chrono_tz::Tz, &'static str> {
    text.parse().map_err(|_| "it is no time zone; write it as Europe/Berlin")
}
