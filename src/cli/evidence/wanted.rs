//! Evidence for a step, kept from outside the walk, so that the step no longer owes it.

use crate::cli::args::EvidenceAddArgs;
use crate::cli::desk::place::Places;
use crate::cli::desk::{Context, Failure, Record};
use crate::document::did_you_mean;
use crate::incident::event::{Draft, Event};
use crate::playbook::Wanted;
use crate::walk::Walk;
use crate::wording;

/// The step and item that an exhibit is kept for.
pub(super) struct Purpose {
    /// `containment/image-hosts`.
    step: String,
    item: Option<String>,
    /// Id and title of the evidence; `None` if the step asks for none.
    evidence: Option<(String, String)>,
    privileged: bool,
}

impl Purpose {
    /// Records the purpose in the exhibit's entry.
    pub(super) fn mark(self, draft: &mut Draft) {
        if let Event::EvidenceAdded(body) = &mut draft.event {
            body.item = self.item;
            if let Some((id, title)) = self.evidence {
                body.wanted = Some(id);
                body.title = title.into();
            }
        }
        draft.step = Some(self.step);
        draft.privileged = self.privileged;
    }
}

/// The step, item and evidence named on the command line, if any.
///
/// # Errors
/// There is no such step, item or evidence, or one of several has to be named.
pub(super) fn of(
    context: &mut Context,
    record: &Record,
    args: &EvidenceAddArgs,
) -> Result<Option<Purpose>, Failure> {
    let Some(typed) = &args.step else { return Ok(None) };
    let places = Places::of(context, &record.folder, &record.incident);
    let place = places.named(typed)?;
    let refused = |why: String| Failure::usage(why).hint("nothing was recorded");
    let walk = Walk::new(&place.followed.playbook, &place.followed.vocabulary, false);
    let named: Vec<String> = args.item.iter().cloned().collect();
    let keys = walk.places_of(&record.incident, place.step, &named).map_err(refused)?;
    let [key] = keys.as_slice() else { return Err(refused("name one item".to_owned())) };
    let address = place.address();
    let is_owed =
        |one: &&Wanted| !record.incident.has_evidence(&address, &one.id, key.item.as_deref());
    let all = &place.step.evidence;
    let evidence = match (&args.wanted, all.as_slice()) {
        (Some(id), all) => Some(all.iter().find(|one| one.id == *id).ok_or_else(|| {
            let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
            let mut failure = Failure::usage(format!("`{address}` asks for no evidence `{id}`"));
            failure.hints.extend(did_you_mean(id, ids));
            failure.hint("nothing was recorded")
        })?),
        (None, []) => None,
        (None, [one]) => Some(one),
        (None, all) => {
            let owed: Vec<&Wanted> = all.iter().filter(is_owed).collect();
            let [one] = owed.as_slice() else {
                let ids: Vec<&String> = all.iter().map(|one| &one.id).collect();
                let ids = wording::ticked(&ids);
                return Err(refused(format!(
                    "say which with --wanted: `{address}` asks for {ids}"
                )));
            };
            Some(*one)
        }
    };
    let item = key.item.as_deref();
    Ok(Some(Purpose {
        step: address,
        evidence: evidence.map(|one| (one.id.clone(), place.step.fill(&one.title, item))),
        item: key.item.clone(),
        privileged: place.step.privileged,
    }))
}
