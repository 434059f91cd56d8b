//! Lends the terminal to a command and takes it back.

use std::fs::File;

use nix::sys::signal::{SigSet, Signal, killpg};
use nix::unistd::{Pid, getpgrp, tcgetpgrp, tcsetpgrp};

/// The terminal, lent. Dropped, it comes back.
pub(super) struct Foreground {
    terminal: File,
    ours: Pid,
}

impl Foreground {
    /// Makes `group` the foreground group, if we are it. None: there is nothing to lend.
    pub(super) fn give(group: Pid) -> Option<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty").ok()?;
        let ours = getpgrp();
        if tcgetpgrp(&terminal).ok()? != ours {
            return None;
        }
        tcsetpgrp(&terminal, group).ok()?;
        // It may have asked for input before the terminal was its own, and been stopped for it.
        let _ = killpg(group, Signal::SIGCONT);
        Some(Self { terminal, ours })
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        // Taking it back from the background raises SIGTTOU, which would stop us.
        let mut quiet = SigSet::empty();
        quiet.add(Signal::SIGTTOU);
        let before = quiet.thread_swap_mask(nix::sys::signal::SigmaskHow::SIG_BLOCK);
        let _ = tcsetpgrp(&self.terminal, self.ours);
        if let Ok(before) = before {
            let _ = before.thread_set_mask();
        }
    }
}
