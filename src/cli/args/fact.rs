//! `breach fact`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, Privilege};

/// `breach fact …`
#[derive(Debug, Subcommand)]
pub enum FactCommand {
    /// Set a fact; `unknown` is a value
    Set {
        /// Name of the fact
        name: String,
        /// Its value, as you would type it in the walk
        #[arg(required = true)]
        value: Vec<String>,
        /// Why, or for a determination: on what basis
        #[arg(long, value_name = "TEXT", value_parser = super::said)]
        why: Option<String>,
        /// For a determination: who decided
        #[arg(long, value_name = "NAME", value_parser = super::person)]
        by: Option<String>,
        /// For a determination: counsel, commander, or any other role such as CISO or board
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// When it became true, if not now
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Replace a list, even if that drops items
        #[arg(long)]
        replace: bool,
        /// Whether it is marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Add items to a list
    Add(EditArgs),
    /// Take items off a list
    Remove(EditArgs),
    /// Import a table into one fact, all or nothing
    Import {
        /// What the table contains
        #[arg(value_enum)]
        what: Imported,
        /// A CSV file with the columns `jurisdiction` and `count`
        file: PathBuf,
        /// How to read two-letter codes that can be a country or a US state
        #[arg(long, value_enum, value_name = "KIND")]
        codes: Option<Codes>,
        /// Where the numbers come from
        #[arg(long, value_name = "TEXT", value_parser = super::said)]
        why: Option<String>,
    },
    /// Show what is known, or one fact with its history
    Show {
        /// Name of the fact
        name: Option<String>,
        /// List every fact that can be set
        #[arg(long)]
        all: bool,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// `breach fact add`, `breach fact remove`
#[derive(Debug, Args)]
pub struct EditArgs {
    /// Name of the fact
    pub name: String,
    /// The items; commas separate them, too
    #[arg(required = true)]
    pub items: Vec<String>,
    /// Why, or how you know
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub why: Option<String>,
    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// A table that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Imported {
    /// How many people are affected in each jurisdiction: the fact `people_affected`
    People,
}

/// What a bare code of two letters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Codes {
    /// A country: `CA` is Canada
    Countries,
    /// A state of the US: `CA` is California
    UsStates,
}

impl From<Codes> for crate::fact::Codes {
    fn from(codes: Codes) -> Self {
        match codes {
            Codes::Countries => Self::Countries,
            Codes::UsStates => Self::UsStates,
        }
    }
}
