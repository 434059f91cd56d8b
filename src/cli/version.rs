//! `breach --version`: which program this is and, with `--verbose`, how it was built.

use std::io::Write as _;

use super::desk::{Context, Exit, Failure};
use crate::digest::{Digest, Hasher};
use crate::{notice, playbook, regime};

/// Set by the script that builds a release; a build from a clone has none.
const REVISION: Option<&str> = option_env!("BREACH_REVISION");
const TARGET: Option<&str> = option_env!("BREACH_TARGET");
const PROFILE: Option<&str> = option_env!("BREACH_PROFILE");

pub(super) fn run(context: &mut Context, in_full: bool) -> Result<Exit, Failure> {
    let out = &mut context.out;
    writeln!(out, "breach {}", env!("CARGO_PKG_VERSION"))?;
    if in_full {
        let here = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
        writeln!(out, "revision: {}", REVISION.unwrap_or("not recorded"))?;
        writeln!(out, "target: {}", TARGET.unwrap_or(&here))?;
        writeln!(out, "profile: {}", PROFILE.unwrap_or("not recorded"))?;
        writeln!(out, "built-in content: sha256:{}", content())?;
    }
    Ok(Exit::Done)
}

/// The digest of the lines that `sha256sum` prints of all built-in files below `playbooks`, sorted by
/// path: two programs that have the same one give the same advice.
fn content() -> Digest {
    let notification = |path: &str| format!("playbooks/notification/{path}");
    let chooser = ("playbooks/chooser.toml", playbook::chooser::TEXT);
    let playbooks = playbook::builtin::all().iter().copied().chain(playbook::builtin::beside());
    let playbooks = playbooks.chain([chooser]);
    let mut all: Vec<(String, &str)> = playbooks
        .map(|(path, text)| (path.to_owned(), text))
        .chain(regime::builtin::all().map(|(path, text)| (notification(path), text)))
        .chain(notice::builtin().map(|(path, text)| (notification(&path), text)))
        .collect();
    all.sort();
    let mut hasher = Hasher::default();
    for (path, text) in all {
        hasher.update(format!("{}  {path}\n", Digest::of(text.as_bytes())).as_bytes());
    }
    hasher.finish()
}
