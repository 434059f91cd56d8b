//! How results look: one file per format.

pub mod diagnostics;
pub mod json;
mod screen;
pub mod table;

pub use screen::Screen;
