//! A step on paper: its acts, or all that it says.

use std::fmt::Write as _;

use super::markup::{fence, markup, with_blank};
use super::{Paper, steps};
use crate::fact::{Condition, Vocabulary, names};
use crate::playbook::{Argument, Command, Fill, Step};
use crate::{escape, wording};

/// How a step is printed.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'p> {
    pub(super) vocabulary: &'p Vocabulary,
    pub(super) paper: &'p Paper,
}

impl Sheet<'_> {
    /// The acts of a step, with room to write down how it ended.
    pub(super) fn acts(self, page: &mut String, number: usize, step: &Step) {
        self.head(page, number, step);
        if step.acts.is_empty() {
            self.instructions(page, step);
        } else {
            let acts = step.acts.iter().filter(|act| self.paper.prints(act.when.as_ref()));
            for (number, act) in acts.enumerate() {
                let only = self.only(act.when.as_ref()).map(|only| format!("**{only}:** "));
                let (only, text) = (only.unwrap_or_default(), with_blank(&act.text));
                let _ = write!(page, "\n{}. {only}{text}", number + 1);
            }
            page.push('\n');
            let done = step.instructions.last().and_then(|part| done_when(&part.text));
            // The card of the first hour is one page; the whole binder says the rest.
            if let Some(done) = done.filter(|_| !self.paper.first_hour) {
                let _ = write!(page, "\n{}\n", markup(&done));
            }
        }
        if !self.paper.first_hour {
            let keep = step.evidence.iter().map(|wanted| with_blank(&wanted.title)).collect();
            listed(page, "Keep", keep);
            listed(page, "Write down", step.ask.iter().map(|name| self.title(name)).collect());
        }
        page.push_str("\n- [ ] Done at ________ by ______; not done, because: ____________\n");
    }

    fn instructions(self, page: &mut String, step: &Step) {
        let parts = step.instructions.iter();
        for part in parts.filter(|part| self.paper.prints(part.when.as_ref())) {
            if let Some(only) = self.only(part.when.as_ref()) {
                let _ = write!(page, "\nOnly if {only}:\n");
            }
            let _ = write!(page, "\n{}\n", markup(&part.text));
        }
    }

    /// All that a step says, with room to write down how it ended.
    pub(super) fn full(self, page: &mut String, number: usize, step: &Step) {
        self.head(page, number, step);
        self.instructions(page, step);
        let _ = write!(page, "\n**Why:** {}\n", markup(&step.why));
        self.commands(page, step);
        if !step.ask.is_empty() {
            page.push_str("\nWrite down:\n\n");
            for name in &step.ask {
                let _ = writeln!(page, "- {} ______________________", self.question(name));
            }
        }
        if !step.evidence.is_empty() {
            page.push_str("\nKeep:\n\n");
            for wanted in &step.evidence {
                let required = if wanted.required { "" } else { " (if there is any)" };
                let title = with_blank(&wanted.title);
                let _ = writeln!(page, "- [ ] {title}{required}. Where: ______________________");
            }
        }
        page.push_str(
            "\nHow it ended:\n\n- [ ] Done\n- [ ] Skipped, because: ______________________\n\
             - [ ] Not applicable, because: ______________________\n\
             - [ ] Waiting, blocked or assigned: ______________________\n\n\
             Time and zone: ________________ Initials: ________\n",
        );
    }

    /// Number and title, then on one line who, how long, when: the instructions may begin with a
    /// list of their own.
    fn head(self, page: &mut String, number: usize, step: &Step) {
        // A blank to fill in, as the page is copied for each item.
        let title = with_blank(&step.title);
        let _ = write!(page, "\n## {}. {title}\n\n{}\n", number + 1, self.margin(step).join(" | "));
    }

    fn margin(self, step: &Step) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(role) = step.role {
            lines.push(format!("Role: {}", role.as_str()));
        }
        if !step.call.is_empty() {
            lines.push(format!("Call: {}", wording::list(&step.call)));
        }
        if let Some(within) = step.within {
            lines.push(format!("Time: {}", wording::length(within)));
        }
        if let Some(only) = self.only(step.when.as_ref()) {
            lines.push(format!("Only if: {only}"));
        }
        if let Some(list) = &step.for_each {
            let title = self.title(list);
            lines.push(if self.paper.full {
                format!("Repeat for each of: {title}. Copy this page for each. This one: ________________")
            } else {
                format!("For each of: {title}. This one: ________________")
            });
        }
        if !step.needs.is_empty() {
            lines.push(format!("After {}", steps(&step.needs)));
        }
        if !step.destroys.is_empty() {
            lines.push("**Destroys evidence:** check first that it was kept".to_owned());
        }
        if step.privileged {
            lines.push("Marked privileged: keep this page with counsel's papers".to_owned());
        }
        if lines.is_empty() {
            lines.push("Always".to_owned());
        }
        lines
    }

    /// What `breach` could run, to be typed elsewhere.
    pub(super) fn commands(self, page: &mut String, step: &Step) {
        for command in step.commands.iter().filter(|one| self.paper.prints(one.when.as_ref())) {
            self.command(page, command, &step.noun);
        }
    }

    fn command(self, page: &mut String, command: &Command, noun: &str) {
        let changes = if command.changes { " (**changes the system**)" } else { "" };
        let _ = write!(page, "\n{}{changes}", escape::markdown(&command.title));
        if let Some(only) = self.only(command.when.as_ref()) {
            let _ = write!(page, ", only if {only}");
        }
        let line = escape::argv(command.run.iter().map(|argument| typed(argument, noun)));
        let fence = fence(&line);
        let _ = write!(page, ":\n\n{fence}sh\n{line}\n{fence}\n");
        if let Some(undo) = &command.undo {
            let _ = write!(page, "\nUndo: {}\n", markup(undo));
        }
    }

    /// A condition that what is known leaves open, in words; of platforms alone, their names.
    fn only(self, when: Option<&Condition>) -> Option<String> {
        let when = when.filter(|when| when.holds(&|name| self.paper.known(name)).is_none())?;
        let words = when.words(self.vocabulary);
        let platforms = format!("{}: ", self.title(names::PLATFORMS));
        let alone = words.strip_prefix(&platforms).filter(|rest| !rest.contains(": "));
        Some(escape::markdown(alone.unwrap_or(&words)))
    }

    fn title(self, name: &str) -> String {
        escape::markdown(self.vocabulary.get(name).map_or(name, |fact| &fact.title))
    }

    /// What is asked, with what can be chosen.
    fn question(self, name: &str) -> String {
        let Some(fact) = self.vocabulary.get(name) else {
            return escape::markdown(name);
        };
        let mut question = escape::markdown(&fact.ask);
        if !fact.options.is_empty() {
            let titles: Vec<String> =
                fact.options.iter().map(|option| escape::markdown(&option.title)).collect();
            let _ = write!(question, " ({})", titles.join("; "));
        }
        question
    }
}

fn listed(page: &mut String, label: &str, texts: Vec<String>) {
    if !texts.is_empty() {
        let _ = write!(page, "\n**{label}:** {}\n", texts.join("; "));
    }
}

/// An argument as it is typed by hand, with a word in capitals for what has to be put in: `--id=HOST`.
fn typed(argument: &Argument, noun: &str) -> String {
    let put_in = match &argument.fill {
        None => "",
        Some(Fill::Item) => noun,
        Some(Fill::Fact(name)) => name,
    };
    format!("{}{}{}", argument.text, put_in.to_uppercase().replace(' ', "_"), argument.rest)
}

/// The last paragraph of the instructions, if it says when the step is done.
fn done_when(text: &str) -> Option<String> {
    let last = text.trim_end().rsplit("\n\n").next()?;
    last.starts_with("Done when ").then(|| last.replace('\n', " "))
}
