//! How results look: one file per format.

pub mod actions;
pub mod brief;
mod calendar;
pub mod card;
pub mod cell;
pub mod conflicts;
pub mod custody_form;
pub mod diagnostics;
pub mod duties;
pub mod event;
pub mod evidence;
pub mod export;
pub mod facts;
pub mod filing;
pub mod findings;
pub mod groups;
pub mod handoff;
pub mod incidents;
pub mod json;
pub mod letters;
pub mod next;
pub mod notice;
pub mod page;
mod plain;
pub mod plan;
pub mod readiness;
pub mod report;
pub mod roster;
mod screen;
pub mod status;
pub mod table;
pub mod terminal;
pub mod verify;
mod wrap;

pub use screen::Screen;
pub use wrap::Broken;
