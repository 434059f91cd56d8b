//! Answers line by line: from a pipe, or from a terminal that can do nothing else.

use std::io::{BufRead, BufReader, Read, Write};

use super::{Prompt, Stop, Topic, kept_bytes};
use crate::escape;
use crate::incident::event::AnswersFrom;

/// Longest answer that is read as one line, in bytes. The rest of a longer line is an answer of
/// its own: nothing is dropped.
const LONGEST: u64 = 64 * 1024 * 1024;

/// One prompt, one line.
pub struct Plain<R, W> {
    input: R,
    output: W,
    /// True at a dumb terminal, where somebody reads along.
    patient: bool,
    /// What came through a pipe and was refused.
    not_taken: Vec<String>,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Reads from `input`, shows prompts on `output`.
    pub fn new(input: R, output: W, patient: bool) -> Self {
        Self { input, output, patient, not_taken: Vec::new() }
    }

    fn read(&mut self) -> Result<String, Stop> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        match read {
            Ok(0) => return Err(Stop::EndOfInput),
            Ok(_) => {}
            // A terminal that was closed answers with EIO: that is an end, not a fault.
            Err(error) if error.raw_os_error() == Some(nix::errno::Errno::EIO as i32) => {
                return Err(Stop::EndOfInput);
            }
            Err(error) => return Err(error.into()),
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        // Bytes that are no text stay visible instead of being lost or refused.
        let odd: Vec<u8> = bytes.utf8_chunks().flat_map(|part| part.invalid().to_vec()).collect();
        if let Some(said) = kept_bytes(&odd) {
            let _ = writeln!(self.output, "{said}");
        }
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| escape::bytes(error.as_bytes())))
    }

    fn show(&mut self, prompt: &str) {
        // A prompt that cannot be shown must not stop the record.
        let _ = write!(self.output, "{prompt}");
        if !self.patient {
            let _ = writeln!(self.output);
        }
        let _ = self.output.flush();
    }
}

impl<R: Read, W> Plain<BufReader<R>, W> {
    /// Reads on, so that [`Plain::unasked`] has what came since.
    pub fn look(&mut self) {
        if !self.patient && self.input.buffer().is_empty() {
            let _ = self.input.fill_buf();
        }
    }

    /// What came through a pipe after the last question. Nothing is waited for.
    pub fn unasked(&self) -> String {
        let rest = if self.patient { &[] } else { self.input.buffer() };
        String::from_utf8(rest.to_vec()).unwrap_or_else(|error| escape::output(error.as_bytes()))
    }

    /// What came through a pipe and was refused, a line each.
    pub fn refused(&self) -> &[String] {
        &self.not_taken
    }
}

impl<R: BufRead, W: Write> Prompt for Plain<R, W> {
    fn line(&mut self, _: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.show(prompt);
        self.read()
    }

    fn block(&mut self, _: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.show(prompt);
        super::block(|| self.read())
    }

    fn not_taken(&mut self, line: &str) {
        if !self.patient && !line.trim().is_empty() {
            self.not_taken.push(line.to_owned());
        }
    }

    fn is_patient(&self) -> bool {
        self.patient
    }

    fn answers_from(&self) -> AnswersFrom {
        if self.patient { AnswersFrom::Terminal } else { AnswersFrom::Pipe }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(input: &[u8]) -> Plain<&[u8], Vec<u8>> {
        Plain::new(input, Vec::new(), false)
    }

    #[test]
    fn one_prompt_takes_one_line() {
        let mut plain = plain(b"a\r\n\nb");
        let mut next = || plain.line(Topic::Mask, "? ");
        assert_eq!(next().ok().as_deref(), Some("a"));
        assert_eq!(next().ok().as_deref(), Some(""));
        assert_eq!(next().ok().as_deref(), Some("b"));
        assert!(matches!(next(), Err(Stop::EndOfInput)));
        assert!(matches!(next(), Err(Stop::EndOfInput)));
    }

    #[test]
    fn what_nobody_asked_for_is_left() {
        let input = BufReader::new(&b"a\nn b\xff\n"[..]);
        let mut plain = Plain::new(input, Vec::new(), false);
        assert_eq!(plain.line(Topic::Mask, "").ok().as_deref(), Some("a"));
        assert_eq!(plain.unasked(), "n b\\xff\n");
    }

    #[test]
    fn bytes_that_are_no_text_stay_visible() {
        assert_eq!(plain(b"a\xff\n").line(Topic::Mask, "").ok().as_deref(), Some(r"a\xff"));
    }

    #[test]
    fn a_block_ends_with_a_full_stop_or_the_input() {
        let mut prompt = plain(b"a\nb\n.\nc");
        assert_eq!(prompt.block(Topic::Mask, "").ok().as_deref(), Some("a\nb\n"));
        assert_eq!(prompt.block(Topic::Mask, "").ok().as_deref(), Some("c\n"));
        assert!(matches!(prompt.block(Topic::Mask, ""), Err(Stop::EndOfInput)));
    }
}
