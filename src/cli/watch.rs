//! `breach watch`: how the incident stands, for a second monitor.
//!
//! It only reads. The page is drawn again when the log has grown or a minute has passed; without a
//! terminal it is printed once.

use std::io::{IsTerminal, Write};

use super::desk::pulse::Pulse;
use super::desk::taken_back::TakenBack;
use super::desk::{Context, Exit, Failure, home, law, state};
use crate::incident::event::{Event, Stamped};
use crate::log::{Folder, entries};
use crate::output::{Broken, event, status};
use crate::prompt::Keys;
use crate::regime::Law;
use crate::{escape, wording};

pub(super) fn run(context: &mut Context) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let law = law::law_or_builtin(context);
    let keys = if std::io::stdout().is_terminal() { Keys::open()? } else { None };
    let Some(mut keys) = keys else {
        let page = page(context, &folder, &law)?;
        context.out.write_all(page.as_bytes())?;
        return Ok(Exit::Done);
    };
    let mut pulse = Pulse::default();
    loop {
        if pulse.beats(context, &folder) {
            let page = page(context, &folder, &law)?;
            draw(context, &page)?;
        }
        if context.out.are_unread() || keys.leave()? {
            return Ok(Exit::Done);
        }
    }
}

/// As much of the page as the terminal has room for.
fn draw(context: &mut Context, page: &str) -> Result<(), Failure> {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    let rows = size.map_or(24, |(_, rows)| usize::from(rows.0)).max(4);
    let lines: Vec<&str> = page.lines().collect();
    write!(context.out, "\x1b[H\x1b[2J")?;
    let shown = lines.len().min(rows - 2);
    for line in &lines[..shown] {
        writeln!(context.out, "{line}")?;
    }
    let more = lines.len() - shown;
    if more > 0 {
        writeln!(context.out, "{more} more lines: `breach status`")?;
    }
    write!(context.out, "q leaves")?;
    context.out.flush()?;
    Ok(())
}

fn page(context: &mut Context, folder: &Folder, law: &Law) -> Result<String, Failure> {
    let now = context.world.now();
    let standing = state::read(context, folder, law)?;
    let mut lines = Vec::new();
    let mut page = Broken::new(&mut lines, context.line_width);
    writeln!(page, "{}", wording::moment(now.local()))?;
    status::text(&standing, now.at, &mut page)?;
    for line in last(context, folder)? {
        writeln!(page, "{}", escape::line(&line))?;
    }
    Ok(String::from_utf8_lossy(&lines).into_owned())
}

/// The last things that people recorded, newest first.
fn last(context: &Context, folder: &Folder) -> Result<Vec<String>, Failure> {
    const MOST: usize = 5;
    let mut last = std::collections::VecDeque::new();
    entries(folder, &context.world, &mut |chain, entry| {
        if matches!(entry.kind, "genesis" | "session" | "clock" | "recovery" | "joined") {
            return;
        }
        last.push_front(entry.stamped(chain));
        last.truncate(MOST);
    })
    .map_err(super::desk::unrecorded::cannot_open)?;
    let mut taken_back = TakenBack::default();
    let line = |stamped: Stamped| {
        let said = match &stamped.draft.event {
            Event::Withdrawn(body) => {
                format!("took back {}", taken_back.words(context, folder, body)?)
            }
            _ => event::unsaved(&stamped.draft),
        };
        let said = wording::clip(said.lines().next().unwrap_or_default(), 60);
        Ok(format!("{} {}: {said}", stamped.at.format("%H:%M"), stamped.actor.shown()))
    };
    last.into_iter().map(line).collect()
}
