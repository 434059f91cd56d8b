//! The words that bodies of events are made of. A log may hold words of later versions, so every set
//! is open.

use serde_json::Value;

use crate::document::nearest;
use crate::fact::answers_anything;
use crate::lexicon::open_words;

open_words! {
    /// Whether checkpoints of a chain are promised.
    pub enum Checkpoints {
        /// None is promised.
        None = "none",
    }
}

open_words! {
    /// What the system says about its clock.
    pub enum ClockSync {
        /// It is kept by a time service.
        Synchronised = "synchronised",
        /// Nothing is claimed.
        Unknown = "unknown",
    }
}

impl ClockSync {
    /// What may be claimed of a clock, depending on whether the system says that it is kept.
    pub fn of(is_kept: bool) -> Self {
        if is_kept { Self::Synchronised } else { Self::Unknown }
    }
}

open_words! {
    /// Where the answers of a walk come from.
    pub enum AnswersFrom {
        /// A person at a terminal.
        Terminal = "terminal",
        /// A pipe.
        Pipe = "pipe",
        /// A file with answers.
        File = "answers file",
    }
}

open_words! {
    /// In which role somebody decided.
    pub enum DecidedAs {
        /// Advises on law.
        Counsel = "counsel",
        /// Leads and decides.
        Commander = "commander",
        /// Answers for the organisation.
        Executive = "executive",
        /// Keeps the commander free, and deputises.
        Deputy = "deputy",
        /// Speaks with those outside.
        Liaison = "liaison",
        /// Knows the system.
        Expert = "expert",
        /// Does the work.
        Responder = "responder",
        /// Writes down.
        Scribe = "scribe",
    }
}

impl DecidedAs {
    /// The role that somebody names: one of these, or any other that somebody can have, such as CISO or
    /// board. None: it is no role.
    pub fn said(text: &str) -> Option<Self> {
        const LONGEST: usize = 60;
        let text = text.trim();
        let known = Self::from(text.to_ascii_lowercase());
        if !matches!(known, Self::Other(_)) {
            return Some(known);
        }
        let is_role = text.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !text.contains(['\n', '?'])
            && text.chars().count() <= LONGEST;
        (is_role && !answers_anything(text)).then(|| Self::from(text.to_owned()))
    }

    /// The role of ours that may be meant by a word that is nearly one: `counsle`.
    pub fn near(&self) -> Option<&'static str> {
        let Self::Other(word) = self else { return None };
        nearest(&word.as_str().to_lowercase(), Self::WORDS)
    }

    /// Every role that has a word of its own.
    pub const WORDS: [&'static str; 8] =
        ["counsel", "commander", "executive", "deputy", "liaison", "expert", "responder", "scribe"];

    /// Whether it decides for others: whoever does the work, or speaks or writes for those who decide, does
    /// not.
    pub fn decides(&self) -> bool {
        !matches!(
            self,
            Self::Deputy | Self::Liaison | Self::Expert | Self::Responder | Self::Scribe
        )
    }
}

open_words! {
    /// What kind of obstacle holds up a step.
    pub enum Obstacle {
        /// The thing could not be reached when everything else was done.
        OfflineAtTheSweep = "offline-at-the-sweep",
        /// Nobody here may do it.
        NoAccess = "no-access",
        /// The person who is needed does not answer.
        NoAnswer = "no-answer",
        /// It is not where it should be.
        NotFound = "not-found",
        /// It cannot be stopped now.
        InUse = "in-use",
    }
}

open_words! {
    /// How this incident belongs with another one.
    pub enum LinkedAs {
        /// They have something in common.
        Related = "related",
        /// This one is the same as the other, which goes on.
        Duplicate = "duplicate",
        /// The other one is the same as this, which goes on.
        Duplicated = "duplicated",
        /// This one was split off the other.
        Split = "split",
        /// The other one was split off this.
        SplitOff = "split-off",
    }
}

impl LinkedAs {
    /// What the other incident says of this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Duplicate => Self::Duplicated,
            Self::Duplicated => Self::Duplicate,
            Self::Split => Self::SplitOff,
            Self::SplitOff => Self::Split,
            same => same.clone(),
        }
    }

    /// What comes before the name of the other incident.
    pub fn words(&self) -> &str {
        match self {
            Self::Related => "related to",
            Self::Duplicate => "a duplicate of",
            Self::Duplicated => "duplicated by",
            Self::Split => "split off",
            Self::SplitOff => "split into",
            Self::Other(word) => word.as_str(),
        }
    }
}

open_words! {
    /// What was done with a thing that is kept.
    pub enum CustodyAct {
        /// It was read again and compared with its digest.
        Verify = "verify",
        /// Altered bytes found in its place were moved aside.
        SetAside = "set aside",
    }
}

open_words! {
    /// What was sent of a notice.
    pub enum NoticeKind {
        /// The notice.
        Notice = "notice",
        /// It adds what was not known before.
        Supplement = "supplement",
        /// It corrects an earlier notice.
        Correction = "correction",
        /// To the public, instead of to each person.
        Substitute = "substitute",
    }
}

impl NoticeKind {
    /// Whether it is the notice itself, and not something that follows it.
    pub fn is_first(&self) -> bool {
        matches!(self, Self::Notice | Self::Substitute)
    }
}

open_words! {
    /// What was decided of a duty, or asked by its recipient.
    pub enum RulingKind {
        /// A decision not to notify.
        Waived = "waived",
        /// A waiver or a delay was taken back.
        Resumed = "resumed",
        /// The recipient asked something.
        Asked = "asked",
        /// Its questions were answered.
        Answered = "answered",
        /// Somebody asked to wait.
        Delayed = "delayed",
    }
}

open_words! {
    /// What happened to an action item.
    pub enum ActionChange {
        /// It was added.
        Added = "added",
        /// Its owner, due date or link changed.
        Changed = "changed",
        /// It was done.
        Done = "done",
        /// It will not be done.
        Dropped = "dropped",
        /// It will be done after all.
        Reopened = "reopened",
    }
}

/// The schema of every set, by the name of its type.
pub fn schemas() -> Vec<(&'static str, Value)> {
    macro_rules! of {
        ($($name:ident)*) => {
            vec![$((stringify!($name), crate::lexicon::schema_of::<$name>())),*]
        };
    }
    of!(
        Checkpoints ClockSync AnswersFrom DecidedAs Obstacle LinkedAs CustodyAct NoticeKind
        RulingKind ActionChange SignedAs
    )
}

open_words! {
    /// As what somebody signs a report.
    pub enum SignedAs {
        /// Wrote it, or had it written.
        Prepared = "prepared",
        /// Read it against the record.
        Reviewed = "reviewed",
        /// Answers for it.
        Approved = "approved",
    }
}
