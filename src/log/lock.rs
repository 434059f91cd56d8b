//! One writer at a time: the lock of a file, and who holds it.

use std::fs::{File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use super::error::OpenError;

const STEP: Duration = Duration::from_millis(5);
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// A lock that is held. Dropped, it is let go.
pub(super) struct Held<'f>(&'f File);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        // Closing the file lets go as well.
        let _ = self.0.unlock();
    }
}

/// Takes the lock, waiting up to ten seconds.
///
/// The pauses are counted: a clock that stands still must not hold us forever.
pub(super) fn take<'f>(file: &'f File, path: &Path) -> Result<Held<'f>, OpenError> {
    let mut pauses = PATIENCE.as_millis() / STEP.as_millis();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held(file)),
            Err(TryLockError::Error(error)) => {
                return Err(OpenError::io("failed to lock", path)(error));
            }
            Err(TryLockError::WouldBlock) if pauses > 0 => {
                pauses -= 1;
                std::thread::sleep(STEP);
            }
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::Locked {
                    path: path.to_owned(),
                    pid: holder(file),
                    seconds: PATIENCE.as_secs(),
                });
            }
        }
    }
}

/// Who holds the lock, as Linux tells.
fn holder(file: &File) -> Option<u32> {
    let inode = file.metadata().ok()?.ino().to_string();
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    // `1: FLOCK  ADVISORY  WRITE 4711 08:02:1835031 0 EOF`; waiting ones have an arrow.
    locks.lines().filter(|line| !line.contains("->")).find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let place = fields.get(5)?;
        (place.rsplit(':').next() == Some(inode.as_str())).then(|| fields.get(4)?.parse().ok())?
    })
}
