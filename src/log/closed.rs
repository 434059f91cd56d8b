//! Whether an incident is open.
//!
//! A quick look shows that it was closed, but only the whole log shows whether anything contradicts
//! that. If nothing does, a file outside the home records the closing, with the end of each chain.
//! Losing that file costs only time.

use std::fmt::Write as _;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

use super::ends;
use super::folder::Folder;
use super::read::fold_all;
use super::witness;
use crate::digest::Digest;
use crate::id::ChainId;
use crate::incident::Incident;
use crate::plain_file;
use crate::world::World;

/// Bytes at the end of a chain that tell it from another.
const TAIL: u64 = 4096;
/// More bytes than the ends of a thousand chains are remembered with.
const LARGEST: usize = 1 << 17;

impl Folder {
    /// Whether the incident is open: the latest entry that closed it or opened it again, of all
    /// chains, and was not taken back. One that cannot be read counts as open, and one whose closing
    /// knew nothing of what another machine did.
    pub fn is_open(&self, world: &World) -> bool {
        self.chains().map_or(true, |chains| {
            ends::is_open(&chains, world)
                || chains.len() > 1 && self.is_closed_in_vain(&chains, world)
        })
    }

    fn is_closed_in_vain(&self, chains: &[(ChainId, PathBuf)], world: &World) -> bool {
        let Ok(ends) = ends_of(chains) else { return true };
        let real = Digest::of(witness::real(self.path()).as_bytes()).to_string();
        let name = format!("{}-{}.closed", self.name(), &real[..16]);
        let known =
            witness::place(world).and_then(|place| plain_file::read(&place.join(&name), LARGEST));
        if known.is_ok_and(|known| known == ends.as_bytes()) {
            return false;
        }
        let mut incident = Incident::default();
        if fold_all(self, world, &mut incident).is_err() || incident.closed_at.is_none() {
            return true;
        }
        let kept = witness::usable(world)
            .and_then(|place| witness::replace(&place, &name, ends.as_bytes()));
        if let Err(error) = kept {
            tracing::info!("failed to remember that {} is closed: {error}", self.name());
        }
        false
    }
}

/// Where each chain ends, and with what.
fn ends_of(chains: &[(ChainId, PathBuf)]) -> io::Result<String> {
    let mut text = String::new();
    for (chain, path) in chains {
        let mut file = plain_file::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        file.take(TAIL).read_to_end(&mut tail)?;
        let _ = writeln!(text, "{chain} {length} {}", Digest::of(&tail));
    }
    Ok(text)
}
