//! `breach report`, as it is typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::report::{Audience, Tlp};

/// Which report, for whom.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,

    /// Reader; controls names, notes and entries marked privileged
    #[arg(long, value_enum, default_value_t)]
    pub audience: ReportAudience,

    /// With whom it may be shared, by the Traffic Light Protocol 2.0
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    pub tlp: ReportTlp,

    /// Write it to this new file, readable by you alone, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Fill this template of yours: Jinja over the value that JSON shows, escaped for `.html` or `.md`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "all"])]
    pub template: Option<PathBuf>,

    /// All incidents of the home side by side: medians, quartiles, open action items
    #[arg(long)]
    pub all: bool,

    /// Print the JSON Schema of the report instead; with --all, of that one
    #[arg(long, conflicts_with_all = ["format", "audience", "tlp", "out", "template"])]
    pub schema: bool,
}

/// A format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a terminal
    #[default]
    Text,
    /// Markdown, everything foreign escaped
    Markdown,
    /// One file for a browser and for paper, with figures
    Html,
    /// Versioned JSON: all of it
    Json,
}

/// An audience.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportAudience {
    /// Those who responded: everything
    #[default]
    Internal,
    /// Those who lead: nothing privileged, no notes
    Executive,
    /// An authority: no names, no internal notes, no lessons
    Regulator,
    /// Everybody: what happened, the numbers, what was done
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
    /// Everybody
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
