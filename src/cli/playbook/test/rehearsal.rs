//! One case, walked on a clock that stands still: nothing is run, read or written.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::case::{Case, Otherwise, clock};
use super::coverage::Coverage;
use crate::clock::{Clock as _, FakeClock};
use crate::document::Diagnostic;
use crate::fact::{Vocabulary, When};
use crate::incident::event::{
    Actor, CommandOutcome, Draft, Ended, EvidenceAdded, FactSet, Intent, Mode, Source, Stamped,
};
use crate::incident::{CommandKey, Incident, StepKey, StepState};
use crate::playbook::{Playbook, Step};
use crate::prompt::{Prompt as _, Stop, Topic};
use crate::regime::{Docket, Matter, OWED, builtin};
use crate::walk::{Act, Question, QuestionPart, Summary, Turn, Walk};

/// Questions after which a walk has no end.
const MOST: usize = 5_000;

/// Steps looked at for all cases of a file: each question looks at every step.
pub(super) const EFFORT: usize = 15_000_000;

/// What came of a case.
pub(super) struct Rehearsal<'p> {
    pub(super) playbook: &'p Playbook,
    pub(super) vocabulary: &'p Vocabulary,
    pub(super) clock: FakeClock,
    pub(super) incident: Incident,
    /// Places in the order in which they were first asked.
    pub(super) order: Vec<StepKey>,
    /// When each place was first asked.
    pub(super) started: HashMap<StepKey, DateTime<Utc>>,
    pub(super) coverage: Coverage,
    /// What went wrong on the way.
    pub(super) wrong: Vec<Diagnostic>,
    /// What nothing answered, if the walk stopped there.
    pub(super) stopped_at: Option<String>,
    /// Why the last answer was not taken.
    refused: Option<String>,
    entries: u64,
    /// Entries after which the duties were last looked at.
    lawful: u64,
}

impl<'p> Rehearsal<'p> {
    /// Walks a case to where it ends, or until there is no `effort` left.
    pub(super) fn run(
        playbook: &'p Playbook,
        vocabulary: &'p Vocabulary,
        case: &mut Case,
        effort: &mut usize,
    ) -> Self {
        let mut rehearsal = Self {
            playbook,
            vocabulary,
            clock: clock(),
            incident: Incident::default(),
            order: Vec::new(),
            started: HashMap::new(),
            coverage: Coverage::default(),
            wrong: Vec::new(),
            stopped_at: None,
            refused: None,
            entries: 0,
            lawful: u64::MAX,
        };
        rehearsal.prepare(case);
        if rehearsal.wrong.is_empty() {
            rehearsal.walk(case, effort);
            rehearsal.coverage.end(playbook, &rehearsal.incident);
        }
        if rehearsal.wrong.is_empty() {
            for (name, span) in case.answers.unused() {
                let message = format!("no question asked for `{name}`");
                let help = name.starts_with("fact.").then(|| {
                    "what was known before this walk stands under `[case.known]`".to_owned()
                });
                let unused = Diagnostic::error("unused-answer", message, span);
                rehearsal.wrong.push(unused.maybe_help(help));
            }
        }
        rehearsal
    }

    /// Places asked, as a test writes them: `isolate web-01`.
    pub(super) fn asked(&self) -> Vec<String> {
        let shown = |key: &StepKey| match &key.item {
            Some(item) => format!("{} {item}", key.step),
            None => key.step.clone(),
        };
        self.order.iter().map(shown).collect()
    }

    /// The outcomes of a step, one for each of its items.
    pub(super) fn outcomes(&self, step: &str) -> impl Iterator<Item = &StepState> {
        let keys = self.order.iter().filter(move |key| key.step == step);
        keys.filter_map(|key| self.incident.step(self.playbook.phase, key))
    }

    /// The outcome of a step for one item.
    pub(super) fn outcome_of(&self, step: &str, item: &str) -> Option<&StepState> {
        let key = StepKey { step: step.to_owned(), item: Some(item.to_owned()) };
        self.incident.step(self.playbook.phase, &key)
    }

    /// Sets the clock and what earlier phases told.
    fn prepare(&mut self, case: &Case) {
        if let Some(starts_at) = &case.starts_at {
            match When::parse(starts_at.get_ref(), &self.clock) {
                Ok(when) => {
                    let at = when.value.earliest;
                    self.clock = FakeClock::new(at.to_utc(), *at.offset());
                }
                Err(hint) => self.wrong.push(Diagnostic::error("moment", hint, starts_at.span())),
            }
        }
        for known in &case.known {
            let (name, answer) = known.get_ref();
            let Some(fact) = self.vocabulary.get(name) else { continue };
            match fact.parse(answer, &self.clock) {
                Ok(understood) => {
                    let (name, value) = (name.clone(), understood.value);
                    self.fold(FactSet::new(name, value).into());
                }
                Err(hint) => {
                    let message = format!("`{name}` cannot have this value: {hint}");
                    self.wrong.push(Diagnostic::error("value", message, known.span()));
                }
            }
        }
    }

    fn walk(&mut self, case: &mut Case, effort: &mut usize) {
        let walk = Walk::new(self.playbook, self.vocabulary, case.answers.is_patient());
        let mut walk = walk.deciding(case.answers.decides());
        for _ in 0..MOST {
            self.keep_duties();
            let now = self.clock.now();
            let question = match walk.turn(&self.incident, now) {
                Turn::Ask(question) => question,
                // Nobody waits in a test: what only waits for its time comes up at once.
                Turn::Finished(Summary { next_at: Some(next), .. }) if next > now.at => {
                    self.clock.advance(next.to_utc() - now.at);
                    continue;
                }
                Turn::Finished(_) => return,
            };
            *effort = effort.saturating_sub(self.playbook.steps.len());
            if *effort == 0 {
                let message = "the cases in this file ask more questions than one run can try";
                let help = "move some of the cases to another file, or shorten the playbook";
                let given_up = Diagnostic::error("too-many-cases", message, case.span.clone());
                return self.wrong.push(given_up.help(help));
            }
            self.meet(case, &question);
            let reply = match reply(case, &question) {
                Ok(reply) => reply,
                Err(Stop::NoAnswer(asked)) => {
                    self.stopped_at = Some(asked);
                    return;
                }
                Err(stop) => return self.refuse(case, &stop, ""),
            };
            let mut acts = walk.answer(&self.incident, &self.clock, &reply);
            loop {
                for act in acts {
                    self.act(case, act);
                }
                acts = walk.resume(&self.incident);
                if acts.is_empty() {
                    break;
                }
            }
            if let (Some(why), Err(stop)) = (self.refused.take(), case.answers.refused()) {
                return self.refuse(case, &stop, &format!(": {why}"));
            }
        }
        let message = format!("the walk does not end: {MOST} questions were asked");
        self.wrong.push(Diagnostic::error("endless", message, case.span.clone()));
    }

    /// Keeps the list of duties that apply, as a real walk does. The law is that of the tool: a test
    /// means the same on every machine.
    fn keep_duties(&mut self) {
        let repeats = |step: &Step| step.for_each.as_deref() == Some(OWED);
        let entries = Docket::entries(&self.incident);
        if self.lawful == entries || !self.playbook.steps.iter().any(repeats) {
            return;
        }
        let incident = Cow::Borrowed(&self.incident);
        let known = Matter::new(Tz::UTC, "", incident, Cow::Borrowed(self.vocabulary));
        let standing = Docket::of(&known.assess(builtin::law(), self.clock.now().at), Vec::new());
        if let Some(fact) = standing.as_fact(&self.incident) {
            self.fold(fact.into());
        }
        self.lawful = Docket::entries(&self.incident);
    }

    fn refuse(&mut self, case: &Case, stop: &Stop, why: &str) {
        let message = format!("{stop}{why}").replace(" in the answers file", "");
        self.wrong.push(Diagnostic::error("refused", message, case.span.clone()));
    }

    /// Notes that a step is asked; the first time, it takes its time.
    fn meet(&mut self, case: &Case, question: &Question) {
        let at = &question.key.at;
        if question.key.part != QuestionPart::Step {
            return;
        }
        self.coverage.asked(self.playbook, &self.incident, &at.step);
        if !self.started.contains_key(at) {
            self.started.insert(at.clone(), self.clock.now().at);
            self.order.push(at.clone());
            if let Some(length) = case.takes.get(&at.step) {
                self.clock.advance(*length);
            }
        }
    }

    fn act(&mut self, case: &Case, act: Act) {
        match act {
            Act::Record(draft) => {
                self.fold(*draft);
            }
            Act::Refuse(why) => self.refused = Some(why),
            Act::Run(run) => {
                let intent = Intent {
                    command: run.key.command.clone(),
                    item: run.key.item.clone(),
                    argv: run.argv,
                    changes: run.changes,
                    timeout_s: run.timeout.num_seconds().unsigned_abs(),
                    again_after: run.again_after,
                };
                let intent = self.fold_at(intent, &run.key.step);
                let step = run.key.step.rsplit('/').next().unwrap_or_default().to_owned();
                let code = case.exit.get(&(step, run.key.command.clone())).copied().unwrap_or(0);
                self.outcome(run.key, Some(intent), Ended::Exit(code));
            }
            Act::Report(reported) => self.outcome(reported.key, None, reported.ended),
            Act::Keep(all) => {
                for keep in all {
                    let exhibit = format!("test-{}", self.entries);
                    let title = keep.title.unwrap_or(keep.spec);
                    let body = EvidenceAdded {
                        wanted: keep.wanted,
                        item: keep.item,
                        ..EvidenceAdded::new(exhibit, title, Source::Stdin)
                    };
                    self.fold_at(body, &keep.step);
                }
            }
            Act::Say(_)
            | Act::Warn(_)
            | Act::Recorded(_)
            | Act::Show(_)
            | Act::Undo
            | Act::Withdraw(_)
            | Act::Switch(_)
            | Act::Stop => {}
        }
    }

    fn outcome(&mut self, key: CommandKey, intent: Option<String>, ended: Ended) {
        let mode = if intent.is_some() { Mode::Observed } else { Mode::Reported };
        let CommandKey { step, item, command } = key;
        let (stdout, stderr, place, account) = (None, None, None, None);
        let body =
            CommandOutcome { intent, command, item, mode, ended, stdout, stderr, place, account };
        self.fold_at(body, &step);
    }

    fn fold_at(&mut self, event: impl Into<Draft>, step: &str) -> String {
        let mut draft: Draft = event.into();
        draft.step = Some(step.to_owned());
        self.fold(draft)
    }

    fn fold(&mut self, draft: Draft) -> String {
        self.entries += 1;
        let id = self.entries.to_string();
        self.incident.apply(&Stamped {
            chain: "00000000".to_owned(),
            seq: self.entries,
            id: id.clone(),
            at: self.clock.now().local(),
            host: "test".to_owned(),
            actor: Actor::default(),
            draft,
            is_whole: true,
            is_withdrawn: false,
        });
        id
    }
}

/// The answer of a case to a question.
fn reply(case: &mut Case, question: &Question) -> Result<String, Stop> {
    let key = &question.key;
    let named = case.named.contains(&key.at.step);
    if !named && case.otherwise == Otherwise::Done && key.part == QuestionPart::Destroy {
        return Ok("destroy".to_owned());
    }
    let reply = case.answers.line(Topic::Walk(key), &question.prompt);
    let (Err(Stop::NoAnswer(_)), false) = (&reply, case.otherwise == Otherwise::Stop) else {
        return reply;
    };
    match (&key.part, case.otherwise) {
        (QuestionPart::Step, Otherwise::Done) if !named => Ok("d".to_owned()),
        (QuestionPart::Step, Otherwise::Skipped) if !named => {
            Ok("s not named by the test".to_owned())
        }
        (QuestionPart::Fact(_), _) if !named => Ok("unknown".to_owned()),
        _ => reply,
    }
}
