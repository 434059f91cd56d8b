//! `breach` walks a responder through a data breach and keeps a record that stands up as evidence.
//!
//! # Six ideas
//!
//! 1. **The log is the only state.** Resuming, status and verification fold its entries; there is
//!    no second file that could disagree. Nothing is ever rewritten: a correction is a new entry.
//! 2. **An incident is one or more chains, one per machine, folded together.** Each machine appends
//!    only to its own chain, so copying a folder is safe by construction.
//! 3. **The walk is a pure state machine.** It hands out questions and takes answers; it never sees
//!    a terminal, a file or a clock. A terminal, an answers file and a pipe drive the same machine.
//! 4. **Playbooks are linear lists with conditions**, not graphs: nothing can loop.
//! 5. **Facts are one shared, typed vocabulary.** "Unknown" is a value. A time has a precision; a
//!    count has a basis and a history.
//! 6. **Law is data**, with citation, source and confidence; the engine on floor 4 only counts.
//!
//! # The house
//!
//! A module may use floors below its own: never its neighbours, never above. A test reads this
//! table and names each offence.
//!
//! | Floor | Modules |
//! |---|---|
//! | 0 ground | `clock` `digest` `escape` `id` `lexicon` `part` `phase` `plain_file` `wording` `world` |
//! | 1 document | `document` |
//! | 2 facts and forms | `fact` `template` |
//! | 3 domain | `incident` `playbook` `roster` |
//! | 4 law and record | `log` `regime` `vault` |
//! | 5 the work | `check` `custody` `notice` `readiness` `report` `walk` |
//! | 6 faces | `acquire` `execute` `output` `prompt` `store` |
//! | 7 commands | `cli` |
//!
//! *incident and log*: the incident folds stamped events (floor 3); the log wraps them into entries
//! (floor 4). *walk and prompt*: the loop question, prompt, answer, event, append lives in `cli`.
//!
//! `cli` has floors of its own, read by a test in the same way. Every other file or folder in it is
//! one command, on the top floor: no command uses another.
//!
//! | Floor | Rooms of `cli` | |
//! |---|---|---|
//! | 0 | `args` | what was typed |
//! | 1 | `desk` | what commands share: home, record, law, shelf, failures |
//! | 2 | `walk` | the loop of the four phases |
//! | 3 | the rest | commands |
//!
//! Nowhere do files use each other in a circle: a test reads all of `src` and names those that do.
//!
//! # What is deliberately absent
//!
//! The library never reads the clock or entropy outside `clock` and `world`, below floor 6 it never
//! talks to a terminal or a process, and no environment variable forges time.

pub mod acquire;
pub mod check;
pub mod cli;
pub mod clock;
pub mod custody;
pub mod digest;
pub mod document;
pub mod escape;
pub mod execute;
pub mod fact;
pub mod id;
pub mod incident;
pub mod lexicon;
pub mod log;
pub mod notice;
pub mod output;
pub mod part;
pub mod phase;
pub mod plain_file;
pub mod playbook;
pub mod prompt;
pub mod readiness;
pub mod regime;
pub mod report;
pub mod roster;
pub mod store;
pub mod template;
pub mod vault;
pub mod walk;
pub mod wording;
pub mod world;
