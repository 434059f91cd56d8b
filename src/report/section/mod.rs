//! The sections of a report, in their order. Every face shows every section that its reader has: none
//! can be forgotten because of a key that is spelt otherwise.

pub(super) mod action;
mod anchor;
pub(super) mod banner;
pub(super) mod chain;
pub(super) mod deadline;
pub(super) mod decision;
pub(super) mod evidence;
pub(super) mod groups;
pub(super) mod impact;
mod judged;
pub(super) mod may_be_owed;
pub(super) mod method;
pub(super) mod naming;
pub(super) mod notification;
mod owed;
pub(super) mod question;
pub(super) mod response;
pub(super) mod signature;
pub(super) mod story;
pub(super) mod summary;
pub(super) mod tally;
pub(super) mod timeline;
pub(super) mod unheld;
pub(super) mod written;

use crate::lexicon::words;
use crate::report::gate::Audience;

words! {
    /// A section of the report.
    pub enum Section {
        /// What this paper is, and whether its record can be believed.
        Banner = "banner",
        /// Three sentences: what to know if you read nothing else.
        Summary = "summary",
        /// Who and what was affected.
        Impact = "impact",
        /// How it happened and why it was possible.
        Causes = "causes",
        /// What will be done about it.
        Actions = "actions",
        /// Who had to be told by when, and with what margin it was done.
        Deadlines = "deadlines",
        /// What happened and what people did.
        Timeline = "timeline",
        /// What people wrote to sum it up.
        Account = "account",
        /// Counts with their history.
        Counts = "counts",
        /// Every duty: its clock, its limit, its lag.
        Duties = "duties",
        /// Who was told what, when.
        Notifications = "notifications",
        /// What went well, what badly, and luck.
        Lessons = "lessons",
        /// How long everything took.
        Metrics = "metrics",
        /// When each phase started and ended.
        Phases = "phases",
        /// How it was noticed, and which signals were missed.
        Detection = "detection",
        /// What was planned and what was done.
        Response = "response",
        /// What is not known, not decided, or contradicts itself.
        Questions = "questions",
        /// What is kept, and who handled it.
        Evidence = "evidence",
        /// The log entry by entry.
        Entries = "entries",
        /// The log behind the report.
        Record = "record",
        /// How each number was made.
        Method = "method",
        /// Where the standards ask for this.
        Frameworks = "frameworks",
        /// Words.
        Glossary = "glossary",
    }
}

impl Section {
    /// The sections that a page for an audience has. The value holds all of them for those inside and
    /// for an authority, with what is withheld said to be; a page that says so nineteen times is read
    /// by nobody. For everybody it is as empty as the page.
    pub fn read_by(audience: Audience) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |section| section.is_for(audience))
    }

    /// Whether it is read by an audience. What sums it up elsewhere is for the same readers.
    pub fn is_for(self, audience: Audience) -> bool {
        use Audience::{Board, Executive, Internal, Public, Regulator};
        let readers: &[Audience] = match self {
            Self::Banner | Self::Summary | Self::Impact | Self::Timeline => {
                &[Internal, Executive, Board, Regulator, Public]
            }
            Self::Deadlines | Self::Causes | Self::Actions => {
                &[Internal, Executive, Board, Regulator]
            }
            Self::Account | Self::Counts | Self::Notifications | Self::Record => {
                &[Internal, Regulator, Public]
            }
            Self::Metrics
            | Self::Phases
            | Self::Entries
            | Self::Duties
            | Self::Detection
            | Self::Questions
            | Self::Response
            | Self::Evidence
            | Self::Method
            | Self::Frameworks
            | Self::Glossary => &[Internal, Regulator],
            Self::Lessons => &[Internal],
        };
        readers.contains(&audience)
    }

    /// Whether it comes after the part that everybody reads.
    pub fn is_annex(self) -> bool {
        self >= Self::Account
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Banner => "Status",
            Self::Summary => "Summary",
            Self::Impact => "Impact",
            Self::Causes => "Causes and conditions",
            Self::Actions => "Action items",
            Self::Deadlines => "Legal deadlines",
            Self::Timeline => "Timeline",
            Self::Account => "Annex: what was written",
            Self::Counts => "Annex: numbers",
            Self::Duties => "Annex: legal duties",
            Self::Notifications => "Annex: notifications",
            Self::Lessons => "Annex: lessons",
            Self::Metrics => "Annex: metrics",
            Self::Phases => "Annex: phases",
            Self::Detection => "Annex: detection",
            Self::Response => "Annex: planned and done",
            Self::Questions => "Annex: open questions and uncertainty",
            Self::Evidence => "Annex: evidence",
            Self::Entries => "Annex: the log entry by entry",
            Self::Record => "Annex: the record",
            Self::Method => "Annex: method",
            Self::Frameworks => "Annex: frameworks",
            Self::Glossary => "Annex: glossary",
        }
    }
}
