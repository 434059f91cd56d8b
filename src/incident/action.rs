//! Action items: what will be done so that it does not happen again, by whom, by when.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::Incident;
use super::event::{ActionTaken, FactSet, Stamped};
use crate::digest::Digest;
use crate::fact::Value;

/// The fact in which the post-mortem walk lists action items.
pub const ITEMS: &str = "action_items";

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
    /// How it stands.
    pub state: ActionState,
    /// When it was written down.
    pub added_at: DateTime<FixedOffset>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<FixedOffset>>,
    listed: Option<String>,
}

/// How an action item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionState {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Nobody will do it, for a reason.
    Dropped,
}

impl ActionState {
    /// As JSON writes it.
    pub fn as_str(self) -> &'static str {
        ["open", "done", "dropped"][self as usize]
    }
}

impl ActionItem {
    /// Its name.
    pub fn id_of(owner: Option<&str>, text: &str) -> String {
        let said = format!("{}\n{text}", owner.unwrap_or_default());
        let digest = Digest::of(said.as_bytes()).to_string();
        format!("a-{}", &digest[..6])
    }

    /// The item as the walk's list writes it, if it comes from there.
    pub fn listed(&self) -> Option<&str> {
        self.listed.as_deref()
    }

    /// Whether its last day is over.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == ActionState::Open && self.due.is_some_and(|due| due < today)
    }

    /// Reads `Priya: alert on changed scripts by 2018-10-15`; owner and day may be missing.
    pub(crate) fn read(item: &str, at: DateTime<FixedOffset>) -> Self {
        const LONGEST_NAME: usize = 60;
        let named = item
            .split_once(": ")
            .filter(|(name, _)| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME);
        let (owner, rest) = named.map_or((None, item), |(name, rest)| (Some(name), rest));
        let dated = rest.rsplit_once(" by ").and_then(|(text, day)| {
            Some((text, day.trim_end_matches('.').parse::<NaiveDate>().ok()?))
        });
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

impl Incident {
    /// Takes in what was said of one item.
    pub(super) fn action(&mut self, stamped: &Stamped, body: &ActionTaken) {
        let known = self.actions.iter_mut().find(|item| item.id == body.action);
        let ended = |item: &mut ActionItem, state| {
            item.state = state;
            item.ended_at = (state != ActionState::Open).then_some(stamped.at);
        };
        match (body.what.as_str(), known) {
            ("added", None) => self.actions.push(ActionItem {
                id: body.action.clone(),
                text: body.text.clone().unwrap_or_default(),
                owner: body.owner.clone(),
                due: body.due,
                link: body.link.clone(),
                reason: None,
                state: ActionState::Open,
                added_at: stamped.at,
                ended_at: None,
                listed: None,
            }),
            (what, Some(item)) => {
                match what {
                    "done" => ended(item, ActionState::Done),
                    "dropped" => ended(item, ActionState::Dropped),
                    "reopened" => ended(item, ActionState::Open),
                    _ => {}
                }
                item.owner = body.owner.clone().or_else(|| item.owner.take());
                item.due = body.due.or(item.due);
                item.link = body.link.clone().or_else(|| item.link.take());
                item.reason.clone_from(&body.reason);
            }
            _ => {}
        }
    }

    /// Takes in the walk's list: what is new on it is added, what was taken off it is dropped.
    pub(super) fn listed_actions(&mut self, stamped: &Stamped, body: &FactSet) {
        let Value::List(list) = &body.value else { return };
        for item in &mut self.actions {
            let gone = item.listed.as_ref().is_some_and(|listed| !list.contains(listed));
            if gone && item.state == ActionState::Open {
                item.state = ActionState::Dropped;
                item.ended_at = Some(stamped.at);
                item.reason = Some("taken off the list".to_owned());
            }
        }
        for listed in list {
            let item = ActionItem::read(listed, stamped.at);
            match self.actions.iter_mut().find(|known| known.id == item.id) {
                None => self.actions.push(item),
                // Back on the list, or with another day.
                Some(known) if known.listed.is_some() => {
                    if known.state == ActionState::Dropped {
                        known.state = ActionState::Open;
                        known.ended_at = None;
                        known.reason = None;
                    }
                    known.due = item.due.or(known.due);
                    known.listed = item.listed;
                }
                Some(_) => {}
            }
        }
    }
}
