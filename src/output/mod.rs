//! Faces of what is known: one file per format.

pub mod diagnostics;
