//! What something writes, to be read afterwards.

use std::io::Write;
use std::sync::{Arc, Mutex};

/// A stream whose text can be read; clones write to the same one.
#[derive(Clone, Default)]
pub(crate) struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("whole").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Paper {
    /// All that was written.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("whole").clone()).expect("UTF-8")
    }

    /// The same without styles.
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.text()).to_string()
    }
}
