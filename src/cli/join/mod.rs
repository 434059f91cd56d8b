//! `breach join`: what other machines recorded of the same incident, taken in whole.

mod unpack;

use std::io;

use super::args::JoinArgs;
use super::desk::workroom::Workroom;
use super::desk::{Context, Exit, Failure, joining};
use crate::escape;
use crate::log::Folder;

pub(super) fn run(context: &mut Context, args: &JoinArgs) -> Result<Exit, Failure> {
    let home = context.home()?;
    let shown = args.from.display().to_string();
    let shown = escape::line(&shown).into_owned();
    // Below the home, which is private and on the disk that has to take it anyway.
    let mut unpacked = None;
    let from = if args.from.is_dir() {
        args.from.clone()
    } else {
        let made = Workroom::open(&home).map_err(|error| cannot(&shown, &error))?;
        let folder = unpack::unpack(&args.from, made.path());
        unpacked = Some(made);
        folder.map_err(|error| cannot(&shown, &error))?
    };
    let from = Folder::at(&from).ok_or_else(|| {
        Failure::usage(format!("`{shown}` is not the folder of an incident")).hint(
            "nothing was taken; name the folder that has `log` in it, or a file of `breach pack`",
        )
    })?;
    let joined = joining::join(context, &home, &from);
    drop(unpacked);
    joined
}

fn cannot(shown: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("failed to read `{shown}`: {error}"))
        .hint("nothing was taken; name the incident's folder, or a file that `breach pack` wrote")
}
