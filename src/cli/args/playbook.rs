//! `breach playbook`, as it is typed.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::{CheckArgs, Format, PaperArgs, PlaybookFormat};
use crate::document::shape::KEBAB;
use crate::fact::Vocabulary;
use crate::fact::names;
use crate::id::is_kebab;
use crate::phase::Phase;
use crate::wording;

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
        /// What of it is printed
        #[command(flatten)]
        paper: PaperArgs,
        /// A binder to print, or the TOML file itself
        #[arg(long, value_enum, default_value_t)]
        format: PlaybookFormat,
    },
    /// List the steps that several playbooks share
    Steps {
        /// Look for playbooks in this folder too
        #[arg(long, value_name = "DIR")]
        playbooks: Option<PathBuf>,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Start a playbook that passes the check; asks for whatever the flags leave out
    New(NewArgs),
    /// Find every mistake in playbooks, tests, facts and answers files
    Check(CheckArgs),
    /// Format files: spaces, blank lines and indents; values and comments stay
    Fmt(FmtArgs),
    /// Test playbooks with scripted answers: `mail.test.toml` next to `mail.toml`; runs nothing
    Test(TestArgs),
    /// Print a JSON Schema for editors; start a file with `#:schema ./playbook.schema.json`
    Schema {
        /// The kind of file
        #[arg(value_enum, default_value_t)]
        of: SchemaOf,
    },
    /// Serve an editor: findings as you type, fixes, completion; speaks the language server protocol
    Lsp,
    /// Explain what a rule finds and why; without one, list the rules
    Explain {
        /// Id or name of the rule: BR301, destroys-first
        rule: Option<String>,
        /// Format of the result
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// What to format.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Files or folders; `-` formats standard input to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Change nothing; exit with 3 if a file is not formatted
    #[arg(long)]
    pub check: bool,

    /// Change nothing; print what would change
    #[arg(long)]
    pub diff: bool,
}

/// Which tests to run.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Test files, or folders with test files
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Exit with 3 if the cases cover a smaller percentage of steps and branches
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    pub min_coverage: Option<u8>,

    /// List the steps and branches that no case covers
    #[arg(long)]
    pub missing: bool,

    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// What a new playbook begins with; what is not named is asked.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The file to write, or the folder for it (default: its id and `.toml`); its test goes next to it
    pub path: Option<PathBuf>,

    /// The phase it is for
    #[arg(long, value_parser = phase())]
    pub phase: Option<Phase>,

    /// What it does, on one line
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub title: Option<String>,

    /// Who keeps it up to date
    #[arg(long, value_name = "NAME", value_parser = line)]
    pub owner: Option<String>,

    /// Its name among the playbooks of its phase (default: made from the title)
    #[arg(long, value_name = "ID", value_parser = id)]
    pub id: Option<String>,

    /// A kind of incident to offer it for (can be repeated; default: all)
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub suits: Vec<String>,
}

fn phase() -> impl TypedValueParser<Value = Phase> {
    let phases = Phase::ALL;
    // As its command is called, too: `breach postmortem`, `breach contain`.
    let names = phases.map(|phase| PossibleValue::new(phase.as_str()).alias(phase.command()));
    PossibleValuesParser::new(names).map(move |name| Phase::named(&name).unwrap_or(phases[0]))
}

fn line(text: &str) -> Result<String, &'static str> {
    let plain = !text.trim().is_empty() && !text.chars().any(char::is_control);
    if plain { Ok(text.trim().to_owned()) } else { Err("write one line of text") }
}

fn id(text: &str) -> Result<String, &'static str> {
    if is_kebab(text) { Ok(text.to_owned()) } else { Err(KEBAB.says) }
}

fn kind(text: &str) -> Result<String, String> {
    let kinds = Vocabulary::builtin().get(names::INCIDENT_KIND);
    let options = kinds.into_iter().flat_map(|fact| &fact.options);
    let ids: Vec<&str> = options.map(|option| option.id.as_str()).collect();
    let known = ids.contains(&text).then(|| text.to_owned());
    known.ok_or_else(|| format!("it is one of {}", wording::ticked(&ids)))
}

/// Files that people write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A plan for one phase
    #[default]
    Playbook,
    /// A vocabulary of facts
    Facts,
    /// Steps that several playbooks share
    Steps,
    /// Rules of law
    Regime,
    /// Days on which an authority is closed
    Calendar,
    /// Places whose law is held in outline
    Atlas,
    /// Answers for a scripted walk
    Answers,
    /// Tests of a playbook, `*.test.toml`
    Test,
    /// `breach.toml`
    Config,
}
