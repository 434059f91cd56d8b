//! How much is parsed at the same time: few bytes of source, however many processors there are.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes of source that are worked on together; what is made of them may take three hundred times
/// as much.
const BYTES: usize = 512 * 1024;

/// Bytes of a file that is worked on together with others. Larger ones are worked on one after the
/// other by the same thread, because each thread keeps some of the memory that it once needed.
const SMALL: usize = 64 * 1024;

/// Lets files in as long as there is room.
pub(super) struct Permits {
    room: Mutex<Room>,
    left: Condvar,
}

struct Room {
    free: usize,
    /// Files that wait. Nobody is called without them: that is a call of the system for each file.
    waiting: usize,
}

/// Room that is free again once this is dropped.
pub(super) struct Permit<'g> {
    gate: &'g Permits,
    bytes: usize,
}

impl Permits {
    pub(super) fn new() -> Self {
        Self { room: Mutex::new(Room { free: BYTES, waiting: 0 }), left: Condvar::new() }
    }

    /// As [`Permits::enter`], for a file that others need not fear.
    pub(super) fn enter_small(&self, bytes: usize) -> Option<Permit<'_>> {
        (bytes <= SMALL).then(|| self.enter(bytes))
    }

    /// Waits until there is room for so many bytes. Who has room never waits for more.
    pub(super) fn enter(&self, bytes: usize) -> Permit<'_> {
        let bytes = bytes.min(BYTES);
        let mut room = self.room();
        while room.free < bytes {
            room.waiting += 1;
            room = self.left.wait(room).unwrap_or_else(PoisonError::into_inner);
            room.waiting -= 1;
        }
        room.free -= bytes;
        drop(room);
        Permit { gate: self, bytes }
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut room = self.gate.room();
        room.free += self.bytes;
        if room.waiting > 0 {
            self.gate.left.notify_all();
        }
    }
}
