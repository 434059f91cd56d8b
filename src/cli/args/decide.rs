//! `breach decide`, as it is typed.

use clap::Args;

use super::Privilege;

/// What was decided.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// A determination by its fact, a step that decides something, or any name such as pay-ransom
    pub name: String,

    /// What was decided: a value, an option or its number, or words
    #[arg(required = true)]
    pub what: Vec<String>,

    /// Who decided
    #[arg(long, value_name = "NAME", value_parser = super::person)]
    pub by: String,

    /// In which role: counsel, commander, executive, or any other such as CISO or board
    #[arg(long, value_name = "ROLE")]
    pub role: String,

    /// On what basis
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub basis: String,

    /// What was asked
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub question: Option<String>,

    /// What could have been decided (can be repeated)
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub option: Vec<String>,

    /// Who disagreed, and why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub dissent: Option<String>,

    /// When to look at it again: "in 2 days", 09:00 (the next one), 2026-12-01
    #[arg(long, value_name = "TIME")]
    pub review_at: Option<String>,

    /// When it was decided, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
