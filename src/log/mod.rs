//! The record: append-only chains of entries, one for each machine, flushed before anything else
//! happens.
//!
//! A line is one JSON object that names the SHA-256 of the line before it, line feed included, so
//! `sha256sum` and `jq` can check a chain. The bytes on disk are the truth: nobody serialises an
//! entry twice. Nothing is ever rewritten or cut away; what a crash tore is sealed with a line feed
//! and owned by a `recovery` entry. A chain that does not verify is left as it is, and this machine
//! goes on in a successor that names the last good line.
//!
//! This is tamper-evident, not tamper-proof: who can write the file can rewrite all of it, and
//! only a copy of a head that is elsewhere shows that.

mod ahead;
mod archive;
mod begin;
mod branches;
mod chain;
mod closed;
mod copies;
mod damage;
mod ending;
mod ends;
mod entry;
mod error;
mod file;
mod file_system;
mod folder;
mod follow;
mod following;
mod head_code;
mod heads;
mod incident_log;
mod join;
mod lines;
mod lock;
mod own;
mod pieces;
mod proof;
mod read;
mod reader;
mod reserve;
mod schema;
mod sight;
mod tail;
mod texts;
mod vanished;
mod verify;
mod withdrawn;
mod witness;
mod written;

pub use chain::{ChainReport, Remembered};
pub use copies::Copies;
pub use damage::{Damage, DamageKind, Remark};
pub use ending::Ending;
pub use entry::{ActorRef, Entry, LONGEST, Malformed};
pub use error::{AppendError, OpenError};
pub use file::Appended;
pub use folder::Folder;
pub use following::Following;
pub use head_code::{HeadCode, NotACode};
pub use incident_log::IncidentLog;
pub use join::{Taken, has_all, join};
pub use lines::whole_lines;
pub use pieces::Pieces;
pub use proof::{Proof, last_ending, prove};
pub use read::{Line, entries, entries_at, fold_all, fold_looking, unverified};
pub use schema::schema;
pub use texts::{LONGEST_TEXT, SALT, Texts};
pub use verify::{chains_at, verify, verify_each, verify_path};
