//! How the terminal takes what is typed: key by key and unseen, or as it was before us.

use std::fs::File;

use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{
    self, ControlFlags, InputFlags, LocalFlags, SetArg, SpecialCharacterIndices, Termios,
};
use nix::unistd::Pid;

use crate::prompt::Stop;

/// The terminal's mode. Dropped, it is as it was.
///
/// Between two questions it stays as it is while one is asked: what is typed then is neither echoed
/// into what we say nor edited by the system, which keeps no line longer than four thousand bytes.
pub(super) struct Mode {
    tty: File,
    before: Termios,
    ours: bool,
}

impl Mode {
    pub(super) fn of(tty: File) -> Result<Self, Stop> {
        let before = termios::tcgetattr(&tty).map_err(std::io::Error::from)?;
        Ok(Self { tty, before, ours: false })
    }

    /// Keys come one by one, Ctrl-C and Ctrl-Z among them, and nothing is echoed.
    pub(super) fn edit(&mut self) -> Result<(), Stop> {
        let mut now = self.before.clone();
        now.input_flags &= !(InputFlags::BRKINT
            | InputFlags::ICRNL
            | InputFlags::INLCR
            | InputFlags::INPCK
            | InputFlags::ISTRIP
            | InputFlags::IXON);
        now.control_flags |= ControlFlags::CS8;
        now.local_flags &=
            !(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::IEXTEN | LocalFlags::ISIG);
        now.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
        now.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
        self.ours = true;
        self.set(&now)
    }

    /// As it was before us, until the next [`Mode::edit`].
    pub(super) fn lend(&mut self) -> Result<(), Stop> {
        if !std::mem::replace(&mut self.ours, false) {
            return Ok(());
        }
        self.set(&self.before)
    }

    /// Ctrl-Z: stops the whole job, with the terminal as it was, and goes on when the shell says so.
    pub(super) fn suspend(&mut self) -> Result<(), Stop> {
        self.lend()?;
        kill(Pid::from_raw(0), Signal::SIGTSTP).map_err(std::io::Error::from)?;
        self.edit()
    }

    fn set(&self, mode: &Termios) -> Result<(), Stop> {
        // What was typed and not read yet stays.
        termios::tcsetattr(&self.tty, SetArg::TCSADRAIN, mode)
            .map_err(|error| Stop::Io(error.into()))
    }
}

impl Drop for Mode {
    fn drop(&mut self) {
        // Nothing is left to be done about a terminal that is gone.
        let _ = self.lend();
    }
}
