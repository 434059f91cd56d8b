//! What commands read of the log of an incident to tell it to one audience.

use std::borrow::Cow;

use super::law::unknown_duty;
use super::{Context, Exit, Failure, chains, followed};
use crate::cli::args::ReaderArgs;
use crate::fact::Vocabulary;
use crate::incident::event::{Event, SignedAs};
use crate::log::{ChainReport, Entry, Folder, HeadCode, Proof, last_ending, prove};
use crate::regime::{Law, Matter};
use crate::report::{
    Audience, Gather, Material, NoAuthority, PlaybookFollowed, Reader, Report, Signed, Tlp,
};
use crate::wording;

/// What was seen of the log of an incident, for one audience.
pub(in crate::cli) struct Seen {
    pub(in crate::cli) gather: Gather,
    pub(in crate::cli) vocabulary: Vocabulary,
    pub(in crate::cli) chains: Vec<ChainReport>,
    signed: Vec<Signed>,
    code: Option<(HeadCode, u64)>,
}

/// Who reads, as it was typed.
pub(in crate::cli) fn reader(args: &ReaderArgs, law: &Law) -> Result<Reader, Failure> {
    let audience = Audience::from(args.audience);
    let Some(id) = &args.duty else { return Ok(audience.into()) };
    if audience != Audience::Regulator {
        return Err(Failure::usage("`--for` names the duty to one authority")
            .hint(format!("nothing was written; write `--audience regulator --for {id}`")));
    }
    Reader::authority(law, id).map_err(|why| match why {
        NoAuthority::Unknown => unknown_duty(law, id),
        NoAuthority::Others(to) => {
            let to = wording::list(&to).replace('-', " ");
            Failure::usage(format!("`{id}` is owed to no authority, but to: {to}"))
                .hint("nothing was written; `breach duties --all` lists every duty")
        }
    })
}

/// Reads the log of a folder, and says what of it cannot be believed.
pub(in crate::cli) fn see(
    context: &mut Context,
    folder: &Folder,
    reader: &Reader,
    law: &Law,
) -> Result<Seen, Failure> {
    gathered(context, folder, Gather::new(reader.clone(), law))
}

/// As [`see`], of what begins to gather.
pub(in crate::cli) fn gathered(
    context: &mut Context,
    folder: &Folder,
    mut gather: Gather,
) -> Result<Seen, Failure> {
    let mut signed = Vec::new();
    let chains = crate::log::entries(folder, &context.world, &mut |chain, entry| {
        gather.entry(chain, entry);
        signed.extend(signature(chain, entry));
    })
    .map_err(chains::unreadable)?;
    let code = last_ending(&chains).map(|(ending, newer)| (ending.code(), newer));
    let heads: Vec<String> = signed.iter().map(|one| one.head.clone()).collect();
    for one in &mut signed {
        let proof = prove_one(folder, &chains, &one.head)?;
        // Signatures are no news.
        let own = heads.iter().filter(|head| **head == one.head).count() as u64;
        one.newer = proof.map(|proof| proof.newer.saturating_sub(own));
    }
    Ok(shown(
        context,
        folder,
        Seen { gather, vocabulary: Vocabulary::default(), chains, signed, code },
    ))
}

/// As [`see`], as the log stood when a code was given.
pub(in crate::cli) fn see_at(
    context: &mut Context,
    folder: &Folder,
    reader: &Reader,
    law: &Law,
    code: &HeadCode,
) -> Result<Seen, Failure> {
    let now = crate::log::verify(folder, &context.world).map_err(chains::unreadable)?;
    let proof = prove(&folder.chains().map_err(chains::unreadable)?, &now, code);
    let proof = proof.map_err(chains::unreadable)?.filter(|proof| proof.missing.is_empty());
    let proof = proof.ok_or_else(|| {
        Failure::new(Exit::Damaged, format!("the log has not all that the code {code} covers"))
            .hint(format!(
                "nothing was written; `breach log verify --head {code}` says what is missing"
            ))
    })?;
    let mut signed = Vec::new();
    let mut sign = |chain: &str, entry: &Entry<'_>| signed.extend(signature(chain, entry));
    crate::log::entries(folder, &context.world, &mut sign).map_err(chains::unreadable)?;
    signed.retain(|one| one.head == code.to_string());
    let mut gather = Gather::new(reader.clone(), law);
    let mut take = |chain: &str, entry: &Entry<'_>| gather.entry(chain, entry);
    let chains = crate::log::entries_at(folder, &proof, &mut take).map_err(chains::unreadable)?;
    if proof.newer > 0 {
        context
            .screen
            .warn(&format!("the log went on since: {}", wording::not_covered(proof.newer)));
    }
    let code = Some((*code, 0));
    Ok(shown(
        context,
        folder,
        Seen { gather, vocabulary: Vocabulary::default(), chains, signed, code },
    ))
}

/// Says what of a log cannot be believed.
fn shown(context: &mut Context, folder: &Folder, seen: Seen) -> Seen {
    chains::show_damage(context, &seen.chains);
    chains::show_newer(context, &seen.gather.incident);
    for chain in &seen.chains {
        if let Some(fragment) = chain.fragment() {
            context.screen.warn(&format!("chain {}: {fragment}", chain.chain));
        }
    }
    let vocabulary = followed::vocabulary(context, &seen.gather.incident, folder);
    Seen { vocabulary, ..seen }
}

/// A code as it is typed.
pub(in crate::cli) fn code(text: &str) -> Result<HeadCode, Failure> {
    HeadCode::parse(text).map_err(|error| {
        Failure::usage(error.to_string())
            .hint("nothing was written; look at the code again and retype it")
    })
}

/// The signature that an entry is, unless it was taken back.
fn signature(chain: &str, entry: &Entry<'_>) -> Option<Signed> {
    if entry.kind != "signed-off" {
        return None;
    }
    let stamped = entry.stamped(chain);
    let Event::SignedOff(body) = &stamped.draft.event else { return None };
    // What this version cannot read was signed by another one.
    let is_known = !matches!(body.role, SignedAs::Other(_)) && !stamped.is_withdrawn;
    let head = HeadCode::parse(&body.head).ok().filter(|_| is_known)?;
    Some(Signed {
        by: stamped.actor.shown().to_owned(),
        at: stamped.at,
        role: body.role.to_string(),
        head: head.to_string(),
        audience: body.audience.clone(),
        digest: body.sha256,
        newer: None,
    })
}

/// What the code of a signature proves.
fn prove_one(
    folder: &Folder,
    chains: &[ChainReport],
    code: &str,
) -> Result<Option<Proof>, Failure> {
    let Ok(code) = HeadCode::parse(code) else { return Ok(None) };
    let paths = folder.chains().map_err(chains::unreadable)?;
    prove(&paths, chains, &code).map_err(chains::unreadable)
}

/// The report on the incident of a folder, for the reader for whom its log was read.
pub(in crate::cli) fn report(
    context: &mut Context,
    folder: &Folder,
    (seen, law): (&Seen, &Law),
    tlp: Tlp,
) -> Report {
    let Seen { gather, vocabulary, chains, signed, code } = seen;
    let playbooks = followed(context, folder, gather);
    let name = folder.name().to_string();
    // The law is asked about the whole record: a mark on a value takes no duty away.
    let incident = Cow::Borrowed(gather.whole());
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
        signed,
        code: *code,
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
