//! `breach forget`, as it is typed.

use clap::Args;

/// What to destroy, and why.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The entry: its number, `CHAIN/NUMBER`, its id, or the name of an exhibit
    #[arg(value_name = "ENTRY", value_parser = super::words)]
    pub entry: String,

    /// Why; needed unless the entry is forgotten already and something of it is still here
    #[arg(long, value_name = "WHY", value_parser = super::said)]
    pub reason: Option<String>,

    /// The law or the contract that it is based on
    #[arg(long, value_name = "LAW", value_parser = super::said)]
    pub basis: Option<String>,
}
