//! What commands read of the log of an incident to tell it to one audience.

use std::borrow::Cow;

use super::{Context, Failure, chains, followed};
use crate::fact::Vocabulary;
use crate::log::{ChainReport, Folder};
use crate::regime::{Law, Matter};
use crate::report::{Audience, Gather, Material, PlaybookFollowed, Report, Tlp};

/// What was seen of the log of an incident, for one audience.
pub(in crate::cli) struct Seen {
    pub(in crate::cli) gather: Gather,
    pub(in crate::cli) vocabulary: Vocabulary,
    pub(in crate::cli) chains: Vec<ChainReport>,
}

/// Reads the log of a folder, and says what of it cannot be believed.
pub(in crate::cli) fn see(
    context: &mut Context,
    folder: &Folder,
    audience: Audience,
    law: &Law,
) -> Result<Seen, Failure> {
    gathered(context, folder, Gather::new(audience, law))
}

/// As [`see`], of what begins to gather.
pub(in crate::cli) fn gathered(
    context: &mut Context,
    folder: &Folder,
    mut gather: Gather,
) -> Result<Seen, Failure> {
    let chains = crate::log::entries(folder, &context.world, &mut |chain, entry| {
        gather.entry(chain, entry);
    })
    .map_err(chains::unreadable)?;
    chains::show_damage(context, &chains);
    chains::show_newer(context, &gather.incident);
    for chain in &chains {
        if let Some(fragment) = chain.fragment() {
            context.screen.warn(&format!("chain {}: {fragment}", chain.chain));
        }
    }
    let vocabulary = followed::vocabulary(context, &gather.incident, folder);
    Ok(Seen { gather, vocabulary, chains })
}

/// The report on the incident of a folder, for the audience for which its log was read.
pub(in crate::cli) fn report(
    context: &mut Context,
    folder: &Folder,
    (seen, law): (&Seen, &Law),
    audience: Audience,
    tlp: Tlp,
) -> Report {
    let Seen { gather, vocabulary, chains } = seen;
    let playbooks = followed(context, folder, gather);
    let name = folder.name().to_string();
    let incident = Cow::Borrowed(&gather.incident);
    let matter = Matter::new(chrono_tz::Tz::UTC, &name, incident, Cow::Borrowed(vocabulary));
    let as_of = gather.incident.last_at.map(|at| at.to_utc());
    let duties = as_of.map(|at| matter.assess(law, at)).unwrap_or_default();
    let material = Material {
        name: &name,
        gather,
        vocabulary,
        playbooks: &playbooks,
        duties: &duties,
        gaps: &matter.gaps(law),
        chains,
        audience,
        tlp,
    };
    material.report()
}

/// The kept copies of the playbooks that were followed. One that is gone is said to be, and the
/// report goes on without its steps.
fn followed(context: &mut Context, folder: &Folder, gather: &Gather) -> Vec<PlaybookFollowed> {
    let mut followed = Vec::new();
    for (phase, pinned) in gather.pins() {
        let playbook = followed::kept_in(folder, *phase, pinned).map(|followed| followed.playbook);
        if let Err(failure) = &playbook {
            context.screen.warn(&format!("{phase}: {:#}", failure.error));
            context.damaged = true;
        }
        // Where the copy should lie is no business of a reader.
        let playbook =
            playbook.map_err(|_| "its kept copy is missing, altered or not a playbook".into());
        followed.push(PlaybookFollowed { phase: *phase, pinned: pinned.clone(), playbook });
    }
    followed
}
