//! `breach evidence`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, Privilege};

/// `breach evidence …`
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Keep a file, standard input (`-`), or a reference to something kept elsewhere
    Add(Box<EvidenceAddArgs>),
    /// List what is kept
    List {
        /// Print a chain-of-custody form for each exhibit, to sign at each hand-over
        #[arg(long, conflicts_with = "format")]
        form: bool,

        /// Print the forms of these exhibits only
        #[arg(value_name = "EXHIBIT", requires = "form")]
        exhibits: Vec<String>,

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

    /// The step that asks for it: its id, or PHASE/ID
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,

    /// The item of the step it is for
    #[arg(long, value_name = "ITEM", requires = "step")]
    pub item: Option<String>,

    /// Which of the step's evidence this is, if the step asks for several
    #[arg(long, value_name = "ID", requires = "step")]
    pub wanted: Option<String>,

    /// When its source will delete it: "in 3 days", 04:00 (the next one), 2027-01-01
    #[arg(long, value_name = "TIME")]
    pub expires_at: Option<String>,

    /// When it was taken, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
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
