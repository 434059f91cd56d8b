//! What a check is given: paths, and what comes through standard input.

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::discover::Discovered;
use crate::cli::args::CheckArgs;
use crate::cli::desk::{Failure, context::read_input};

/// What standard input is called if nobody says so.
pub(super) const STDIN: &str = "<stdin>";

/// What is checked.
pub(super) struct Input {
    pub(super) paths: Vec<PathBuf>,
    /// The file whose contents come from standard input, and its bytes: at most one more than a
    /// file may have.
    pub(super) stdin: Option<(Discovered, Vec<u8>)>,
}

impl Input {
    /// Whether nothing is named, so that the current folder is meant.
    pub(super) fn is_here(args: &CheckArgs) -> bool {
        args.paths.is_empty() && args.files_from.is_none() && !args.builtin
    }

    /// Reads the list of files and standard input, if they are wanted.
    pub(super) fn of(args: &CheckArgs) -> Result<Self, Failure> {
        if Self::is_here(args) {
            return Ok(Self { paths: vec![PathBuf::from(".")], stdin: None });
        }
        let mut paths = args.paths.clone();
        if let Some(list) = &args.files_from {
            let names = if list == Path::new("-") {
                let mut names = Vec::new();
                std::io::stdin().lock().read_to_end(&mut names)?;
                names
            } else {
                read_input(list)?
            };
            // A name need not be UTF-8.
            let lines = names.split(|byte| *byte == b'\n');
            let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
            let lines = lines.filter(|line| !line.is_empty());
            paths.extend(lines.map(|line| PathBuf::from(OsStr::from_bytes(line))));
        }
        let before = paths.len();
        paths.retain(|path| path != Path::new("-"));
        if paths.len() == before {
            return Ok(Self { paths, stdin: None });
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(args.max_size as u64 + 1).read_to_end(&mut bytes)?;
        let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from(STDIN));
        Ok(Self { paths, stdin: Some((Discovered { path, named: true }, bytes)) })
    }
}
