//! Writing a long answer in the responder's own editor: a private file, removed afterwards.

use std::env;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::Pid;
use tempfile::TempDir;

use super::foreground::Foreground;
use super::{TICK, ended, wake_if_stopped};
use crate::incident::event::Ended;
use crate::{escape, plain_file};

/// Longest text that is taken as an answer, in bytes.
const MOST: usize = 1 << 20;

/// Opens `$VISUAL` or `$EDITOR` on `text`. Gives the text that was left there, if it is another one,
/// and what to say of how it went, in whole sentences.
///
/// The file is private and is removed, however the editor ends. Only a text that is too long stays
/// where it is, and that is said.
pub fn edit(text: &str) -> (Option<String>, Option<String>) {
    let editor = ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok());
    let editor = editor.filter(|editor| !editor.trim().is_empty()).unwrap_or_else(|| "vi".into());
    match try_edit(&editor, text) {
        Ok(edited) => edited,
        Err(error) => {
            (None, Some(format!("The editor `{}` was not opened: {error}.", escape::line(&editor))))
        }
    }
}

fn try_edit(editor: &str, text: &str) -> io::Result<(Option<String>, Option<String>)> {
    let mut desk = desk()?;
    let file = desk.path().join("answer.txt");
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600).open(&file)?.write_all(text.as_bytes())?;
    let went = open(editor, &file)?;
    let length = fs::metadata(&file).map(|data| data.len());
    if length.is_ok_and(|length| length > MOST as u64) {
        desk.disable_cleanup(true);
        return Ok((
            None,
            Some(format!(
                "The text is longer than {} kB, too long for an answer. It stays in {}: hand it in with `e` \
             as evidence, then remove it.",
                MOST / 1024,
                file.display()
            )),
        ));
    }
    let left = plain_file::read(&file, MOST).ok().map(|bytes| {
        String::from_utf8(bytes).unwrap_or_else(|error| escape::output(error.as_bytes()))
    });
    let is_there = left.is_some();
    let changed = left.filter(|left| left.trim_end() != text.trim_end());
    let editor = escape::line(editor);
    let said = match (&went, &changed) {
        (Ended::Exit(0), Some(_)) => None,
        (Ended::Exit(0), None) if is_there => Some("The editor left the text as it was.".into()),
        (Ended::Exit(0), None) => Some("The editor left no text that can be read.".to_owned()),
        (went, Some(_)) => Some(format!(
            "The editor `{editor}` failed ({}); what it saved is here. Enter takes it.",
            went.told()
        )),
        (went, None) => {
            Some(format!("The editor `{editor}` failed ({}); it saved nothing.", went.told()))
        }
    };
    Ok((changed, said))
}

/// Runs the editor in a group of its own, so that its Ctrl-C and Ctrl-Z are not ours.
fn open(editor: &str, file: &Path) -> io::Result<Ended> {
    let tty = File::options().read(true).write(true).open("/dev/tty")?;
    // As git and mail do: the variable may hold arguments.
    let mut child = Command::new("sh")
        .args(["-c", &format!("exec {editor} \"$1\""), "sh"])
        .arg(file)
        .stdin(Stdio::from(tty.try_clone()?))
        .stdout(Stdio::from(tty.try_clone()?))
        .stderr(Stdio::from(tty))
        .process_group(0)
        .spawn()?;
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap_or(0));
    let lent = Foreground::give(group);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        wake_if_stopped(group);
        std::thread::sleep(TICK);
    };
    drop(lent);
    Ok(ended(status))
}

/// A folder of our own for the text and for what the editor keeps beside it. Dropped, it is gone.
fn desk() -> io::Result<TempDir> {
    // In memory where there is such a place: a text that was only looked at never meets a disk.
    let private = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|at| at.is_dir());
    let mut folder = tempfile::Builder::new();
    folder.prefix("breach-").permissions(Permissions::from_mode(0o700));
    folder.tempdir_in(private.unwrap_or_else(env::temp_dir))
}
