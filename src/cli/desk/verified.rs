//! The whole of an incident, checked: chains, and the files that they name.

use super::exhibit::progress;
use super::{Exit, Failure, chains, strays};
use crate::custody::{self, Inventory, Named, Store};
use crate::log::{ChainReport, Folder, Remembered};
use crate::output::verify::{Checked, Verified};
use crate::wording;
use crate::world::World;

/// Checks every chain of an incident and every file that they name; evidence only if wanted.
pub(in crate::cli) fn whole(
    folder: &Folder,
    world: &World,
    evidence: bool,
) -> Result<Verified, Failure> {
    let read = Inventory::read(folder, Some(world)).map_err(chains::unreadable)?;
    with_files(folder, read, evidence)
}

/// Checks the files that the chains of an incident name; evidence only if wanted.
pub(in crate::cli) fn with_files(
    folder: &Folder,
    (inventory, chains): (Inventory, Vec<ChainReport>),
    evidence: bool,
) -> Result<Verified, Failure> {
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
        kept.push(reread(&inventory, &chains, named));
    }
    let mut strays = Vec::new();
    for store in Store::ALL {
        let found = strays::of(&inventory, folder, store)?;
        strays.extend(found.into_iter().map(|path| (store, path)));
    }
    let elsewhere = inventory.elsewhere;
    Ok(Verified { chains, kept, strays, not_compared, elsewhere, ..Verified::default() })
}

/// A file that the log names, read again.
pub(in crate::cli) fn reread(
    inventory: &Inventory,
    chains: &[ChainReport],
    named: &Named,
) -> Checked {
    let length = named.path.metadata().map(|metadata| metadata.len()).ok();
    let bar = progress(length.filter(|_| named.store == Store::Evidence));
    let found = custody::compare(named, &mut |piece| bar.inc(piece));
    bar.finish_and_clear();
    Checked {
        named: named.clone(),
        can_be_withheld: can_be_withheld(inventory, chains, named),
        found: found.map_err(|error| error.to_string()),
        forgotten: inventory.forgotten(&named.kept.sha256).cloned(),
    }
}

/// Whether a missing file may have been left out of this copy: the file is privileged, and the chain
/// that names it was written elsewhere. A chain written here has all its files here.
pub(in crate::cli) fn can_be_withheld(
    inventory: &Inventory,
    chains: &[ChainReport],
    named: &Named,
) -> bool {
    let is_here = chains.iter().any(|report| {
        let is_by_it = named.entry.split('/').next() == Some(&report.chain);
        is_by_it && report.remembered == Some(Remembered::Here)
    });
    !is_here && inventory.is_privileged(named)
}

/// What does not verify decides the exit code: the chains first, then what they name.
pub(in crate::cli) fn judge(verified: &Verified) -> Result<Exit, Failure> {
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
