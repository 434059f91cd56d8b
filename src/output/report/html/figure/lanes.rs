//! Which row of the timeline is drawn, in which lane, and at which height: what would collide is
//! stacked, and what would pile up too high is counted.

use crate::report::TimelineEntry;

/// Who or what a row tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Attacker,
    Signals,
    Response,
    Decisions,
    Notifications,
}

impl Lane {
    pub(super) const ALL: [Self; 5] =
        [Self::Attacker, Self::Signals, Self::Response, Self::Decisions, Self::Notifications];

    pub(super) fn of(moment: &TimelineEntry) -> Self {
        match (moment.anchor.as_deref(), moment.kind.as_str()) {
            (Some("E0" | "E1" | "E2" | "E2'"), _) => Self::Attacker,
            (Some("S1" | "E3"), _) => Self::Signals,
            (Some("E6" | "E6m"), _) | (_, "decision" | "duty") => Self::Decisions,
            (Some("D" | "D'" | "P" | "N"), _) | (_, "notice") => Self::Notifications,
            _ => Self::Response,
        }
    }

    pub(super) fn name(self) -> &'static str {
        ["attacker", "signals", "response", "decisions", "notifications"][self as usize]
    }

    /// Its shape, so that colour is not needed.
    pub(super) fn shape(self) -> &'static str {
        ["◆", "▲", "●", "■", "▼"][self as usize]
    }
}

/// A row that is drawn.
pub(super) struct Mark<'r> {
    /// Its number in the table, from 1.
    pub(super) number: usize,
    pub(super) moment: &'r TimelineEntry,
    pub(super) lane: Lane,
}

/// How much a row matters in a picture: the least first.
fn rank(moment: &TimelineEntry) -> u8 {
    match moment.kind.as_str() {
        "anchor" => 0,
        "decision" | "duty" | "notice" => 1,
        "opened" | "closed" | "reopened" | "playbook-pinned" => 2,
        "step-outcome" => 3,
        "evidence" => 4,
        _ => 5,
    }
}

/// The rows that matter most, at most `most`, in their order.
pub(super) fn chosen(moments: &[TimelineEntry], most: usize) -> Vec<Mark<'_>> {
    let mut rows: Vec<(usize, &TimelineEntry)> = moments.iter().enumerate().collect();
    rows.sort_by_key(|(row, moment)| (rank(moment), *row));
    rows.truncate(most);
    rows.sort_by_key(|(row, _)| *row);
    let mark = |(row, moment)| Mark { number: row + 1, moment, lane: Lane::of(moment) };
    rows.into_iter().map(mark).collect()
}

/// Something that wants a place in a lane: from where to where, in pixels of the narrowest drawing.
pub(super) struct Wants {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Where it came to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// On a level, from the ground.
    Level(usize),
    /// On a pile, which is shown as a number.
    Pile(usize),
}

/// Levels of a lane. A pile stands above them.
pub(super) const LEVELS: usize = 3;

/// Pixels of the number of a pile.
const PILE: f64 = 34.0;

/// Places for what stands in the order of its begin.
pub(super) fn stack(wants: &[Wants]) -> Vec<Stand> {
    let mut reached = [f64::MIN; LEVELS];
    let mut piles: Vec<f64> = Vec::new();
    let place = |want: &Wants| {
        if let Some(level) = reached.iter().position(|reached| *reached <= want.from) {
            reached[level] = want.to;
            return Stand::Level(level);
        }
        if piles.last().is_none_or(|pile| want.from - pile >= PILE) {
            piles.push(want.from);
        }
        Stand::Pile(piles.len() - 1)
    };
    wants.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_collides_is_stacked_and_then_counted() {
        let want = |from: f64| Wants { from, to: from + 20.0 };
        let stands = stack(&[0.0, 5.0, 10.0, 12.0, 14.0, 21.0, 50.0].map(want));
        let levels = [
            Stand::Level(0),
            Stand::Level(1),
            Stand::Level(2),
            Stand::Pile(0),
            Stand::Pile(0),
            Stand::Level(0),
            Stand::Level(0),
        ];
        assert_eq!(stands, levels);
    }
}
