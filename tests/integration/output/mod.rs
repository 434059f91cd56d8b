//! How results look.

mod report;
