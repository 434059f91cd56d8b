//! What the file system under the log promises.

use std::path::Path;

use super::damage::Remark;
use super::error::OpenError;

/// Refuses a network, unless it is allowed, and remarks on what a restart would lose.
#[cfg(target_os = "linux")]
pub(super) fn check(dir: &Path, allow_network: bool) -> Result<Option<Remark>, OpenError> {
    use nix::sys::statfs::{
        FUSE_SUPER_MAGIC, NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, TMPFS_MAGIC, statfs,
    };
    /// CIFS and SMB2 as newer kernels call them, and Plan 9.
    const CIFS: i64 = 0xff53_4d42;
    const SMB2: i64 = 0xfe53_4d42;
    const V9FS: i64 = 0x0102_1997;
    const RAMFS: i64 = 0x8584_58f6;
    let Ok(found) = statfs(dir) else {
        return Ok(None);
    };
    let kind = found.filesystem_type();
    let number = kind.0;
    let network = [NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, FUSE_SUPER_MAGIC].contains(&kind)
        || [CIFS, SMB2, V9FS].contains(&number);
    if network && !allow_network {
        return Err(OpenError::Network(dir.to_owned()));
    }
    Ok((kind == TMPFS_MAGIC || number == RAMFS).then_some(Remark::Volatile))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn check(_: &Path, _: bool) -> Result<Option<Remark>, OpenError> {
    Ok(None)
}
