//! What a command runs in the end, and which of its arguments something reads as a program.
//!
//! The checker names an answer that is filled into such an argument, and the walk refuses to fill it:
//! both ask here.

mod argv;
mod code;

pub(crate) use argv::Argv;
pub(crate) use code::{Reads, code};

use super::Command;

/// Options of `ssh` and its kin whose value a shell on this machine reads.
const SSH_LINES: [&str; 3] = ["ProxyCommand=", "LocalCommand=", "KnownHostsCommand="];

/// Programs that join their words into a line for a shell.
const JOINERS: [&str; 4] = ["watch", "parallel", "tmux", "screen"];

/// Programs behind which one of these may stand.
const LEADERS: [&str; 3] = ["sudo", "doas", "nohup"];

/// Options of `find` behind which a command stands.
pub(crate) const FIND: [&str; 4] = ["-exec", "-execdir", "-ok", "-okdir"];

impl Command {
    /// The arguments, by number, into which an answer is filled that something would read as a
    /// program or as part of one, each once and in order; and who would read it.
    pub(crate) fn injections(&self) -> Vec<(usize, Reads)> {
        if self.run.iter().all(|argument| argument.fill.is_none()) {
            return Vec::new();
        }
        let run: Vec<String> = self.run.iter().map(ToString::to_string).collect();
        let place = |of: &String| run.iter().position(|text| std::ptr::eq(text, of));
        let mut read = Vec::new();
        // `find` can start several commands.
        let starts = run.iter().enumerate().filter(|(_, word)| FIND.contains(&word.as_str()));
        for from in std::iter::once(0).chain(starts.map(|(at, _)| at + 1)) {
            let argv = Argv::of(&run[from..]);
            if let Some((reads, lines)) = code(&argv) {
                read.extend(lines.iter().filter_map(place).map(|at| (at, reads)));
            }
            // `xargs {item}` lets the answer choose the program.
            read.extend(argv.word.and_then(place).map(|at| (at, Reads::Name)));
        }
        let leads =
            usize::from(run.first().is_some_and(|word| LEADERS.contains(&argv::name(word))));
        let joins = run.get(leads).is_some_and(|word| JOINERS.contains(&argv::name(word)));
        let words = if joins { leads + 1..run.len() } else { 0..0 };
        read.extend(words.map(|at| (at, Reads::Shell)));
        for (at, text) in run.iter().enumerate() {
            let text = text.trim_start_matches("-o");
            if SSH_LINES.iter().any(|line| text.starts_with(line)) {
                read.push((at, Reads::Shell));
            }
        }
        read.retain(|(at, _)| self.run[*at].fill.is_some());
        read.sort_by_key(|(at, _)| *at);
        read.dedup_by_key(|(at, _)| *at);
        read
    }
}
