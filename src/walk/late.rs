//! A late entry: the moment at which it happened, before its text.

use super::Act;
use crate::clock::Clock;
use crate::fact::When;

/// A text whose moment was taken off.
pub(super) struct Late<'a> {
    /// When it happened, if not now.
    pub(super) at: Option<When>,
    /// The rest.
    pub(super) text: &'a str,
    /// What to say of how the moment was read.
    pub(super) said: Vec<Act>,
}

/// Takes the moment off a late entry: `@02:40 isolated web-03`, `@"yesterday 23:10" …`.
pub(super) fn late<'a>(text: &'a str, clock: &dyn Clock) -> Result<Late<'a>, String> {
    let Some(rest) = text.trim_start().strip_prefix('@') else {
        return Ok(Late { at: None, text, said: Vec::new() });
    };
    let (moment, rest) = match rest.strip_prefix('"') {
        Some(quoted) => {
            quoted.split_once('"').ok_or("the moment behind `@` has no closing quote")?
        }
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    let moment = When::parse(moment, clock)?;
    let said = moment.remarks.into_iter().map(Act::Say).collect();
    Ok(Late { at: Some(moment.value), text: rest.trim_start(), said })
}
