//! What was said of action items, one by one and on the walk's list.

use crate::fact::Value;
use crate::incident::action::{ActionItem, ActionState};
use crate::incident::event::{ActionChange, ActionTaken, Stamped};
use crate::incident::{Incident, Subject};

impl Incident {
    /// Takes in what was said of one item.
    pub(super) fn action(&mut self, stamped: &Stamped, body: &ActionTaken) {
        let subject = Subject::Action(body.action.clone());
        if let ActionChange::Done | ActionChange::Dropped | ActionChange::Reopened = body.what {
            self.claims.replace(subject.clone(), stamped);
        }
        let is_contested = self.claims.differ(&subject);
        let known = self.actions.iter_mut().find(|item| item.id == body.action);
        let ended = |item: &mut ActionItem, state| {
            item.state = state;
            let said = stamped.draft.occurred.as_ref().map(|when| when.earliest);
            item.ended_at = (state != ActionState::Open).then_some(said.unwrap_or(stamped.at));
        };
        match (&body.what, known) {
            (ActionChange::Added, None) => self.actions.push(ActionItem {
                id: body.action.clone(),
                text: body.text.clone().map(String::from).unwrap_or_default(),
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
                    _ if is_contested => ended(item, ActionState::Open),
                    ActionChange::Done => ended(item, ActionState::Done),
                    ActionChange::Dropped => ended(item, ActionState::Dropped),
                    ActionChange::Reopened => ended(item, ActionState::Open),
                    // What a later version says of an item changes what it names and no more.
                    ActionChange::Added | ActionChange::Changed | ActionChange::Other(_) => {}
                }
                item.owner = body.owner.clone().or_else(|| item.owner.take());
                item.due = body.due.or(item.due);
                item.link = body.link.clone().or_else(|| item.link.take());
                item.reason = body.reason.clone().map(String::from);
            }
            _ => {}
        }
    }

    /// Takes in the walk's list: what is new on it is added, what was taken off it is dropped.
    pub(super) fn listed_actions(&mut self, stamped: &Stamped, value: &Value) {
        let Value::List(list) = value else { return };
        for item in &mut self.actions {
            let gone = item.listed.as_ref().is_some_and(|listed| !list.contains(listed));
            let is_contested = self.claims.differ(&Subject::Action(item.id.clone()));
            if gone && item.state == ActionState::Open && !is_contested {
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
