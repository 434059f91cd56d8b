//! `breach report`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::incident::event::SignedAs;
use crate::report::{Audience, Tlp};

/// Which report, for whom.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReportArgs {
    /// What else is done with it
    #[command(subcommand)]
    pub command: Option<ReportCommand>,

    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Who will read it.
    #[command(flatten)]
    pub reader: ReaderArgs,

    /// Who may receive it, by the Traffic Light Protocol 2.0
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    pub tlp: ReportTlp,

    /// Write to this new file, which only you can read, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Fill in your own Jinja template with the values in the JSON, escaped for `.html` or `.md`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "all"])]
    pub template: Option<PathBuf>,

    /// As the log stood when this code was given: the same bytes again
    #[arg(long, value_name = "CODE", conflicts_with = "all")]
    pub at_head: Option<String>,

    /// Compare all incidents in the home: times by kind and quarter, open and overdue action items
    #[arg(long, conflicts_with = "duty")]
    pub all: bool,

    /// Print the JSON Schema of the report instead, or with --all of the comparison
    #[arg(long, conflicts_with_all = ["format", "audience", "duty", "tlp", "out", "template"])]
    pub schema: bool,
}

/// Who reads what is handed out.
#[derive(Debug, Args)]
pub struct ReaderArgs {
    /// Who will read it; decides which names, notes and privileged entries are left out
    #[arg(long, value_enum, default_value_t)]
    pub audience: ReportAudience,

    /// Of the authorities, only the one that this duty is owed to; goes with --audience regulator
    #[arg(long = "for", value_name = "DUTY")]
    pub duty: Option<String>,
}

/// `breach report …`
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Sign the report for an audience, as the log stands; prints the code to make it again
    SignOff {
        /// As what you sign
        #[arg(value_enum)]
        role: SignRole,
        /// Sign the report as the log stood when this code was given
        #[arg(long, value_name = "CODE")]
        at_head: Option<String>,
        /// Whose report.
        #[command(flatten)]
        reader: ReaderArgs,
    },
}

/// As what somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignRole {
    /// You wrote it
    Prepared,
    /// You read it against the record
    Reviewed,
    /// You answer for it
    Approved,
}

impl From<SignRole> for SignedAs {
    fn from(role: SignRole) -> Self {
        match role {
            SignRole::Prepared => Self::Prepared,
            SignRole::Reviewed => Self::Reviewed,
            SignRole::Approved => Self::Approved,
        }
    }
}

/// A format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal
    #[default]
    Text,
    /// Markdown, with everything from outside escaped
    Markdown,
    /// One file with figures, to read in a browser or print
    Html,
    /// A Word document, to edit and to file
    Docx,
    /// Versioned JSON: all of it
    Json,
}

/// An audience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportAudience {
    /// The responders: everything
    #[default]
    Internal,
    /// Management: nothing privileged, no notes
    Executive,
    /// The board: five slides, with the cost; no reasons, no recipients
    Board,
    /// An authority: no names, no internal notes, no lessons
    Regulator,
    /// Everyone: the account in `notice_account`, the numbers, what was done; empty until it is recorded
    Public,
}

/// A label of the Traffic Light Protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportTlp {
    /// The recipients only
    Red,
    /// Your organisation only
    #[value(name = "amber+strict")]
    AmberStrict,
    /// Your organisation and its clients
    #[default]
    Amber,
    /// Your community
    Green,
    /// Everyone
    Clear,
}

impl From<ReportAudience> for Audience {
    fn from(audience: ReportAudience) -> Self {
        Self::ALL[audience as usize]
    }
}

impl From<ReportTlp> for Tlp {
    fn from(tlp: ReportTlp) -> Self {
        [Self::Red, Self::AmberStrict, Self::Amber, Self::Green, Self::Clear][tlp as usize]
    }
}
