//! Brackets in a draft: no fact can write one, so each is a place for a person to fill in.

/// Before what a fact would say, if it were known.
pub const MISSING: &str = "[MISSING: ";

/// Before what the record says in another language.
pub(super) const TO_TRANSLATE: &str = "[TO TRANSLATE: ";

/// Before words of a law that no fact answers.
pub const TO_WRITE: &str = "[TO WRITE: ";

/// Before what somebody has to look up before it is sent.
pub(super) const TO_CHECK: &str = "[CHECK";

/// Before what only somebody who speaks the language can tell.
pub(super) const UNREVIEWED: &str = "[UNREVIEWED: ";

/// Where the date goes.
pub(super) const DATE: &str = "[DATE]";

/// Where name and address go.
pub(super) const ADDRESS: &str = "[NAME AND ADDRESS OF THE PERSON]";

/// Where the name goes.
pub(super) const NAME: &str = "[NAME]";

/// Where the signer's name and function go.
pub(super) const SIGNATORY: &str = "[SIGNATORY]";
