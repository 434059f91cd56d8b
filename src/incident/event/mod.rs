//! What can happen in an incident, as data: the kinds of the log and their bodies, defined here alone.
//! [`KINDS`] says what each is for; `breach log schema` prints the same as JSON Schema.

mod about;
mod apart;
mod body;
mod kind;
mod marked;
mod new;
mod newer;
mod reserved;
mod stamped;
#[allow(clippy::wildcard_imports, reason = "the bodies are made of all that this room holds")]
mod table;
mod text;
mod withdrawal;
mod words;

pub use about::About;
pub use body::{Continues, Ended, HeadRef, Imported, Kept, Mode, Outcome, Source, TornLine};
pub use kind::{FieldDoc, KindDoc, kind, meaning};
pub use marked::WITHHELD;
pub use new::ANNOUNCES;
pub use newer::{Newer, Read};
pub use reserved::RESERVED;
pub use stamped::{Actor, Draft, Passing, Stamped};
pub use table::*;
pub use text::{Text, TextRef};
pub use words::{
    ActionChange, AnswersFrom, Checkpoints, ClockSync, CustodyAct, DecidedAs, LinkedAs, NoticeKind,
    Obstacle, RulingKind, SignedAs, schemas as word_schemas,
};

use crate::digest::Digest;
use crate::fact::{People, Value, When};
use crate::phase::Phase;
