//! Space for the next entries.

use std::fs::File;

/// Space that is reserved ahead, so that a full disk still takes the next entries.
const RESERVE: i64 = 1 << 20;

/// Reserves space behind the end. Where the file system cannot, nothing is lost but the comfort.
#[cfg(target_os = "linux")]
pub(super) fn reserve(file: &File, from: u64) {
    use nix::fcntl::{FallocateFlags, fallocate};
    if let Ok(from) = i64::try_from(from) {
        let _ = fallocate(file, FallocateFlags::FALLOC_FL_KEEP_SIZE, from, RESERVE);
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn reserve(_: &File, _: u64) {}
