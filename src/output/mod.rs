//! How results look: one file per format.

pub mod diagnostics;
mod screen;
pub mod table;

pub use screen::Screen;
