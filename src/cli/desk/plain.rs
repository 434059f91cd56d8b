//! Plain lines instead of cards: a setting of a person, kept in the home by name.

use std::io;
use std::path::PathBuf;

use super::Context;
use crate::plain_file;

/// Shows plain lines where they are wanted now, or were by this person. What is said now is remembered.
pub(in crate::cli) fn settle(context: &mut Context, said: Option<bool>, name: Option<&str>) {
    let known = names(context);
    let was_wanted = name.is_some_and(|name| known.iter().any(|known| known == name));
    if said.unwrap_or(was_wanted) {
        context.screen.plain();
    }
    if let (Some(wanted), Some(name)) = (said, name)
        && wanted != was_wanted
        && let Err(error) = remember(context, known, name, wanted)
    {
        context.screen.warn(&format!("`--plain` is not remembered: {error}"));
    }
}

/// Where the names of those who want plain lines are kept, one a line.
fn file(context: &Context) -> Option<PathBuf> {
    context.home().ok().map(|home| home.join("plain"))
}

fn names(context: &Context) -> Vec<String> {
    const MOST: usize = 64 * 1024;
    let bytes = file(context).and_then(|path| plain_file::read(&path, MOST).ok());
    let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn remember(context: &Context, known: Vec<String>, name: &str, wanted: bool) -> io::Result<()> {
    let Some(path) = file(context) else { return Ok(()) };
    let mut names: Vec<String> = known.into_iter().filter(|known| known != name).collect();
    if wanted {
        names.push(name.to_owned());
    }
    super::files::replace(&path, &[names.join("\n").as_bytes()])
}
