//! The report on an incident, as a value: the contract that every face, export and template reads.
//!
//! [`Gather`] sees each entry of the log once; [`Material::report`] makes the [`Report`]. Everything
//! in it is plain data, deterministic, and documented: `breach report --schema` prints the JSON
//! Schema of it. Foreign text comes in through the [`Gate`] alone, which knows the audience, so a
//! face can show all that it finds.
//!
//! # Anchors
//!
//! | Anchor | Fact or entry |
//! |---|---|
//! | E0 first malicious action | `occurred` |
//! | E1 first loss | `first_loss` |
//! | E2, E2' first and last theft | `theft_from`, `theft_to` |
//! | S1 first signal | `first_signal` |
//! | E3 detection | `detected`; by whom: `how_noticed` |
//! | E4 taken up by a person | `taken_up_at` |
//! | E5 declared | `declared_at`; without it, entry `opened` |
//! | E6 legal awareness | `aware`; each duty is measured from its own clock besides |
//! | E6m major, material | `classified_major`, `determined_material`: the earlier |
//! | E7, E7' contained, verified | `contained_at`, `containment_verified_at` |
//! | E8, E9 | `eradicated_at`, `recovered_at` |
//! | E10 closed | entry `closed` |
//! | N first notice | entries `notice` |
//! | R review started | entry `playbook-pinned` of the post-mortem |
//! | D, D' people told | `people_told_from`, `people_told_to`; failing them, notices of duties that tell people |
//! | P public | `public_statement_at` |
//! | G, W, J scope corrected, wrong statement, first ruling | `scope_grew_at`, `wrong_statement_at`, `ruled_at`; told only where known |

mod across;
mod brief;
mod build;
mod gate;
mod gather;
mod material;
mod measure;
mod reader;
mod reading;
mod section;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use across::{Across, Bundle, Gathering, Listed, OpenAction, Spread, across_schema};
pub use brief::{Brief, Point};
pub use gate::{Audience, Class, Gate, Known, Text, Tlp};
pub use gather::{Gather, ROWS};
pub use material::{Material, PlaybookFollowed, Signed};
pub use measure::{Anchor, Between, Computed, Interval, Metric, Presence, Said, Span, Unit, Zone};
pub use reader::{NoAuthority, Reader};
pub use reading::{Left, Reading};
pub use section::Section;
pub use section::action::Action;
pub use section::banner::{Banner, Closing, Status};
pub use section::chain::ChainShown;
pub use section::deadline::{Deadline, Deadlines, Verdict};
pub use section::decision::Choice;
pub use section::evidence::{Evidence, Exhibit, Handled};
pub use section::groups::{Described, Group, Groups};
pub use section::impact::{Counted, Drift, Impact, Tallied};
pub use section::may_be_owed::{MayBeOwed, OpenDuty, Settles};
pub use section::method::{Framework, Method, Term};
pub use section::notification::{Campaign, Notifications, Other, Ruled, Told};
pub use section::question::{Assumed, Question, Questions};
pub use section::response::{Edit, Progress, Ran, Response, Silence, Taken, Walked};
pub use section::signature::{SignOff, Signature};
pub use section::story::{MOMENTS, Moment, Story};
pub use section::summary::Summary;
pub use section::tally::Tally;
pub use section::timeline::{Timeline, TimelineEntry};
pub use section::unheld::Unheld;
pub use section::written::Written;

/// Name and version of the form of [`Report`].
pub const REPORT: &str = "breach.report/1";

/// The report on an incident, for one audience.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// `breach.report/1`.
    pub schema: String,
    /// What the report is, and whether its record can be trusted.
    pub banner: Banner,
    /// Up to where the log was read, and who signed.
    pub sign_off: SignOff,
    /// What to know if you read nothing else.
    pub summary: Summary,
    /// Times to something.
    pub metrics: Vec<Metric>,
    /// The moments from which they are measured.
    pub anchors: Vec<Anchor>,
    /// What happened and what people did, in a few moments.
    pub story: Story,
    /// What happened when, entry by entry.
    pub timeline: Timeline,
    /// When each phase started and ended.
    pub phases: Vec<Span>,
    /// Legal duties with their margins.
    pub deadlines: Deadlines,
    /// Who and what was affected.
    pub impact: Impact,
    /// How it was noticed, and what was missed.
    pub detection: Detection,
    /// How it happened and why it was possible.
    pub causes: Causes,
    /// Planned and done.
    pub response: Response,
    /// Who was told what, when.
    pub notifications: Notifications,
    /// What went well, what badly, luck, surprise.
    pub lessons: Lessons,
    /// What will be done about it.
    pub actions: Vec<Action>,
    /// What will be looked at later, and measures that are still in place.
    pub checks: Vec<Written>,
    /// What is not known, not decided, or contradicts itself.
    pub questions: Questions,
    /// What is kept, and who handled it.
    pub evidence: Evidence,
    /// The log it was built from.
    pub record: Recorded,
    /// How everything was computed.
    pub method: Method,
}

impl Report {
    /// The sections that its page has.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        let first = [Section::Banner, Section::Summary];
        let unreleased = self.summary.unreleased;
        let sections = Section::read_by(self.banner.audience);
        sections.filter(move |section| !unreleased || first.contains(section))
    }
}

/// How it was noticed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Detection {
    /// By whom, or by what.
    pub noticed: Written,
    /// Missed signals and their reasons.
    pub written: Vec<Written>,
}

/// How it happened and why it was possible: conditions, in the plural.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Causes {
    /// The path and the conditions.
    pub written: Vec<Written>,
    /// How each control was found.
    pub controls: Vec<Written>,
}

/// What was learned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Lessons {
    /// What went well, what badly, luck, surprise.
    pub written: Vec<Written>,
}

/// The log the report was built from. Its chains are in the banner.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Recorded {
    /// Entries by kind, without those left out as privileged.
    pub entries: BTreeMap<String, u64>,
}

/// JSON Schema (2020-12) of a report.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
