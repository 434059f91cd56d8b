//! A chain that begins: the first of a machine, or one that goes on beside another.

use super::damage::Remark;
use super::error::OpenError;
use super::file::Writer;
use super::folder::Folder;
use super::{own, verify};
use crate::digest::hex;
use crate::incident::event::{Actor, Checkpoints, ClockSync, Continues, Genesis};
use crate::world::World;

/// The actor of entries that the tool makes by itself.
pub(super) fn tool(world: &World) -> Actor {
    Actor { name: None, user: world.user.clone(), login: world.login }
}

/// What a chain goes on from that is started where the log is gone, so that this stays named.
pub(super) fn gone(folder: &Folder) -> Result<Option<Continues>, OpenError> {
    let has_no_chain = folder.chains()?.is_empty();
    let is_gone = super::vanished::is_gone(&folder.log_dir(), has_no_chain);
    Ok(is_gone.then(|| Continues {
        chain: super::vanished::LOG.to_owned(),
        last_good: None,
        because: super::damage::GONE.to_owned(),
    }))
}

/// Starts a chain. What it saw of others comes with its next entry.
pub(super) fn start(
    folder: &Folder,
    world: &World,
    actor: &Actor,
    continues: Option<Continues>,
) -> Result<Writer, OpenError> {
    let dir = folder.log_dir();
    let failed = |error: std::io::Error| OpenError::io("failed to start a chain in", &dir)(error);
    let log_id = hex(&world.random::<16>().map_err(failed)?);
    let chain = log_id[..8].to_owned();
    let path = folder.chain_path(&chain);
    let mut writer = Writer::create(&path, &chain)?;
    let genesis = Genesis {
        machine: own::machine(&log_id, world),
        log_id,
        incident: folder.name().to_string(),
        tool: format!("breach {}", env!("CARGO_PKG_VERSION")),
        binary: world.binary(),
        checkpoints: Checkpoints::None,
        clock_sync: ClockSync::of(world.is_clock_kept()),
        continues,
    };
    writer
        .append(&genesis.into(), actor, world, None)
        .map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    writer.publish(&path, world)?;
    Ok(writer)
}

/// Goes on in a new chain that names the last good line of the damaged one.
pub(super) fn succeed(
    folder: &Folder,
    world: &World,
    actor: &Actor,
    chain: &str,
    because: &str,
    remarks: &mut Vec<Remark>,
) -> Result<Writer, OpenError> {
    let report = verify::verify_file(&folder.chain_path(chain), chain, &mut |_, _, _| {})?;
    remarks.push(Remark::Succeeded { chain: chain.to_owned(), because: because.to_owned() });
    let continues =
        Continues { chain: chain.to_owned(), last_good: report.head, because: because.to_owned() };
    start(folder, world, actor, Some(continues))
}
