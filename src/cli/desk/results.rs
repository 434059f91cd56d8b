//! Standard output: what a command comes to, for a person or another program.

use std::io::{self, IsTerminal, Write};

use crate::execute;

/// Results on their way to whoever reads them.
///
/// Writing never fails: a reader that leaves early, or a disk that is full behind a redirection,
/// must not stop a command halfway, nor change what is recorded and what the verdict is. The first
/// fault is kept, and the rest of the results is dropped.
pub struct Results {
    out: Box<dyn Write + Send>,
    /// Where bytes go that must arrive as they are; none where a terminal or a CI runner would obey
    /// them.
    exact: Option<Box<dyn Write + Send>>,
    fault: Option<io::Error>,
    /// What waits until all of it is there: then it is known whether it fits the terminal.
    held: Option<Vec<u8>>,
}

impl Results {
    /// Results that go to `out`.
    pub(in crate::cli) fn new(out: Box<dyn Write + Send>) -> Self {
        Self { out, exact: None, fault: None, held: None }
    }

    /// Results on standard output.
    pub(in crate::cli) fn system() -> Self {
        let runner =
            ["GITHUB_ACTIONS", "TF_BUILD"].into_iter().any(|name| std::env::var_os(name).is_some());
        let is_file = || std::fs::metadata("/dev/stdout").is_ok_and(|out| out.is_file());
        let exact = !io::stdout().is_terminal() && (!runner || is_file());
        let exact = exact.then(|| -> Box<dyn Write + Send> { Box::new(io::stdout()) });
        Self { exact, ..Self::new(Box::new(anstream::AutoStream::auto(io::stdout()))) }
    }

    /// Holds back what is written to a terminal until it ends: what is longer than that would scroll away.
    pub(in crate::cli) fn hold(&mut self) {
        if io::stdout().is_terminal() {
            self.held.get_or_insert_default();
        }
    }

    /// Shows what was held back: what is longer than the terminal in `$PAGER`, if there is one. The number
    /// of lines of what scrolled away comes back.
    pub(in crate::cli) fn release(&mut self) -> Option<usize> {
        let held = self.held.take()?;
        let rows = terminal_size::terminal_size_of(io::stdout()).map(|(_, rows)| rows.0);
        let lines = held.split_inclusive(|byte| *byte == b'\n').count();
        let is_long = rows.is_some_and(|rows| rows > 0 && lines >= usize::from(rows));
        if is_long && execute::page(&anstream::adapter::strip_bytes(&held).into_vec()) {
            return None;
        }
        let written = self.out.write_all(&held);
        self.keep(written);
        is_long.then_some(lines)
    }

    /// Whether [`Results::write_exact`] is of any use.
    pub(in crate::cli) fn is_exact(&self) -> bool {
        self.exact.is_some()
    }

    /// Writes bytes as they are where nobody obeys them.
    pub(in crate::cli) fn write_exact(&mut self, bytes: &[u8]) {
        let flushed = self.flush();
        self.keep(flushed);
        match &mut self.exact {
            Some(exact) if self.fault.is_none() => {
                let written = exact.write_all(bytes).and_then(|()| exact.flush());
                self.keep(written);
            }
            Some(_) => {}
            None => {
                let written = self.write_all(bytes);
                self.keep(written);
            }
        }
    }

    /// Whether nobody gets what is written from here on: for a command that would go on for ever.
    pub(in crate::cli) fn are_unread(&self) -> bool {
        self.fault.is_some()
    }

    /// What kept the results from getting through, the last of them included. A reader that had seen
    /// enough is no fault.
    pub(in crate::cli) fn end(&mut self) -> Option<io::Error> {
        let flushed = self.out.flush();
        self.keep(flushed);
        self.fault.take().filter(|fault| fault.kind() != io::ErrorKind::BrokenPipe)
    }

    fn keep(&mut self, result: io::Result<()>) {
        if let Err(fault) = result
            && self.fault.is_none()
        {
            self.fault = Some(fault);
        }
    }
}

impl Write for Results {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(held) = &mut self.held {
            held.extend_from_slice(bytes);
        } else if self.fault.is_none() {
            let written = self.out.write_all(bytes);
            self.keep(written);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.fault.is_none() {
            let flushed = self.out.flush();
            self.keep(flushed);
        }
        Ok(())
    }
}
