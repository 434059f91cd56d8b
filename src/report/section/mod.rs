//! The sections of a report, in their order. Every face shows every section that its reader has: none
//! can be forgotten because of a key that is spelt otherwise.

pub(super) mod action;
mod anchor;
pub(super) mod banner;
pub(super) mod chain;
pub(super) mod deadline;
pub(super) mod evidence;
pub(super) mod groups;
pub(super) mod impact;
pub(super) mod method;
pub(super) mod notification;
pub(super) mod question;
pub(super) mod response;
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
        /// What to know if you read nothing else.
        Summary = "summary",
        /// How long everything took.
        Metrics = "metrics",
        /// What happened when: anchors, then entries.
        Timeline = "timeline",
        /// When each phase started and ended.
        Phases = "phases",
        /// Who had to be told by when, and whether it was done in time.
        Deadlines = "deadlines",
        /// Who and what was affected; counts with their history.
        Impact = "impact",
        /// How it was noticed, and which signals were missed.
        Detection = "detection",
        /// How it happened and why it was possible.
        Causes = "causes",
        /// What was planned and what was done.
        Response = "response",
        /// Who was told what, when.
        Notifications = "notifications",
        /// What went well, what badly, and luck.
        Lessons = "lessons",
        /// What will be done about it.
        Actions = "actions",
        /// What is not known, not decided, or contradicts itself.
        Questions = "questions",
        /// What is kept, and who handled it.
        Evidence = "evidence",
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
        use Audience::{Executive, Internal, Public, Regulator};
        let readers: &[Audience] = match self {
            Self::Banner
            | Self::Summary
            | Self::Timeline
            | Self::Phases
            | Self::Impact
            | Self::Notifications
            | Self::Record => &[Internal, Executive, Regulator, Public],
            Self::Metrics
            | Self::Deadlines
            | Self::Detection
            | Self::Causes
            | Self::Actions
            | Self::Questions => &[Internal, Executive, Regulator],
            Self::Response | Self::Evidence | Self::Method | Self::Frameworks | Self::Glossary => {
                &[Internal, Regulator]
            }
            Self::Lessons => &[Internal, Executive],
        };
        readers.contains(&audience)
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Banner => "Status",
            Self::Summary => "Summary",
            Self::Metrics => "Metrics",
            Self::Timeline => "Timeline",
            Self::Phases => "Phases",
            Self::Deadlines => "Legal deadlines",
            Self::Impact => "Impact",
            Self::Detection => "Detection",
            Self::Causes => "Causes and conditions",
            Self::Response => "Response: planned and done",
            Self::Notifications => "Notifications",
            Self::Lessons => "Lessons",
            Self::Actions => "Action items",
            Self::Questions => "Open questions and uncertainty",
            Self::Evidence => "Annex: evidence",
            Self::Record => "Annex: the record",
            Self::Method => "Annex: method",
            Self::Frameworks => "Annex: frameworks",
            Self::Glossary => "Annex: glossary",
        }
    }
}
