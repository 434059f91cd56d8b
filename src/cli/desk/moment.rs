//! Moments given on the command line, echoed resolved.

use chrono::{NaiveTime, TimeDelta};

use super::{Context, Failure};
use crate::fact::{When, length};
use crate::wording;

/// Reads a moment and says how it was understood: "Mon 23 Nov 02:40 +01:00, 3 h ago".
pub(in crate::cli) fn given(
    context: &mut Context,
    text: Option<&str>,
) -> Result<Option<When>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let when = read(context, text)?;
    let now = context.world.now().at;
    let relative = wording::relative(when.earliest.to_utc(), now);
    context.screen.say(&format!("Moment: {}, {relative}.", when.show()));
    if when.earliest.to_utc() > now + SLACK {
        context.screen.warn("that moment lies ahead of us; it is recorded as given, so look again");
    }
    Ok(Some(when))
}

/// Clocks differ: a moment that is so little ahead is now.
const SLACK: TimeDelta = TimeDelta::minutes(10);

/// Reads a moment that is still to come, and says how it was understood: a time of day is the next
/// one, "in 3 days" counts from now.
pub(in crate::cli) fn ahead(
    context: &mut Context,
    text: Option<&str>,
) -> Result<Option<When>, Failure> {
    let Some(text) = text.map(str::trim) else { return Ok(None) };
    let now = context.world.now().local();
    let when = if let Some(seconds) = text.strip_prefix("in ").and_then(length) {
        let length = i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds);
        let at = length.and_then(|length| now.checked_add_signed(length));
        read(context, &at.unwrap_or(now).format("%Y-%m-%d %H:%M").to_string())?
    } else if NaiveTime::parse_from_str(text, "%H:%M").is_ok() {
        let today = read(context, &format!("{} {text}", now.date_naive()))?;
        if today.earliest > now {
            today
        } else {
            read(context, &format!("{} {text}", now.date_naive() + TimeDelta::days(1)))?
        }
    } else {
        read(context, text)?
    };
    let relative = wording::relative(when.earliest.to_utc(), now.to_utc());
    context.screen.say(&format!("Moment: {}, {relative}.", when.show()));
    if when.latest < now {
        context.screen.warn("that moment has passed; it is recorded as given, so look again");
    }
    Ok(Some(when))
}

/// Reads a moment.
pub(in crate::cli) fn read(context: &Context, text: &str) -> Result<When, Failure> {
    When::parse(text, context.world.clock()).map_err(|hint| {
        Failure::usage(format!("`{text}` is no moment"))
            .hint(format!("nothing was recorded; {hint}"))
    })
}
