//! What a person reads while the walk goes on: cards, messages, the outline.
//!
//! Everything goes to standard error, wrapped at the terminal's width. Bold and colour only repeat
//! what the words say. Whatever is foreign is escaped here, once.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use chrono::{DateTime, Utc};

use crate::walk::{OutlineRow, StepCard, Summary};
use crate::{escape, wording};

const BOLD: Style = Style::new().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();
const QUIET: Style = Style::new().dimmed();

/// A place to show things to a person.
pub struct Screen {
    out: Box<dyn Write + Send>,
    width: usize,
}

impl Screen {
    /// Shows on `out`, `width` columns wide. Styles are written; `out` drops them where unwanted.
    pub fn new(out: Box<dyn Write + Send>, width: usize) -> Self {
        Self { out, width: width.clamp(40, 100) }
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
            self.raw(&format!("{ERROR}error:{ERROR:#} {error}\n"));
        }
        for hint in hints {
            let hint = escape::runner(&escape::text(hint));
            self.raw(&format!("{HINT}hint:{HINT:#} {hint}\n"));
        }
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

    /// Output of a running command, escaped.
    pub fn output(&mut self, piece: &[u8]) {
        let text = escape::output(piece);
        self.raw(&text);
    }

    /// A step, with lines beside it: whom to call, which clocks run.
    pub fn card(&mut self, card: &StepCard, beside: &[String], now: DateTime<Utc>) {
        let (number, total) = card.position;
        let rule = "-".repeat(self.width.min(72));
        self.raw(&format!("\n{QUIET}{rule}{QUIET:#}\n"));
        let title = escape::line(&card.title).into_owned();
        self.raw(&format!("{BOLD}{number} of {total}  {title}{BOLD:#}\n"));
        self.say(&facts_line(card, now));
        if let Some(condition) = &card.may_apply {
            self.say(&format!("May apply: {condition}"));
        }
        if !card.unmet.is_empty() {
            self.say(&format!("Should come first: {}", card.unmet.join("; ")));
        }
        if !card.unkept.is_empty() {
            self.warn(&format!(
                "this destroys evidence that has not been kept yet: {}",
                card.unkept.join("; ")
            ));
        }
        if let Some(before) = &card.before {
            self.say(&format!("So far: {before}"));
        }
        self.gap();
        for line in card.instructions.trim_end().lines() {
            self.markdown_line(line, "");
        }
        if !beside.is_empty() {
            self.gap();
        }
        for line in beside {
            self.wrapped(&format!("  {line}"), "", "      ");
        }
        self.details(card);
        self.gap();
    }

    /// A step that was shown just before, with its details if they changed.
    pub fn card_again(&mut self, card: &StepCard, changed: bool) {
        let (number, total) = card.position;
        let title = escape::line(&card.title).into_owned();
        self.raw(&format!("\n{BOLD}{number} of {total}  {title}{BOLD:#}\n"));
        if changed {
            self.details(card);
            self.gap();
        }
    }

    fn details(&mut self, card: &StepCard) {
        let mut lines = Vec::new();
        for (number, (id, title, changes, state)) in card.commands.iter().enumerate() {
            let changes = if *changes { " (changes the system)" } else { "" };
            let state = state.as_deref().map(|state| format!(" [{state}]")).unwrap_or_default();
            lines.push(format!("  r {} {id} - {title}{changes}{state}", number + 1));
        }
        for (title, value) in &card.facts {
            match value {
                Some(value) => lines.push(format!("  fact: {title}: {value}")),
                None => lines.push(format!("  asks for: {title}")),
            }
        }
        for (title, required, there) in &card.evidence {
            let mark = if *there {
                "kept"
            } else if *required {
                "required"
            } else {
                "if you can"
            };
            lines.push(format!("  evidence: {title} ({mark})"));
        }
        if !lines.is_empty() {
            self.gap();
            for line in &lines {
                self.wrapped(line, "", "      ");
            }
        }
    }

    /// The whole playbook, one line a place.
    pub fn outline(&mut self, rows: &[OutlineRow]) {
        self.gap();
        for row in rows {
            let here = if row.here { ">" } else { " " };
            let state = match (row.outcome, row.applies) {
                (Some(outcome), _) => outcome.as_str(),
                (None, Some(false)) => "does not apply",
                (None, None) => "may apply",
                (None, Some(true)) if row.ready => "open",
                (None, Some(true)) => "later",
            };
            let line = format!("{here}{:>3} {state:<14} {}", row.number, row.title);
            self.wrapped(&line, "", "                    ");
        }
        self.gap();
    }

    /// Why this step, and what the keys do.
    pub fn help(&mut self, why: &str) {
        self.gap();
        if !why.trim().is_empty() {
            self.raw(&format!("{BOLD}Why{BOLD:#}\n"));
            for line in why.trim_end().lines() {
                self.markdown_line(line, "");
            }
            self.gap();
        }
        self.raw(&format!("{BOLD}Keys{BOLD:#}\n"));
        for (key, name, help) in crate::walk::KEYS {
            self.wrapped(&format!("  {key}  {name}: {help}"), "", "     ");
        }
        self.say("For something that happened earlier: d @02:40 isolated web-03");
        self.say("Anything else you type is offered as a note.");
        self.gap();
    }

    /// Where a phase stands when the walk pauses.
    pub fn summary(&mut self, summary: &Summary, now: DateTime<Utc>) {
        self.gap();
        let Summary { settled, total, done, skipped, .. } = summary;
        self.say(&format!("{settled} of {total} settled: {done} done, {skipped} skipped."));
        for aside in &summary.aside {
            self.wrapped(&format!("  {}", aside.line(now)), "", "    ");
        }
        for title in summary.open.iter().take(5) {
            self.wrapped(&format!("  open: {title}"), "", "    ");
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

/// Escapes a text and breaks its lines at `width`; the leading blanks of a line stay.
fn wrap(text: &str, first: &str, next: &str, width: usize) -> String {
    let mut shown = String::new();
    for line in escape::text(text).split('\n') {
        let words = line.trim_start_matches(' ');
        let lead = format!("{first}{}", " ".repeat((line.len() - words.len()).min(24)));
        let options = textwrap::Options::new(width)
            .initial_indent(&lead)
            .subsequent_indent(next)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(true);
        for piece in textwrap::wrap(words, &options) {
            shown.push_str(piece.trim_end());
            shown.push('\n');
        }
    }
    shown
}

/// Role, item, time box: one line under the title.
fn facts_line(card: &StepCard, now: DateTime<Utc>) -> String {
    let mut parts = Vec::new();
    if let (Some(item), Some((number, count))) = (&card.key.item, card.item_position) {
        parts.push(format!("{item} ({number} of {count})"));
    }
    parts.push(card.key.step.clone());
    parts.extend(card.role.map(|role| format!("role {role}")));
    if let Some((within, since)) = card.time_box {
        let left = since.map(|since| within - (now - since));
        parts.push(match left {
            Some(left) if left < chrono::TimeDelta::zero() => {
                format!("time box {}, over by {}", wording::length(within), wording::length(left))
            }
            Some(left) => {
                // Counted up to the minute: ten minutes are left until one of them is over.
                let left = wording::length(left + chrono::TimeDelta::seconds(59));
                format!("time box {}, {left} left", wording::length(within))
            }
            None => format!("time box {}", wording::length(within)),
        });
    }
    parts.join(" | ")
}
