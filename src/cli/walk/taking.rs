//! The next person begins with what was handed over to them.

use crate::cli::desk::{Context, Failure, Record, handing};
use crate::escape;
use crate::prompt::{Prompt, Stop, Topic};

/// Columns of the page.
const WIDTH: u16 = 80;

/// Shows the person at the keyboard what was handed over to them, and asks whether they accept it.
/// Where nobody reads along, it stays open.
pub(super) fn over(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    record: &mut Record,
) -> Result<(), Failure> {
    let Some(name) = record.actor.name.clone() else { return Ok(()) };
    let Some(handed) = handing::to_accept(&record.incident, &name).cloned() else { return Ok(()) };
    if !prompt.is_patient() {
        context.screen.say(&format!(
            "{} handed the work over to {name}: `breach handoff --accept --as {}` accepts it.",
            handed.by,
            escape::shell(&name)
        ));
        return Ok(());
    }
    let mut page = Vec::new();
    let now = context.world.now().at;
    handing::page(context, record, &handed, None).text(now, &mut page, WIDTH)?;
    let page = String::from_utf8_lossy(&page).into_owned();
    context.screen.lines(&page.lines().map(str::to_owned).collect::<Vec<_>>());
    match prompt.line(Topic::Opening("handoff"), "Do you accept the hand-over? [y/N] ") {
        Ok(answer) if matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") => {
            handing::accept(context, record, (&handed, &name))
        }
        Ok(_) | Err(Stop::EndOfInput) => {
            context.screen.say("It stays open: `breach handoff --accept` accepts it.");
            Ok(())
        }
        Err(stop) => Err(stop.into()),
    }
}
