//! What is decided of a duty, or asked by its recipient, as it is typed.

use std::path::PathBuf;

use clap::Args;

use super::{Privilege, words};

/// A decision not to notify.
#[derive(Debug, Args)]
pub struct WaiveArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who decided
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// Why, and on what evidence
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When it was decided, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// A decision that is taken back.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who withdrew it
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// Why, and on what evidence
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When it was withdrawn, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// A question of a recipient.
#[derive(Debug, Args)]
pub struct AskedArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who asked
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// What was asked
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file, the question itself, as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When the question came, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// When the answer is due
    #[arg(long, visible_alias = "due", value_name = "TIME")]
    pub until: String,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// An answer to a recipient.
#[derive(Debug, Args)]
pub struct AnsweredArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who answered
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// What was answered
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file, the answer itself, as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When it was answered, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// A request to wait.
#[derive(Debug, Args)]
pub struct DelayArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// Who asked to wait
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub by: String,

    /// Why
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reason: String,

    /// Keep this file, the request itself, as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// When the request came, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// When the delay ends
    #[arg(long, visible_alias = "due", value_name = "TIME")]
    pub until: String,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}
