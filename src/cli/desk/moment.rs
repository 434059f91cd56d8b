//! Moments given on the command line, echoed resolved.

use chrono::TimeDelta;

use super::{Context, Failure};
use crate::fact::{Understood, When};
use crate::wording;

/// Reads a moment and says how it was understood: "Mon 23 Nov 02:40 +01:00, 3 h ago".
pub(in crate::cli) fn given(
    context: &mut Context,
    text: Option<&str>,
) -> Result<Option<When>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let when = parse(context, text)?;
    let now = context.world.now().at;
    let when = tell(context, when);
    if when.earliest.to_utc() > now + SLACK {
        context.screen.warn("that time is in the future; it is recorded as given, so check it");
    }
    Ok(Some(when))
}

/// As [`given`], of what must have happened already: `what` cannot have happened in the future.
pub(in crate::cli) fn past(
    context: &mut Context,
    text: Option<&str>,
    what: &str,
) -> Result<Option<When>, Failure> {
    let when = given(context, text)?;
    if when.as_ref().is_some_and(|at| at.earliest.to_utc() > context.world.now().at) {
        return Err(Failure::usage(format!("{what} in the future"))
            .hint("nothing was recorded; say with --at when it was"));
    }
    Ok(when)
}

/// Clocks differ: a moment that is so little ahead is now.
const SLACK: TimeDelta = TimeDelta::minutes(10);

/// Reads a moment that is still to come, and says how it was understood.
pub(in crate::cli) fn ahead(
    context: &mut Context,
    text: Option<&str>,
) -> Result<Option<When>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let now = context.world.now().local();
    let when = coming(context, text)?;
    let when = tell(context, when);
    if when.latest < now {
        context.screen.warn("that time has passed; it is recorded as given, so check it");
    }
    Ok(Some(when))
}

/// As [`ahead`], and nothing is said of it.
pub(in crate::cli) fn coming(context: &Context, text: &str) -> Result<Understood<When>, Failure> {
    When::coming(text, context.world.clock()).map_err(|hint| no_time(text, &hint))
}

/// Says how a moment was understood.
fn tell(context: &mut Context, understood: Understood<When>) -> When {
    let Understood { value: when, remarks } = understood;
    let relative = wording::relative(when.earliest.to_utc(), context.world.now().at);
    context.screen.say(&format!("Time: {}, {relative}.", when.show()));
    context.screen.sentences(&remarks);
    when
}

/// Reads a moment, and says what there is to say of how it was read.
pub(in crate::cli) fn read(context: &mut Context, text: &str) -> Result<When, Failure> {
    let Understood { value, remarks } = parse(context, text)?;
    context.screen.sentences(&remarks);
    Ok(value)
}

/// As [`read`], and nothing is said of it.
pub(in crate::cli) fn parse(context: &Context, text: &str) -> Result<Understood<When>, Failure> {
    When::parse(text, context.world.clock()).map_err(|hint| no_time(text, &hint))
}

fn no_time(text: &str, hint: &str) -> Failure {
    Failure::usage(format!("`{text}` is not a time")).hint(format!("nothing was recorded; {hint}"))
}
