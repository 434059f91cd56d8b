//! Commands of a step: run here, at most once, or elsewhere and reported.

use super::card::{attempt, commands};
use super::{Act, Asking, Question, QuestionPart, Reported, Run, Then, Walk};
use crate::escape;
use crate::incident::event::{Ended, Note};
use crate::incident::{CommandKey, Incident, StepKey};
use crate::playbook::Command;

/// A command that waits for a typed confirmation.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    run: Run,
    title: String,
    undo: Option<String>,
    /// What happened to it before.
    before: Option<String>,
    /// The word that starts it.
    word: String,
}

/// What is asked of a command that ran elsewhere, in this order.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    key: CommandKey,
    privileged: bool,
    shown: String,
    place: Option<String>,
    account: Option<String>,
    ended: Option<Ended>,
}

impl Attempt {
    pub(super) fn ask(&self, at: &StepKey) -> Question {
        let part = QuestionPart::Confirm(self.run.key.command.clone());
        let prompt = format!("Type `{}` to start it, anything else to cancel: ", self.word);
        let mut question = Question::plain(at, part, &prompt);
        question.lines.push(self.title.clone());
        question.lines.push(format!("  $ {}", escape::argv(&self.run.argv)));
        if let Some(before) = &self.before {
            question.lines.push(format!("It was started before: {before}."));
            question
                .lines
                .push("Check whether it took effect before you start it again.".to_owned());
        }
        if self.run.changes {
            question.lines.push("This changes the system.".to_owned());
            if let Some(undo) = &self.undo {
                question.lines.push(format!("To undo it: {undo}"));
            }
        }
        question
    }
}

impl Reply {
    pub(super) fn ask(&self, at: &StepKey) -> Question {
        let first = self.place.is_none();
        let (prompt, block) = match (&self.place, &self.account, &self.ended) {
            (None, ..) => ("Which machine did you run it on? Enter if you did not run it: ", false),
            (_, None, _) => ("Under which account? ", false),
            (.., None) => ("Exit code, or Enter if nobody saw it: ", false),
            _ => ("What did it print? End with a line that contains only a full stop:", true),
        };
        let mut question = Question::plain(at, QuestionPart::Aside, prompt);
        if first {
            question.lines.push("Run this on the right machine:".to_owned());
            question.lines.push(format!("  $ {}", self.shown));
        }
        question.block = block;
        question
    }
}

impl Walk<'_> {
    /// Starts with `r` or `c`: finds the command that is meant, or asks.
    pub(super) fn pick_command(
        &mut self,
        incident: &Incident,
        at: StepKey,
        which: &str,
        elsewhere: bool,
    ) -> Vec<Act> {
        let Some(step) = self.step(&at) else {
            return Vec::new();
        };
        let offered: Vec<&Command> = commands(step, incident).collect();
        let command = match (offered.as_slice(), which) {
            ([], _) => {
                self.mode = Asking::Step;
                return vec![Act::Refuse(
                    "This step has no command that applies to what is known.".to_owned(),
                )];
            }
            ([one], "") => Some(*one),
            (_, "") => {
                self.mode = Asking::WhichCommand { at, elsewhere };
                return Vec::new();
            }
            (many, which) => {
                let number = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                number
                    .and_then(|number| many.get(number).copied())
                    .or_else(|| many.iter().copied().find(|command| command.id == which))
            }
        };
        let Some(command) = command else {
            self.mode = Asking::Step;
            return vec![Act::Refuse(format!("This step has no command `{which}`."))];
        };
        if elsewhere {
            return self.copy(incident, at, &command.id.clone());
        }
        self.run(incident, at, &command.id.clone())
    }

    pub(super) fn ask_which_command(&self, incident: &Incident, at: &StepKey) -> Question {
        let mut question = Question::plain(at, QuestionPart::Aside, "Which command? ");
        if let Some(step) = self.step(at) {
            for (number, command) in commands(step, incident).enumerate() {
                question.lines.push(format!("  {} {} - {}", number + 1, command.id, command.title));
            }
        }
        question
    }

    /// Runs a command, after what has to be asked first.
    pub(super) fn run(&mut self, incident: &Incident, at: StepKey, id: &str) -> Vec<Act> {
        let Some(command) = self.command(&at, id) else {
            return Vec::new();
        };
        let argv = match command.fill(&|name| incident.fact_value(name), at.item.as_deref()) {
            Ok(argv) => argv,
            Err(unfilled) => return self.unfilled(incident, at, id, &unfilled),
        };
        if command.changes && self.destroys_unkept(incident, &at) {
            self.mode = Asking::Destroy { at, then: Then::Run(id.to_owned()) };
            return Vec::new();
        }
        if incident.drill && command.changes {
            self.mode = Asking::Step;
            return vec![Act::Say(format!("Rehearsal, not run: {}", escape::argv(&argv)))];
        }
        let key = self.command_key(&at, id);
        let before = incident.commands.get(&key);
        let unknown = before.filter(|state| state.ended.is_none());
        let tried = before.filter(|state| state.ended.is_none() || command.changes);
        let run = Run {
            key,
            argv,
            timeout: command.timeout,
            changes: command.changes,
            privileged: self.is_privileged(&at),
            again_after: unknown.and_then(|state| state.intent.clone()),
        };
        if !command.changes && tried.is_none() {
            self.mode = Asking::Step;
            return vec![Act::Run(Box::new(run))];
        }
        let attempt = Attempt {
            run,
            title: command.title.clone(),
            undo: command.undo.clone(),
            before: tried.map(attempt),
            word: if tried.is_some() { "again".to_owned() } else { command.id.clone() },
        };
        self.mode = Asking::Confirm { at, attempt };
        Vec::new()
    }

    /// A value is missing or unusable: ask for the fact, then come back.
    fn unfilled(
        &mut self,
        incident: &Incident,
        at: StepKey,
        id: &str,
        unfilled: &crate::playbook::Unfilled,
    ) -> Vec<Act> {
        self.mode = Asking::Step;
        let why = format!("Command `{id}`: {unfilled}.");
        // Answering "unknown" must not ask forever.
        match unfilled.missing_fact().filter(|fact| incident.fact_value(fact).is_none()) {
            Some(fact) => {
                self.next_fact(at, vec![fact.to_owned()], Then::Run(id.to_owned()));
                vec![Act::Say(why)]
            }
            None => vec![Act::Refuse(why)],
        }
    }

    pub(super) fn confirm(&mut self, attempt: Attempt, reply: &str) -> Vec<Act> {
        self.mode = Asking::Step;
        if reply.trim() == attempt.word {
            return vec![Act::Run(Box::new(attempt.run))];
        }
        vec![Act::Say("Not confirmed, so it was not started.".to_owned())]
    }

    fn copy(&mut self, incident: &Incident, at: StepKey, id: &str) -> Vec<Act> {
        let Some(command) = self.command(&at, id) else {
            return Vec::new();
        };
        match command.fill(&|name| incident.fact_value(name), at.item.as_deref()) {
            Ok(argv) => {
                let report = Reply {
                    key: self.command_key(&at, id),
                    privileged: self.is_privileged(&at),
                    shown: escape::argv(&argv),
                    place: None,
                    account: None,
                    ended: None,
                };
                self.mode = Asking::Elsewhere { at, report };
                Vec::new()
            }
            Err(unfilled) => {
                self.mode = Asking::Step;
                vec![Act::Refuse(format!("Command `{id}`: {unfilled}."))]
            }
        }
    }

    /// Takes where, as whom, how it ended and what it printed, one after the other.
    pub(super) fn elsewhere(&mut self, at: StepKey, mut report: Reply, reply: &str) -> Vec<Act> {
        let line = reply.trim();
        let command = report.key.command.clone();
        let part = |what: &str| format!("`{command}` was run elsewhere: {what} {line}");
        let said = if report.place.is_none() {
            if self.patient && line.is_empty() {
                return vec![Act::Say("Nothing was recorded.".to_owned())];
            }
            report.place = Some(line.to_owned());
            part("on")
        } else if report.account.is_none() {
            report.account = Some(line.to_owned());
            part("as")
        } else if report.ended.is_none() {
            report.ended = Some(line.parse().map_or(Ended::Unknown, Ended::Exit));
            part("exit code")
        } else {
            self.mode = Asking::Step;
            return vec![Act::Report(Box::new(Reported {
                key: report.key,
                place: report.place.filter(|place| !place.is_empty()),
                account: report.account.filter(|account| !account.is_empty()),
                ended: report.ended.unwrap_or(Ended::Unknown),
                output: reply.to_owned(),
                privileged: report.privileged,
            }))];
        };
        let said = Some(said).filter(|_| !line.is_empty());
        let note = said.map(|text| self.draft(&at, Note::new(text), None));
        self.mode = Asking::Elsewhere { at, report };
        note.into_iter().collect()
    }

    fn command(&self, at: &StepKey, id: &str) -> Option<&Command> {
        self.step(at)?.commands.iter().find(|command| command.id == id)
    }

    fn command_key(&self, at: &StepKey, id: &str) -> CommandKey {
        CommandKey { step: self.address(at), item: at.item.clone(), command: id.to_owned() }
    }
}
