//! `breach close` and `breach reopen`, as they are typed.

use chrono::NaiveDate;
use clap::Args;

use super::Privilege;

/// How to close.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// Close even if something is still owed or open
    #[arg(long, requires = "reason")]
    pub anyway: bool,

    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub reason: Option<String>,

    /// The last day on which the record has to be kept, such as 2032-12-15
    #[arg(long, value_name = "DATE")]
    pub keep_until: Option<NaiveDate>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// Why to reopen.
#[derive(Debug, Args)]
pub struct ReopenArgs {
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::said)]
    pub reason: String,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
