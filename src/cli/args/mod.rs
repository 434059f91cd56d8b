//! The command line as it is typed. Nothing here does anything.

mod action;
mod brief;
mod check;
mod close;
mod conflicts;
mod decide;
mod duties;
mod evidence;
mod export;
mod fact;
mod forget;
mod generate;
mod group;
mod handoff;
mod help;
mod incident;
mod log;
mod next;
mod note;
mod paper;
mod plan;
mod playbook;
mod prepare;
mod privilege;
mod report;
mod roster;
mod ruling;
mod share;
mod statement;
mod status;
mod step;
mod sync;
mod undo;
mod walk;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::escape;
use crate::fact::{Basis, Count};
use crate::phase::Phase;

pub use action::{ActionCommand, ActionMore};
pub use brief::{BriefArgs, BriefAudience, BriefFormat};
pub use check::{CheckArgs, FailOn};
pub use close::{CloseArgs, ReopenArgs};
pub use conflicts::{ConflictsArgs, ConflictsCommand, SettleArgs};
pub use decide::DecideArgs;
pub use duties::{
    DraftArgs, DraftFormat, DutiesArgs, DutiesFormat, DutyCommand, FormArgs, LettersArgs, SentArgs,
    TextArgs, What,
};
pub use evidence::{EvidenceAddArgs, EvidenceCommand};
pub use export::{DateOrder, ExportArgs, ExportFormat, ImportCommand, NotesArgs};
pub use fact::{Codes, EditArgs, FactCommand, Imported};
pub use forget::ForgetArgs;
pub use generate::GenerateCommand;
pub use group::{GroupArgs, GroupCommand};
pub use handoff::{HandoffArgs, HandoffFormat};
pub use help::{HelpArgs, HelpFormat};
pub use incident::{IncidentCommand, LinkKind};
pub use log::{LogCommand, LogFollowArgs, LogShowArgs, StreamFormat};
pub use next::{NextArgs, WorkRole};
pub use note::NoteArgs;
pub use paper::PaperArgs;
pub use plan::{PlanArgs, PlanFormat};
pub use playbook::{FmtArgs, NewArgs, PlaybookCommand, SchemaOf, TestArgs};
pub use prepare::PrepareArgs;
pub use privilege::Privilege;
pub use report::{
    ReaderArgs, ReportArgs, ReportAudience, ReportCommand, ReportFormat, ReportTlp, SignRole,
};
pub use roster::RosterCommand;
pub use ruling::{RulingArgs, UntilArgs};
pub use share::{JoinArgs, PackArgs, Without};
pub use statement::StatementArgs;
pub use status::StatusArgs;
pub use step::{RanArgs, StepArgs, StepOutcome, StepWhy};
pub use sync::{PushArgs, StatusOfStoreArgs, StoreArgs, SyncCommand, VerifyStoreArgs};
pub use undo::UndoArgs;
pub use walk::WalkArgs;

/// Walk a responder through a data breach and keep the record
#[derive(Debug, Parser)]
#[command(
    name = "breach",
    version,
    disable_version_flag = true,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Examples:\n  breach contain               open an incident, or continue one\n  \
                  breach note 'web-03 is off'  write something down\n  breach \
                  status                see what is done and what you still owe\n  breach log \
                  verify            check that nothing was altered",
    subcommand_help_heading = "Commands"
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// Show the version; with `--verbose`, how this program was built
    #[arg(short = 'V', long)]
    pub version: bool,
    /// What to do; nothing says where it stands.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Cli {
    /// Reads the command line.
    ///
    /// # Errors
    /// It asks for help, or is wrong: what to say of it, harmless to a terminal.
    pub fn read() -> Result<Self, clap::Error> {
        Self::try_parse().map_err(|error| {
            let text = error.render().to_string();
            // A message repeats what was typed, which may be a name that somebody else chose.
            let shown = escape::text(&text);
            if shown == text {
                return error;
            }
            clap::Error::raw(error.kind(), shown.trim_start_matches("error: "))
        })
    }
}

/// Commands that are given something to record: alone, or with one of these words.
const GIVEN: [(&str, &[&str]); 16] = [
    ("note", &[]),
    ("step", &[]),
    ("ran", &[]),
    ("decide", &[]),
    ("handoff", &["--note"]),
    ("fact", &["set", "add", "remove", "import"]),
    ("evidence", &["add"]),
    ("group", &["add", "set", "import"]),
    ("action", &["add", "set", "done", "drop", "reopen"]),
    ("duties", &["sent", "waive", "delay", "resume", "asked", "answered"]),
    ("import", &[]),
    ("conflicts", &["settle"]),
    ("incident", &["title"]),
    ("undo", &["--why"]),
    ("close", &["--reason", "--keep-until"]),
    ("reopen", &[]),
];

/// Whether words of a command line, right or wrong, give something to record.
pub fn gives<'w>(words: impl IntoIterator<Item = &'w str>) -> bool {
    let mut words = words.into_iter();
    let of = |word: &str| GIVEN.iter().find(|(command, _)| *command == word);
    let Some((_, given)) = words.by_ref().find_map(of) else { return false };
    let name = |word: &'w str| word.split('=').next().unwrap_or(word);
    given.is_empty() || words.any(|word| given.contains(&name(word)))
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Work on the incident whose name starts with this
    #[arg(long, global = true, value_name = "PREFIX")]
    pub incident: Option<String>,

    /// Your name, for the record; a shared login does not say who you are
    #[arg(id = "as", long = "as", global = true, value_name = "NAME", value_parser = person)]
    pub name: Option<String>,

    /// Keep incidents in this folder (default: `$BREACH_HOME`, or the platform's data folder)
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,

    /// Allow a home on a network file system, where saved data may still get lost
    #[arg(long, global = true)]
    pub allow_network_fs: bool,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Show more of what the program does (can be repeated)
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
    /// Stop the spread: open an incident, or continue containing one
    Contain(WalkArgs),
    /// Find out what was taken and whose it is
    Scope(WalkArgs),
    /// Tell those who must be told
    Notify(WalkArgs),
    /// Learn what went wrong and how to prevent it
    #[command(alias = "post-mortem")]
    Postmortem(WalkArgs),
    /// Review how ready you are, before anything happens
    Prepare(PrepareArgs),
    /// Keep and show the list of who to call
    #[command(subcommand)]
    Roster(RosterCommand),
    /// Print the response plan: who to call and every playbook, as one binder
    Plan(PlanArgs),
    /// Show who must be told by when, and record that they were
    Duties(DutiesArgs),
    /// List what there is to do now, who waits for whom, and what is owed
    Next(NextArgs),
    /// Say how a step came out, from outside the walk
    Step(StepArgs),
    /// Report a command that somebody ran elsewhere; its output is read from standard input
    Ran(RanArgs),
    /// Record who decided what, in which role and on what basis
    Decide(DecideArgs),
    /// Hand the work over: one page of what is open, to be signed by both
    Handoff(HandoffArgs),
    /// Write a note to the log
    Note(NoteArgs),
    /// Take back an entry: the last one of yours, or the one you name
    Undo(UndoArgs),
    /// Track the work that keeps it from happening again
    #[command(subcommand)]
    Action(ActionCommand),
    /// Set or show what is known
    #[command(subcommand)]
    Fact(FactCommand),
    /// Keep proof of what happened
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Describe groups of people who lost the same, so that each gets a letter of its own
    #[command(subcommand)]
    Group(GroupCommand),
    /// Destroy what an entry keeps outside the log; its digest and the reason stay
    Forget(ForgetArgs),
    /// Show what is done, what is next and what is owed
    Status(StatusArgs),
    /// Show the status on a screen of its own, drawn again as it changes
    Watch,
    /// Tell what is known, unknown, changed, decided, blocked and next
    Brief(BriefArgs),
    /// Draft the text of the status page from what was released; each version is kept
    Statement(StatementArgs),
    /// Write the report: what happened, how long it took, what was owed and done
    Report(ReportArgs),
    /// Export the record for other tools
    Export(ExportArgs),
    /// Import what others recorded
    #[command(subcommand)]
    Import(ImportCommand),
    /// Take in what other machines recorded of this incident
    Join(JoinArgs),
    /// Write the whole incident to one file, for another machine to join
    Pack(PackArgs),
    /// List what people recorded differently without knowing of each other, and settle it
    Conflicts(ConflictsArgs),
    /// Keep a copy in a place that the intruder does not own: a share, an object store
    #[command(subcommand)]
    Sync(SyncCommand),
    /// List incidents, show one, give it another title, or archive it
    #[command(subcommand)]
    Incident(IncidentCommand),
    /// Close the incident
    Close(CloseArgs),
    /// Reopen a closed incident
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
    /// Explain a topic or a command; without one, list both
    Help(HelpArgs),
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

    /// Whether all that it comes to is a text to be read, which may be longer than a terminal.
    pub fn is_read(&self) -> bool {
        match self {
            Self::Report(_)
            | Self::Handoff(_)
            | Self::Status(_)
            | Self::Next(_)
            | Self::Plan(_)
            | Self::Help(_) => true,
            Self::Duties(args) => args.record.is_none(),
            Self::Brief(args) => !args.follow,
            Self::Log(command) => matches!(command, LogCommand::Show(_)),
            Self::Playbook(command) => matches!(command, PlaybookCommand::Show { .. }),
            Self::Fact(command) => matches!(command, FactCommand::Show { .. }),
            Self::Evidence(command) => matches!(command, EvidenceCommand::List { .. }),
            _ => false,
        }
    }
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
    /// The binder as one self-contained HTML page
    Html,
    /// The file as it is
    Toml,
}

/// The name of a person. It stands in every entry, so it is no longer than a name is.
fn person(text: &str) -> Result<String, &'static str> {
    let name = words(text)?;
    if name.chars().count() > 200 {
        return Err("a name can have at most 200 characters");
    }
    Ok(name)
}

/// A text of any form that says something.
fn said(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("it is empty") } else { Ok(text.to_owned()) }
}

/// How many: digits, grouped or not.
fn number(text: &str) -> Result<u64, String> {
    let read = Count::parse(text).filter(|count| count.basis == Basis::Exact);
    let how = || Count::dotted(text).unwrap_or_else(|| "write digits, such as 48210".to_owned());
    read.map(|count| count.n).ok_or_else(how)
}

/// A text of one line that says something: a name, a reference.
fn words(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("it is empty");
    }
    if text.chars().any(escape::is_harmful) {
        return Err("it has line breaks or invisible characters");
    }
    Ok(text.to_owned())
}
