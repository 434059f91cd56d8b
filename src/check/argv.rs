//! What a command runs in the end: past `sudo`, `env` and the like, and on the far side of `ssh`.

use crate::document::Spanned;

/// A program and its arguments.
pub(super) struct Argv<'r, 't> {
    /// Its name, without a folder.
    pub(super) program: &'r str,
    /// What it is given.
    pub(super) arguments: &'r [Spanned<'t>],
    /// All that `ssh` hands over to the shell of another machine.
    pub(super) far: &'r [Spanned<'t>],
}

/// Programs that run another: their options that take a value, and the words that come before it.
const WRAPPERS: [(&str, &str, usize); 18] = [
    ("sudo", "ugpCDhRrtTU", 0),
    ("doas", "uC", 0),
    ("env", "uC", 0),
    ("nohup", "", 0),
    ("setsid", "", 0),
    ("nice", "n", 0),
    ("ionice", "cn", 0),
    ("timeout", "ks", 1),
    ("time", "fo", 0),
    ("stdbuf", "ioe", 0),
    ("strace", "efopsu", 0),
    ("chroot", "", 1),
    ("xargs", "IPnLsdaE", 0),
    ("watch", "n", 0),
    ("busybox", "", 0),
    ("ssh", "BbcDEeFIiJLlmOoPpQRSWw", 1),
    ("sshpass", "pfde", 0),
    ("wsl", "du", 0),
];

/// Their long options that take the next word as value.
const VALUED: [&str; 9] = [
    "--user",
    "--group",
    "--chdir",
    "--unset",
    "--signal",
    "--kill-after",
    "--adjustment",
    "--host",
    "--distribution",
];

impl<'r, 't> Argv<'r, 't> {
    /// Of the texts of `run`.
    pub(super) fn of(run: &'r [Spanned<'t>]) -> Self {
        let (mut run, mut far) = (run, &run[..0]);
        loop {
            let Some((first, rest)) = run.split_first() else {
                return Self { program: "", arguments: run, far };
            };
            let program = name(&first.text);
            let Some(inner) = inside(program, rest).filter(|inner| !inner.is_empty()) else {
                return Self { program, arguments: rest, far };
            };
            if program == "ssh" && far.is_empty() {
                far = inner;
            }
            run = inner;
        }
    }

    /// Whether it is one of these programs.
    pub(super) fn is(&self, programs: &[&str]) -> bool {
        programs.iter().any(|program| self.program.eq_ignore_ascii_case(program))
    }

    /// Its arguments without options. Of these, an option takes the next word as its value.
    pub(super) fn words<'a>(&self, valued: &'a [&'a str]) -> impl Iterator<Item = &'r str> + 'a
    where
        'r: 'a,
    {
        let mut is_value = false;
        self.arguments.iter().map(|text| &*text.text).filter(move |word| {
            let skipped = std::mem::replace(&mut is_value, valued.contains(word));
            !skipped && !word.starts_with('-')
        })
    }
}

/// The name of a program: without a folder, without `.exe`, without what is glued to it.
fn name(program: &str) -> &str {
    let program = program.split_whitespace().next().unwrap_or_default();
    let program = program.rsplit(['/', '\\']).next().unwrap_or_default();
    program.strip_suffix(".exe").or(program.strip_suffix(".EXE")).unwrap_or(program)
}

/// What a program that runs another runs.
fn inside<'r, 't>(program: &str, rest: &'r [Spanned<'t>]) -> Option<&'r [Spanned<'t>]> {
    let after = |is: &dyn Fn(&str) -> bool| {
        rest.iter().position(|text| is(&text.text)).map(|at| &rest[at + 1..])
    };
    if let Some((_, valued, words)) = WRAPPERS.iter().find(|(name, ..)| *name == program) {
        return Some(past(rest, valued, *words));
    }
    let first = rest.first().map_or("", |text| &*text.text);
    match program {
        "docker" | "podman" | "nerdctl" if first == "exec" => Some(past(&rest[1..], "euw", 1)),
        "kubectl" | "oc" if first == "exec" => after(&|word| word == "--"),
        "find" => after(&|word| matches!(word, "-exec" | "-execdir" | "-ok" | "-okdir")),
        _ => None,
    }
}

/// What follows the options and assignments of a wrapper, and so many words more.
fn past<'r, 't>(mut run: &'r [Spanned<'t>], valued: &str, mut words: usize) -> &'r [Spanned<'t>] {
    while let Some((word, rest)) = run.split_first() {
        let word = &*word.text;
        let skipped = match word.strip_prefix('-') {
            Some(option) => {
                // `-u root` takes the next word, `-uroot` has its value.
                let takes = VALUED.contains(&word)
                    || !option.starts_with('-')
                        && option
                            .find(|c| valued.contains(c))
                            .is_some_and(|at| at + 1 == option.len());
                usize::from(takes)
            }
            None if is_assignment(word) => 0,
            None if words > 0 => {
                words -= 1;
                0
            }
            None => break,
        };
        run = rest.get(skipped..).unwrap_or_default();
    }
    run
}

/// `NAME=value` before a program.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}
