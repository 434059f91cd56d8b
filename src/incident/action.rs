//! Action items: what will be done so that it does not happen again, by whom, by when.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::digest::Digest;
use crate::fact::day_to_come;
use crate::fact::names;
use crate::incident::event::WITHHELD;
use crate::lexicon::words;

/// The fact in which the post-mortem walk lists action items.
pub const ITEMS: &str = names::ACTION_ITEMS;

/// Facts that list promised checks, and how many days after the promise each is due.
pub const CHECKS: [(&str, u64); 2] = [(names::CHECKS_30_DAYS, 30), (names::CHECKS_90_DAYS, 90)];

/// An action item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionItem {
    /// `a-3f9c1e`: from owner and text, so that the same item has the same name everywhere.
    pub id: String,
    /// What will be done.
    pub text: String,
    /// Whose it is.
    pub owner: Option<String>,
    /// The last day.
    pub due: Option<NaiveDate>,
    /// Where it is worked on: a ticket, a page.
    pub link: Option<String>,
    /// Why it was dropped, or how it was done.
    pub reason: Option<String>,
    /// Its state.
    pub state: ActionState,
    /// When it was written down.
    pub added_at: DateTime<FixedOffset>,
    /// When it ended: as somebody said, or when that was recorded.
    pub ended_at: Option<DateTime<FixedOffset>>,
    pub(super) listed: Option<String>,
}

words! {
    /// How an action item stands.
    pub enum ActionState {
        /// To be done.
        Open = "open",
        /// Done.
        Done = "done",
        /// It will not be done, for a reason.
        Dropped = "dropped",
    }
}

impl ActionItem {
    /// Its name.
    pub fn id_of(owner: Option<&str>, text: &str) -> String {
        let said = format!("{}\n{text}", owner.unwrap_or_default());
        let digest = Digest::of(said.as_bytes()).to_string();
        format!("a-{}", &digest[..6])
    }

    /// Whether its words are told, and not marked privileged.
    pub fn is_readable(&self) -> bool {
        self.text != WITHHELD
    }

    /// The item as the walk's list writes it, if it comes from there.
    pub fn listed(&self) -> Option<&str> {
        self.listed.as_deref()
    }

    /// Whether its last day is over.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == ActionState::Open && self.due.is_some_and(|due| due < today)
    }

    /// Reads `Priya: alert on changed scripts by 2018-10-15`, as it was written at that time: `by friday` is
    /// the next one from there. Owner and day may be missing.
    pub(crate) fn read(item: &str, at: DateTime<FixedOffset>) -> Self {
        const LONGEST_NAME: usize = 60;
        let named = item
            .split_once(": ")
            .filter(|(name, _)| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME);
        let (owner, rest) = named.map_or((None, item), |(name, rest)| (Some(name), rest));
        let dated = rest
            .rsplit_once(" by ")
            .and_then(|(text, day)| Some((text, day_to_come(day, at.date_naive())?)));
        let (text, due) = dated.map_or((rest, None), |(text, day)| (text, Some(day)));
        Self {
            id: Self::id_of(owner, text),
            text: text.to_owned(),
            owner: owner.map(str::to_owned),
            due,
            link: None,
            reason: None,
            state: ActionState::Open,
            added_at: at,
            ended_at: None,
            listed: Some(item.to_owned()),
        }
    }
}
