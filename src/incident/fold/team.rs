//! What a team agreed: decisions that are no determinations, and whose the work is.

use std::sync::Arc;

use crate::fact::Value;
use crate::fact::names::COUNSEL_DIRECTS;
use crate::incident::event::{Decision, Handoff, Stamped};
use crate::incident::{Decided, HandedOver, Incident, Subject};

impl Incident {
    /// Takes in a decision.
    pub(super) fn decision(&mut self, stamped: &Stamped, body: &Decision) {
        let subject = Subject::Decision(body.name.clone());
        let decided = Value::Text(body.decided.as_deref().unwrap_or_default().to_owned());
        self.claims.enter(&subject, stamped, &body.settles);
        self.claims.stand(subject, Arc::new(stamped.clone()), decided);
        self.decisions.entry(body.name.clone()).or_default().push(Decided {
            what: body.decided.as_deref().unwrap_or_default().to_owned(),
            question: body.question.as_deref().map(str::to_owned),
            options: body.options.iter().map(ToString::to_string).collect(),
            by: body.by.clone(),
            role: body.role.clone(),
            basis: body.basis.to_string(),
            dissent: body.dissent.as_deref().map(str::to_owned),
            review_at: body.review_at,
            occurred: stamped.draft.occurred.clone(),
            at: stamped.at,
            is_privileged: stamped.draft.privileged,
        });
    }

    /// Takes in a hand-over, or that one was accepted.
    pub(super) fn handed_over(&mut self, stamped: &Stamped, body: &Handoff) {
        let by = stamped.actor.shown().to_owned();
        if let Some(entry) = &body.accepts {
            self.accepted.entry(entry.clone()).or_insert((by, stamped.at));
        } else {
            self.handoff = Some(HandedOver {
                entry: stamped.id.clone(),
                by,
                to: body.to.clone(),
                text: body.text.as_deref().map(str::to_owned),
                at: stamped.at,
                accepted: None,
            });
        }
        if let Some(last) = &mut self.handoff {
            last.accepted = self.accepted.get(&last.entry).cloned();
        }
    }

    /// Whether people who did not know of each other decided differently, and nobody settled it.
    pub fn is_contested(&self, decision: &str) -> bool {
        self.claims.differ(&Subject::Decision(decision.to_owned()))
    }

    /// Whether counsel directs the work: what people write is then marked privileged unless they say
    /// otherwise.
    pub fn is_under_counsel(&self) -> bool {
        self.fact_value(COUNSEL_DIRECTS) == Some(&Value::YesNo(true))
    }
}
