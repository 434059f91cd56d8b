//! Reviews of how ready we are, each in a record of its own.

use super::{Context, Exit, Failure, chains, followed};
use crate::incident::Incident;
use crate::log::Folder;
use crate::phase::Phase;
use crate::readiness::{self, Review};

const PHASE: Phase = Phase::Preparation;

/// The folders of all reviews, in the order of their names.
pub(in crate::cli) fn folders(context: &Context) -> Result<Vec<Folder>, Failure> {
    Folder::reviews(&context.home()?).map_err(|error| {
        let mut failure = Failure::new(Exit::Failed, error.to_string());
        failure.hints.extend(error.hint());
        failure
    })
}

/// All reviews, the newest first.
pub(in crate::cli) fn all(context: &mut Context) -> Result<Vec<Review>, Failure> {
    let mut found = Vec::new();
    for folder in &folders(context)? {
        let mut incident = Incident::default();
        chains::fold(context, folder, &mut incident)?;
        let pinned = incident.phases.get(&PHASE).and_then(|phase| phase.pinned.clone());
        let Some(pinned) = pinned else { continue };
        let followed = followed::kept_in(folder, PHASE, &pinned)?;
        found.push(Review {
            name: folder.name().to_string(),
            opened_at: incident.opened_at,
            areas: readiness::areas(&followed.playbook, &followed.vocabulary, &incident),
        });
    }
    found.sort_by_key(|review| std::cmp::Reverse(review.opened_at));
    Ok(found)
}
