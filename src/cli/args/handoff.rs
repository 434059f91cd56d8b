//! `breach handoff`, as it is typed.

use clap::{Args, ValueEnum};

use super::Privilege;

/// To whom, or who takes it.
#[derive(Debug, Args)]
pub struct HandoffArgs {
    /// Hand the work over to this person, who begins the next walk with the page
    #[arg(long, value_name = "NAME", value_parser = super::person, required_unless_present_any = ["accept", "show"])]
    pub to: Option<String>,

    /// Accept what was handed over to you, under your own name
    #[arg(long, conflicts_with = "to")]
    pub accept: bool,

    /// Show the page and record nothing
    #[arg(long, conflicts_with_all = ["to", "accept"])]
    pub show: bool,

    /// What the next person should know
    #[arg(long, value_name = "TEXT", value_parser = super::said, requires = "to")]
    pub note: Option<String>,

    /// Format of the page
    #[arg(long, value_enum, default_value_t)]
    pub format: HandoffFormat,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// A format of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum HandoffFormat {
    /// To read out and to sign
    #[default]
    Text,
    /// To paste, with everything from outside escaped
    Markdown,
    /// Versioned JSON
    Json,
}
