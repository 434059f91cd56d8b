//! `breach conflicts`, as it is typed.

use clap::{Args, Subcommand};

use super::{Format, Privilege};

/// `breach conflicts`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ConflictsArgs {
    /// What to do with a conflict; nothing lists them.
    #[command(subcommand)]
    pub command: Option<ConflictsCommand>,

    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `breach conflicts …`
#[derive(Debug, Subcommand)]
pub enum ConflictsCommand {
    /// Settle a conflict: say which one holds, or what else does
    Settle(SettleArgs),
}

/// `breach conflicts settle`
#[derive(Debug, Args)]
pub struct SettleArgs {
    /// Number of the conflict, as `breach conflicts` lists it
    pub conflict: usize,
    /// Which of its entries holds, by its number in the list
    #[arg(long, value_name = "NUMBER", required_unless_present = "value")]
    pub take: Option<usize>,
    /// Of a fact: its value, where it is none of those
    #[arg(long, value_name = "VALUE", conflicts_with = "take")]
    pub value: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub why: Option<String>,
    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
