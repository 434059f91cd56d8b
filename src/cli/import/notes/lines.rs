//! Lines of a file that may have no end: one at a time, none longer than a message can be.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::cli::desk::spreadsheet;
use crate::plain_file;

/// Longest line, in bytes.
const LONGEST: u64 = 1 << 20;

/// How much of a file says what it is.
const HEAD: usize = 4096;

/// How a file begins.
pub(super) fn head(path: &Path) -> Result<String, String> {
    let mut bytes = plain_file::read(path, HEAD).map_err(|error| error.to_string())?;
    bytes.truncate(HEAD);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Hands out each line with its number, from 1, without its end.
pub(super) fn each(
    path: &Path,
    take: &mut dyn FnMut(u64, &str) -> Result<(), String>,
) -> Result<(), String> {
    let file = plain_file::open(path).map_err(|error| error.to_string())?;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line);
        let read = read.map_err(|error| format!("line {number}: {error}"))?;
        if read == 0 {
            break;
        }
        if read as u64 > LONGEST {
            return Err(format!("line {number} is longer than 1 MiB"));
        }
        let (text, _) = spreadsheet::text(&line);
        take(number, text.trim_end_matches(['\n', '\r']))?;
    }
    Ok(())
}
