//! Steps that repeat over the duties of the law: what is done there is recorded as a notice.

use super::{Act, Done, Walk};
use crate::incident::event::{Draft, NoticeKind, NoticeSent, Outcome};
use crate::incident::{Exhibit, Incident, Notice, StepKey};
use crate::playbook::Step;
use crate::regime::OWED;

/// The duty that a place is about.
pub(super) fn duty<'k>(step: &Step, at: &'k StepKey) -> Option<&'k str> {
    at.item.as_deref().filter(|_| step.for_each.as_deref() == Some(OWED))
}

/// Whether places are about duties of the law.
pub(super) fn duty_of(step: Option<&Step>, places: &[StepKey]) -> bool {
    step.is_some_and(|step| places.iter().any(|at| duty(step, at).is_some()))
}

impl Walk<'_> {
    /// What an outcome says of the duty that its place is about.
    pub(super) fn of_duty(
        &self,
        incident: &Incident,
        at: &StepKey,
        outcome: Outcome,
        done: &Done,
    ) -> Vec<Act> {
        let Some(duty) = self.step(at).and_then(|step| duty(step, at)) else { return Vec::new() };
        match outcome {
            Outcome::Done if incident.is_answered(duty) => {
                vec![Act::Say(format!(
                    "`{duty}` was already recorded as settled; that does not change."
                ))]
            }
            Outcome::Done => {
                let (sent, proven) = self.sent(incident, at, duty, done);
                let unproven = format!(
                    "there is no proof yet that `{duty}` was sent: enter `d REFERENCE`, or keep \
                     the receipt with `e`"
                );
                [Some(sent), (!proven).then_some(Act::Warn(unproven))]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Outcome::Skipped | Outcome::NotApplicable => vec![Act::Warn(format!(
                "`{duty}` stays open in `breach duties`; to record a decision not to notify: \
                 `breach duties waive {duty} --by NAME --reason TEXT`"
            ))],
            Outcome::Waiting | Outcome::Assigned | Outcome::Blocked => Vec::new(),
        }
    }

    /// Whether a place is about a duty that nothing shows to be met.
    pub(super) fn is_unproven(&self, incident: &Incident, at: &StepKey) -> bool {
        let duty = self.step(at).and_then(|step| duty(step, at));
        duty.is_some_and(|duty| !incident.is_answered(duty)) && self.proof(incident, at).is_none()
    }

    /// The entry of the notice that was recorded with the outcome of a place, in one act.
    pub(super) fn notice_of(&self, incident: &Incident, at: &StepKey) -> Option<String> {
        let duty = self.step(at).and_then(|step| duty(step, at))?;
        let state = incident.step(self.playbook.phase, at)?;
        let is_of = |notice: &&Notice| {
            notice.by == state.by
                && notice.reference == state.text
                && notice.recorded_at >= state.at
        };
        let notice = incident.notices.get(duty)?.iter().rfind(is_of)?;
        Some(notice.entry.clone())
    }

    /// The evidence that was kept of a place last.
    fn proof(&self, incident: &Incident, at: &StepKey) -> Option<String> {
        let address = self.address(at);
        let of_place =
            |exhibit: &Exhibit| exhibit.step.as_ref() == Some(&address) && exhibit.item == at.item;
        let proof = incident.exhibits.iter().rev().find(|(_, exhibit)| of_place(exhibit));
        proof.map(|(name, _)| name.clone())
    }

    /// The notice, and whether anything proves it.
    fn sent(&self, incident: &Incident, at: &StepKey, duty: &str, done: &Done) -> (Act, bool) {
        let proof = self.proof(incident, at);
        let reference = done.text.clone().filter(|text| !text.is_empty());
        let proven = reference.is_some() || proof.is_some();
        let mut draft = Draft::from(NoticeSent {
            duty: duty.to_owned(),
            what: NoticeKind::Notice,
            recipient: None,
            channel: None,
            reference,
            proof,
            language: None,
            group: None,
            manifest: None,
            sent: None,
            bounced: None,
            returned: None,
            remaining: None,
        });
        draft.step = Some(self.address(at));
        draft.occurred.clone_from(&done.occurred);
        draft.privileged = self.is_privileged(at);
        (Act::Record(Box::new(draft)), proven)
    }
}
