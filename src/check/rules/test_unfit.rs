//! BR219: a test that does not fit its playbook.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR219",
    name: "test-unfit",
    family: Family::Reference,
    level: Level::Error,
    title: "a test that does not fit its playbook",
    explanation: "The test names a step, a command or a fact that the playbook next to it does not \
                  have, or there is no such playbook. Whoever renames a step and leaves its test \
                  behind tests nothing any more. Write what the playbook has now; the message names \
                  the closest one.",
    wrong: "",
    right: "",
    judge: Judge::File,
};
