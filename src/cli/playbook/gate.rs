//! How much is parsed at the same time: few bytes of source, however many processors there are.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes of source that are worked on together; what is made of them may take three hundred times
/// as much.
const BYTES: usize = 512 * 1024;

/// Bytes of a file that is worked on together with others. Larger ones are worked on one after the
/// other by the same thread, because each thread keeps some of the memory that it once needed.
const SMALL: usize = 64 * 1024;

/// Lets files in as long as there is room.
pub(super) struct Gate {
    free: Mutex<usize>,
    left: Condvar,
}

/// Room that is free again once this is dropped.
pub(super) struct Permit<'g> {
    gate: &'g Gate,
    bytes: usize,
}

impl Gate {
    pub(super) fn new() -> Self {
        Self { free: Mutex::new(BYTES), left: Condvar::new() }
    }

    /// As [`Gate::enter`], for a file that others need not fear.
    pub(super) fn enter_small(&self, bytes: usize) -> Option<Permit<'_>> {
        (bytes <= SMALL).then(|| self.enter(bytes))
    }

    /// Waits until there is room for so many bytes. Who has room never waits for more.
    pub(super) fn enter(&self, bytes: usize) -> Permit<'_> {
        let bytes = bytes.min(BYTES);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .left
            .wait_while(free, |free| *free < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Permit { gate: self, bytes }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.gate.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.gate.left.notify_all();
    }
}
