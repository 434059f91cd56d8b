//! `breach close` and `breach reopen`, as they are typed.

use clap::Args;

/// How to close.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// Close even if something is still owed or open
    #[arg(long, requires = "reason")]
    pub anyway: bool,

    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub reason: Option<String>,
}

/// Why to reopen.
#[derive(Debug, Args)]
pub struct ReopenArgs {
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::said)]
    pub reason: String,
}
