//! Which arguments of a command are read as a program of their own: by a shell, by one on another
//! machine, by an interpreter or a database.

use super::argv::{Argv, name};

/// Who reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A shell.
    Shell,
    /// The shell on the far side of `ssh`, which reads every argument again.
    FarShell,
    /// An interpreter or a database.
    Code,
    /// Nobody: it names the program itself.
    Name,
}

impl Reads {
    /// What it would do with an answer, as the end of a sentence.
    pub(crate) fn would(self) -> &'static str {
        match self {
            Self::Shell => "the shell would read this answer as commands",
            Self::FarShell => "the shell on the other side would read this answer as commands",
            Self::Code => "this answer would be read as part of the program",
            Self::Name => "this answer would choose the program",
        }
    }
}

const SHELLS: [&str; 11] =
    ["sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "rbash"];

/// A program that reads code from an option.
struct Interpreter {
    name: &'static str,
    /// Options behind which code stands.
    options: &'static [&'static str],
    /// Options of one letter that take no value, and can stand before such an option in one word.
    flags: &'static str,
    /// Whether the options count only before the first word, which is a file with code.
    first: bool,
}

const fn language(
    name: &'static str,
    options: &'static [&'static str],
    flags: &'static str,
) -> Interpreter {
    Interpreter { name, options, flags, first: true }
}

const fn client(
    name: &'static str,
    options: &'static [&'static str],
    flags: &'static str,
) -> Interpreter {
    Interpreter { name, options, flags, first: false }
}

const INTERPRETERS: [Interpreter; 15] = [
    language("python", &["-c"], "bBdEiIOPqsSuvx"),
    language("perl", &["-e", "-E"], "acglnpsStTuUvwWX0"),
    language("ruby", &["-e"], "aclnpsSvwy"),
    language("node", &["-e", "--eval", "-p", "--print"], "ip"),
    language("php", &["-r"], "anqw"),
    language("lua", &["-e"], "iEvW"),
    language("Rscript", &["-e"], ""),
    language("osascript", &["-e"], "i"),
    client("psql", &["-c", "--command"], "abeEnqstAxXHwWz01S"),
    client("mysql", &["-e", "--execute"], "BbEfHNnqrsStvwX"),
    client("mariadb", &["-e", "--execute"], "BbEfHNnqrsStvwX"),
    client("mongosh", &["--eval"], ""),
    client("mongo", &["--eval"], ""),
    client("sqlcmd", &["-Q", "-q"], "bCEeIkN"),
    client("clickhouse-client", &["-q", "--query"], "nmt"),
];

/// Programs that hand an option over to a shell, here or on another machine, and the word without
/// which they do something else.
const CARRIERS: [(&str, &str, &[&str]); 11] = [
    ("su", "", &["-c", "--command"]),
    ("runuser", "", &["-c", "--command"]),
    ("script", "", &["-c", "--command"]),
    ("env", "", &["-S", "--split-string"]),
    ("vagrant", "ssh", &["-c", "--command"]),
    ("gcloud", "ssh", &["--command"]),
    ("aws", "send-command", &["--parameters"]),
    ("az", "run-command", &["--scripts"]),
    ("ansible", "", &["-a", "--args"]),
    ("rsync", "", &["-e", "--rsh"]),
    ("tar", "", &["-I", "--use-compress-program", "--to-command", "--checkpoint-action"]),
];

/// The arguments that are read as a program, and who reads them.
pub(crate) fn code<'r, S: AsRef<str>>(argv: &Argv<'r, S>) -> Option<(Reads, &'r [S])> {
    if !argv.far.is_empty() {
        return Some((Reads::FarShell, argv.far));
    }
    let arguments = argv.arguments;
    let shell = |found: Option<&'r [S]>| found.map(|found| (Reads::Shell, found));
    if argv.is(&SHELLS) {
        return shell(behind_c(arguments));
    }
    if argv.is(&["eval"]) {
        return shell(Some(arguments));
    }
    if argv.is(&["cmd"]) {
        let is_run = |text: &S| matches!(text.as_ref(), "/c" | "/C" | "/k" | "/K");
        return shell(arguments.iter().position(is_run).map(|at| &arguments[at + 1..]));
    }
    if argv.is(&["powershell", "pwsh"]) {
        return shell(powershell(arguments, argv.is(&["powershell"])));
    }
    if let Some((_, word, options)) = CARRIERS.iter().find(|(name, ..)| argv.program == *name) {
        let applies = word.is_empty() || arguments.iter().any(|text| text.as_ref() == *word);
        return shell(option(arguments, options, "", false).filter(|_| applies));
    }
    if argv.is(&["awk", "gawk", "mawk", "nawk"]) {
        return awk(arguments).map(|found| (Reads::Code, found));
    }
    if argv.is(&["sqlite3"]) {
        let is_word = |text: &S| !text.as_ref().starts_with('-');
        let file = arguments.iter().position(is_word)?;
        return Some((Reads::Code, &arguments[file + 1..]));
    }
    interpreter(argv.program, arguments).or_else(|| carried(arguments))
}

fn interpreter<'r, S: AsRef<str>>(program: &str, arguments: &'r [S]) -> Option<(Reads, &'r [S])> {
    let name = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let known = INTERPRETERS.iter().find(|known| known.name == name)?;
    let found = option(arguments, known.options, known.flags, known.first)?;
    Some((Reads::Code, found))
}

/// The line of a shell or a language that another program starts, whatever its own options are:
/// `docker compose exec web sh -c LINE`.
fn carried<S: AsRef<str>>(arguments: &[S]) -> Option<(Reads, &[S])> {
    arguments.iter().enumerate().find_map(|(at, word)| {
        let (program, rest) = (name(word.as_ref()), &arguments[at + 1..]);
        if SHELLS.contains(&program) {
            return behind_c(rest).map(|found| (Reads::Shell, found));
        }
        interpreter(program, rest)
    })
}

/// The line of `sh -c LINE`; none, if a script comes first.
fn behind_c<S: AsRef<str>>(arguments: &[S]) -> Option<&[S]> {
    let is_option = |word: &str| word.starts_with(['-', '+']);
    let mut at = 0;
    loop {
        let word = arguments.get(at)?.as_ref();
        if !is_option(word) || word == "--" {
            return None;
        }
        if word.starts_with("--command") {
            return option(&arguments[at..], &["--command"], "", true);
        }
        if word.starts_with("--") {
            at += 1 + usize::from(matches!(word, "--rcfile" | "--init-file"));
        } else if word.contains('c') {
            let rest = &arguments[at + 1..];
            let line = rest.iter().position(|text| !is_option(text.as_ref()))?;
            return Some(&rest[line..=line]);
        } else {
            at += 1 + usize::from(word.ends_with(['o', 'O']));
        }
    }
}

/// What `-Command` takes: all the rest. The old one takes words without an option for it, too.
fn powershell<S: AsRef<str>>(arguments: &[S], old: bool) -> Option<&[S]> {
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
        let word = arguments.get(at)?.as_ref();
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
fn awk<S: AsRef<str>>(arguments: &[S]) -> Option<&[S]> {
    let mut at = 0;
    loop {
        let word = arguments.get(at)?.as_ref();
        match word {
            "-F" | "-v" => at += 2,
            _ if word.starts_with("-f") || word.starts_with("--file") => return None,
            _ if word.starts_with('-') => at += 1,
            _ => return Some(&arguments[at..=at]),
        }
    }
}

/// What stands behind one of these options, or is glued to it.
fn option<'r, S: AsRef<str>>(
    arguments: &'r [S],
    options: &[&str],
    flags: &str,
    first: bool,
) -> Option<&'r [S]> {
    for (at, text) in arguments.iter().enumerate() {
        let word = text.as_ref();
        if first && !word.starts_with('-') {
            return None;
        }
        // `-tAc` is `-t -A -c`.
        let clustered = |option: &&str| {
            let letters = word.strip_prefix('-').and_then(|word| word.strip_suffix(&option[1..]));
            option.len() == 2
                && letters.is_some_and(|letters| letters.chars().all(|c| flags.contains(c)))
        };
        if options.contains(&word) || options.iter().any(clustered) {
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
