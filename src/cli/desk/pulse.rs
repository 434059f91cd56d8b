//! When what is shown of an incident is drawn again: with every entry, and with every minute.

use super::Context;
use crate::log::Folder;

/// What was shown last.
#[derive(Default)]
pub(in crate::cli) struct Pulse(Option<(u64, i64)>);

impl Pulse {
    /// Whether the log has grown or a minute has passed since it was last asked.
    pub(in crate::cli) fn beats(&mut self, context: &Context, folder: &Folder) -> bool {
        let now = Some((length(folder), context.world.now().at.timestamp() / 60));
        std::mem::replace(&mut self.0, now) != now
    }
}

/// Bytes of all chains: it changes with every entry.
fn length(folder: &Folder) -> u64 {
    let chains = folder.log_dir().read_dir().into_iter().flatten().flatten();
    chains.filter_map(|chain| Some(chain.metadata().ok()?.len())).sum()
}
