//! The program as a stranger meets it: through its arguments, its streams and its exit code.

/// A playbook about mail: its first eight lines, and what follows them.
macro_rules! mail {
    ($rest:literal) => {
        concat!(
            r#"schema = 1
id = "mail"
phase = "containment"
title = "Contain a breach of mail"
version = "1.0.0"
owner = "security"
reviewed-on = 2026-11-20
summary = "For mailboxes."
"#,
            $rest
        )
    };
}

mod action;
mod answers;
mod archive;
mod brief;
mod check;
mod ci;
mod code;
mod conflicts;
mod duties;
mod evidence;
mod exhibits;
mod fmt;
mod forget;
mod gaps;
mod help;
mod hostile;
mod incident;
mod interrupted;
mod join;
mod letters;
mod lsp;
mod new;
mod notes;
mod pinned;
mod piped;
mod plan;
mod playbooks;
mod prepare;
mod record;

mod rehearse;
mod report;
pub(crate) mod room;
mod roster;
mod sync;
mod team;
mod understood;
mod version;
mod walk;
mod week;
