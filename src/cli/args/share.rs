//! `breach join` and `breach pack`, as they are typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `breach join`
#[derive(Debug, Args)]
pub struct JoinArgs {
    /// The incident's folder on another disk, or a file that `breach pack` wrote
    pub from: PathBuf,
}

/// `breach pack`
#[derive(Debug, Args)]
pub struct PackArgs {
    /// The file to write, such as `incident.tar.gz`
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// Leave the texts and evidence of these entries out; the log still verifies
    #[arg(long, value_name = "WHAT")]
    pub without: Option<Without>,
}

/// What a pack can leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Without {
    /// What is marked privileged
    Privileged,
}
