//! Whose moment it is, and which entries of a very long log matter most.

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

    pub(super) fn of(anchor: Option<&str>, kind: &str) -> Self {
        match (anchor, kind) {
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

/// Numbers of the entries that matter most, from 1, at most `most`, in their order.
pub(super) fn chosen(moments: &[TimelineEntry], most: usize) -> Vec<usize> {
    let mut rows: Vec<(usize, &TimelineEntry)> = moments.iter().enumerate().collect();
    rows.sort_by_key(|(row, moment)| (rank(moment), *row));
    rows.truncate(most);
    let mut numbers: Vec<usize> = rows.into_iter().map(|(row, _)| row + 1).collect();
    numbers.sort_unstable();
    numbers
}
