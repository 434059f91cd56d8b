//! Whether something is known, and if not, why.

use schemars::JsonSchema;
use serde::Serialize;

/// Whether there is something, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// It is in place.
    Given,
    /// Somebody was asked and said that there is none, or that it does not apply.
    #[serde(rename = "none")]
    Inapplicable,
    /// Somebody was asked and did not know.
    Unknown,
    /// Not asked for, or not answered.
    Missing,
    /// This audience does not see it.
    Withheld,
}
