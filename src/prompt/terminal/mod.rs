//! A real terminal: line editing, no history on disk, no full-screen mode.
//!
//! What was typed is what arrives: bytes that come before a question, or faster than one, wait in the
//! keyboard's own buffer, and from the first question on the terminal echoes nothing by itself.

mod complete;
mod keyboard;
mod line;
mod mode;
mod paint;

use std::fs::File;

use super::{Complete, Prompt, Stop, Topic, kept_bytes};
use crate::incident::event::AnswersFrom;
use crate::walk::{Completion, QuestionPart, is_key_line};
use keyboard::{Key, Keyboard};
use line::Line;
use mode::Mode;
use paint::Painter;

/// Earlier answers of this run that the up arrow brings back.
const REMEMBERED: usize = 100;

/// Opens an editor on a text. What is to be said of it comes with the text that it left.
pub type Edit = fn(&str) -> (Option<String>, Option<String>);

/// Line editing at the terminal that standard input is.
///
/// It talks to the terminal itself, so results may go to a file while questions are asked. Earlier
/// answers of this run come back with the up arrow; they are never written to disk.
pub struct Terminal {
    // First, so that it is put back before the file is closed.
    mode: Mode,
    keys: Keyboard,
    painter: Painter,
    history: Vec<String>,
    edit: Edit,
}

/// How the lines of a paste without brackets are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// Each is an answer of its own.
    Each,
    /// Each is one if all are keys of the walk; else they are one answer.
    Keys,
    /// They are one answer.
    One,
}

impl Terminal {
    /// Opens the terminal; `edit` is what `.e` and Ctrl-X Ctrl-E open.
    ///
    /// # Errors
    /// There is none that can be edited on.
    pub fn open(edit: Edit) -> Result<Self, Stop> {
        let named = nix::unistd::ttyname(std::io::stdin()).ok();
        let open = |path| File::options().read(true).write(true).open(path);
        let tty = named.map_or_else(|| open("/dev/tty".into()), open)?;
        Ok(Self {
            mode: Mode::of(tty.try_clone()?)?,
            keys: Keyboard::new(tty.try_clone()?),
            painter: Painter::new(tty),
            history: Vec::new(),
            edit,
        })
    }

    fn read(
        &mut self,
        prompt: &str,
        lines: Lines,
        complete: &Complete<'_>,
    ) -> Result<String, Stop> {
        self.mode.edit()?;
        self.painter.begin(prompt);
        let read = self.line_of(lines, complete);
        self.painter.end();
        if matches!(read, Err(Stop::Interrupted)) {
            // Who stops a paste that went wrong does not want the rest of it.
            self.keys.forget();
        }
        let (text, odd) = read?;
        if let Some(said) = kept_bytes(&odd) {
            self.painter.say(&said);
        }
        if !text.trim().is_empty() && self.history.last() != Some(&text) {
            self.history.push(text.clone());
            self.history.drain(..self.history.len().saturating_sub(REMEMBERED));
        }
        Ok(text)
    }

    /// Edits a line up to Enter. The bytes in it that are no text come beside it.
    fn line_of(
        &mut self,
        lines: Lines,
        complete: &Complete<'_>,
    ) -> Result<(String, Vec<u8>), Stop> {
        let ahead = self.keys.arrived()?;
        let mut pasting = false;
        let mut line = Line::default();
        let mut odd = Vec::new();
        let mut back = 0;
        loop {
            if self.keys.is_empty() {
                self.painter.paint(&line);
            }
            match self.keys.key()? {
                Key::Text(c) => line.insert(c.encode_utf8(&mut [0; 4])),
                Key::Bytes(bytes) => {
                    line.insert(&crate::escape::bytes(&bytes));
                    odd.extend(bytes);
                }
                Key::Paste(bytes) => {
                    line.insert(&pasted(&bytes));
                    odd.extend(bytes.utf8_chunks().flat_map(|chunk| chunk.invalid().to_vec()));
                }
                Key::Newline => line.insert("\n"),
                Key::Enter if lines == Lines::One && line.text().trim() == ".e" => {
                    line.set("");
                    self.edit(&mut line)?;
                }
                Key::Enter => {
                    pasting = pasting && lines != Lines::Each && self.keys.goes_on()?
                        || !pasting && self.begins_paste(&line, lines, ahead)?;
                    if !pasting {
                        break;
                    }
                    line.insert("\n");
                }
                Key::Edit(edit) => line.edit(edit),
                Key::Earlier => {
                    back = (back + 1).min(self.history.len());
                    line.set(self.recalled(back));
                }
                Key::Later => {
                    back = back.saturating_sub(1);
                    line.set(self.recalled(back));
                }
                Key::Tab => {
                    let offered = complete::offered(&line, complete);
                    if let Some(list) = offered.take(&mut line) {
                        self.painter.list(&line, &list);
                    }
                }
                Key::Clear => self.painter.clear(),
                Key::Editor => self.edit(&mut line)?,
                Key::EndOrDelete if line.text().is_empty() => return Err(Stop::EndOfInput),
                Key::EndOrDelete => line.edit(line::Edit::Delete),
                Key::Interrupt => return Err(Stop::Interrupted),
                Key::Suspend => {
                    self.painter.end();
                    self.mode.suspend()?;
                    self.painter.restart();
                }
                Key::None => {}
            }
        }
        line.edit(line::Edit::Last);
        self.painter.paint(&line);
        Ok((line.text().to_owned(), odd))
    }

    /// Whether this Enter is one of a paste: it came together with more, and after the question.
    fn begins_paste(&mut self, line: &Line, lines: Lines, ahead: u64) -> Result<bool, Stop> {
        if self.keys.taken() <= ahead {
            return Ok(false);
        }
        match lines {
            Lines::Each => Ok(false),
            Lines::One => self.keys.goes_on(),
            Lines::Keys => {
                let is_key = |line: &str| line.trim().is_empty() || is_key_line(line);
                let waiting = self.keys.waiting();
                let (whole, _) = waiting.rsplit_once(['\r', '\n']).unwrap_or_default();
                let all = is_key(line.text()) && whole.split(['\r', '\n']).all(is_key);
                Ok(!all && !waiting.trim().is_empty())
            }
        }
    }

    fn recalled(&self, back: usize) -> &str {
        match self.history.len().checked_sub(back) {
            Some(at) if back > 0 => &self.history[at],
            _ => "",
        }
    }

    /// Opens the editor on the line. The edited text waits on the line until Enter.
    fn edit(&mut self, line: &mut Line) -> Result<(), Stop> {
        self.painter.end();
        self.mode.lend()?;
        let (text, said) = (self.edit)(line.text());
        self.mode.edit()?;
        if let Some(said) = said {
            self.painter.say(&said);
        }
        if let Some(text) = text {
            line.set(text.trim_end());
        }
        self.painter.restart();
        Ok(())
    }
}

impl Prompt for Terminal {
    fn line(&mut self, topic: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.line_with(topic, prompt, &|_| Completion::default())
    }

    fn line_with(
        &mut self,
        topic: Topic<'_>,
        prompt: &str,
        complete: &Complete<'_>,
    ) -> Result<String, Stop> {
        let lines = match topic {
            Topic::Walk(key) if key.part == QuestionPart::Step => Lines::Keys,
            Topic::Walk(_) | Topic::Opening(_) => Lines::One,
            Topic::Mask | Topic::Fault => Lines::Each,
        };
        let text = self.read(prompt, lines, complete)?;
        if text.trim() != "." || lines != Lines::One {
            return Ok(text);
        }
        let text = self.block(topic, "End with a line that contains only a full stop:")?;
        Ok(text.trim_end().to_owned())
    }

    fn block(&mut self, _: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        let mut first = Some(prompt);
        super::block(|| {
            let prompt = first.take().map(|prompt| format!("{prompt}\n")).unwrap_or_default();
            self.read(&prompt, Lines::Each, &|_| Completion::default())
        })
    }

    fn lend(&mut self) {
        // Where it fails, the terminal is gone, and the next question says so.
        let _ = self.mode.lend();
    }

    fn is_patient(&self) -> bool {
        true
    }

    fn answers_from(&self) -> AnswersFrom {
        AnswersFrom::Terminal
    }
}

/// What a paste holds, with line ends as we write them and what is no text made visible.
fn pasted(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&crate::escape::bytes(chunk.invalid()));
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}
