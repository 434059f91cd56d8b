//! Draws the question and the line below it; in rows of our own, so that no terminal need wrap.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;

use textwrap::core::display_width;

use super::line::Line;
use crate::escape;

/// Rows of what Tab offers; of more, a number tells.
const OFFERED: usize = 6;

/// Draws at the terminal. A question that cannot be shown must not stop the record, so what fails
/// here is found where the answer is read.
pub(super) struct Painter {
    tty: File,
    prompt: String,
    /// The row of the cursor below the first of what is drawn.
    row: usize,
    /// Rows of the cursor above the last of what is drawn.
    below: usize,
    /// What is drawn, and whether the cursor is at its end.
    drawn: String,
    at_end: bool,
    width: usize,
}

impl Painter {
    pub(super) fn new(tty: File) -> Self {
        let (prompt, drawn) = (String::new(), String::new());
        Self { tty, prompt, row: 0, below: 0, drawn, at_end: true, width: 0 }
    }

    /// A new question. Where the terminal can, pastes come in brackets from now on.
    pub(super) fn begin(&mut self, prompt: &str) {
        prompt.clone_into(&mut self.prompt);
        self.restart();
    }

    /// Starts a fresh drawing below what is on the screen.
    pub(super) fn restart(&mut self) {
        (self.row, self.below, self.at_end) = (0, 0, true);
        self.drawn.clear();
        self.write("\x1b[?2004h\r\x1b[J");
    }

    /// Leaves what is drawn, and goes on below it.
    pub(super) fn end(&mut self) {
        let down = "\n".repeat(self.below + 1);
        self.write(&format!("\x1b[?2004l\r{down}"));
    }

    /// Says something on a line of its own.
    pub(super) fn say(&mut self, text: &str) {
        self.write(&format!("{}\n", escape::line(text)));
    }

    /// Shows what Tab offers, and the question again below it.
    pub(super) fn list(&mut self, line: &Line, offered: &[String]) {
        let (width, _) = self.size();
        let shown: Vec<String> = offered.iter().map(|word| escape::line(word).into()).collect();
        let rows = crate::wording::rows(&shown, "  ", width.saturating_sub(1));
        let mut text = String::from("\n");
        for row in rows.iter().take(OFFERED) {
            let _ = writeln!(text, "{}", row.join("  "));
        }
        let told: usize = rows.iter().take(OFFERED).map(|row| row.len()).sum();
        if told < offered.len() {
            let _ = writeln!(text, "and {} more; type another letter", offered.len() - told);
        }
        self.write(&text);
        self.restart();
        self.paint(line);
    }

    /// Ctrl-L: the question alone on an empty screen.
    pub(super) fn clear(&mut self) {
        self.write("\x1b[H\x1b[2J");
        self.restart();
    }

    /// Draws the question and the line; where the line only grew, what is new of it.
    pub(super) fn paint(&mut self, line: &Line) {
        let (width, height) = self.size();
        let (rows, (row, column)) = layout(&self.prompt, line, width);
        // Of what is longer than the screen, the rows around the cursor.
        let first = row.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
        let last = rows.len().min(first + height);
        let below = last - 1 - row;
        let at_end = line.before().len() == line.text().len();
        let drawn = rows[first..last].join("\n");
        let mut text = String::new();
        if std::mem::replace(&mut self.width, width) != width && !self.drawn.is_empty() {
            // Most terminals break the rows that they show anew.
            self.row = row - first;
        }
        match drawn.strip_prefix(&self.drawn) {
            Some(new) if at_end && self.at_end => text.push_str(new),
            _ => {
                text.push('\r');
                up(&mut text, self.row);
                text.push_str("\x1b[J");
                text.push_str(&drawn);
                if !at_end {
                    up(&mut text, below);
                    text.push('\r');
                    if column > 0 {
                        let _ = write!(text, "\x1b[{column}C");
                    }
                }
            }
        }
        (self.row, self.below, self.at_end, self.drawn) = (row - first, below, at_end, drawn);
        if !text.is_empty() {
            self.write(&text);
        }
    }

    /// Columns and rows; what no terminal tells is that of the first ones.
    fn size(&self) -> (usize, usize) {
        let size = terminal_size::terminal_size_of(&self.tty);
        size.map_or((80, 24), |(width, height)| (width.0.into(), height.0.into()))
    }

    fn write(&mut self, text: &str) {
        let _ = self.tty.write_all(text.as_bytes()).and_then(|()| self.tty.flush());
    }
}

fn up(text: &mut String, rows: usize) {
    if rows > 0 {
        let _ = write!(text, "\x1b[{rows}A");
    }
}

/// The question and the line in rows of `width` columns, and the position of the cursor: row, column.
fn layout(prompt: &str, line: &Line, width: usize) -> (Vec<String>, (usize, usize)) {
    let mut rows = vec![String::new()];
    let mut column = 0;
    let mut cursor = None;
    let mut put = |at: Option<usize>, c: char, rows: &mut Vec<String>| {
        let mut own = [0; 4];
        let shown = escape::line(c.encode_utf8(&mut own));
        let wide = if c == '\n' { 0 } else { display_width(&shown) };
        // A mark, which takes no column, stays with the character that it is drawn on.
        if wide > 0 && column > 0 && column + wide > width {
            rows.push(String::new());
            column = 0;
        }
        if at == Some(line.before().len()) {
            cursor = Some((rows.len() - 1, column.min(width.saturating_sub(1))));
        }
        if c == '\n' {
            rows.push(String::new());
            column = 0;
            return;
        }
        if let Some(row) = rows.last_mut() {
            row.push_str(&shown);
        }
        column += wide;
    };
    prompt.chars().for_each(|c| put(None, c, &mut rows));
    line.text().char_indices().for_each(|(at, c)| put(Some(at), c, &mut rows));
    let cursor = cursor.unwrap_or_else(|| {
        if column >= width {
            rows.push(String::new());
            column = 0;
        }
        (rows.len() - 1, column)
    });
    (rows, cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, width: usize) -> (Vec<String>, (usize, usize)) {
        let mut line = Line::default();
        line.set(text);
        layout("> ", &line, width)
    }

    #[test]
    fn rows_are_never_wider_than_the_screen() {
        assert_eq!(drawn("abc", 5), (vec!["> abc".into(), String::new()], (1, 0)));
        assert_eq!(drawn("abcd", 5), (vec!["> abc".into(), "d".into()], (1, 1)));
        let wide = "\u{6771}\u{4eac}";
        assert_eq!(drawn(wide, 5), (vec!["> \u{6771}".into(), "\u{4eac}".into()], (1, 2)));
        assert_eq!(drawn("a\nb", 9), (vec!["> a".into(), "b".into()], (1, 1)));
        assert_eq!(drawn("e\u{301}", 3), (vec!["> e\u{301}".into(), String::new()], (1, 0)));
    }

    #[test]
    fn nothing_that_was_pasted_drives_the_terminal() {
        let (rows, _) = drawn("\x1b[2J\u{202e}\t", 80);
        assert_eq!(rows, [r"> \x1b[2J\u{202e}    "]);
    }
}
