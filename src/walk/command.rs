//! Commands of a step: run here, at most once, or elsewhere and reported.

use super::card::{attempt, commands};
use super::key::Key;
use super::select::{Selected, select};
use super::{Act, Asking, Question, QuestionPart, Reported, Run, Then, Walk};
use crate::escape;
use crate::incident::event::{Ended, Note};
use crate::incident::{CommandKey, Incident, StepKey};
use crate::playbook::{Argument, Command, Fill, Look};
use crate::wording;

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
    /// Values that lead it to another place, to be looked at: the first is the word.
    strays: Vec<String>,
}

/// What is asked of a command that ran elsewhere, in this order.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    key: CommandKey,
    privileged: bool,
    /// The command, and what to fill into it by hand.
    shown: Vec<String>,
    place: Option<String>,
    account: Option<String>,
    ended: Option<Ended>,
}

impl Attempt {
    pub(super) fn ask(&self, at: &StepKey) -> Question {
        let part = QuestionPart::Confirm(self.run.key.command.clone());
        let prompt = match self.strays.len() {
            0 => format!("Type `{}` to start it, anything else to cancel: ", self.word),
            _ => "Type that value again to start it, anything else to cancel: ".to_owned(),
        };
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
        for stray in &self.strays {
            question.lines.push("This value decides which path it changes:".to_owned());
            question.lines.push(format!("  {stray}"));
        }
        question
    }
}

impl Reply {
    pub(super) fn ask(&self, at: &StepKey) -> Question {
        let first = self.place.is_none();
        let (prompt, block) = match (&self.place, &self.account, &self.ended) {
            (None, ..) => ("On which machine did you type it? Enter if you did not: ", false),
            (_, None, _) => ("Under which account? ", false),
            (.., None) => ("Exit code, or Enter if nobody saw it: ", false),
            _ => ("What did it print? End with a line that contains only a full stop:", true),
        };
        let mut question = Question::plain(at, QuestionPart::Aside, prompt);
        if first {
            question.lines.push(
                "Copy this to a machine that may run it, and then say what came of it:".to_owned(),
            );
            question.lines.extend(self.shown.iter().cloned());
        }
        question.block = block;
        question
    }
}

/// A command as the playbook has it, and below it each value that belongs into it, quoted: nobody
/// pastes the one with the other in it unread.
fn by_hand(command: &Command, argv: &[String]) -> Vec<String> {
    let unfilled = command.run.iter().map(ToString::to_string);
    let mut lines = vec![format!("  $ {}", escape::argv(unfilled))];
    let values = values(command, argv);
    lines.extend(values.map(|(argument, value)| {
        format!("    {}: {}", argument.placeholder(), escape::shell(value))
    }));
    lines
}

/// Values that lead a path of a command elsewhere: up, or past the folder that the playbook names.
fn strays(command: &Command, argv: &[String]) -> Vec<String> {
    let stray = |(argument, value): &(&Argument, &str)| {
        let up = value.split(['/', '\\']).any(|part| part == "..");
        let path = argument.text.contains('/');
        up || path && value.contains('/') || argument.text.is_empty() && value.starts_with('/')
    };
    let mut found: Vec<String> =
        values(command, argv).filter(stray).map(|(_, value)| value.to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

/// The arguments that are filled in, and with what.
fn values<'c>(
    command: &'c Command,
    argv: &'c [String],
) -> impl Iterator<Item = (&'c Argument, &'c str)> {
    let filled = command.run.iter().zip(argv).filter(|(argument, _)| argument.fill.is_some());
    filled.map(|(argument, text)| (argument, argument.value(text)))
}

/// The endings of notes about a command of which not all is told yet.
pub(super) const NEXT_AS: &str = "; next, as whom";
pub(super) const NEXT_EXIT: &str = "; next, how it ended";
pub(super) const NEXT_OUTPUT: &str = "; next, what it printed";

impl Walk<'_> {
    /// Starts with `r` or `c`: finds the command that is meant, or asks; then the items.
    pub(super) fn pick_command(
        &mut self,
        incident: &Incident,
        at: StepKey,
        line: &str,
        elsewhere: bool,
    ) -> Vec<Act> {
        let Some(step) = self.step(&at) else {
            return Vec::new();
        };
        let (which, items) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
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
        let id = command.id.clone();
        let key = if elsewhere { Key::Copy } else { Key::Run };
        let of_item = command.run.iter().any(|word| matches!(word.fill, Some(Fill::Item)));
        if !of_item || !self.is_group(&at) {
            return self.start(incident, vec![at], &id, key);
        }
        let of_step = self.items(incident, &at);
        let chosen = match select(items, &of_step, false) {
            Selected::Items(chosen, text) if !chosen.is_empty() && text.is_empty() => chosen,
            Selected::Text if items.is_empty() => {
                let Some(one) = of_step.only() else {
                    self.mode = Asking::Which { at, key, text: id };
                    return Vec::new();
                };
                vec![one.clone()]
            }
            _ => return vec![Act::Refuse(format!("`{items}` names no item of this step."))],
        };
        let of = |item: &String| StepKey { item: Some(item.clone()), ..at.clone() };
        self.start(incident, chosen.iter().map(of).collect(), &id, key)
    }

    /// Runs or copies a command at each of these places, one after the other.
    pub(super) fn start(
        &mut self,
        incident: &Incident,
        places: Vec<StepKey>,
        id: &str,
        key: Key,
    ) -> Vec<Act> {
        self.later.extend(places.into_iter().map(|place| (place, id.to_owned(), key)));
        self.next_command(incident)
    }

    /// The next of the commands that wait for the one before.
    pub(super) fn next_command(&mut self, incident: &Incident) -> Vec<Act> {
        match self.later.pop_front() {
            Some((at, id, Key::Copy)) => self.copy(incident, at, &id),
            Some((at, id, _)) => self.run(incident, at, &id),
            None => Vec::new(),
        }
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
            Err(unfilled) => return self.unfilled(incident, at, (id, Key::Run), &unfilled),
        };
        if let Some((_, reads)) = command.injections(&self.programs).first() {
            let shown = by_hand(command, &argv).join("\n");
            let why = format!(
                "Command `{id}` was not started: {}. Check the value, copy the command to where it \
                 runs, put the value in by hand, and record it with `c`:\n{shown}",
                reads.would()
            );
            self.mode = Asking::Step;
            return vec![Act::Refuse(why)];
        }
        if command.changes && self.destroys_unkept(incident, std::slice::from_ref(&at)) {
            self.mode = Asking::Destroy { at, then: Then::Run(id.to_owned(), Key::Run) };
            return Vec::new();
        }
        // A rehearsal does not rely on what the playbook's author marked.
        let would = command.changes || Look::of(&argv, &self.programs).changes;
        if incident.drill && would {
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
        let strays = if command.changes { strays(command, &run.argv) } else { Vec::new() };
        let word = match strays.first() {
            Some(stray) => stray.clone(),
            None if tried.is_some() => "again".to_owned(),
            None => command.id.clone(),
        };
        let attempt = Attempt {
            run,
            title: command.title.clone(),
            undo: command.undo.clone(),
            before: tried.map(attempt),
            word,
            strays,
        };
        self.mode = Asking::Confirm { at, attempt };
        Vec::new()
    }

    /// A value is missing or unusable: ask for the fact, then come back.
    fn unfilled(
        &mut self,
        incident: &Incident,
        at: StepKey,
        (id, key): (&str, Key),
        unfilled: &crate::playbook::Unfilled,
    ) -> Vec<Act> {
        self.mode = Asking::Step;
        // Answering "unknown" must not ask forever.
        match unfilled.missing_fact().filter(|fact| incident.fact_value(fact).is_none()) {
            Some(fact) => {
                self.next_fact(at, vec![fact.to_owned()], Then::Run(id.to_owned(), key));
                vec![Act::Say(format!("{id} needs this:"))]
            }
            None => vec![Act::Refuse(format!("{id} cannot be filled in: {unfilled}."))],
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
                    shown: match command.injections(&self.programs).first() {
                        Some(_) => by_hand(command, &argv),
                        None => vec![format!("  $ {}", escape::argv(&argv))],
                    },
                    place: None,
                    account: None,
                    ended: None,
                };
                self.mode = Asking::Elsewhere { at, report };
                Vec::new()
            }
            Err(unfilled) => self.unfilled(incident, at, (id, Key::Copy), &unfilled),
        }
    }

    /// Takes where, as whom, how it ended and what it printed, one after the other.
    pub(super) fn elsewhere(&mut self, at: StepKey, mut report: Reply, reply: &str) -> Vec<Act> {
        let is_none = ["none", "-", "n/a", "nothing", "not yet", "not run"]
            .contains(&&*reply.trim().to_lowercase());
        let reply = if is_none && self.patient { "" } else { reply };
        let line = reply.trim();
        let is_key = self.patient && !line.contains('\n') && self.is_typed_for_a_step(line);
        // What a command printed may look so: it is taken when it comes again.
        if is_key && !(report.ended.is_some() && self.is_sure(line)) {
            self.sure = report.ended.is_some().then(|| line.to_owned());
            self.mode = Asking::Elsewhere { at, report };
            let again =
                if self.sure.is_some() { "; the same again is what it printed" } else { "" };
            let line = wording::clip(line, 30);
            let why = format!("`{line}` is a key; < goes back to the step{again}.");
            return vec![Act::Refuse(why)];
        }
        let command = report.key.command.clone();
        let part =
            |what: &str, next: &str| format!("`{command}` was run elsewhere: {what} {line}{next}");
        let said = if report.place.is_none() {
            if self.patient && line.is_empty() {
                return vec![Act::Say("Nothing was recorded.".to_owned())];
            }
            report.place = Some(line.to_owned());
            part("on", NEXT_AS)
        } else if report.account.is_none() {
            report.account = Some(line.to_owned());
            part("as", NEXT_EXIT)
        } else if report.ended.is_none() {
            report.ended = Some(line.parse().map_or(Ended::Unknown, Ended::Exit));
            part("exit code", NEXT_OUTPUT)
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

    pub(super) fn command(&self, at: &StepKey, id: &str) -> Option<&Command> {
        self.step(at)?.commands.iter().find(|command| command.id == id)
    }

    fn command_key(&self, at: &StepKey, id: &str) -> CommandKey {
        CommandKey { step: self.address(at), item: at.item.clone(), command: id.to_owned() }
    }
}
