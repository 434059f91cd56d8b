//! The parts that people outside the keyboard play, as playbooks and the roster write them.

/// What somebody on the roster does for the organisation in an incident.
pub const PARTS: [&str; 19] = [
    "commander",
    "deputy",
    "scribe",
    "liaison",
    "expert",
    "counsel",
    "data-protection-officer",
    "insurer",
    "acquirer",
    "forensics",
    "authority",
    "police",
    "press",
    "support",
    "human-resources",
    "hosting",
    "identity-provider",
    "supplier",
    "management",
];

/// Parts that no roster should be without.
pub const NEEDED: [&str; 8] =
    ["commander", "deputy", "counsel", "insurer", "acquirer", "forensics", "authority", "police"];
