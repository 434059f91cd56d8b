//! An object store through `rclone`: its credentials, proxies, retries and seventy providers are that
//! program's business, and none of it is in ours.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

use super::{Keeps, Object, Older};
use crate::escape;

/// Options that keep `rclone` from waiting forever when the network is gone. It gives up after seconds,
/// or after two minutes if a server accepts the connection and never answers. The user can push again.
const PATIENCE: [&str; 6] = [
    "--contimeout=10s",
    "--timeout=10s",
    "--retries=2",
    "--retries-sleep=1s",
    "--low-level-retries=2",
    "--ask-password=false",
];

/// Options by which `rclone` refuses to overwrite what has another length, and skips what has the same.
const NEW: [&str; 2] = ["--immutable", "--size-only"];

/// The exit code by which `rclone` says that a folder is not there.
const NO_FOLDER: i32 = 3;

/// A remote and a path on it: `backup:incidents/breach`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote(String);

impl fmt::Display for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "Path")]
    path: String,
    #[serde(rename = "Size", default)]
    size: i64,
    #[serde(rename = "IsDir", default)]
    is_dir: bool,
    #[serde(rename = "Hashes", default)]
    hashes: Hashes,
    #[serde(rename = "Metadata", default)]
    metadata: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
struct Hashes {
    md5: Option<String>,
}

impl Listed {
    fn size(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(0)
    }
}

impl Remote {
    /// A name that `rclone config` gave, a colon, a path.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (remote, path) = text.split_once(':').ok_or("after `rclone:` comes REMOTE:PATH")?;
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_-.+@ ".contains(&b);
        if remote.is_empty() || remote.starts_with(['-', ' ']) || !remote.bytes().all(is_name) {
            return Err("the remote is not a name as `rclone listremotes` shows them");
        }
        if path.chars().any(escape::is_harmful) || path.split('/').any(|part| part == "..") {
            return Err("the path has `..` or invisible characters");
        }
        Ok(Self(format!("{remote}:{}", path.trim_end_matches('/'))))
    }

    fn below(&self, incident: &str) -> String {
        let between = if self.0.ends_with(':') { "" } else { "/" };
        format!("{}{between}{incident}", self.0)
    }

    pub(super) fn incidents(&self) -> io::Result<Vec<String>> {
        let listed = listed(&["--dirs-only"], &self.0)?;
        Ok(listed.into_iter().filter(|one| one.is_dir).map(|one| one.path).collect())
    }

    pub(super) fn list(&self, incident: &str) -> io::Result<Vec<Object>> {
        let listed = listed(&["--recursive", "--files-only"], &self.below(incident))?;
        Ok(listed.into_iter().map(|one| Object { size: one.size(), name: one.path }).collect())
    }

    pub(super) fn put(&self, incident: &str, from: &Path, names: &[String]) -> io::Result<()> {
        let to = self.below(incident);
        copy(&NEW, from.as_os_str(), OsStr::new(&to), names)
    }

    pub(super) fn put_again(
        &self,
        incident: &str,
        from: &Path,
        names: &[String],
    ) -> io::Result<()> {
        let to = self.below(incident);
        copy(&["--ignore-times"], from.as_os_str(), OsStr::new(&to), names)
    }

    pub(super) fn get(&self, incident: &str, names: &[String], into: &Path) -> io::Result<()> {
        let from = self.below(incident);
        copy(&NEW, OsStr::new(&from), into.as_os_str(), names)?;
        match names.iter().find(|name| !into.join(name).is_file()) {
            Some(name) => Err(io::Error::other(format!("`{name}` was listed and did not come"))),
            None => Ok(()),
        }
    }

    pub(super) fn older(&self, incident: &str) -> io::Result<Vec<Older>> {
        let below = self.below(incident);
        let is_old = |one: &Listed| without_version(&one.path).is_some();
        let all = listed(&["--recursive", "--files-only", "--s3-versions"], &below)?;
        if !all.iter().any(is_old) {
            return Ok(Vec::new());
        }
        // Only now ask for digests: other remotes have no versions, and some would have to read every
        // file to compute them.
        let options = ["--recursive", "--files-only", "--s3-versions", "--hash", "--hash-type=md5"];
        let (old, current): (Vec<Listed>, Vec<Listed>) =
            listed(&options, &below)?.into_iter().partition(is_old);
        let current: BTreeMap<String, Option<String>> =
            current.into_iter().map(|one| (one.path, one.hashes.md5)).collect();
        let older = old.into_iter().filter_map(|one| {
            let name = without_version(&one.path).filter(|name| super::is_name(name))?;
            let now = current.get(&name);
            // Two machines that pushed the same content at once, or a retry, did no harm.
            let is_same = one.hashes.md5.is_some() && now == Some(&one.hashes.md5);
            (!is_same).then(|| Older { name, listed: one.path, is_replaced: now.is_some() })
        });
        Ok(older.collect())
    }

    pub(super) fn keeps(&self, incident: &str, name: &str) -> io::Result<Keeps> {
        let object = format!("{}/{name}", self.below(incident));
        let words =
            ["lsjson", "--stat", "--metadata", "--no-modtime", "--no-mimetype", "--", &object];
        let text = succeeded(run(words.iter().map(OsStr::new))?)?.stdout;
        let found: Listed = serde_json::from_slice(&text).map_err(|_| not_whole())?;
        if found.metadata.contains_key("object-lock-mode") {
            let until = found.metadata.get("object-lock-retain-until-date");
            return Ok(Keeps::Locked(until.map(|until| escape::line(until).into_owned())));
        }
        // Only remotes of type s3 support this command.
        let bucket = self.0.find('/').map_or(self.0.as_str(), |end| &self.0[..end]);
        let output = run(["backend", "versioning", "--", bucket].iter().map(OsStr::new))?;
        let said = String::from_utf8_lossy(&output.stdout);
        Ok(match said.trim().trim_matches('"') {
            _ if !output.status.success() => Keeps::Unknown,
            "Enabled" => Keeps::Versions,
            _ => Keeps::Nothing,
        })
    }

    pub(super) fn get_older(
        &self,
        incident: &str,
        listed: &[String],
        into: &Path,
    ) -> io::Result<()> {
        let from = self.below(incident);
        let options = [&NEW[..], &["--s3-versions"]].concat();
        copy(&options, OsStr::new(&from), into.as_os_str(), listed)
    }
}

/// `a-v2026-11-28-184512-123.jsonl` is an old version of `a.jsonl`, as `rclone` shows them.
fn without_version(name: &str) -> Option<String> {
    const FORM: &str = "-v0000-00-00-000000-000";
    let dot = name.rfind('.').filter(|dot| !name[*dot..].contains('/')).unwrap_or(name.len());
    let (stem, end) = name.split_at(dot);
    let at = stem.len().checked_sub(FORM.len()).filter(|at| stem.is_char_boundary(*at))?;
    let (stem, version) = stem.split_at(at);
    let fits = |(b, form): (u8, u8)| if form == b'0' { b.is_ascii_digit() } else { b == form };
    version.bytes().zip(FORM.bytes()).all(fits).then(|| format!("{stem}{end}"))
}

/// What is at a place; nothing where the place is not there.
fn listed(options: &[&str], of: &str) -> io::Result<Vec<Listed>> {
    let always = ["lsjson", "--no-modtime", "--no-mimetype"];
    let words = always.iter().chain(options).copied().chain(["--", of]);
    let output = run(words.map(OsStr::new))?;
    if output.status.code() == Some(NO_FOLDER) {
        return Ok(Vec::new());
    }
    let text = succeeded(output)?.stdout;
    serde_json::from_slice(&text).map_err(|_| not_whole())
}

fn not_whole() -> io::Error {
    io::Error::other("`rclone lsjson` did not return complete JSON")
}

/// Copies files by name, from one place to another.
fn copy(options: &[&str], from: &OsStr, to: &OsStr, names: &[String]) -> io::Result<()> {
    let list = tempfile::NamedTempFile::new()?;
    fs::write(list.path(), names.join("\n"))?;
    let mut files = std::ffi::OsString::from("--files-from-raw=");
    files.push(list.path());
    let options = ["copy", "--no-traverse"].iter().chain(options).map(OsStr::new);
    let words = options.chain([files.as_os_str(), OsStr::new("--"), from, to]);
    succeeded(run(words)?).map(drop)
}

fn run<'w>(words: impl Iterator<Item = &'w OsStr>) -> io::Result<Output> {
    let mut command = Command::new("rclone");
    command.args(PATIENCE).args(words).stdin(Stdio::null());
    tracing::debug!(?command, "running");
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            io::Error::new(io::ErrorKind::NotFound, "the program `rclone` is not installed")
        }
        _ => error,
    })
}

/// What it wrote, unless it failed: then the last thing that it said.
fn succeeded(output: Output) -> io::Result<Output> {
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let last = escape::line(last.unwrap_or("it did not say why")).into_owned();
    Err(io::Error::other(format!("`rclone` failed: {last}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_told_from_names() {
        let old = "log/41389ab9/0-ab-v2026-11-28-184512-123.jsonl";
        assert_eq!(without_version(old).as_deref(), Some("log/41389ab9/0-ab.jsonl"));
        assert_eq!(without_version("texts/ab-v2026-11-28-184512-123").as_deref(), Some("texts/ab"));
        for new in ["texts/ab", "log/x/0-ab.jsonl", "-v2026", "a.b/c-v2026-11-28-18451-123"] {
            assert_eq!(without_version(new), None, "{new}");
        }
    }

    #[test]
    fn no_remote_is_an_option() {
        for good in ["b:", "b:x/y", "my remote:x", "s3.eu:bucket/"] {
            assert!(Remote::parse(good).is_ok(), "{good}");
        }
        for bad in ["b", ":x", "-b:x", "b:../x", "b:x\u{1b}", ":local:/x", "b,c=d:x"] {
            assert!(Remote::parse(bad).is_err(), "{bad}");
        }
    }
}
