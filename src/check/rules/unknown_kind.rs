//! BR210: a kind of incident that does not exist.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR210",
    name: "unknown-kind",
    family: Family::Reference,
    level: Level::Error,
    title: "a kind of incident that does not exist",
    explanation: "`suits` names the kinds of incident that the playbook is offered for: options of \
                  the fact `incident_kind`. If nobody can choose the kind, nobody is offered this \
                  playbook when it matters. Write one of the options.",
    wrong: r#"suits = ["web-skiming"]
"#,
    right: r#"suits = ["web-skimming"]
"#,
    judge: Judge::Reader,
};
