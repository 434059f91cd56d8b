//! What the log holds of a duty: notices, and what was decided or asked.

use std::fmt::Write as _;

use super::Explanation;
use super::page::Page;
use crate::incident::{Counts, Notice};
use crate::wording;

impl Explanation<'_> {
    /// What the log holds of it.
    pub(super) fn done(&self, page: &mut Page) {
        let id = self.duty.known_as(self.record);
        let notices = self.duty.filed(&self.record.notices);
        let rulings = self.record.rulings.get(id).map(Vec::as_slice).unwrap_or_default();
        if notices.is_empty() && rulings.is_empty() {
            return;
        }
        page.title("What was done");
        for notice in notices {
            let mut line = format!("{} sent {}", notice.what, notice.at.show());
            let words = [
                (" to ", &notice.recipient),
                (" by ", &notice.channel),
                (", reference ", &notice.reference),
                (", proof ", &notice.proof),
            ];
            for (name, text) in words {
                if let Some(text) = text {
                    let _ = write!(line, "{name}{text}");
                }
            }
            let Counts { sent, bounced, remaining } = notice.counts;
            let counts = [("told", sent), ("came back", bounced), ("still to be told", remaining)];
            for (what, n) in counts {
                if let Some(n) = n {
                    let _ = write!(line, ", {n} {what}");
                }
            }
            page.wrap("  - ", "    ", &format!("{line}; recorded by {}", notice.by));
        }
        campaign(page, notices);
        for ruling in rulings {
            let until = ruling.until.map(|until| format!(" until {}", wording::moment(until)));
            let on = ruling.occurred.as_ref().map(|on| format!(" on {}", on.show()));
            let proof = ruling.proof.as_ref().map(|proof| format!(", proof {proof}"));
            let line = format!(
                "{}{} by {}{}, recorded {}: {}{}",
                ruling.what,
                until.unwrap_or_default(),
                ruling.by,
                on.unwrap_or_default(),
                wording::stamp(ruling.at),
                ruling.reason,
                proof.unwrap_or_default(),
            );
            page.wrap("  - ", "    ", &line);
        }
    }
}

/// What the batches add up to, where there were several.
fn campaign(page: &mut Page, notices: &[Notice]) {
    let batches: Vec<&Notice> = notices.iter().filter(|notice| notice.is_batch()).collect();
    let (Some(first), Some(last)) = (batches.first(), batches.last()) else { return };
    if batches.len() < 2 {
        return;
    }
    let sum = |of: fn(&Notice) -> Option<u64>| {
        batches.iter().filter_map(|batch| of(batch)).fold(0, u64::saturating_add)
    };
    let (sent, bounced) = (sum(|batch| batch.counts.sent), sum(|batch| batch.counts.bounced));
    let left = Notice::left(notices).map(|left| format!(", {left} still to be told"));
    let line = format!(
        "in total: {} from {} to {}, {sent} told, {bounced} came back{}",
        wording::count(batches.len(), "mailing"),
        first.at.show(),
        last.at.show(),
        left.unwrap_or_default(),
    );
    page.wrap("  - ", "    ", &line);
}
