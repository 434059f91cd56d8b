//! What is being asked, and what follows the answer.

use chrono::{DateTime, FixedOffset};

use super::evidence::Missing;
use super::key::Key;
use super::{choice, command, done};
use crate::fact::{Value, When};
use crate::incident::event::{DecidedAs, Imported, Obstacle, Outcome};
use crate::incident::{Incident, StepKey};

/// What is being asked.
#[derive(Clone, Debug)]
pub(super) enum Asking {
    Step,
    Fact {
        at: StepKey,
        queue: Vec<String>,
        then: Then,
    },
    /// Nothing: [`super::Walk::resume`] goes on as soon as the facts are folded.
    Pending {
        at: StepKey,
        then: Then,
    },
    Decided {
        at: StepKey,
        queue: Vec<String>,
        then: Then,
        decided: Decided,
    },
    Choice {
        at: StepKey,
        done: Done,
        choice: choice::Choice,
    },
    Evidence {
        at: StepKey,
        queue: Vec<Missing>,
        done: Done,
        handed: bool,
    },
    Destroy {
        at: StepKey,
        then: Then,
    },
    /// A sentence that begins with "a" reads like the key of that name.
    Sentence {
        at: StepKey,
        text: String,
    },
    /// Why, or for what, or to whom.
    Reason {
        at: StepKey,
        outcome: Outcome,
        done: Done,
    },
    /// Whether it happened at the time given before.
    Begun {
        at: StepKey,
        outcome: Outcome,
        done: Done,
        text: String,
        when: When,
    },
    /// Which items a key is about, with the text that goes with it.
    Which {
        at: StepKey,
        key: Key,
        text: String,
    },
    /// A line that can be read in two ways: these items, or one text.
    Reading {
        at: StepKey,
        key: Key,
        items: Vec<String>,
        text: String,
        whole: String,
    },
    /// A moment that is ahead, or far back, in a line that answered another question.
    Moment {
        at: StepKey,
        line: String,
        told: String,
        asked: Box<Self>,
    },
    /// Whether an output answers a fact.
    Filled {
        at: StepKey,
        command: String,
        name: String,
        value: Value,
    },
    /// An answer that takes items off a list.
    Drops {
        at: StepKey,
        queue: Vec<String>,
        then: Then,
        reply: String,
        dropped: Vec<String>,
        /// What the answer leaves on it.
        left: String,
    },
    KeepNote {
        at: StepKey,
        text: String,
    },
    Note {
        at: StepKey,
    },
    FactName {
        at: StepKey,
    },
    EvidenceSpec {
        places: Vec<StepKey>,
    },
    /// Which of the things that its step wants something is.
    WhichExhibit {
        places: Vec<StepKey>,
        spec: String,
    },
    WhichCommand {
        at: StepKey,
        elsewhere: bool,
    },
    Confirm {
        at: StepKey,
        attempt: command::Attempt,
    },
    Elsewhere {
        at: StepKey,
        report: command::Reply,
    },
}

impl Asking {
    /// The places whose outcome follows what is asked, if one does.
    pub(super) fn settles(&self) -> Option<Vec<StepKey>> {
        match self {
            Self::Fact { at, then, .. }
            | Self::Decided { at, then, .. }
            | Self::Drops { at, then, .. }
            | Self::Destroy { at, then } => (!then.is_free()).then(|| then.targets(at)),
            Self::Choice { at, done, .. }
            | Self::Evidence { at, done, .. }
            | Self::Begun { at, done, .. }
            | Self::Reason { at, done, .. } => Some(done::targets(at, done)),
            // Asked about as it was: others may be left now.
            Self::Which { at, .. } | Self::Sentence { at, .. } => Some(vec![at.clone()]),
            Self::Reading { at, items, .. } => {
                let done = Done { items: items.clone(), ..Done::default() };
                Some(done::targets(at, &done))
            }
            _ => None,
        }
    }

    /// What was said with the outcome that follows, which is on disk already.
    pub(super) fn said(&self) -> Option<&str> {
        match self {
            Self::Fact { then: Then::Done(done), .. }
            | Self::Decided { then: Then::Done(done), .. }
            | Self::Drops { then: Then::Done(done), .. }
            | Self::Destroy { then: Then::Done(done), .. }
            | Self::Choice { done, .. }
            | Self::Evidence { done, .. } => done.text.as_deref().filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// What a question wants, where somebody types `?`. None: it says so itself, or the step does.
    pub(super) fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Step | Self::Pending { .. } | Self::Fact { .. } | Self::Which { .. } => {
                return None;
            }
            Self::Decided { .. } | Self::Choice { .. } => {
                "The log keeps who decided, in which role and on what grounds, in your own words."
            }
            Self::Evidence { .. } | Self::EvidenceSpec { .. } => {
                "The path of a file, which is copied and hashed, or a reference to what somebody \
                 else keeps, such as aws:snap-0a1b. Words after either are its title. For several \
                 items: one for all, or one for each with commas between. Enter if it comes later."
            }
            Self::Destroy { .. } | Self::Confirm { .. } => {
                "This cannot be taken back, so a word has to be typed; anything else leaves things \
                 as they are."
            }
            Self::Reason { outcome: Outcome::Done, .. } => {
                "A reference, a tracking number, or how and to whom it went; Enter if it has not \
                 been sent."
            }
            Self::Reason { .. } => "A few words that somebody else understands tomorrow.",
            Self::Reading { .. } => "1 or 2, as the lines above say.",
            Self::Sentence { .. }
            | Self::Begun { .. }
            | Self::Moment { .. }
            | Self::Filled { .. }
            | Self::Drops { .. } => "y for yes; anything else is no.",
            Self::KeepNote { .. } => "y keeps it; n, Enter or a key does not.",
            Self::Note { .. } => "A text of any length; it is kept as you write it.",
            Self::FactName { .. } => {
                "The name of a fact, or the words that the screen shows for it."
            }
            Self::WhichExhibit { .. } => "A number; Enter or < keeps nothing.",
            Self::WhichCommand { .. } => "The number or the name of a command of this step.",
            Self::Elsewhere { .. } => "What the command printed, and how it ended.",
        })
    }
}

/// What follows when the facts are asked.
#[derive(Clone, Debug)]
pub(super) enum Then {
    Nothing,
    Done(Done),
    /// A command, run here or copied.
    Run(String, Key),
}

impl Then {
    /// The places that what follows is about.
    pub(super) fn targets(&self, at: &StepKey) -> Vec<StepKey> {
        match self {
            Self::Done(done) => done::targets(at, done),
            Self::Nothing | Self::Run(..) => vec![at.clone()],
        }
    }

    /// Whether nothing waits for the answer.
    pub(super) fn is_free(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

/// An outcome on its way: what was said with it, when it happened, when to look again.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// The items, where one act is about several.
    pub(super) items: Vec<String>,
    /// Of those to whom a duty goes, the ones who were told.
    pub(super) told: Vec<String>,
    pub(super) text: Option<String>,
    pub(super) occurred: Option<When>,
    /// Whether its time was asked.
    pub(super) timed: bool,
    pub(super) check_at: Option<DateTime<FixedOffset>>,
    /// Whose it is now, where that is not the text.
    pub(super) to: Option<String>,
    /// What kind of obstacle it is.
    pub(super) why: Option<Obstacle>,
    /// The row that it was read from.
    pub(super) imported: Option<Box<Imported>>,
}

/// A determination on its way: the value, then who, in which role, on what basis.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) value: Value,
    /// How often the fact had been said when this was begun: whoever decides it meanwhile was first.
    pub(super) before: usize,
    pub(super) occurred: Option<When>,
    pub(super) by: Option<String>,
    pub(super) role: Option<DecidedAs>,
}

impl Decided {
    /// Whether somebody said the fact since this was begun; told once.
    pub(super) fn is_overtaken(&mut self, incident: &Incident, name: &str) -> bool {
        let said = incident.facts.get(name).map_or(0, Vec::len);
        std::mem::replace(&mut self.before, said) < said
    }
}
