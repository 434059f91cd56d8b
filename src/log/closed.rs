//! Whether an incident is open.

use super::ends;
use super::folder::Folder;
use super::read::fold_all;
use crate::incident::Incident;
use crate::world::World;

impl Folder {
    /// Whether the incident is open: the latest entry that closed it or opened it again, of all
    /// chains, and was not taken back. One that cannot be read counts as open, and one whose closing
    /// knew nothing of what another machine did.
    pub fn is_open(&self, world: &World) -> bool {
        self.chains().map_or(true, |chains| {
            ends::is_open(&chains, world) || chains.len() > 1 && self.is_closed_in_vain(world)
        })
    }

    /// Whether something stands against its closing, which only all of the log tells.
    fn is_closed_in_vain(&self, world: &World) -> bool {
        let mut incident = Incident::default();
        fold_all(self, world, &mut incident).is_err() || incident.closed_at.is_none()
    }
}
