//! The walk: a pure state machine that hands out questions and takes answers.
//!
//! It never sees a terminal, a file or a process, and it reads no clock of its own: a terminal, an
//! answers file, a pipe and a rehearsal drive the same machine. What it decides comes back as
//! [`Act`]s; whoever drives it carries them out, in their order, and folds what was recorded before
//! the next question.
//!
//! The walk proposes an order and never blocks the response: a step can wait, be assigned, be
//! skipped or be taken out of order. It holds nothing that the log does not, except which question
//! is being asked, so killing it loses nothing.

mod act;
mod answer;
mod asked;
mod asking;
mod begun;
mod briefing;
mod card;
mod check_at;
mod choice;
mod command;
mod complete;
mod contested;
mod cut;
mod destroy;
mod done;
mod doubtful;
mod duty;
mod evidence;
mod exhibit;
mod facts;
mod fills;
mod focus;
mod items;
mod key;
mod late;
mod lists;
mod meant;
mod moves;
mod outline;
mod outside;
mod people;
mod plan;
mod question;
mod recipients;
mod reference;
mod select;
mod several;
mod two_ways;
mod typed;
mod undone;
mod which;
mod work;

use std::collections::{BTreeMap, HashSet, VecDeque};

use chrono::{DateTime, FixedOffset, Utc};

pub use act::{Act, Keep, Reported, Run, Show};
pub use briefing::briefing_due;
pub use card::{CardEvidence, CardFact, CardItem, StepCard, commands, cut_off};
pub use complete::{Completion, is_key_line};
pub use cut::CardCut;
pub use facts::is_on_its_way;
pub use key::KEYS;
pub use meant::answer_within;
pub use outline::{Aside, Open, OutlineRow, Summary};
pub use outside::Told;
pub use people::{Whose, called, is_name, is_of};
pub use plan::{Place, Plan, Standing};
pub use question::{Question, QuestionKey, QuestionPart};
pub use work::{Task, TaskState, tasks, together};

use crate::clock::Moment;
use crate::fact::{Vocabulary, When};
use crate::incident::event::{Draft, Event};
use crate::incident::{Incident, StepKey};
use crate::phase::Phase;
use crate::playbook::{Playbook, Programs, Step};
use crate::regime::Recipient;
use crate::wording;
use asking::{Asking, Decided, Done, Then};
use key::Key;

/// A walk through one playbook.
#[derive(Clone)]
pub struct Walk<'p> {
    playbook: &'p Playbook,
    vocabulary: &'p Vocabulary,
    /// True where somebody reads what we say and can think twice.
    patient: bool,
    mode: Asking,
    /// The card that is asked about.
    chosen: Option<StepKey>,
    /// Whether it was asked for, and stays until something is said of it.
    held: bool,
    /// Commands that wait for the one before: place, id, and whether it is run or copied.
    later: VecDeque<(StepKey, String, Key)>,
    /// A line that was asked back, and that somebody confirmed as it is.
    sure: Option<String>,
    /// Duties that go to several, with those to whom each goes.
    several: BTreeMap<String, Vec<Recipient>>,
    /// Facts that duties wait for and that nobody was asked.
    unasked: Vec<String>,
    /// The items that were offered where it was asked which.
    offered: Vec<String>,
    /// Names in the line that is being taken that are files here.
    files: HashSet<String>,
    /// Whether somebody agreed just now that an answer takes items off a list.
    agreed: bool,
    /// What has come of the act that was begun last.
    begun_act: SoFar,
    /// What to ask of the moment in the line that is being taken.
    doubt: Option<String>,
    /// The time given for a step whose question was abandoned.
    begun: Option<(StepKey, When)>,
    /// The facts that were answered for a step whose question was abandoned, which are not asked twice.
    given: Option<(StepKey, Vec<String>)>,
    /// Who walks.
    name: Option<String>,
    /// Places set aside that this walk has shown already.
    reviewed: HashSet<StepKey>,
    /// Places of which this walk has said that their time is up, and which.
    told: HashSet<(StepKey, DateTime<FixedOffset>)>,
    /// How evidence is given, as far as this walk has said it: `?` says it again.
    hinted: HashSet<&'static str>,
    /// Since when the briefing is due of which this walk has said so.
    briefing: Option<DateTime<Utc>>,
    /// Places that this walk has settled, for `b`.
    trail: Vec<StepKey>,
    /// Places of which somebody confirmed that they destroy what is not kept.
    confirmed: HashSet<StepKey>,
    /// The steps that should have kept what was destroyed last, and why it was not kept.
    given_up: Option<(HashSet<String>, String)>,
    /// Steps whose decision the answers file gives.
    answered: HashSet<String>,
    /// Programs of which somebody knows more than the table does.
    programs: Programs,
}

/// The one of some, if there is just one.
fn only<T>(mut some: impl Iterator<Item = T>) -> Option<T> {
    some.next().filter(|_| some.next().is_none())
}

/// What came of an act so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SoFar {
    Nothing,
    /// What was said with it is kept as a note, which says nothing of the step.
    Noted,
    /// Something is recorded.
    Recorded,
    /// It was abandoned before anything was.
    Abandoned,
}

impl SoFar {
    fn of(acts: &[Act]) -> Self {
        let of = |act: &Act| match act {
            Act::Record(draft) => match &draft.event {
                Event::Note(note) if is_on_its_way(note.text.as_str()) => Self::Noted,
                _ => Self::Recorded,
            },
            Act::Keep(_) => Self::Recorded,
            _ => Self::Nothing,
        };
        acts.iter().map(of).max().unwrap_or(Self::Nothing)
    }
}

/// What the walk says next.
#[derive(Clone, Debug)]
pub enum Turn {
    /// A question for the responder.
    Ask(Box<Question>),
    /// Nothing is left that could be done now.
    Finished(Summary),
}

impl<'p> Walk<'p> {
    /// A walk through `playbook`; `patient` where somebody reads along.
    pub fn new(playbook: &'p Playbook, vocabulary: &'p Vocabulary, patient: bool) -> Self {
        Self {
            playbook,
            vocabulary,
            patient,
            mode: Asking::Step,
            chosen: None,
            held: false,
            later: VecDeque::new(),
            sure: None,
            several: BTreeMap::new(),
            unasked: Vec::new(),
            offered: Vec::new(),
            files: HashSet::new(),
            agreed: false,
            begun_act: SoFar::Nothing,
            doubt: None,
            begun: None,
            given: None,
            name: None,
            reviewed: HashSet::new(),
            told: HashSet::new(),
            hinted: HashSet::new(),
            briefing: None,
            trail: Vec::new(),
            confirmed: HashSet::new(),
            given_up: None,
            answered: HashSet::new(),
            programs: Programs::default(),
        }
    }

    /// The same with programs of which somebody knows more.
    #[must_use]
    pub fn knowing(self, programs: Programs) -> Self {
        Self { programs, ..self }
    }

    /// What to ask next.
    pub fn turn(&mut self, incident: &Incident, now: Moment) -> Turn {
        if let Asking::Which { at, key, .. } = &self.mode {
            self.offered = self.choice_of(incident, at, *key).offered().to_vec();
        }
        if !matches!(self.mode, Asking::Step | Asking::Pending { .. }) {
            return Turn::Ask(Box::new(self.ask(incident)));
        }
        let plan = Plan::new(self.playbook, incident);
        match self.choose(&plan, incident, now) {
            Some(key) => {
                let aside = self.places(&plan, &key).into_iter();
                let aside = aside.filter(|&place| plan.places[place].standing == Standing::Aside);
                let aside: Vec<StepKey> = aside.map(|place| self.key(&plan, place)).collect();
                self.reviewed.extend(aside);
                Turn::Ask(Box::new(self.ask_step(&plan, incident, now, &key)))
            }
            None => Turn::Finished(Summary::new(self.playbook, &plan, incident)),
        }
    }

    /// The phase that is walked.
    pub fn phase(&self) -> Phase {
        self.playbook.phase
    }

    /// The steps and where they stand.
    pub fn outline(&self, incident: &Incident) -> Vec<OutlineRow> {
        let plan = Plan::new(self.playbook, incident);
        outline::rows(self.playbook, &plan, incident, self.chosen.as_ref())
    }

    fn ask(&self, incident: &Incident) -> Question {
        match &self.mode {
            Asking::Step | Asking::Pending { .. } => {
                unreachable!("`turn` asks about steps itself, and `resume` has run")
            }
            Asking::Fact { at, queue, .. } => self.ask_fact(incident, at, &queue[0]),
            Asking::Decided { at, queue, decided, .. } => {
                self.ask_decided(incident, at, &queue[0], decided)
            }
            Asking::Choice { at, choice, .. } => self.ask_choice(at, choice),
            Asking::Evidence { queue, .. } => self.ask_evidence(&queue[0]),
            Asking::Begun { at, when, .. } => Self::ask_begun(at, when),
            Asking::Which { at, key, text } => self.ask_which(incident, at, (*key, text)),
            Asking::Reading { at, key, items, text, whole } => {
                self.ask_reading(incident, at, *key, items, (text, whole))
            }
            Asking::Moment { at, told, .. } => {
                let mut question =
                    Question::plain(at, QuestionPart::Aside, "Is that right? [y/N] ");
                question.lines.push(told.clone());
                question
            }
            Asking::Filled { at, name, value, .. } => self.ask_filled(at, name, value),
            Asking::Drops { at, dropped, left, .. } => {
                let prompt = "Take them off the list? [y/N] ";
                let mut question = Question::plain(at, QuestionPart::Aside, prompt);
                let left_out = wording::few(dropped);
                question.lines.push(format!("Your answer leaves out: {left_out}."));
                question.lines.push(format!("The list would be: {left}"));
                question.lines.push(format!(
                    "To add or take off single items, begin with + or -: - {}",
                    dropped[0]
                ));
                question
            }
            Asking::Destroy { at, then } => self.ask_destroy(incident, at, then),
            Asking::Sentence { at, text } => {
                let prompt = "Record that this step does not apply, for this reason? [y/N] ";
                let mut question = Question::plain(at, QuestionPart::Aside, prompt);
                question.lines.push(format!("`a` means not applicable. Reason: {text}"));
                question
            }
            Asking::Reason { at, outcome, .. } => done::ask_reason(at, *outcome),
            Asking::KeepNote { at, text } => {
                let mut question =
                    Question::plain(at, QuestionPart::Aside, "Keep it as a note? [y/N] ");
                let word = text.split_whitespace().next().unwrap_or_default();
                let word = wording::clip(word, 30);
                question.lines.push(match (key::parse(text), key::parse(&word)) {
                    (Some(_), _) => "It is not recorded as not applicable.".to_owned(),
                    (_, Some((Key::Undo, _))) => {
                        "u, on its own, takes back your last entry; open STEP \
                                                  takes back what others recorded for a step."
                            .to_owned()
                    }
                    (_, Some(_)) => format!("`{word}` is a key only on a line of its own."),
                    _ => format!("`{word}` is not a key. ? shows the keys."),
                });
                question
            }
            Asking::Note { at } => Question::plain(at, QuestionPart::Aside, "Note: "),
            Asking::FactName { at } => self.ask_fact_name(incident, at),
            Asking::EvidenceSpec { places } => Question::plain(
                &places[0],
                QuestionPart::Aside,
                "Path, or reference such as aws:snap-0a1b: ",
            ),
            Asking::WhichExhibit { places, .. } => self.ask_which_exhibit(incident, places),
            Asking::WhichCommand { at, .. } => self.ask_which_command(incident, at),
            Asking::Confirm { at, attempt } => attempt.ask(at),
            Asking::Elsewhere { at, report } => report.ask(at),
        }
    }

    fn key(&self, plan: &Plan, place: usize) -> StepKey {
        plan.places[place].key(self.playbook)
    }

    /// The step of a key. Keys are only made from the playbook's own steps.
    fn step(&self, at: &StepKey) -> Option<&'p Step> {
        self.playbook.steps.iter().find(|step| step.id == at.step)
    }

    fn address(&self, at: &StepKey) -> String {
        format!("{}/{}", self.playbook.phase, at.step)
    }

    /// What one of the items of a step is called.
    fn noun(&self, at: &StepKey) -> &'p str {
        self.step(at).map_or("item", |step| &step.noun)
    }

    /// The list fact for whose items a step repeats.
    pub fn list_of(&self, at: &StepKey) -> Option<&'p str> {
        self.step(at).and_then(|step| step.for_each.as_deref())
    }

    fn is_privileged(&self, at: &StepKey) -> bool {
        self.step(at).is_some_and(|step| step.privileged)
    }

    /// An event of a step, ready to be recorded.
    fn draft(&self, at: &StepKey, event: impl Into<Draft>, occurred: Option<When>) -> Act {
        let mut draft: Draft = event.into();
        draft.step = Some(self.address(at));
        draft.occurred = occurred;
        let about = match &draft.event {
            Event::FactSet(body) => Some(&body.name),
            Event::FactEdit(body) => Some(&body.name),
            Event::Decision(body) => Some(&body.name),
            _ => None,
        };
        draft.privileged =
            self.is_privileged(at) || about.is_some_and(|name| self.playbook.is_privileged(name));
        Act::Record(Box::new(draft))
    }
}
