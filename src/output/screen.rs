//! What a person reads while the walk goes on: cards, messages, the outline.
//!
//! Everything goes to standard error, wrapped at the terminal's width. Bold and colour only repeat
//! what the words say. Whatever is foreign is escaped here, once.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anstyle::Style;
use chrono::{DateTime, Utc};

use super::card::{self, Beside, Line};
use super::plain;
use super::wrap::{Broken, ERROR, HINT, WARNING, wrap};
use crate::walk::{Aside, CardFact, OutlineRow, StepCard, Summary};
use crate::{escape, wording};

/// Collects output instead of showing it.
#[derive(Clone, Default)]
struct Caught(Arc<Mutex<Vec<u8>>>);

impl Write for Caught {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A place to show things to a person.
pub struct Screen {
    out: Box<dyn Write + Send>,
    width: usize,
    /// How wide an error may be: what goes to another program is never broken.
    pub line_width: Option<u16>,
    /// The status that was shown last, where plain lines are wanted.
    plain: Option<String>,
}

impl Screen {
    /// Shows on `out`, `width` columns wide. Styles are written; `out` drops them where unwanted.
    pub fn new(out: Box<dyn Write + Send>, width: usize) -> Self {
        Self { out, width: width.clamp(40, 100), line_width: None, plain: None }
    }

    /// Changes the width in columns, unless plain lines are shown.
    pub fn resize(&mut self, width: usize) {
        if self.plain.is_none() {
            self.width = width.clamp(40, 100);
        }
    }

    /// From now on shows plain lines: one thing a line, none of them broken.
    pub fn plain(&mut self) {
        self.width = 1_000_000;
        self.line_width = None;
        self.plain.get_or_insert_default();
    }

    /// Whether it shows plain lines.
    pub fn is_plain(&self) -> bool {
        self.plain.is_some()
    }

    /// A whole sentence.
    pub fn say(&mut self, text: &str) {
        let text = wrap(text, "", "", self.width);
        self.raw(&escape::runner(&text));
    }

    /// Whole sentences, each on a line of its own.
    pub fn sentences(&mut self, texts: &[String]) {
        for text in texts {
            self.say(text);
        }
    }

    /// Something to do about: the word, not only the colour, says so.
    pub fn warn(&mut self, text: &str) {
        self.raw(&format!("{WARNING}warning:{WARNING:#} "));
        let text = wrap(text, "", "  ", self.width.saturating_sub(9));
        self.raw(&escape::runner(&text));
    }

    /// An error and what to do about it.
    pub fn failure(&mut self, details: &str, error: &dyn std::fmt::Display, hints: &[String]) {
        self.raw(details);
        // The alternate form shows causes, too.
        let error = format!("{error:#}");
        if !error.is_empty() {
            let error = escape::runner(&escape::text(&error));
            self.broken(&format!("{ERROR}error:{ERROR:#} {error}\n"));
        }
        for hint in hints {
            let hint = escape::runner(&escape::text(hint));
            self.broken(&format!("{HINT}hint:{HINT:#} {hint}\n"));
        }
    }

    /// Lines that are broken between words alone: a path or a command that is cut is no use.
    fn broken(&mut self, lines: &str) {
        let _ = Broken::new(&mut self.out, self.line_width).write_all(lines.as_bytes());
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.raw("\n");
    }

    /// Lines as they are, escaped and wrapped with a hanging indent of their own. A command is
    /// never broken, so that it can be copied.
    pub fn lines(&mut self, lines: &[String]) {
        for line in lines {
            if line.starts_with("  $ ") {
                self.raw(&format!("{}\n", escape::line(line)));
            } else {
                self.markdown_line(line, "");
            }
        }
    }

    /// Returns the lines that `show` would have shown, without showing them.
    pub fn caught(&mut self, show: impl FnOnce(&mut Self)) -> Vec<String> {
        let caught = Caught::default();
        let out = std::mem::replace(&mut self.out, Box::new(caught.clone()));
        show(self);
        self.out = out;
        let bytes = std::mem::take(&mut *caught.0.lock().unwrap_or_else(PoisonError::into_inner));
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    }

    /// Shows lines that were caught, unchanged.
    pub fn as_they_are(&mut self, lines: &[String]) {
        for line in lines {
            self.raw(&format!("{line}\n"));
        }
    }

    /// Output of a running command, escaped.
    pub fn output(&mut self, piece: &[u8]) {
        let text = escape::output(piece);
        self.raw(&text);
    }

    /// The card of a step, set off by the line above it.
    pub fn card(&mut self, card: &StepCard, beside: &Beside, now: DateTime<Utc>) {
        if let Some(known) = &mut self.plain {
            let (status, lines) = plain::lines(card, beside, now);
            if *known != status {
                known.clone_from(&status);
                self.say(&status);
            }
            self.sentences(&lines);
            return;
        }
        for Line { style, text } in card::lines(card, beside, self.width, now) {
            if style == Style::new() {
                self.raw(&format!("{text}\n"));
            } else {
                self.raw(&format!("{style}{text}{style:#}\n"));
            }
        }
    }

    /// All that a step says.
    pub fn more(&mut self, card: &StepCard) {
        self.gap();
        for line in card.instructions.trim_end().lines() {
            self.markdown_line(line, "");
        }
        if let Some(done) = &card.done_when {
            self.gap();
            self.wrapped(done, "", "");
        }
        let mut lines = Vec::new();
        for (number, (id, title, changes, state)) in card.commands.iter().enumerate() {
            let changes = if *changes { " (changes the system)" } else { "" };
            let state = state.as_deref().map(|state| format!(" [{state}]")).unwrap_or_default();
            lines.push(format!("  r {} {id} - {title}{changes}{state}", number + 1));
        }
        for CardFact { title, value, .. } in &card.facts {
            match value {
                Some(value) => lines.push(format!("  fact: {title}: {value}")),
                None => lines.push(format!("  asks for: {title}")),
            }
        }
        for wanted in &card.evidence {
            lines.push(format!("  keep: {} ({})", wanted.title, card::need(wanted)));
        }
        if !lines.is_empty() {
            self.gap();
        }
        for line in &lines {
            self.wrapped(line, "", "      ");
        }
        self.gap();
    }

    /// The whole playbook: a line for each place, and one for all items of a step that are in the same state.
    pub fn outline(&mut self, rows: &[OutlineRow]) {
        self.gap();
        for alike in OutlineRow::grouped(rows) {
            let row = alike[0];
            let title = OutlineRow::title_of(&alike);
            let here = if row.here { ">" } else { " " };
            let state = match (row.outcome, row.applies, row.needs.first()) {
                (Some(outcome), ..) => outcome.as_str().to_owned(),
                (None, Some(false), _) => "does not apply".to_owned(),
                (None, None, _) => "may apply".to_owned(),
                (None, Some(true), None) => "open".to_owned(),
                (None, Some(true), Some(first)) => format!("after {first}"),
            };
            if self.is_plain() {
                self.say(&plain::row(row, (&title, &state)));
                continue;
            }
            let note = row.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
            let line = format!("{here}{:>3} {state:<14} {title}{note}", row.number);
            self.wrapped(&line, "", "                    ");
        }
        self.gap();
    }

    /// What the keys do, as far as they apply to a step.
    pub fn keys(&mut self, card: &StepCard) {
        self.gap();
        let applies = |key: char| match key {
            'r' | 'c' => !card.commands.is_empty(),
            _ => true,
        };
        let all = crate::walk::KEYS.iter().filter(|(key, ..)| applies(*key));
        let told = |(key, name, help): &(char, &str, &str)| match key {
            ' ' => format!("{name}: {help}"),
            key => format!("{key}  {name}: {help}"),
        };
        // Short ones share a line: all of them fit on a screen of 24.
        let all: Vec<String> = all.map(told).collect();
        for row in wording::rows(&all, "   ", 78) {
            self.wrapped(&format!("  {}", row.join("   ")), "", "     ");
        }
        if card.items.len() > 1 {
            self.say("Some items only: d web-01, d rest, d all except web-07, d web-01: port shut");
        }
        if card.time_box.is_some() {
            self.say("Time box: once it is over, ask for help or go on; nothing stops by itself.");
        }
        self.say("Earlier: d @02:40 shut. Tab completes. Long texts: . or .e for an editor.");
    }

    /// Where a phase stands when the walk pauses.
    pub fn summary(&mut self, summary: &Summary, now: DateTime<Utc>) {
        self.gap();
        let Summary { settled, total, done, skipped, .. } = summary;
        let all = wording::settled(summary.steps, (*total, *settled));
        let not_applicable = match settled - done - skipped {
            0 => String::new(),
            n => format!(", {n} not applicable"),
        };
        self.say(&format!("{all}: {done} done, {skipped} skipped{not_applicable}."));
        for line in Aside::lines(&summary.aside, now) {
            self.wrapped(&format!("  {line}"), "", "    ");
        }
        for open in summary.open.iter().take(5) {
            self.wrapped(&format!("  {}", open.line()), "", "    ");
        }
        if summary.open.len() > 5 {
            self.say(&format!("  and {} more open.", summary.open.len() - 5));
        }
    }

    /// One line of Markdown: list marks keep a hanging indent, indented lines stay as they are.
    fn markdown_line(&mut self, line: &str, indent: &str) {
        let blanks = line.len() - line.trim_start().len();
        let rest = line.trim_start();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mark = match &rest[digits..] {
            _ if rest.starts_with("- ") || rest.starts_with("* ") => 2,
            behind if digits > 0 && behind.starts_with(". ") => digits + 2,
            // A numbered option.
            behind if digits > 0 && blanks > 0 && behind.starts_with(' ') => digits + 1,
            _ => 0,
        };
        let hang = format!("{indent}{}", " ".repeat((blanks + mark).min(20)));
        self.wrapped(line, indent, &hang);
    }

    fn wrapped(&mut self, text: &str, first: &str, next: &str) {
        let text = wrap(text, first, next, self.width);
        self.raw(&text);
    }

    fn raw(&mut self, text: &str) {
        // A screen that is gone must not stop the record.
        let _ = self.out.write_all(text.as_bytes());
        let _ = self.out.flush();
    }
}
