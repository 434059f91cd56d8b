//! What a command runs in the end: past `sudo`, `env` and the like, and on the far side of `ssh`.

/// A program and its arguments.
pub(crate) struct Argv<'r, S> {
    /// Its name, without a folder.
    pub(crate) program: &'r str,
    /// The word that names it, if there is one.
    pub(super) word: Option<&'r S>,
    /// What it is given.
    pub(crate) arguments: &'r [S],
    /// All that `ssh` hands over to the shell of another machine.
    pub(crate) far: &'r [S],
}

/// Programs that run another: their options that take a value, and the words that come before it.
const WRAPPERS: [(&str, &str, usize); 21] = [
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
    ("nsenter", "tSG", 0),
    ("flock", "wE", 1),
    ("systemd-run", "pEuMt", 0),
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

impl<'r, S: AsRef<str>> Argv<'r, S> {
    /// Of the texts of `run`.
    pub(crate) fn of(run: &'r [S]) -> Self {
        let (mut run, mut far) = (run, &run[..0]);
        loop {
            let Some((first, rest)) = run.split_first() else {
                return Self { program: "", word: None, arguments: run, far };
            };
            let program = name(first.as_ref());
            let Some(inner) = inside(program, rest).filter(|inner| !inner.is_empty()) else {
                return Self { program, word: Some(first), arguments: rest, far };
            };
            if program == "ssh" && far.is_empty() {
                far = inner;
            }
            run = inner;
        }
    }

    /// Whether it is one of these programs.
    pub(crate) fn is(&self, programs: &[&str]) -> bool {
        programs.iter().any(|program| self.program.eq_ignore_ascii_case(program))
    }

    /// Its arguments without options. Of these, an option takes the next word as its value.
    pub(crate) fn words<'a>(&self, valued: &'a [&'a str]) -> impl Iterator<Item = &'r str> + 'a
    where
        'r: 'a,
    {
        let mut is_value = false;
        self.arguments.iter().map(AsRef::as_ref).filter(move |word| {
            let skipped = std::mem::replace(&mut is_value, valued.contains(word));
            !skipped && !word.starts_with('-')
        })
    }
}

/// The name of a program: without a folder, without `.exe`, without what is glued to it.
pub(super) fn name(program: &str) -> &str {
    let program = program.split_whitespace().next().unwrap_or_default();
    let program = program.rsplit(['/', '\\']).next().unwrap_or_default();
    program.strip_suffix(".exe").or(program.strip_suffix(".EXE")).unwrap_or(program)
}

/// What a program that runs another runs.
fn inside<'r, S: AsRef<str>>(program: &str, rest: &'r [S]) -> Option<&'r [S]> {
    let after = |is: &dyn Fn(&str) -> bool| {
        rest.iter().position(|text| is(text.as_ref())).map(|at| &rest[at + 1..])
    };
    let splits = |word: &str| word.starts_with("-S") || word.starts_with("--split-string");
    let leads = |word: &&S| word.as_ref().starts_with('-') || is_assignment(word.as_ref());
    if program == "env" && rest.iter().take_while(leads).any(|word| splits(word.as_ref())) {
        return None;
    }
    if let Some((_, valued, words)) = WRAPPERS.iter().find(|(name, ..)| *name == program) {
        return Some(past(rest, valued, *words));
    }
    let first = rest.first().map_or("", |text| text.as_ref());
    match program {
        "docker" | "podman" | "nerdctl" if first == "exec" => Some(past(&rest[1..], "euw", 1)),
        "kubectl" | "oc" if first == "exec" => after(&|word| word == "--"),
        "find" => after(&|word| super::FIND.contains(&word)),
        _ => None,
    }
}

/// What follows the options and assignments of a wrapper, and so many words more.
fn past<'r, S: AsRef<str>>(mut run: &'r [S], valued: &str, mut words: usize) -> &'r [S] {
    while let Some((word, rest)) = run.split_first() {
        let word = word.as_ref();
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
