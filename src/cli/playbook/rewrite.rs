//! Other text in the place of a file, whole or not at all, and what that would change.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use super::texts::plain;
use crate::cli::desk::Results;
use crate::{escape, plain_file};

/// How long the shortest difference is looked for; then a longer one has to do.
const PATIENCE: Duration = Duration::from_millis(500);

/// The byte order mark.
pub(super) const MARK: &str = "\u{feff}";

/// What is shown of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// Every byte, so that `git apply` takes it.
    Exact,
    /// What a terminal or a CI runner can be shown.
    Clean,
}

impl View {
    /// What these results can be given.
    pub(super) fn of(results: &Results) -> Self {
        if results.is_exact() { Self::Exact } else { Self::Clean }
    }
}

/// What changes in a file or in standard input, as `diff -u` shows it. Of `marked` text the first
/// line has a byte order mark.
pub(super) fn diff(name: &str, marked: bool, before: &str, after: &str, view: View) -> String {
    let mark = if marked { MARK } else { "" };
    let texts = [before, after].map(|text| format!("{mark}{text}"));
    // A lone carriage return ends no line for `git`.
    let [before, after] =
        texts.each_ref().map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mut config = TextDiff::configure();
    let lines = config.timeout(PATIENCE).newline_terminated(true).diff_slices(&before, &after);
    let shown = relative(name);
    let (old, new) = (quoted("a/", &shown), quoted("b/", &shown));
    let patch = lines.unified_diff().context_radius(2).header(&old, &new).to_string();
    match view {
        View::Exact => patch,
        View::Clean => {
            let mut shown = String::with_capacity(patch.len());
            for line in patch.lines() {
                let _ = writeln!(shown, "{}", escape::line(line));
            }
            escape::runner(&shown)
        }
    }
}

/// The path from the current folder, if the file is in it.
fn relative(name: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let full = plain(&here.join(name));
    full.strip_prefix(&here).map_or_else(|_| name.to_owned(), |path| path.display().to_string())
}

/// A name as the head of a patch has it: in quotes, if it could be read otherwise.
fn quoted(side: &str, name: &str) -> String {
    if name.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        let mut quoted = format!("\"{side}");
        for byte in name.bytes() {
            match byte {
                b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
                0x20..=0x7e => quoted.push(char::from(byte)),
                _ => {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
        }
        return quoted + "\"";
    }
    // A tab ends a name, and only a name that a tab ends may have blanks.
    format!("{side}{name}{}", if name.contains(' ') { "\t" } else { "" })
}

/// Whether a file begins with a byte order mark.
pub(super) fn is_marked(path: &Path) -> bool {
    plain_file::read(path, MARK.len()).is_ok_and(|held| held.starts_with(MARK.as_bytes()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_quoted_as_git_reads_it() {
        assert_eq!(quoted("a/", "books/mail.toml"), "a/books/mail.toml");
        assert_eq!(quoted("a/", "my books/mail.toml"), "a/my books/mail.toml\t");
        assert_eq!(quoted("b/", "a\"b\\é\t.toml"), r#""b/a\"b\\\303\251\011.toml""#);
    }
}
