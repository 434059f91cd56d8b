//! What waits for somebody: questions to answer, action items to do.

use chrono::NaiveDate;

use super::{Brief, Point, WITHHELD, clip};
use crate::incident::{ACTION_ITEMS, ActionItem, ActionState};
use crate::report::gate::{Class, Text};
use crate::wording;

/// How many action items are listed one by one.
const MOST_ACTIONS: usize = 8;

impl<'b> Brief<'b> {
    /// Recipients' questions that wait for an answer.
    pub fn asked(&self) -> Vec<Point> {
        let duties = self.whole.rulings.keys().filter(|duty| self.gather.reach.duty(duty));
        let of = |duty: &'b String| {
            self.whole.questions_of(duty).map(|asked| {
                let until = asked.until.map(|until| format!(" by {}", self.zone.moment(&until)));
                let reason = self.gate.text(Class::Reason, &asked.reason);
                let reason = reason.map(|reason| format!(": {}", clip(reason.as_str())));
                let said =
                    format!("answer it{}{}", until.unwrap_or_default(), reason.unwrap_or_default());
                Point { what: format!("Question on {}", self.duty(duty)), said }
            })
        };
        duties.flat_map(of).collect()
    }

    /// Open action items, the earliest due first, marked if they are overdue `today`.
    pub fn actions(&self, today: NaiveDate) -> Vec<Point> {
        let open = self.gather.incident.actions.iter();
        let mut open: Vec<&ActionItem> =
            open.filter(|item| item.state == ActionState::Open).collect();
        open.sort_by_key(|item| (!item.is_readable(), item.due.is_none(), item.due));
        let skipped = open.len().saturating_sub(MOST_ACTIONS);
        let told = open.iter().take(MOST_ACTIONS).filter_map(|item| {
            let text = self.gate.text(Class::Action, &item.text)?;
            let owner = item.owner.as_ref().map(|owner| self.gate.person(owner));
            let owner = owner.as_ref().map_or("no owner yet", Text::as_str);
            let due =
                item.due.map(|due| format!(", due {}", wording::day(due))).unwrap_or_default();
            let late = if item.is_overdue(today) { ", OVERDUE" } else { "" };
            let text = clip(text.as_str());
            let said = if item.is_readable() {
                format!("{text} ({owner}{due}{late})")
            } else {
                format!("{text}{due}{late}")
            };
            Some(Point { what: "Action item".to_owned(), said })
        });
        let mut told: Vec<Point> = told.collect();
        if skipped > 0 {
            let what = "Action items".to_owned();
            told.push(Point {
                what,
                said: format!("{skipped} more{}", self.see("breach action list")),
            });
        }
        if self.keeps(ACTION_ITEMS) {
            told.push(Point { what: "Action items".to_owned(), said: WITHHELD.to_owned() });
        }
        told
    }
}
