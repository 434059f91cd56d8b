//! Which laws and people are of which places.

use crate::fact::{Value, names};
use crate::regime::{Matter, Regime};

/// The country in which we are established.
pub(super) fn home<'m>(matter: &'m Matter<'_>) -> Option<&'m str> {
    match matter.value(names::HOME_COUNTRY)? {
        Value::Text(home) => Some(home),
        _ => None,
    }
}

/// Whether a law of these places protects people who live in a place; one that names none, everywhere.
pub(super) fn protects(of: &[String], place: &str) -> bool {
    of.is_empty() || of.iter().any(|of| is_in(place, of))
}

/// Whether a place is another one or part of it.
pub(super) fn is_in(place: &str, of: &str) -> bool {
    place == of || crate::fact::is_within(place, of)
}

/// The country whose laws are written to in its own dates and forms, wherever their readers live.
pub(super) const US: &str = "US";

/// Whether a law is one of the United States or of one of them.
pub(super) fn is_of_us(regime: &Regime) -> bool {
    let is_of = |place: &&str| is_in(place, US);
    let concerns = regime.concerns.iter().flat_map(|concerns| concerns.jurisdictions());
    regime.jurisdiction.starts_with("US federal") || concerns.into_iter().any(|place| is_of(&place))
}

/// Whether a law is one of the Union, of which a place is a part.
pub(super) fn is_of_union(regime: &Regime, place: &str) -> bool {
    regime.jurisdiction.starts_with("EU") && is_in(place, "EEA")
}

/// Whether a code means several countries.
pub(super) fn is_union(place: &str) -> bool {
    matches!(place, "EU" | "EEA")
}
