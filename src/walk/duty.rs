//! Steps that repeat over the duties of the law: what is done there is recorded as a notice.

use super::{Act, Done, Walk};
use crate::incident::event::{Draft, NoticeSent, Outcome};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;
use crate::regime::OWED;

/// The duty that a place is about.
pub(super) fn duty<'k>(step: &Step, at: &'k StepKey) -> Option<&'k str> {
    at.item.as_deref().filter(|_| step.for_each.as_deref() == Some(OWED))
}

impl Walk<'_> {
    /// What an outcome says of the duty that its place is about.
    pub(super) fn of_duty(
        &self,
        incident: &Incident,
        at: &StepKey,
        outcome: Outcome,
        done: &Done,
    ) -> Option<Act> {
        let duty = duty(self.step(at)?, at)?;
        match outcome {
            Outcome::Done if incident.is_answered(duty) => None,
            Outcome::Done => Some(self.sent(incident, at, duty, done)),
            Outcome::Skipped | Outcome::NotApplicable => Some(Act::Warn(format!(
                "`{duty}` stays open in `breach duties`; the decision not to notify is `breach \
                 duties waive {duty} --by NAME --reason TEXT`"
            ))),
            Outcome::Waiting | Outcome::Assigned | Outcome::Blocked => None,
        }
    }

    fn sent(&self, incident: &Incident, at: &StepKey, duty: &str, done: &Done) -> Act {
        let address = self.address(at);
        let proof = incident.exhibits.iter().rev().find(|(_, exhibit)| {
            exhibit.step.as_ref() == Some(&address) && exhibit.item == at.item
        });
        let mut draft = Draft::from(NoticeSent {
            duty: duty.to_owned(),
            what: "notice".to_owned(),
            recipient: None,
            channel: None,
            reference: done.text.clone().filter(|text| !text.is_empty()),
            proof: proof.map(|(name, _)| name.clone()),
            sent: None,
            bounced: None,
            remaining: None,
        });
        draft.step = Some(address);
        draft.occurred.clone_from(&done.occurred);
        draft.privileged = self.is_privileged(at);
        Act::Record(Box::new(draft))
    }
}
