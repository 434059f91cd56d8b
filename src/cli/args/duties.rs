//! `breach duties`, as it is typed.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::ruling::{RulingArgs, UntilArgs};
use super::{Format, words};
use crate::incident::event::NoticeKind;

/// Which duties to show, and how.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct DutiesArgs {
    /// What to record of a duty; nothing shows them.
    #[command(subcommand)]
    pub record: Option<DutyCommand>,

    /// Try a value without recording it: `aware=2026-11-23 03:00` (can be repeated)
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,

    /// Show what applies at this time, not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Exit with 5 if a deadline has passed, or may have passed
    #[arg(long)]
    pub check: bool,

    /// Show one table for each kind of recipient
    #[arg(long)]
    pub by_recipient: bool,

    /// Also show what is not owed, and why
    #[arg(long)]
    pub all: bool,

    /// Show the rule, facts, arithmetic and source of one duty
    #[arg(long, value_name = "DUTY")]
    pub explain: Option<String>,

    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: DutiesFormat,
}

/// A format of duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DutiesFormat {
    /// For people
    #[default]
    Text,
    /// Versioned JSON, instants in UTC
    Json,
    /// Comma-separated values
    Csv,
    /// A calendar with alarms (RFC 5545)
    Ical,
}

/// `breach duties …`
#[derive(Debug, Subcommand)]
pub enum DutyCommand {
    /// Draft a notice from the facts, with every gap marked
    Draft(DraftArgs),
    /// Answer the form of an authority from the facts, under its headings
    Form(FormArgs),
    /// Write one letter to each person of a list
    Letters(LettersArgs),
    /// Record that a notice was sent, in full or in part
    Sent(SentArgs),
    /// Record the decision not to notify
    Waive(RulingArgs),
    /// Withdraw a waiver or a request to wait
    #[command(mut_arg("by", |by| by.help("Who withdrew it")))]
    Resume(RulingArgs),
    /// Record a question from an authority, with its deadline
    #[command(mut_arg("by", |by| by.help("Who asked")))]
    #[command(mut_arg("reason", |reason| reason.help("What was asked")))]
    Asked(UntilArgs),
    /// Record that you answered an authority's question
    #[command(mut_arg("by", |by| by.help("Who answered")))]
    #[command(mut_arg("reason", |reason| reason.help("What was answered")))]
    Answered(RulingArgs),
    /// Record a request to wait, and until when
    #[command(mut_arg("by", |by| by.help("Who asked to wait")))]
    #[command(mut_arg("reason", |reason| reason.help("Why")))]
    #[command(mut_arg("until", |until| until.help("When the delay ends")))]
    Delay(UntilArgs),
}

/// What to draft.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The duty, or a reader no duty covers: staff, media, law-enforcement …
    pub duty: String,

    /// Draft the letter to this group only; without it, one to each group
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub group: Option<String>,

    /// What it is written in and made from
    #[command(flatten)]
    pub text: TextArgs,

    /// Format of the text
    #[arg(long, value_enum, default_value_t)]
    pub format: DraftFormat,
}

/// What a notice is written in and made from.
#[derive(Debug, Args)]
pub struct TextArgs {
    /// Write it in this language, not in that of the readers' place: de, es, fr, pt-BR
    #[arg(long, value_name = "LANGUAGE", value_parser = words)]
    pub language: Option<String>,

    /// What you wrote in another language, by fact (can be repeated)
    #[arg(long, value_name = "FILE")]
    pub texts: Vec<PathBuf>,

    /// The language of the texts on record
    #[arg(long, value_name = "LANGUAGE", value_parser = words, default_value = "en")]
    pub recorded_in: String,

    /// Use your own template once (those in `notices/` in the home are always used)
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
}

/// A format of a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DraftFormat {
    /// Markdown
    #[default]
    Markdown,
    /// Plain text
    Text,
}

/// A form to answer.
#[derive(Debug, Args)]
pub struct FormArgs {
    /// The duty: `eu-gdpr.33-1`
    pub duty: String,

    /// The form of this authority, if the facts do not say which is competent: `de-ni`, `uk-ico`
    #[arg(long, value_name = "ID", value_parser = words)]
    pub authority: Option<String>,

    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Letters to write.
#[derive(Debug, Args)]
pub struct LettersArgs {
    /// The duty to tell people: `eu-gdpr.34`, `us-ca.individuals`
    pub duty: String,

    /// A CSV file with a person a row: `id`, `name`, `place`, and what you have of `group`,
    /// `language`, `salutation`, `street`, `street2`, `postcode`, `town`, `region`, `country`, `email`
    #[arg(long, value_name = "FILE")]
    pub people: PathBuf,

    /// Write the letters into this folder, outside every incident; a run that broke off goes on there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// Name and function of the person who signs
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub signed_by: Option<String>,

    /// The day on the letters, if not today
    #[arg(long, value_name = "DAY")]
    pub dated: Option<chrono::NaiveDate>,

    /// What they are written in and made from
    #[command(flatten)]
    pub text: TextArgs,

    /// Write them in a language that no native speaker has read
    #[arg(long)]
    pub unreviewed: bool,

    /// Somebody has looked up what the draft marks with CHECK
    #[arg(long)]
    pub checked: bool,

    /// Format of the letters
    #[arg(long, value_enum, default_value = "text")]
    pub format: DraftFormat,
}

/// What was sent.
#[derive(Debug, Args)]
pub struct SentArgs {
    /// The duties: `eu-gdpr.33-1`, or all open ones that match `us-*.individuals`
    #[arg(required = true, value_name = "DUTY")]
    pub duties: Vec<String>,

    /// When it was sent, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// What was sent
    #[arg(long, value_enum, default_value_t)]
    pub what: What,

    /// Who it was sent to
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub recipient: Option<String>,

    /// How it was sent: portal, mail, post, website
    #[arg(long, value_name = "WAY", value_parser = words)]
    pub channel: Option<String>,

    /// Reference that the recipient gave you
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub reference: Option<String>,

    /// Keep this file as proof
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,

    /// The folder of the letters that were sent: it says how many people they went to
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sent", "bounced"])]
    pub letters: Option<PathBuf>,

    /// A CSV file with the `id` of every letter that came back
    #[arg(long, value_name = "FILE", requires = "letters")]
    pub returned: Option<PathBuf>,

    /// How many people this batch went to
    #[arg(long, value_name = "N", value_parser = super::number)]
    pub sent: Option<u64>,

    /// How many of these came back
    #[arg(long, value_name = "N", value_parser = super::number)]
    pub bounced: Option<u64>,

    /// How many people are still to be told: 0 means complete; with --sent alone, it is counted from
    /// the people on record
    #[arg(long, value_name = "N", value_parser = super::number)]
    pub remaining: Option<u64>,
}

/// What a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The notice
    #[default]
    Notice,
    /// Adds what was not known before
    Supplement,
    /// Corrects an earlier notice
    Correction,
    /// To the public, instead of to each person
    Substitute,
}

impl From<What> for NoticeKind {
    fn from(what: What) -> Self {
        match what {
            What::Notice => Self::Notice,
            What::Supplement => Self::Supplement,
            What::Correction => Self::Correction,
            What::Substitute => Self::Substitute,
        }
    }
}
