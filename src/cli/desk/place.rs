//! Which step is meant, named from outside a walk.

use super::followed::{self, Followed};
use super::{Context, Failure};
use crate::document::did_you_mean;
use crate::incident::Incident;
use crate::log::Folder;
use crate::phase::Phase;
use crate::playbook::Step;
use crate::wording;

/// The playbooks that an incident follows.
pub(in crate::cli) struct Places {
    followed: Vec<Followed>,
}

/// A step of one of them.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Place<'p> {
    pub(in crate::cli) followed: &'p Followed,
    pub(in crate::cli) step: &'p Step,
}

impl Place<'_> {
    /// `containment/isolate-hosts`.
    pub(in crate::cli) fn address(&self) -> String {
        format!("{}/{}", self.followed.playbook.phase, self.step.id)
    }
}

impl Places {
    /// The playbooks of all phases that were begun. A kept copy that cannot be read is named.
    pub(in crate::cli) fn of(context: &mut Context, folder: &Folder, incident: &Incident) -> Self {
        let mut followed = Vec::new();
        for (phase, state) in &incident.phases {
            let Some(pinned) = &state.pinned else { continue };
            match followed::kept_in(folder, *phase, pinned) {
                Ok(one) => followed.push(one),
                Err(failure) => {
                    context.screen.warn(&format!("{phase}: {:#}", failure.error));
                    context.damaged = true;
                }
            }
        }
        Self { followed }
    }

    /// All of them, in the order of the phases.
    pub(in crate::cli) fn followed(&self) -> &[Followed] {
        &self.followed
    }

    /// The step that is named by its id, alone or after its phase.
    ///
    /// # Errors
    /// There is none, or several phases have one.
    pub(in crate::cli) fn named(&self, typed: &str) -> Result<Place<'_>, Failure> {
        let (phase, id) = match typed.split_once('/') {
            Some((phase, id)) => (Some(phase), id),
            None => (None, typed),
        };
        let followed = self.followed.iter().filter(|followed| {
            phase.is_none_or(|phase| Phase::named(phase) == Some(followed.playbook.phase))
        });
        let mut found = followed.filter_map(|followed| {
            let step = followed.playbook.steps.iter().find(|step| step.id == id)?;
            Some(Place { followed, step })
        });
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (Some(one), Some(other)) => {
                let both = wording::ticked(&[one.address(), other.address()]);
                Err(Failure::usage(format!("`{typed}` is a step of several phases"))
                    .hint(format!("nothing was recorded; name one: {both}")))
            }
            _ => Err(self.unknown(typed)),
        }
    }

    fn unknown(&self, typed: &str) -> Failure {
        let mut failure = Failure::usage(format!("there is no step `{typed}`"));
        if self.followed.is_empty() {
            return failure.hint("nothing was recorded; no phase was begun: `breach contain`");
        }
        let steps = self.followed.iter().flat_map(|followed| &followed.playbook.steps);
        let ids: Vec<&str> = steps.map(|step| step.id.as_str()).collect();
        let near = did_you_mean(typed.rsplit('/').next().unwrap_or(typed), ids);
        failure.hints.extend(near);
        failure.hint("nothing was recorded; `breach next` names those that are to be done")
    }
}
