//! Showing a long text page by page in the responder's own pager.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// Shows `text` in `$PAGER`. False: there is none, or it did not start.
pub fn page(text: &[u8]) -> bool {
    let pager = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let Some(pager) = pager else { return false };
    // As with an editor: the variable may hold arguments.
    let child = Command::new("sh").args(["-c", &pager]).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves the pager early has seen enough.
        let _ = input.write_all(text);
    }
    // A pager that is not there shows nothing.
    child.wait().is_ok_and(|status| status.code() != Some(127))
}
