//! Shows long text page by page, so that nothing scrolls off unread.

use crate::cli::desk::{Context, Failure};
use crate::output::Screen;
use crate::prompt::{Prompt, Stop, Topic};

/// Pages the output of `show`. After each page Enter continues, and `q` or `<` stops; any other line is
/// returned, to be treated as if typed at the step.
pub(super) fn show(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    show: impl FnOnce(&mut Screen),
) -> Result<Option<String>, Failure> {
    let rows = terminal_size::terminal_size_of(std::io::stderr()).map(|(_, rows)| rows.0);
    let rows = rows.filter(|rows| *rows > 0 && prompt.is_patient() && !context.screen.is_plain());
    let Some(rows) = rows.map(usize::from) else {
        show(&mut context.screen);
        return Ok(None);
    };
    let lines = context.screen.caught(show);
    // The prompt needs the last line.
    let mut pages = lines.chunks(rows.saturating_sub(1).max(1)).peekable();
    while let Some(page) = pages.next() {
        context.screen.as_they_are(page);
        if pages.peek().is_none() {
            break;
        }
        match prompt.line(Topic::Opening("page"), "Enter for more, q to leave> ") {
            Ok(line) => match line.trim() {
                "" => {}
                "q" | "<" => break,
                _ => return Ok(Some(line)),
            },
            Err(Stop::Interrupted | Stop::EndOfInput) => break,
            Err(stop) => return Err(stop.into()),
        }
    }
    Ok(None)
}
