//! How results look: one file per format.

mod calendar;
pub mod cell;
pub mod diagnostics;
pub mod duties;
pub mod event;
pub mod evidence;
pub mod export;
pub mod findings;
pub mod json;
pub mod notice;
pub mod page;
pub mod report;
mod screen;
pub mod table;
pub mod terminal;

pub use screen::Screen;
