//! `breach note`, as it is typed.

use clap::Args;

use super::Privilege;

/// What to write down.
#[derive(Debug, Args)]
pub struct NoteArgs {
    /// The text; omit it or write `-` to read standard input
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// When it happened, if not now: 02:40, "yesterday 23:10", 2026-11-23T02:40Z
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,

    /// Keep the text separately from the log, so that `breach forget` can destroy it
    #[arg(long)]
    pub apart: bool,

    /// Do not mask what looks like a secret or a card number
    #[arg(long)]
    pub verbatim: bool,
}
