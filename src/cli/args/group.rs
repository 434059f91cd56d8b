//! `breach group`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, Privilege, said, words};

/// `breach group …`
#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// Describe a group: what its people lost, how many they are, what they are offered
    Add(GroupArgs),
    /// Change what is known of a group; what you leave out stays
    Set(GroupArgs),
    /// Take in many groups from a table, all or nothing
    Import {
        /// A CSV file with the columns `group` and `classes`, and what you have of `people`,
        /// `overlaps`, `offer`, `access` and `published`
        file: PathBuf,
        /// Whether they are marked privileged.
        #[command(flatten)]
        privilege: Privilege,
    },
    /// Show the groups, and how their numbers compare with the people on record
    List {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// A group of people who lost the same.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// Its name, in lower-case words joined by hyphens: `card-payers`
    pub name: String,

    /// The classes of data that these people lost, and no others
    #[arg(long, value_name = "CLASSES", value_parser = words)]
    pub classes: Option<String>,

    /// How many people live where: "DE=1200, US-CA=700"
    #[arg(long, value_name = "PEOPLE", value_parser = words)]
    pub people: Option<String>,

    /// Groups that some of these people belong to as well; `none` if somebody made sure
    #[arg(long, value_name = "GROUPS", value_parser = words)]
    pub overlaps: Option<String>,

    /// What was done with their data, if not what `data_access` says: `copied-likely`
    #[arg(long, value_name = "CHOICE", value_parser = words)]
    pub access: Option<String>,

    /// What became of their data, if not what `data_published` says: `no-sign`
    #[arg(long, value_name = "CHOICE", value_parser = words)]
    pub published: Option<String>,

    /// What help these people are offered
    #[arg(long, value_name = "TEXT", value_parser = said)]
    pub offer: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
