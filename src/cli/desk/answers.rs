//! Where the answers of a walk come from: a file, a terminal, a pipe.

use std::io::{self, BufReader, IsTerminal, Stdin};

use super::context::read_input;
use super::{Exit, Failure};
use crate::cli::args::WalkArgs;
use crate::document::{Diagnostic, Document};
use crate::incident::Incident;
use crate::output::diagnostics;
use crate::phase::Phase;
use crate::prompt::{Answers, Plain, Prompt, Terminal, Topic};
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
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    if terminal && !dumb {
        // Without a terminal to edit on, lines are read as they come.
        if let Ok(terminal) = Terminal::open() {
            return Source::Terminal(Box::new(terminal));
        }
    }
    let input = BufReader::new(io::stdin());
    Source::Plain(Box::new(Plain::new(input, io::stderr(), terminal)))
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

    /// What an earlier run of the same file has recorded is not asked again, and is used.
    pub(in crate::cli) fn resume(&mut self, incident: &Incident, phase: Phase) {
        if let Self::File(_, answers) = self {
            answers.resume(incident, phase);
        }
    }

    /// An answer that nobody asked for is an error: the file meant another walk.
    pub(in crate::cli) fn finish(self) -> Result<(), Failure> {
        let Self::File(document, answers) = self else {
            return Ok(());
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

fn wrong(document: &Document, found: &[Diagnostic], what: &str) -> Failure {
    let mut failure =
        Failure::new(Exit::Usage, format!("the answers file `{}` {what}", document.name));
    failure.details = diagnostics::render(document, found, true);
    failure.hint("everything recorded so far is kept, and the log is intact")
}

/// Asks a question before the walk; an empty answer is no answer.
pub(in crate::cli) fn opening(
    prompt: &mut dyn Prompt,
    topic: &'static str,
    text: &str,
) -> Result<Option<String>, Failure> {
    let answer = prompt.line(Topic::Opening(topic), text)?;
    let answer = answer.trim();
    Ok((!answer.is_empty()).then(|| answer.to_owned()))
}
