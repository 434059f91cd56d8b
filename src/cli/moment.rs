//! Moments given on the command line, echoed resolved.

use super::context::Context;
use super::failure::Failure;
use crate::fact::When;
use crate::wording;

/// Reads a moment and says how it was understood: "Mon 23 Nov 02:40 +01:00, 3 h ago".
pub(super) fn given(context: &mut Context, text: Option<&str>) -> Result<Option<When>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let when = read(context, text)?;
    let now = context.world.now().at;
    let relative = wording::relative(when.earliest.to_utc(), now);
    context.screen.say(&format!("Moment: {}, {relative}.", when.show()));
    Ok(Some(when))
}

/// Reads a moment.
pub(super) fn read(context: &Context, text: &str) -> Result<When, Failure> {
    When::parse(text, context.world.clock()).map_err(|hint| {
        Failure::usage(format!("`{text}` is no moment"))
            .hint(format!("nothing was recorded; {hint}"))
    })
}
