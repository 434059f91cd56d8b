//! The program as a stranger meets it: through its arguments, its streams and its exit code.

mod action;
mod answers;
mod archive;
mod brief;
mod check;
mod ci;
mod code;
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
mod team;
mod understood;
mod version;
mod walk;
