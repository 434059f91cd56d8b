//! `breach playbook check`, as it is typed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::document::{LIMIT, Level};
use crate::output::findings::Kind;

/// What to check, and how to say what was found.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct CheckArgs {
    /// Files or folders; `-` reads standard input (default: the current folder)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Check the playbooks that come with `breach`, and nothing else
    #[arg(long, conflicts_with_all = ["paths", "files_from", "fix"])]
    pub builtin: bool,

    /// Read more paths from this file, one per line; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Treat standard input as this file: its name in the report, its `breach.toml`
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,

    /// Leave out what folders contain and this matches, as in `.gitignore` (can be repeated)
    #[arg(long, value_name = "PATTERN")]
    pub exclude: Vec<String>,

    /// Leave out what is excluded even if it is named
    #[arg(long)]
    pub force_exclude: bool,

    /// Format of the report
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = kinds())]
    pub format: Kind,

    /// Also write a report to a file: `sarif=out.sarif` (can be repeated)
    #[arg(long, value_name = "FORMAT=PATH", value_parser = report)]
    pub report: Vec<(Kind, PathBuf)>,

    /// Exit with 3 if anything of this level or worse is found
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Change the level of a rule or family: `BR303=error`, `craft=note`, `no-role=off`
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    pub levels: Vec<String>,

    /// Read levels from this file instead of the `breach.toml` above each playbook
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Read no `breach.toml`
    #[arg(long)]
    pub no_config: bool,

    /// Ignore the findings that this file lists
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write the current findings to the baseline, so that only new ones are reported
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,

    /// Fix misspelt keys and options, wrong forms and unused comments, but no names of steps or facts
    #[arg(long)]
    pub fix: bool,

    /// Print what `--fix` would change, and change nothing
    #[arg(long)]
    pub diff: bool,

    /// Check as of this day (default: today)
    #[arg(long, value_name = "DAY")]
    pub today: Option<NaiveDate>,

    /// Refuse files larger than this
    #[arg(long, value_name = "BYTES", default_value_t = LIMIT)]
    pub max_size: usize,

    /// List the rules and check nothing
    #[arg(long)]
    pub list_rules: bool,

    /// Succeed even if there is nothing to check
    #[arg(long)]
    pub allow_empty: bool,
}

/// From which level on the check fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Everything
    Note,
    /// Nothing; unreadable files still exit with 2
    Never,
}

impl FailOn {
    /// Reads a level as files write it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_str(text, false).ok()
    }

    /// The least level that fails.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    let names = Kind::ALL.map(Kind::as_str);
    PossibleValuesParser::new(names).map(|name| Kind::parse(&name).unwrap_or(Kind::Human))
}

fn report(text: &str) -> Result<(Kind, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("write FORMAT=PATH")?;
    let kind = Kind::parse(name).ok_or_else(|| format!("there is no format `{name}`"))?;
    if path.is_empty() {
        return Err("write FORMAT=PATH".to_owned());
    }
    Ok((kind, PathBuf::from(path)))
}
