//! What was said of duties: notices that were sent, and what was decided.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::fact::{Precision, Value, When};
use crate::incident::event::{DutyDecided, Event, NoticeSent, RulingKind, Stamped};
use crate::incident::{Counts, Incident, Notice, Ruling, Subject};

impl Incident {
    /// Takes in a notice that was sent.
    pub(super) fn notice(&mut self, stamped: &Stamped, body: &NoticeSent) {
        self.claims.work(Arc::new(stamped.clone()));
        let mut notice = sent(stamped, body);
        let (is_told, undone) = (stamped.draft.step.is_some(), self.untold(&body.duty, &notice));
        if let Some(remaining) = notice.counts.remaining.as_mut().filter(|_| is_told) {
            *remaining += undone;
        }
        self.notices.entry(body.duty.clone()).or_default().push(notice);
    }

    /// How many of several recipients somebody told one by one, and took that back: whoever told another
    /// one since counted them as told.
    fn untold(&self, duty: &str, notice: &Notice) -> u64 {
        let standing = self.notices.get(duty).into_iter().flatten().chain([notice]);
        let told: BTreeSet<&str> = standing.filter_map(|one| one.recipient.as_deref()).collect();
        let undone = self.taken_back.get(duty).into_iter().flatten();
        let undone =
            undone.filter(|one| one.counts.remaining.is_some() && one.counts.sent.is_none());
        let undone: BTreeSet<&str> = undone.filter_map(|one| one.recipient.as_deref()).collect();
        undone.difference(&told).count() as u64
    }

    /// Remembers a notice that was taken back: its replacement may give a different time.
    pub(super) fn taken_back(&mut self, stamped: &Stamped) {
        if let Event::NoticeSent(body) = &stamped.draft.event {
            self.taken_back.entry(body.duty.clone()).or_default().push(sent(stamped, body));
        }
        if let Event::EvidenceAdded(body) = &stamped.draft.event {
            self.unkept(stamped, body);
        }
    }

    /// Takes in what was decided of a duty, or asked by its recipient.
    pub(super) fn ruling(&mut self, stamped: &Stamped, body: &DutyDecided) {
        let said = Arc::new(stamped.clone());
        self.claims.work(Arc::clone(&said));
        if matches!(body.what, RulingKind::Waived | RulingKind::Delayed | RulingKind::Resumed) {
            let subject = Subject::Duty(body.duty.clone());
            self.claims.enter(&subject, stamped, &body.settles);
            self.claims.stand(subject, said, Value::Unknown);
        }
        self.rulings.entry(body.duty.clone()).or_default().push(Ruling {
            what: body.what.clone(),
            by: body.by.clone(),
            reason: body.reason.to_string(),
            proof: body.proof.clone(),
            until: body.until,
            occurred: stamped.draft.occurred.clone(),
            at: stamped.at,
            is_privileged: stamped.draft.privileged,
        });
    }
}

fn sent(stamped: &Stamped, body: &NoticeSent) -> Notice {
    let at = stamped.draft.occurred.clone().unwrap_or(When {
        earliest: stamped.at,
        latest: stamped.at,
        precision: Precision::Second,
    });
    Notice {
        at,
        what: body.what.clone(),
        recipient: body.recipient.clone(),
        channel: body.channel.clone(),
        reference: body.reference.clone(),
        proof: body.proof.clone(),
        manifest: body.manifest,
        returned: body.returned,
        counts: Counts { sent: body.sent, bounced: body.bounced, remaining: body.remaining },
        by: stamped.actor.shown().to_owned(),
        recorded_at: stamped.at,
        entry: stamped.id.clone(),
    }
}
