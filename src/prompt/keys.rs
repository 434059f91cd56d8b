//! Single keys at a terminal, for a view that only looks.

use std::io::{self, IsTerminal, Read, Stdin};

use nix::sys::termios::{self, LocalFlags, SetArg, SpecialCharacterIndices, Termios};

/// The terminal, as long as keys are read one by one; afterwards it is as it was.
pub struct Keys {
    input: Stdin,
    before: Termios,
}

impl Keys {
    /// Reads keys from standard input. None where that is no terminal.
    ///
    /// # Errors
    /// The terminal cannot be set up.
    pub fn open() -> io::Result<Option<Self>> {
        let input = io::stdin();
        if !input.is_terminal() {
            return Ok(None);
        }
        let before = termios::tcgetattr(&input)?;
        let mut now = before.clone();
        // Ctrl-C comes as a key, so that the terminal is put back whatever ends it.
        now.local_flags.remove(LocalFlags::ICANON | LocalFlags::ECHO | LocalFlags::ISIG);
        now.control_chars[SpecialCharacterIndices::VMIN as usize] = 0;
        // In tenths of a second.
        now.control_chars[SpecialCharacterIndices::VTIME as usize] = 10;
        termios::tcsetattr(&input, SetArg::TCSADRAIN, &now)?;
        Ok(Some(Self { input, before }))
    }

    /// Waits a second for a key, and says whether it asks to leave: `q`, Ctrl-C, Ctrl-D.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn leave(&mut self) -> io::Result<bool> {
        let mut key = [0];
        let read = self.input.read(&mut key)?;
        Ok(read == 1 && matches!(key[0], b'q' | b'Q' | 3 | 4))
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        // Nothing is left to be done about a terminal that is gone.
        let _ = termios::tcsetattr(&self.input, SetArg::TCSADRAIN, &self.before);
    }
}
