//! Where the answers of a walk come from: a file, a terminal, a pipe.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Seek, Stdin};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::context::{is_dumb, read_input};
use super::{Context, Exit, Failure};
use crate::cli::args::WalkArgs;
use crate::document::{Diagnostic, Document};
use crate::incident::Incident;
use crate::output::{Screen, diagnostics};
use crate::phase::Phase;
use crate::prompt::{Answers, Plain, Prompt, Stop, Terminal, Topic};
use crate::walk::KEYS;
use crate::wording;

/// A source of answers and what it needs at the end.
pub(in crate::cli) enum Source {
    File(Document, Box<Answers>),
    Terminal(Box<Terminal>),
    Plain(Box<Plain<BufReader<Stdin>, io::Stderr>>),
    Nobody(Box<Plain<io::Empty, io::Sink>>),
}

/// Chooses the source: a file if named, line editing at a terminal that can, else line by line.
pub(in crate::cli) fn open(args: &WalkArgs) -> Result<Source, Failure> {
    if let Some(path) = &args.answers {
        let name = path.display().to_string();
        let document = Document::from_bytes(name.clone(), read_input(path)?)
            .map_err(|diagnostic| Failure::usage(format!("`{name}`: {}", diagnostic.message)))?;
        return match Answers::read(&document) {
            Ok(answers) => Ok(Source::File(document, Box::new(answers))),
            Err(found) => Err(wrong(&document, &found, "cannot be used")),
        };
    }
    Ok(interactive())
}

/// A person if there is one, else a pipe.
pub(in crate::cli) fn interactive() -> Source {
    let terminal = io::stdin().is_terminal();
    if terminal && !is_dumb() {
        // Without a terminal to edit on, lines are read as they come.
        if let Ok(terminal) = Terminal::open(crate::execute::edit) {
            return Source::Terminal(Box::new(terminal));
        }
    }
    Source::Plain(Box::new(line_by_line(terminal)))
}

fn line_by_line(patient: bool) -> Plain<BufReader<Stdin>, io::Stderr> {
    Plain::new(BufReader::new(io::stdin()), io::stderr(), patient)
}

/// Nobody: standard input was used up for something else.
pub(in crate::cli) fn nobody() -> Source {
    Source::Nobody(Box::new(Plain::new(io::empty(), io::sink(), false)))
}

impl Source {
    pub(in crate::cli) fn prompt(&mut self) -> &mut dyn Prompt {
        match self {
            Self::File(_, answers) => &mut **answers,
            Self::Terminal(terminal) => &mut **terminal,
            Self::Plain(plain) => &mut **plain,
            Self::Nobody(nobody) => &mut **nobody,
        }
    }

    /// Where plain lines are shown, lines are read as they come, too.
    pub(in crate::cli) fn suit(&mut self, screen: &Screen) {
        if screen.is_plain() && matches!(self, Self::Terminal(_)) {
            *self = Self::Plain(Box::new(line_by_line(true)));
        }
    }

    /// What an earlier run of the same file has recorded is not asked again, and is used.
    pub(in crate::cli) fn resume(&mut self, incident: &Incident, phase: Phase) {
        if let Self::File(_, answers) = self {
            answers.resume(incident, phase);
        }
    }

    /// How the walk ended, with what of the answers is nowhere in the record.
    pub(in crate::cli) fn finish(self, walked: Result<Exit, Failure>) -> Result<Exit, Failure> {
        match (walked, self.all_taken()) {
            (Ok(exit), taken) => taken.map(|()| exit),
            (Err(failure), Err(lost)) if failure.details.is_empty() => {
                Err(Failure { details: lost.details, ..failure })
            }
            (Err(failure), _) => Err(failure),
        }
    }

    /// An answer that nobody asked for is an error: the file, or whatever writes to the pipe, meant
    /// another walk. So is one that was refused.
    fn all_taken(self) -> Result<(), Failure> {
        let (document, answers) = match self {
            Self::File(document, answers) => (document, answers),
            Self::Plain(mut plain) => {
                // A walk that asked nothing has read nothing.
                if is_fed() {
                    plain.look();
                }
                return nothing_lost(&plain.unasked(), plain.refused());
            }
            _ => return Ok(()),
        };
        let unused: Vec<Diagnostic> = answers
            .unused()
            .into_iter()
            .map(|(name, span)| {
                Diagnostic::error("unused-answer", format!("no question asked for `{name}`"), span)
            })
            .collect();
        if unused.is_empty() {
            return Ok(());
        }
        let count = wording::count(unused.len(), "answer");
        Err(wrong(&document, &unused, &format!("has {count} to questions that were not asked")))
    }
}

/// Whether a pipe or a file on standard input has data now. Does not wait for any.
pub(in crate::cli) fn is_fed() -> bool {
    let stdin = io::stdin();
    let Ok(mut file) = stdin.as_fd().try_clone_to_owned().map(File::from) else { return false };
    let Ok(metadata) = file.metadata() else { return false };
    if metadata.is_file() {
        return file.stream_position().is_ok_and(|at| at < metadata.len());
    }
    let mut waiting = [PollFd::new(stdin.as_fd(), PollFlags::POLLIN)];
    metadata.file_type().is_fifo()
        && poll(&mut waiting, PollTimeout::ZERO).is_ok()
        && waiting[0].revents().is_some_and(|found| found.contains(PollFlags::POLLIN))
}

/// Everything that came through a pipe was recorded, or is shown again.
fn nothing_lost(unasked: &str, refused: &[String]) -> Result<(), Failure> {
    let unasked = unasked.trim_end();
    let why = match (unasked.trim().is_empty(), refused.len()) {
        (true, 0) => return Ok(()),
        (false, 0) => "the walk ended before these answers were asked for".to_owned(),
        (true, n) => format!("{} refused", wording::count(n, "answer")),
        (false, _) => "these answers were refused, or never asked for".to_owned(),
    };
    let mut lines: Vec<&str> = refused.iter().map(String::as_str).collect();
    lines.extend(unasked.lines());
    Err(Failure::usage(why)
        .with_text(&lines.join("\n"))
        .hint("everything else is recorded, and the log is intact"))
}

fn wrong(document: &Document, found: &[Diagnostic], what: &str) -> Failure {
    let mut failure =
        Failure::new(Exit::Usage, format!("the answers file `{}` {what}", document.name));
    failure.details = diagnostics::render(document, found, true);
    failure.hint("everything recorded so far is kept, and the log is intact")
}

/// What was said to a question before the walk.
pub(in crate::cli) enum Said {
    /// An answer.
    Answer(String),
    /// Nothing: an empty line.
    Nothing,
    /// To go back to the question before.
    Back,
}

/// Asks a question before the walk, as [`asked`]; `?` shows what it is
/// about.
///
/// # Errors
/// The input ended.
pub(in crate::cli) fn opening(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    topic: &'static str,
    text: &str,
    about: &str,
) -> Result<Said, Failure> {
    loop {
        if let Some(said) = asked(context, prompt, topic, text)? {
            return Ok(said);
        }
        help(context, about);
    }
}

/// What `?` shows at a question before the walk.
pub(in crate::cli) fn help(context: &mut Context, about: &str) {
    context.screen.say(&format!("{about} < goes back, q stops."));
}

/// Asks a question before the walk; none where a person asks back with `?`. For a person `<` goes back,
/// `q` stops, and a key of the walk is no answer; `=` before an answer takes it as it is.
///
/// # Errors
/// The input ended.
pub(in crate::cli) fn asked(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    topic: &'static str,
    text: &str,
) -> Result<Option<Said>, Failure> {
    loop {
        let line = prompt.line(Topic::Opening(topic), text)?;
        let line = line.trim();
        if line.is_empty() {
            return Ok(Some(Said::Nothing));
        }
        if !prompt.is_patient() {
            return Ok(Some(Said::Answer(line.to_owned())));
        }
        match line {
            "?" | "help" | "help me" | "help!" => return Ok(None),
            "<" => return Ok(Some(Said::Back)),
            "q" => return Err(Stop::EndOfInput.into()),
            _ => match line.strip_prefix('=') {
                Some(literal) => return Ok(Some(Said::Answer(literal.trim().to_owned()))),
                None if !is_offered(line, text) && is_key(line) => context.screen.say(&format!(
                    "The walk has not begun, so that is no key yet; `= {line}` takes it as it is."
                )),
                None => return Ok(Some(Said::Answer(line.to_owned()))),
            },
        }
    }
}

/// Whether a letter is one that the question names, or lists more.
fn is_offered(line: &str, text: &str) -> bool {
    let is_yes_no = ["[y/N]", "[Y/n]"].iter().any(|offer| text.contains(offer));
    line == "l" || is_yes_no && ["y", "n"].contains(&line)
}

/// Whether a line is a letter of the walk alone, or before a number: `j 5`.
fn is_key(line: &str) -> bool {
    let (word, rest) = line.split_once(' ').unwrap_or((line, "1"));
    let mut letters = word.chars();
    let letter = letters.next().filter(|_| letters.next().is_none());
    let number = rest.trim().chars().all(|c| c.is_ascii_digit());
    number && letter.is_some_and(|letter| KEYS.iter().any(|(key, ..)| *key == letter))
}
