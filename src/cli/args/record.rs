//! The commands that write to the record and show its state, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Format;

/// What to write down.
#[derive(Debug, Args)]
pub struct NoteArgs {
    /// The text; omit it or write `-` to read standard input
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// When it happened, if not now: 02:40, "yesterday 23:10", 2026-11-23T02:40Z
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Mark the entry as privileged
    #[arg(long)]
    pub privileged: bool,

    /// Do not mask what looks like a secret or a card number
    #[arg(long)]
    pub verbatim: bool,
}

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
        /// For a determination: counsel or commander
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// When it became true, if not now
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
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

/// `breach evidence …`
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum EvidenceCommand {
    /// Keep a file, standard input (`-`), or a reference to something kept elsewhere
    Add(EvidenceAddArgs),
    /// List what is kept
    List {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Read everything again and compare the digests
    Verify {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// What to keep.
#[derive(Debug, Args)]
pub struct EvidenceAddArgs {
    /// The file; `-` reads standard input
    #[arg(
        value_name = "PATH",
        required_unless_present = "reference",
        conflicts_with = "reference"
    )]
    pub path: Option<PathBuf>,

    /// Hash the file where it is instead of copying it
    #[arg(long, conflicts_with = "reference")]
    pub in_place: bool,

    /// Record something kept elsewhere: aws:snap-0a1b, gs:bucket/object
    #[arg(long = "ref", value_name = "ID", value_parser = reference)]
    pub reference: Option<String>,

    /// What the reference is: snapshot, image, object
    #[arg(long, value_name = "KIND", requires = "reference", conflicts_with = "path")]
    pub kind: Option<String>,

    /// Account that holds it
    #[arg(long, value_name = "ACCOUNT", requires = "reference", conflicts_with = "path")]
    pub account: Option<String>,

    /// Region it is in
    #[arg(long, value_name = "REGION", requires = "reference", conflicts_with = "path")]
    pub region: Option<String>,

    /// Digest reported by whoever keeps it, with the algorithm: sha256:9f86…
    #[arg(
        long,
        value_name = "DIGEST",
        requires = "reference",
        conflicts_with = "path",
        value_parser = digest
    )]
    pub digest: Option<String>,

    /// What it is, in a few words
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub title: Option<String>,

    /// When its source will delete it: "in 3 days", 04:00 (the next one), 2027-01-01
    #[arg(long, value_name = "TIME")]
    pub expires_at: Option<String>,

    /// When it was taken, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// How to show the state.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How to close.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// Close even if something is still owed or open
    #[arg(long, requires = "reason")]
    pub anyway: bool,

    /// Why
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub reason: Option<String>,
}

/// Why to reopen.
#[derive(Debug, Args)]
pub struct ReopenArgs {
    /// Why
    #[arg(long, value_name = "TEXT", required = true, value_parser = super::said)]
    pub reason: String,
}

/// `aws:snap-0a1b`: who keeps it, and what it is called there.
fn reference(text: &str) -> Result<String, &'static str> {
    let text = super::words(text)?;
    let named = text
        .split_once(':')
        .is_some_and(|(keeper, id)| crate::id::is_kebab(keeper) && !id.trim().is_empty());
    if named { Ok(text) } else { Err("write where it is kept and its name there: aws:snap-0a1b") }
}

/// `sha256:9f86…`: an algorithm, and a digest in hexadecimal or base64.
fn digest(text: &str) -> Result<String, &'static str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let is_digest = |c: char| c.is_ascii_alphanumeric() || "+/=-_".contains(c);
    let good = text.split_once(':').is_some_and(|(algorithm, digest)| {
        !algorithm.is_empty()
            && !digest.is_empty()
            && algorithm.chars().all(is_part)
            && digest.chars().all(is_digest)
    });
    if good { Ok(text.to_owned()) } else { Err("start with the algorithm: sha256:9f86…") }
}
