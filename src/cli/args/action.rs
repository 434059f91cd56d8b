//! `breach action`, as it is typed.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Format, Privilege, person, words};

/// `breach action …`
#[derive(Debug, Subcommand)]
pub enum ActionCommand {
    /// Write down what will be done, who does it and by when
    Add {
        /// What will be done
        #[arg(required = true, value_parser = words)]
        text: Vec<String>,
        /// Whose, by when, where
        #[command(flatten)]
        more: ActionMore,
    },
    /// Change its owner, due date or link
    Set {
        /// Id of the item, or the start of it
        id: String,
        /// Whose, by when, where
        #[command(flatten)]
        more: ActionMore,
    },
    /// Record that it is done
    Done {
        /// Id of the item, or the start of it
        id: String,
        /// What proves it, such as a change or a page
        #[arg(long, value_name = "TEXT", value_parser = words)]
        link: Option<String>,
        /// How it was done
        #[arg(long, value_name = "TEXT", value_parser = words)]
        how: Option<String>,
        /// When it was done, if not now
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Record that it will not be done
    Drop {
        /// Id of the item, or the start of it
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = words)]
        reason: String,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Reopen an item that was done or dropped
    Reopen {
        /// Id of the item, or the start of it
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = words)]
        reason: String,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// List open items, the earliest due date first
    List {
        /// Include items that are done or dropped
        #[arg(long)]
        all: bool,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// What an item has besides its text.
#[derive(Debug, Args)]
pub struct ActionMore {
    /// Who owns it
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub owner: Option<String>,

    /// The due date, such as 2026-12-15
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub due: Option<NaiveDate>,

    /// Where the work is tracked, such as a ticket or a page
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub link: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.trim().parse().map_err(|_| "write the day as 2026-12-15")
}
