//! How results look.

mod card;
mod report;
