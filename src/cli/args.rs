//! The command line as it is typed. Nothing here does anything.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::phase::Phase;

/// Walk a responder through a data breach and keep the record
#[derive(Debug, Parser)]
#[command(
    name = "breach",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Examples:\n  breach contain               open an incident, or go on with it\n  \
                  breach note 'web-03 is off'  write something down\n  \
                  breach status                see what is done and what is owed\n  \
                  breach log verify            check that nothing was altered",
    subcommand_help_heading = "Commands"
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Work on the incident whose name starts with this
    #[arg(long, global = true, value_name = "PREFIX")]
    pub incident: Option<String>,

    /// Your name, for the record; a shared login is nobody
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub name: Option<String>,

    /// Keep incidents in this folder (default: $BREACH_HOME, or the platform's data folder)
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,

    /// Accept a home on a network file system, where a flush may promise more than it keeps
    #[arg(long, global = true)]
    pub allow_network_fs: bool,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Say more of what the program does (can be repeated)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// At a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes it the choice of every stream.
    pub fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Stop the spread: open an incident, or go on containing it
    Contain(WalkArgs),
    /// Learn what was taken, and whose it is
    Scope(WalkArgs),
    /// Tell those who must be told
    Notify(WalkArgs),
    /// Learn what went wrong and what prevents it
    Postmortem(WalkArgs),
    /// Write a note into the log
    Note(NoteArgs),
    /// Set or show what is known
    #[command(subcommand)]
    Fact(FactCommand),
    /// Keep things that prove what happened
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Show what is done, what is next and what is owed
    Status(StatusArgs),
    /// Close the incident
    Close(CloseArgs),
    /// Open a closed incident again
    Reopen(ReopenArgs),
    /// Show, verify and describe the log
    #[command(subcommand)]
    Log(LogCommand),
    /// List, print and check playbooks
    #[command(subcommand)]
    Playbook(PlaybookCommand),
    /// Write shell completions and man pages
    #[command(subcommand)]
    Generate(GenerateCommand),
}

impl Command {
    /// The walk that a command starts, if it starts one.
    pub fn walk(&self) -> Option<(Phase, &WalkArgs)> {
        match self {
            Self::Contain(args) => Some((Phase::Containment, args)),
            Self::Scope(args) => Some((Phase::Scoping, args)),
            Self::Notify(args) => Some((Phase::Notification, args)),
            Self::Postmortem(args) => Some((Phase::PostMortem, args)),
            _ => None,
        }
    }
}

/// How to walk.
#[derive(Debug, Args)]
pub struct WalkArgs {
    /// Follow this playbook: a name or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub playbook: Option<String>,

    /// Look for playbooks in this folder too
    #[arg(long, value_name = "DIR")]
    pub playbooks: Option<PathBuf>,

    /// Change to this playbook; what was done is carried over by step id
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "playbook")]
    pub switch: Option<String>,

    /// Take the answers from this TOML file
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Show what would be asked and run; write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Rehearse: every entry is marked, no changing command runs
    #[arg(long)]
    pub drill: bool,

    /// Open another incident
    #[arg(long, conflicts_with = "incident")]
    pub new: bool,
}

/// What to write down.
#[derive(Debug, Args)]
pub struct NoteArgs {
    /// The text; none or `-` reads standard input
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// When it happened, if not now: 02:40, "yesterday 23:10", 2026-11-23T02:40Z
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Mark the entry as privileged
    #[arg(long)]
    pub privileged: bool,

    /// Keep what looks like a secret or a card number as it is
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
        /// Its value, as the walk would take it
        #[arg(required = true)]
        value: Vec<String>,
        /// Why, or for a determination: on what basis
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
        /// For a determination: who decided
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// For a determination: counsel or commander
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// When it became so, if not now
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
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

/// `breach evidence …`
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Keep a file, standard input (`-`), or a reference to a thing that lies elsewhere
    Add(EvidenceAddArgs),
    /// List what is kept
    List {
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Read everything again and compare its digests
    Verify,
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

    /// Hash the file where it lies instead of copying it
    #[arg(long)]
    pub in_place: bool,

    /// Record a thing that somebody else keeps: aws:snap-0a1b, gs:bucket/object
    #[arg(long = "ref", value_name = "ID")]
    pub reference: Option<String>,

    /// What the reference is: snapshot, image, object
    #[arg(long, value_name = "KIND", requires = "reference")]
    pub kind: Option<String>,

    /// Account that holds it
    #[arg(long, value_name = "ACCOUNT", requires = "reference")]
    pub account: Option<String>,

    /// Region that it lies in
    #[arg(long, value_name = "REGION", requires = "reference")]
    pub region: Option<String>,

    /// Digest as its keeper gives it, with the algorithm: sha256:9f86…
    #[arg(long, value_name = "DIGEST", requires = "reference")]
    pub digest: Option<String>,

    /// What it is, in a few words
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// When it will vanish at its source
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
    /// Close although something is owed or open
    #[arg(long, requires = "reason")]
    pub anyway: bool,

    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Why to reopen.
#[derive(Debug, Args)]
pub struct ReopenArgs {
    /// Why
    #[arg(long, value_name = "TEXT", required = true)]
    pub reason: String,
}

/// `breach log …`
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Show entries
    Show(LogShowArgs),
    /// Check every chain
    Verify {
        /// A chain file or an incident folder elsewhere (default: the incident)
        path: Option<PathBuf>,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Print the JSON Schema of an entry
    Schema,
}

/// Which entries to show.
#[derive(Debug, Args)]
pub struct LogShowArgs {
    /// Only this kind (can be repeated)
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,

    /// Only entries of steps whose address contains this
    #[arg(long, value_name = "TEXT")]
    pub step: Option<String>,

    /// Only entries by this person or account
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// Only entries written since: 02:40, "3h ago", 2026-11-23
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Wait for more
    #[arg(short, long)]
    pub follow: bool,

    /// Text for people, or the lines as they are
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `breach playbook …`
#[derive(Debug, Subcommand)]
pub enum PlaybookCommand {
    /// List the playbooks that can be walked
    List {
        /// Look for playbooks in this folder too
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Print a playbook
    Show {
        /// A name (`web-skimming`, `scoping/generic`) or a file
        playbook: String,
        /// Look for playbooks in this folder too
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
        /// The plan as a binder to print, or the TOML as it is
        #[arg(long, value_enum, default_value_t)]
        format: PlaybookFormat,
    },
    /// Find every mistake in playbooks; the built-in ones without a path
    Check {
        /// Files or folders
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
}

/// `breach generate …`
#[derive(Debug, Subcommand)]
pub enum GenerateCommand {
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, or write one for each command into a folder
    Man {
        /// The folder
        dir: Option<PathBuf>,
    },
}

/// A format of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// Versioned JSON
    Json,
}

/// A format of a playbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PlaybookFormat {
    /// A binder to print and work from
    #[default]
    Markdown,
    /// The file as it is
    Toml,
}
