//! Other text in the place of a file, whole or not at all, and what that would change.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use crate::{escape, plain_file};

/// How long the shortest difference is looked for; then a longer one has to do.
const PATIENCE: Duration = Duration::from_millis(500);

const MARK: &str = "\u{feff}";

/// What changes from one text to another, as `diff -u` shows it.
pub(super) fn diff(name: &str, before: &str, after: &str) -> String {
    let lines = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let name = escape::line(name);
    let mut shown = format!("--- {name}\n+++ {name}\n");
    for hunk in lines.unified_diff().context_radius(2).iter_hunks() {
        for line in hunk.to_string().lines() {
            let _ = writeln!(shown, "{}", escape::line(line));
        }
    }
    escape::runner(&shown)
}

/// Puts `after` in the place of a file that still holds `before`. Its byte order mark and its
/// permissions stay. Beside its place first, then renamed: nobody ever reads half of it.
pub(super) fn write(path: &Path, before: &str, after: &str) -> io::Result<()> {
    // A link stays one: what it leads to is written.
    let path = fs::canonicalize(path)?;
    let held = plain_file::read(&path, before.len() + MARK.len())?;
    let (mark, text) = match held.strip_prefix(MARK.as_bytes()) {
        Some(text) if held != before.as_bytes() => (MARK, text),
        _ => ("", &held[..]),
    };
    if text != before.as_bytes() {
        return Err(io::Error::other("it has changed in the meantime"));
    }
    let dir = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = dir.join(format!(".{name}.{}", std::process::id()));
    let written =
        OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
            file.write_all(mark.as_bytes())?;
            file.write_all(after.as_bytes())?;
            file.set_permissions(fs::metadata(&path)?.permissions())?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
