//! The facts that the program itself names, each here once. What else has to be known of a
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
    ACCESS_REASONABLY_BELIEVED = "access_reasonably_believed",
    ACQUISITION_REASONABLY_BELIEVED = "acquisition_reasonably_believed",
    ACTION_ITEMS = "action_items",
    AFFECTED_GROUPS = "affected_groups",
    AWARE = "aware",
    BRIEFED_AT = "briefed_at",
    CARDS_AFFECTED = "cards_affected",
    CHECKS_30_DAYS = "checks_30_days",
    CHECKS_90_DAYS = "checks_90_days",
    CLASSIFIED_MAJOR = "classified_major",
    CONTAINED_AT = "contained_at",
    CONTAINMENT_VERIFIED_AT = "containment_verified_at",
    CONTROLLER_OR_PROCESSOR = "controller_or_processor",
    CONTROL_MONITORING = "control_monitoring",
    COST_SO_FAR = "cost_so_far",
    COUNSEL_DIRECTS = "counsel_directs",
    COUNSEL_TOLD_AT = "counsel_told_at",
    DATA_ACCESS = "data_access",
    DATA_ALTERED = "data_altered",
    DATA_CLASSES = "data_classes",
    DATA_ENCRYPTED = "data_encrypted",
    DATA_PUBLISHED = "data_published",
    DATA_UNAVAILABLE = "data_unavailable",
    DECLARED_AT = "declared_at",
    DELAY_REASONS = "delay_reasons",
    DECRYPTING_SESSION_ACCESS = "decrypting_session_access",
    DELAY_REQUESTED = "delay_requested",
    DETECTED = "detected",
    DETERMINED_MATERIAL = "determined_material",
    DEVICE_KINDS = "device_kinds",
    DISCOVERED = "discovered",
    DROP_DOMAINS = "drop_domains",
    DUTIES_OWED = "duties_owed",
    EMPLOYEES = "employees",
    ENTITY_ZONE = "entity_zone",
    ENTRY_VECTOR = "entry_vector",
    ERADICATED_AT = "eradicated_at",
    EXECUTIVE_SUMMARY = "executive_summary",
    FINE_IMPOSED = "fine_imposed",
    FIRST_LOSS = "first_loss",
    FIRST_SIGNAL = "first_signal",
    GROUPS_OVERLAP = "groups_overlap",
    HOME_COUNTRY = "home_country",
    HOW_IT_HAPPENED = "how_it_happened",
    HOW_NOTICED = "how_noticed",
    IMPACT = "impact",
    INCIDENT_COMMANDER = "incident_commander",
    INCIDENT_KIND = "incident_kind",
    INDICATORS = "indicators",
    INDUSTRY = "industry",
    KEY_TAKEN = "key_taken",
    LEAD_AUTHORITY = "lead_authority",
    LIKELY_CONSEQUENCES = "likely_consequences",
    LOSS_WAY = "loss_way",
    MEASURES_TAKEN = "measures_taken",
    NOTICED = "noticed",
    NOTICE_ACCOUNT = "notice_account",
    NOTICE_CONTACT = "notice_contact",
    OCCURRED = "occurred",
    ORGANISATION = "organisation",
    PEOPLE_AFFECTED = "people_affected",
    PEOPLE_TOLD_FROM = "people_told_from",
    PEOPLE_TOLD_TO = "people_told_to",
    PERSONS_AFFECTED = "persons_affected",
    PLATFORMS = "platforms",
    POSTMORTEM_MEETING_AT = "postmortem_meeting_at",
    POSTMORTEM_MODERATOR = "postmortem_moderator",
    PROCESSOR_INFORMED = "processor_informed",
    PROTECTIVE_OFFER = "protective_offer",
    PUBLIC_STATEMENT_AT = "public_statement_at",
    RECORDS_AFFECTED = "records_affected",
    RECOVERED_AT = "recovered_at",
    RULED_AT = "ruled_at",
    SCOPE_GREW_AT = "scope_grew_at",
    SCOPE_UNKNOWNS = "scope_unknowns",
    SEVERITY = "severity",
    SUPPORT_CONTACT = "support_contact",
    SUSPECTED = "suspected",
    TAKEN_UP_AT = "taken_up_at",
    THEFT_FROM = "theft_from",
    THEFT_TO = "theft_to",
    US_DATA_ELEMENTS = "us_data_elements",
    USER_ACCOUNTS_AFFECTED = "user_accounts_affected",
    WHAT_HAPPENED = "what_happened",
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
