//! Standard output: what a command comes to, for a person or another program.

use std::io::{self, Write};

/// Results on their way to whoever reads them.
///
/// Writing never fails: a reader that leaves early, or a disk that is full behind a redirection,
/// must not stop a command halfway, nor change what is recorded and what the verdict is. The first
/// fault is kept, and the rest of the results is dropped.
pub struct Results {
    out: Box<dyn Write + Send>,
    fault: Option<io::Error>,
}

impl Results {
    /// Results that go to `out`.
    pub(in crate::cli) fn new(out: Box<dyn Write + Send>) -> Self {
        Self { out, fault: None }
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
        if self.fault.is_none() {
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
