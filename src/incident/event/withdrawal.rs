//! What can be taken back: what somebody said, never what the tool saw.

use super::Event;

/// Kinds by which the record itself is held together. A `withdrawn` entry is not taken back either:
/// whoever wants the old one again says it again, so that no order of the two matters. What was
/// forgotten does not come back.
const RECORD: [&str; 8] =
    ["genesis", "opened", "session", "clock", "recovery", "joined", "forgotten", "withdrawn"];

impl Event {
    /// Whether an entry of this kind can be taken back.
    pub fn is_withdrawable(kind: &str) -> bool {
        !RECORD.contains(&kind)
    }
}
