//! `breach sync`, as it is typed.

use clap::{Args, Subcommand};

use super::{Format, Without};

/// `breach sync …`
#[derive(Debug, Subcommand)]
pub enum SyncCommand {
    /// Copy what the store does not have yet
    Push(PushArgs),
    /// Join what others pushed
    Pull(StoreArgs),
    /// Show what is not in the store yet, and what is there and not here
    Status(StatusOfStoreArgs),
    /// Compare everything in the store with what is here, and with its older versions
    Verify(VerifyStoreArgs),
    /// Print the settings that let responders add to a bucket, and take nothing away
    Policy {
        /// `rclone:REMOTE:BUCKET`
        store: String,
    },
}

/// A store, and whether it may be new.
#[derive(Debug, Args)]
pub struct StoreArgs {
    /// A folder, or `rclone:REMOTE:PATH`
    pub store: String,
    /// Use a store that was never used here, without asking
    #[arg(long)]
    pub yes: bool,
}

/// `breach sync push`
#[derive(Debug, Args)]
pub struct PushArgs {
    /// Where to.
    #[command(flatten)]
    pub of: StoreArgs,
    /// Leave the texts and evidence of these entries out; the log still verifies
    #[arg(long, value_name = "WHAT")]
    pub without: Option<Without>,
    /// First read everything there, and put again what was altered
    #[arg(long, conflicts_with = "follow")]
    pub repair: bool,
    /// Keep running alongside a walk and push new entries and files, until Ctrl-C
    #[arg(long)]
    pub follow: bool,
    /// How long to wait between pushes
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "follow",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub every: u64,
}

/// `breach sync verify`
#[derive(Debug, Args)]
pub struct VerifyStoreArgs {
    /// Where, and how to tell it.
    #[command(flatten)]
    pub status: StatusOfStoreArgs,
    /// Read evidence too, which is otherwise compared by its length
    #[arg(long)]
    pub evidence: bool,
}

/// `breach sync status`
#[derive(Debug, Args)]
pub struct StatusOfStoreArgs {
    /// Where.
    #[command(flatten)]
    pub of: StoreArgs,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
