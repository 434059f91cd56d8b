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

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::gate::Audience;

/// A section of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// What this paper is, and whether its record can be believed.
    Banner,
    /// What to know if you read nothing else.
    Summary,
    /// How long everything took.
    Metrics,
    /// What happened when: anchors, then entries.
    Timeline,
    /// When each phase started and ended.
    Phases,
    /// Who had to be told by when, and whether it was done in time.
    Deadlines,
    /// Who and what was affected; counts with their history.
    Impact,
    /// How it was noticed, and which signals were missed.
    Detection,
    /// How it happened and why it was possible.
    Causes,
    /// What was planned and what was done.
    Response,
    /// Who was told what, when.
    Notifications,
    /// What went well, what badly, and luck.
    Lessons,
    /// What will be done about it.
    Actions,
    /// What is not known, not decided, or contradicts itself.
    Questions,
    /// What is kept, and who handled it.
    Evidence,
    /// The log behind the report.
    Record,
    /// How each number was made.
    Method,
    /// Where the standards ask for this.
    Frameworks,
    /// Words.
    Glossary,
}

impl Section {
    /// All sections in the order of the report.
    pub const ALL: [Self; 19] = [
        Self::Banner,
        Self::Summary,
        Self::Metrics,
        Self::Timeline,
        Self::Phases,
        Self::Deadlines,
        Self::Impact,
        Self::Detection,
        Self::Causes,
        Self::Response,
        Self::Notifications,
        Self::Lessons,
        Self::Actions,
        Self::Questions,
        Self::Evidence,
        Self::Record,
        Self::Method,
        Self::Frameworks,
        Self::Glossary,
    ];

    /// The sections that a page for an audience has. The value holds all of them for those inside and
    /// for an authority, with what is withheld said to be; a page that says so nineteen times is read
    /// by nobody. For everybody it is as empty as the page.
    pub fn read_by(audience: Audience) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |section| section.is_for(audience))
    }

    /// Whether it is read by an audience. What sums it up elsewhere is for the same readers.
    pub fn is_for(self, audience: Audience) -> bool {
        use Section::{
            Banner, Evidence, Frameworks, Glossary, Impact, Lessons, Method, Notifications, Phases,
            Record, Response, Summary, Timeline,
        };
        match audience {
            Audience::Internal => true,
            Audience::Executive => {
                !matches!(self, Response | Evidence | Method | Frameworks | Glossary)
            }
            Audience::Regulator => self != Lessons,
            Audience::Public => matches!(
                self,
                Banner | Summary | Timeline | Phases | Impact | Notifications | Record
            ),
        }
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
