//! What commands share: the surroundings, the home, the record in hand, what went wrong.

pub(in crate::cli) mod answers;
pub(in crate::cli) mod chains;
pub(in crate::cli) mod contacts;
pub(in crate::cli) mod context;
pub(in crate::cli) mod exhibit;
pub mod exit;
pub mod failure;
pub(in crate::cli) mod files;
pub(in crate::cli) mod followed;
pub(in crate::cli) mod home;
pub(in crate::cli) mod law;
pub(in crate::cli) mod moment;
pub(in crate::cli) mod moving;
pub(in crate::cli) mod naming;
pub(in crate::cli) mod plain;
pub(in crate::cli) mod pulse;
pub(in crate::cli) mod record;
pub(in crate::cli) mod results;
pub(in crate::cli) mod reviews;
pub(in crate::cli) mod seen;
pub(in crate::cli) mod shelf;
pub(in crate::cli) mod spoken;
pub(in crate::cli) mod spreadsheet;
pub(in crate::cli) mod state;
pub(in crate::cli) mod strays;
pub(in crate::cli) mod traces;
pub(in crate::cli) mod trust;
pub(in crate::cli) mod typed;
pub(in crate::cli) mod undo;
pub(in crate::cli) mod unrecorded;
pub(in crate::cli) mod verified;

pub use context::Context;
pub(in crate::cli) use exit::Exit;
pub(in crate::cli) use failure::Failure;
pub(in crate::cli) use record::Record;
pub(in crate::cli) use results::Results;
