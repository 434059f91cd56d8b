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
                let proven = done.text.as_ref().is_some_and(|text| !text.is_empty())
                    || self.proof(incident, at).is_some();
                let unproven = format!(
                    "there is no proof yet that `{duty}` was sent: enter `d REFERENCE`, or keep \
                     the receipt with `e`"
                );
                let sent = self.notices(incident, at, done).into_iter();
                let left =
                    self.left_over(incident, at, done).map(|left| Act::Warn(stays(duty, left)));
                sent.chain((!proven).then_some(Act::Warn(unproven))).chain(left).collect()
            }
            Outcome::Skipped | Outcome::NotApplicable => vec![Act::Warn(format!(
                "`{duty}` stays open in `breach duties`; to record a decision not to notify: \
                 `breach duties waive {duty} --by NAME --reason TEXT`"
            ))],
            Outcome::Waiting | Outcome::Assigned | Outcome::Blocked => Vec::new(),
        }
    }

    /// How many people earlier notices of the duty of a place leave to be told, where nobody says of
    /// whom this one is.
    pub(super) fn left_over(&self, incident: &Incident, at: &StepKey, done: &Done) -> Option<u64> {
        let duty =
            self.step(at).and_then(|step| duty(step, at)).filter(|_| done.told.is_empty())?;
        Notice::left(incident.notices.get(duty)?).filter(|left| *left > 0)
    }

    /// Whether a place is about a duty that nothing shows to be met.
    pub(super) fn is_unproven(&self, incident: &Incident, at: &StepKey) -> bool {
        let duty = self.step(at).and_then(|step| duty(step, at));
        duty.is_some_and(|duty| !incident.is_answered(duty)) && self.proof(incident, at).is_none()
    }

    /// The entries of the notices that were recorded with the outcome of a place, in one act.
    pub(super) fn notices_of(&self, incident: &Incident, at: &StepKey) -> Vec<String> {
        let duty = self.step(at).and_then(|step| duty(step, at));
        let state = incident.step(self.playbook.phase, at);
        let Some((duty, state)) = duty.zip(state) else { return Vec::new() };
        let is_of = |notice: &&Notice| {
            notice.by == state.by
                && notice.reference == state.text
                && notice.recorded_at >= state.at
        };
        let notices = incident.notices.get(duty).into_iter().flatten().filter(is_of);
        notices.map(|notice| notice.entry.clone()).collect()
    }

    /// The evidence that was kept of a place last.
    fn proof(&self, incident: &Incident, at: &StepKey) -> Option<String> {
        let address = self.address(at);
        let of_place =
            |exhibit: &Exhibit| exhibit.step.as_ref() == Some(&address) && exhibit.item == at.item;
        let proof = incident.exhibits.iter().rev().find(|(_, exhibit)| of_place(exhibit));
        proof.map(|(name, _)| name.clone())
    }

    /// The notices that an outcome tells of: one, or of a duty that goes to several one to each of those
    /// who were told, with how many are left.
    pub(super) fn notices(&self, incident: &Incident, at: &StepKey, done: &Done) -> Vec<Act> {
        let left = self.untold(incident, at, &done.told).len();
        let one = || self.notice(incident, at, done, None);
        let told = done.told.iter().enumerate().map(|(number, name)| {
            let remaining = left + done.told.len() - number - 1;
            let called = self.called(incident, at, name);
            self.notice(incident, at, done, called.map(|called| (called, remaining as u64)))
        });
        if done.told.is_empty() { vec![one()] } else { told.collect() }
    }

    fn notice(
        &self,
        incident: &Incident,
        at: &StepKey,
        done: &Done,
        to: Option<(String, u64)>,
    ) -> Act {
        let (recipient, remaining) = to.unzip();
        let mut draft = Draft::from(NoticeSent {
            duty: at.item.clone().unwrap_or_default(),
            what: NoticeKind::Notice,
            recipient,
            channel: None,
            reference: done.text.clone().filter(|text| !text.is_empty()),
            proof: self.proof(incident, at),
            language: None,
            group: None,
            manifest: None,
            sent: None,
            bounced: None,
            returned: None,
            remaining,
        });
        draft.step = Some(self.address(at));
        draft.occurred.clone_from(&done.occurred);
        draft.privileged = self.is_privileged(at);
        Act::Record(Box::new(draft))
    }
}

/// That a notice without numbers leaves a duty open, of which people are still to be told.
pub(super) fn stays(duty: &str, left: u64) -> String {
    format!(
        "it gives no number: {left} are still to be told of `{duty}`, so it stays owed; `breach duties \
         sent {duty} --sent N` counts them down, `--remaining 0` says that everybody was told"
    )
}
