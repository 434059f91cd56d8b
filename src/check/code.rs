//! Which arguments of a command are read as a program of their own: by a shell, by one on another
//! machine, by an interpreter or a database.

use super::argv::Argv;
use crate::document::Spanned;

/// Who reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reads {
    /// A shell.
    Shell,
    /// The shell on the far side of `ssh`, which reads every argument again.
    FarShell,
    /// An interpreter or a database.
    Code,
}

const SHELLS: [&str; 11] =
    ["sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "rbash"];

/// Programs with the options behind which code stands, and whether these count only before the
/// first word, which is a file with code.
const INTERPRETERS: [(&str, &[&str], bool); 15] = [
    ("python", &["-c"], true),
    ("perl", &["-e", "-E", "-ne", "-pe", "-ane", "-lne"], true),
    ("ruby", &["-e", "-ne", "-pe"], true),
    ("node", &["-e", "--eval", "-p", "--print"], true),
    ("php", &["-r"], true),
    ("lua", &["-e"], true),
    ("Rscript", &["-e"], true),
    ("osascript", &["-e"], true),
    ("psql", &["-c", "--command"], false),
    ("mysql", &["-e", "--execute"], false),
    ("mariadb", &["-e", "--execute"], false),
    ("mongosh", &["--eval"], false),
    ("mongo", &["--eval"], false),
    ("sqlcmd", &["-Q", "-q"], false),
    ("clickhouse-client", &["-q", "--query"], false),
];

/// The arguments that are read as a program, and who reads them.
pub(super) fn code<'r, 't>(argv: &Argv<'r, 't>) -> Option<(Reads, &'r [Spanned<'t>])> {
    if !argv.far.is_empty() {
        return Some((Reads::FarShell, argv.far));
    }
    let arguments = argv.arguments;
    let shell = |found: Option<&'r [Spanned<'t>]>| found.map(|found| (Reads::Shell, found));
    if argv.is(&SHELLS) {
        return shell(behind_c(arguments));
    }
    if argv.is(&["eval"]) {
        return shell(Some(arguments));
    }
    if argv.is(&["cmd"]) {
        let is_run = |text: &Spanned<'_>| matches!(&*text.text, "/c" | "/C" | "/k" | "/K");
        return shell(arguments.iter().position(is_run).map(|at| &arguments[at + 1..]));
    }
    if argv.is(&["powershell", "pwsh"]) {
        return shell(powershell(arguments, argv.is(&["powershell"])));
    }
    if argv.is(&["su", "runuser", "script"]) {
        return shell(option(arguments, &["-c", "--command"], false));
    }
    if argv.is(&["awk", "gawk", "mawk", "nawk"]) {
        return awk(arguments).map(|found| (Reads::Code, found));
    }
    if argv.is(&["sqlite3"]) {
        let is_word = |text: &Spanned<'_>| !text.text.starts_with('-');
        let file = arguments.iter().position(is_word)?;
        return Some((Reads::Code, &arguments[file + 1..]));
    }
    let name = argv.program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let (_, options, first) = INTERPRETERS.iter().find(|(known, ..)| *known == name)?;
    option(arguments, options, *first).map(|found| (Reads::Code, found))
}

/// The line of `sh -c LINE`; none, if a script comes first.
fn behind_c<'r, 't>(arguments: &'r [Spanned<'t>]) -> Option<&'r [Spanned<'t>]> {
    let is_option = |word: &str| word.starts_with(['-', '+']);
    let mut at = 0;
    loop {
        let word = &*arguments.get(at)?.text;
        if !is_option(word) || word == "--" {
            return None;
        }
        if word.starts_with("--command") {
            return option(&arguments[at..], &["--command"], true);
        }
        if word.starts_with("--") {
            at += 1 + usize::from(matches!(word, "--rcfile" | "--init-file"));
        } else if word.contains('c') {
            let rest = &arguments[at + 1..];
            let line = rest.iter().position(|text| !is_option(&text.text))?;
            return Some(&rest[line..=line]);
        } else {
            at += 1 + usize::from(word.ends_with(['o', 'O']));
        }
    }
}

/// What `-Command` takes: all the rest. The old one takes words without an option for it, too.
fn powershell<'r, 't>(arguments: &'r [Spanned<'t>], old: bool) -> Option<&'r [Spanned<'t>]> {
    const VALUED: [&str; 8] = [
        "executionpolicy",
        "ep",
        "version",
        "windowstyle",
        "outputformat",
        "inputformat",
        "configurationname",
        "workingdirectory",
    ];
    let mut at = 0;
    loop {
        let word = &*arguments.get(at)?.text;
        let Some(option) = word.strip_prefix(['-', '/']).filter(|option| !option.is_empty()) else {
            return old.then_some(&arguments[at..]);
        };
        // Any part of the name does, in any case.
        let is = |name: &str| {
            name.get(..option.len()).is_some_and(|start| start.eq_ignore_ascii_case(option))
        };
        if is("command") || is("encodedcommand") {
            return Some(&arguments[at + 1..]);
        }
        if is("file") {
            return None;
        }
        at += 1 + usize::from(VALUED.into_iter().any(is));
    }
}

/// The program of `awk`, unless it is in a file.
fn awk<'r, 't>(arguments: &'r [Spanned<'t>]) -> Option<&'r [Spanned<'t>]> {
    let mut at = 0;
    loop {
        let word = &*arguments.get(at)?.text;
        match word {
            "-F" | "-v" => at += 2,
            _ if word.starts_with("-f") || word.starts_with("--file") => return None,
            _ if word.starts_with('-') => at += 1,
            _ => return Some(&arguments[at..=at]),
        }
    }
}

/// What stands behind one of these options, or is glued to it.
fn option<'r, 't>(
    arguments: &'r [Spanned<'t>],
    options: &[&str],
    first: bool,
) -> Option<&'r [Spanned<'t>]> {
    for (at, text) in arguments.iter().enumerate() {
        let word = &*text.text;
        if first && !word.starts_with('-') {
            return None;
        }
        if options.contains(&word) {
            return arguments.get(at + 1..at + 2);
        }
        let glued = |option: &&str| match option.len() {
            2 => word.starts_with(option) && !word.starts_with("--"),
            _ => word.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')),
        };
        if options.iter().any(glued) {
            return Some(&arguments[at..=at]);
        }
    }
    None
}
