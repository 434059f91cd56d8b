//! `breach log verify`: every chain checked, and what the log names compared with what is kept.

use std::path::Path;

use crate::cli::args::Format;
use crate::cli::desk::exhibit::progress;
use crate::cli::desk::{Context, Exit, Failure, home, strays};
use crate::custody::{self, Inventory, Store};
use crate::log::{ChainReport, Folder, HeadCode, Proof, prove};
use crate::output::json;
use crate::output::verify::{self as face, Checked, Verified};
use crate::wording;
use crate::world::World;

pub(super) fn run(
    context: &mut Context,
    (path, head): (Option<&Path>, Option<&str>),
    evidence: bool,
    format: Format,
) -> Result<Exit, Failure> {
    let code = head.map(HeadCode::parse).transpose().map_err(|error| {
        Failure::usage(error.to_string())
            .hint("nothing was compared; look at the code again and retype it")
    })?;
    let folder = match path {
        Some(path) => Folder::at(path),
        None => Some(home::one(context)?),
    };
    let mut verified = match (&folder, path) {
        (Some(folder), _) => whole(folder, &context.world, evidence)?,
        (None, Some(path)) => {
            let chains = crate::log::verify_path(path, &context.world).map_err(super::failed)?;
            Verified { chains, ..Verified::default() }
        }
        (None, None) => Verified::default(),
    };
    if verified.chains.is_empty() {
        return Err(Failure::usage("there is no chain to verify"));
    }
    if let Some(code) = code {
        let chains = match (&folder, path) {
            (None, Some(path)) => crate::log::chains_at(path),
            (folder, _) => folder.as_ref().map_or(Ok(Vec::new()), Folder::chains),
        };
        let chains = chains.map_err(super::failed)?;
        let proof = prove(&chains, &verified.chains, &code).map_err(super::failed)?;
        verified.proof = Some((code, proof));
    }
    match format {
        Format::Json => json::write(&mut context.out, &face::json(&verified))?,
        Format::Text => face::text(&verified, folder.is_some(), &mut context.out)?,
    }
    let exit = judge(&verified)?;
    verified.proof.as_ref().map_or(Ok(exit), |(code, proof)| proves(code, proof.as_ref(), exit))
}

/// Whether a code proves the log up to there; `exit` if it does.
fn proves(code: &HeadCode, proof: Option<&Proof>, exit: Exit) -> Result<Exit, Failure> {
    let Some(proof) = proof else {
        let seq = code.seq();
        return Err(Failure::new(
            Exit::Damaged,
            format!("no chain has entry {seq} with this code"),
        )
        .hint(
            "the log was cut or rewritten since, that chain is not here yet, or the code is \
                 another incident's; nothing was changed",
        ));
    };
    if proof.missing.is_empty() {
        return Ok(exit);
    }
    let missing = proof.missing.iter().map(|head| format!("{}/{}", head.chain, head.seq));
    let missing = wording::list(&missing.collect::<Vec<_>>());
    Err(Failure::new(Exit::Damaged, format!("the code covers lines that are not here: {missing}"))
        .hint(
            "they were cut off or rewritten since, or are not here yet: copy the missing chains \
             here and try again; nothing was changed",
        ))
}

fn whole(folder: &Folder, world: &World, evidence: bool) -> Result<Verified, Failure> {
    let chains = crate::log::verify(folder, world).map_err(super::failed)?;
    let (inventory, _) = Inventory::read(folder, world).map_err(super::failed)?;
    let mut stores = vec![Store::Playbooks, Store::Texts, Store::Notices];
    stores.extend(evidence.then_some(Store::Evidence));
    let mut kept = Vec::new();
    let mut not_compared = 0;
    for named in inventory.in_stores(&Store::ALL) {
        let forgotten = inventory.forgotten(&named.kept.sha256);
        // What was destroyed costs nothing to look for.
        if !stores.contains(&named.store) && forgotten.is_none() {
            not_compared += 1;
            continue;
        }
        let length = named.path.metadata().map(|metadata| metadata.len()).ok();
        let bar = progress(length.filter(|_| named.store == Store::Evidence));
        let found = custody::compare(named, &mut |piece| bar.inc(piece));
        bar.finish_and_clear();
        kept.push(Checked {
            named: named.clone(),
            found: found.map_err(|error| error.to_string()),
            forgotten: forgotten.cloned(),
        });
    }
    let mut strays = Vec::new();
    for store in Store::ALL {
        let found = strays::of(&inventory, folder, store)?;
        strays.extend(found.into_iter().map(|path| (store, path)));
    }
    Ok(Verified { chains, kept, strays, not_compared, elsewhere: inventory.elsewhere, proof: None })
}

/// What does not verify decides the exit code: the chains first, then what they name.
fn judge(verified: &Verified) -> Result<Exit, Failure> {
    let damaged = |report: &&ChainReport| report.damage.is_some();
    let chains = verified.chains.iter().filter(damaged).count();
    if chains > 0 {
        let verb = if chains == 1 { "does" } else { "do" };
        let all = wording::count(verified.chains.len(), "chain");
        return Err(Failure::new(Exit::Damaged, format!("{chains} of {all} {verb} not verify"))
            .hint("nothing was changed; copy the folder before you do anything else")
            .hint(
                "you can continue: this machine starts a new chain that names the last good line",
            ));
    }
    let kept = verified.kept.iter().filter(|one| !one.is_intact()).count();
    if kept > 0 {
        let verb = if kept == 1 { "is" } else { "are" };
        let kept = wording::count(kept, "kept file");
        return Err(Failure::new(Exit::Damaged, format!("{kept} {verb} not what the log says"))
            .hint("nothing was changed; the log has the right digest, so look for another copy"));
    }
    // A text whose entry failed is kept again under another name; evidence is never left without one.
    let strays = verified.strays.iter().filter(|(store, _)| *store == Store::Evidence).count();
    strays::judge(strays)
}
