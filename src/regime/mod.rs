//! Law as data: who must be told what, by when, and how that is counted.
//!
//! A [`Regime`] is a body of rules, by law or by contract; a [`Duty`] is one thing it asks. Each
//! carries its citation, its sources and how sure we are. [`assess`](Law::assess) lays them over the
//! facts of an incident. Nothing here invents a number that the law does not have: where it says
//! "without unreasonable delay", these words are what comes out.

mod assess;
mod assessed;
mod atlas;
mod awaits;
pub mod builtin;
mod calendar;
mod confidence;
mod corrected;
mod count;
mod docket;
mod facts;
mod filed;
mod hold;
mod law_of;
mod matter;
mod moved;
mod places;
mod reach;
mod read;
mod recipients;
mod shape;
mod start;
mod turns;
mod version;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

pub use assessed::{Assessed, Latest, Start, State, hang_on};
pub use atlas::{ATLAS, Outline, check as check_atlas};
pub use awaits::Awaits;
pub use calendar::{CALENDAR, Calendar, Calendars};
pub use confidence::{Confidence, Passage};
pub use count::Count;
pub use docket::{DORMANT, Docket, MAYBE_LATE, UNDATED, may_be_owed};
pub use facts::Facts;
pub use law_of::LawOf;
pub use matter::Matter;
pub use moved::Moved;
pub use places::{Gap, PLACES, lines as gap_lines};
pub use reach::{Left, told};
pub use recipients::Recipient;
pub use shape::{DUTY_ID, SHAPE};
pub use turns::Change;

use crate::fact::Condition;
use crate::fact::names;
use crate::incident::Notice;
use crate::lexicon::words;
use crate::wording;

/// The fact in which the notification walk keeps the ids of the duties that apply: a step that repeats
/// over it repeats over the law.
pub const OWED: &str = names::DUTIES_OWED;

/// Every regime that is known, and the calendars that they count by.
#[derive(Clone, Debug, Default)]
pub struct Law {
    /// In the order of their files.
    pub regimes: Vec<Arc<Regime>>,
    /// By name.
    pub calendars: Calendars,
}

/// A body of rules that imposes duties.
#[derive(Clone, Debug)]
pub struct Regime {
    /// `eu-gdpr`, `us-ca`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is law, in words.
    pub jurisdiction: String,
    /// Where its days are counted.
    pub zone: Zone,
    /// Whether it is law yet.
    pub status: Status,
    /// First and last day on which it applies.
    pub in_force: Span,
    /// To whom it applies, in words.
    pub applies: String,
    /// The same as a condition.
    pub concerns: Option<Condition>,
    /// What sets it off, in words.
    pub trigger: String,
    /// What lifts it, in words.
    pub exemptions: Option<String>,
    /// What changed or may change.
    pub changes: Option<String>,
    /// Where others go wrong.
    pub traps: Vec<String>,
    /// Classes of data whose holders it does not protect, and why.
    pub not_of: Vec<(String, String)>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it was read.
    pub sources: Vec<String>,
    /// What it asks.
    pub duties: Vec<Duty>,
}

/// One obligation.
#[derive(Clone, Debug)]
pub struct Duty {
    /// `eu-gdpr.33-1`.
    pub id: String,
    /// Where it stands in the law.
    pub cite: String,
    /// Who owes it, in words.
    pub who: String,
    /// Kinds of recipient, as the shape of a regime lists them.
    pub to: Vec<String>,
    /// The recipient by name, or how to find out.
    pub recipient: Option<String>,
    /// While this holds, the authority of each place where people live is told.
    pub each_place: Option<Condition>,
    /// Its place in a chain: early warning, notification, final.
    pub stage: Option<String>,
    /// When it is owed, in words.
    pub test: Option<String>,
    /// The same as a condition: open, it is for a person to judge.
    pub when: Option<Condition>,
    /// What lifts it, if it is known to be so, and in words.
    pub unless: Vec<(Condition, String)>,
    /// How long it may take; `None` where the law has no number.
    pub period: Option<Period>,
    /// Other periods under a condition; the first that holds counts.
    pub instead: Vec<(Condition, Period)>,
    /// How the period is counted.
    pub count: Count,
    /// What starts it.
    pub clock: Clock,
    /// A filing that counts besides: whichever is first.
    pub also: Option<(String, Order)>,
    /// The statute's words on what starts it.
    pub clock_words: Option<String>,
    /// Another limit that counts if it is earlier.
    pub cap: Option<(Period, String)>,
    /// A later moment that can be defended: shown as information, never as the deadline.
    pub latest: Option<Count>,
    /// The law's own words on the time.
    pub words: Option<String>,
    /// A fact that says when it was done, if no notice is recorded.
    pub settled_by: Option<String>,
    /// Who can have it wait, in the law's words: a recorded request then moves the deadline.
    pub wait: Option<String>,
    /// How long the law gives after such a request ends; without it, the deadline is the end itself.
    pub after_wait: Option<Period>,
    /// What the law says of being late.
    pub late: Option<String>,
    /// What the notice must say.
    pub content: Vec<String>,
    /// What the notice must not say.
    pub never: Vec<String>,
    /// Not a deadline: nothing may be sent before.
    pub embargo: bool,
    /// First and last day of a clock start to which this version applies.
    pub in_force: Span,
    /// The time at which the last day ends, if not at midnight.
    pub ends: Option<NaiveTime>,
    /// The calendar of its business days.
    pub calendar: Option<String>,
    /// Whether it is law yet.
    pub status: Status,
    /// How sure we are.
    pub confidence: Confidence,
    /// Which of its passages are from memory, if it is not all of them.
    pub from_memory: Vec<Passage>,
    /// Where it was read, if not where its regime was.
    pub sources: Vec<String>,
    /// What it said before, the latest version first; their spans follow each other day by day.
    pub earlier: Vec<Duty>,
    /// Whether something was owed before the first day that is held, and what is not known.
    pub existed: bool,
    /// Of an earlier version: whether its test is only taken to be that of today.
    pub borrowed: bool,
}

impl Duty {
    /// Whether the law wants it before another filing, or with it.
    pub(crate) fn leads(&self) -> bool {
        matches!(self.clock, Clock::Filed { order: Order::With | Order::Before, .. })
    }

    /// What a sentence calls it: `GDPR Art. 34(1), to the people affected`.
    pub fn title(&self) -> String {
        let Self { cite, to, .. } = self;
        if to.iter().all(|to| to == "register") {
            return format!("{cite}, to be kept on file");
        }
        if to.iter().all(|to| to == "assessment") {
            return format!("{cite}, an assessment");
        }
        let recipients = to.iter().map(|to| match to.as_str() {
            "people" => "the people affected".to_owned(),
            "media" | "public" | "market" | "authority" | "controller" | "register"
            | "acquirer" | "customers" => format!("the {to}"),
            "card-brands" => "the card brands".to_owned(),
            to => to.replace('-', " "),
        });
        format!("{cite}, to {}", wording::list(&recipients.collect::<Vec<_>>()))
    }

    /// Whether it is a notice to the people affected.
    pub fn tells_people(&self) -> bool {
        self.to.iter().any(|to| to == "people")
    }

    /// The version of today, then those before it, the latest first.
    pub fn versions(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.earlier)
    }

    /// The ids under which the log may speak of it.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.versions().map(|version| version.id.as_str())
    }

    /// What was filed for it; of versions with ids of their own, whichever was named.
    pub fn filed<'n>(&self, notices: &'n BTreeMap<String, Vec<Notice>>) -> &'n [Notice] {
        let mut filed = self.ids().filter_map(|id| notices.get(id));
        filed.find(|filed| !filed.is_empty()).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What starts a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// A fact of type `time`.
    Fact {
        /// Its name.
        name: String,
        /// Whether nothing runs until it is recorded; otherwise the earliest sign is assumed.
        waits: bool,
        /// Whether the period runs from the end of its calendar year.
        year_end: bool,
    },
    /// The filing of another duty.
    Filed {
        /// The other duty.
        duty: String,
        /// Whether this is owed after, with or before it.
        order: Order,
    },
}

impl Clock {
    /// Whether it is the filing of another duty: what is sent before that is early, and no error.
    pub fn is_filed(&self) -> bool {
        matches!(self, Self::Filed { .. })
    }
}

/// How a duty stands to the filing of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// A period after it; the first filing counts.
    After,
    /// A period after the last of its filings.
    AfterLast,
    /// Not later than it.
    With,
    /// Before it.
    Before,
}

/// A length: 72 hours, 4 business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a period is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Elapsed time.
    Hours,
    /// Days of the calendar.
    Days,
    /// Days on which the authority is open.
    BusinessDays,
    /// The same date in a later month.
    Months,
}

/// Where days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// In this zone.
    Named(Tz),
    /// Where the organisation sits, or its lead authority.
    Local,
}

words! {
    /// Whether a rule is law.
    pub enum Status {
        /// It is.
        InForce = "in-force",
        /// Adopted, and does not apply yet.
        Pending = "pending",
        /// Not adopted.
        Proposed = "proposed",
        /// It was.
        Superseded = "superseded",
        /// Nobody is bound.
        Voluntary = "voluntary",
        /// By contract.
        Contract = "contract",
    }
}

/// First and last day, both included; open where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
}

impl Span {
    /// Whether it holds a day.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Period {
    /// Hours of it, roughly: to put the shortest first.
    fn rough(self) -> u64 {
        let one = match self.unit {
            Unit::Hours => 1,
            Unit::Days => 24,
            Unit::BusinessDays => 34,
            Unit::Months => 730,
        };
        u64::from(self.n) * one
    }

    /// `72 hours`, `1 month`.
    pub fn show(self) -> String {
        let (one, many) = match self.unit {
            Unit::Hours => ("hour", "hours"),
            Unit::Days => ("day", "days"),
            Unit::BusinessDays => ("business day", "business days"),
            Unit::Months => ("month", "months"),
        };
        format!("{} {}", self.n, if self.n == 1 { one } else { many })
    }

    /// Reads what [`Period::show`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (n, unit) = text.split_once(' ')?;
        let unit = match unit {
            "hour" | "hours" => Unit::Hours,
            "day" | "days" => Unit::Days,
            "business day" | "business days" => Unit::BusinessDays,
            "month" | "months" => Unit::Months,
            _ => return None,
        };
        let n = n.parse().ok().filter(|n| (1..=1000).contains(n))?;
        Some(Self { n, unit })
    }
}

impl Law {
    /// A duty by its id, with its regime; an earlier version by its own id, if it has one.
    pub fn duty(&self, id: &str) -> Option<(&Arc<Regime>, &Duty)> {
        let (regime, duty) = self.whole(id)?;
        Some((regime, duty.versions().find(|version| version.id == id)?))
    }

    /// Whether two ids are of versions of one duty.
    fn is_same(&self, one: &str, other: &str) -> bool {
        let whole = |id: &str| self.whole(id).map(|(_, duty)| &duty.id);
        one == other || whole(one).is_some_and(|id| Some(id) == whole(other))
    }

    /// A duty with all its versions, by the id of any of them.
    pub fn whole(&self, id: &str) -> Option<(&Arc<Regime>, &Duty)> {
        let (own, _) = id.split_once('.')?;
        let regime = self.regimes.iter().find(|regime| regime.id == own)?;
        let is = |duty: &&Duty| duty.versions().any(|version| version.id == id);
        Some((regime, regime.duties.iter().find(is)?))
    }
}
