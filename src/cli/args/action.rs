//! `breach action`, as it is typed.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Format, person, words};

/// `breach action …`
#[derive(Debug, Subcommand)]
pub enum ActionCommand {
    /// Write down what will be done, by whom, by when
    Add {
        /// What will be done
        #[arg(required = true, value_parser = words)]
        text: Vec<String>,
        /// Whose, by when, where
        #[command(flatten)]
        more: ActionMore,
    },
    /// Give it another owner, day or link
    Set {
        /// Name of the item, or its beginning
        id: String,
        /// Whose, by when, where
        #[command(flatten)]
        more: ActionMore,
    },
    /// Record that it is done
    Done {
        /// Name of the item, or its beginning
        id: String,
        /// What proves it: a change, a page
        #[arg(long, value_name = "TEXT", value_parser = words)]
        link: Option<String>,
        /// How it was done
        #[arg(long, value_name = "TEXT", value_parser = words)]
        how: Option<String>,
    },
    /// Record that nobody will do it
    Drop {
        /// Name of the item, or its beginning
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = words)]
        reason: String,
    },
    /// Take back that it is done or dropped
    Reopen {
        /// Name of the item, or its beginning
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = words)]
        reason: String,
    },
    /// List what is open, what is due first at the top
    List {
        /// What is done and dropped, too
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
    /// Whose it is
    #[arg(long, value_name = "NAME", value_parser = person)]
    pub owner: Option<String>,

    /// The last day, such as 2026-12-15
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub due: Option<NaiveDate>,

    /// Where it is worked on: a ticket, a page
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub link: Option<String>,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.trim().parse().map_err(|_| "write the day as 2026-12-15")
}
