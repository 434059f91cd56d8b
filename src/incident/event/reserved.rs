//! Kinds whose names are taken, and whose bodies nobody has written yet. None of them changes what is
//! folded, so an entry of such a kind is shown as it stands and makes nothing incomplete.

/// Reserved kinds, each with what its entries say.
pub const RESERVED: [(&str, &str); 2] = [
    ("checkpoint", "the chains were witnessed from outside"),
    ("inject", "a rehearsal was given something to react to"),
];

/// What an entry of a reserved kind says.
pub(super) fn meaning(kind: &str) -> Option<&'static str> {
    RESERVED.iter().find(|(reserved, _)| *reserved == kind).map(|(_, meaning)| *meaning)
}
