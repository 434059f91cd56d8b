//! The facts that the program itself asks for by name: each here once. What else has to be known of a
//! fact stands with it, in the vocabulary.

/// Declares the constants, and the list of all of them.
macro_rules! names {
    ($($name:ident = $fact:literal,)*) => {
        $(#[doc = concat!("`", $fact, "`")] pub const $name: &str = $fact;)*

        /// All of them.
        #[cfg(test)]
        const ALL: &[&str] = &[$($fact),*];
    };
}

names! {
    AFFECTED_GROUPS = "affected_groups",
    AWARE = "aware",
    CLASSIFIED_MAJOR = "classified_major",
    CONTAINED_AT = "contained_at",
    CONTAINMENT_VERIFIED_AT = "containment_verified_at",
    CONTROL_MONITORING = "control_monitoring",
    DECLARED_AT = "declared_at",
    DETECTED = "detected",
    DETERMINED_MATERIAL = "determined_material",
    ERADICATED_AT = "eradicated_at",
    FIRST_LOSS = "first_loss",
    FIRST_SIGNAL = "first_signal",
    GROUPS_OVERLAP = "groups_overlap",
    HOW_NOTICED = "how_noticed",
    OCCURRED = "occurred",
    PEOPLE_TOLD_FROM = "people_told_from",
    PEOPLE_TOLD_TO = "people_told_to",
    PERSONS_AFFECTED = "persons_affected",
    PUBLIC_STATEMENT_AT = "public_statement_at",
    RECOVERED_AT = "recovered_at",
    RULED_AT = "ruled_at",
    SCOPE_GREW_AT = "scope_grew_at",
    TAKEN_UP_AT = "taken_up_at",
    THEFT_FROM = "theft_from",
    THEFT_TO = "theft_to",
    WRONG_STATEMENT_AT = "wrong_statement_at",
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::fact::Vocabulary;

    #[test]
    fn every_name_is_a_fact() {
        for name in ALL {
            assert!(Vocabulary::builtin().get(name).is_some(), "{name}");
        }
    }
}
