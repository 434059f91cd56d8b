//! Reading the log: what the report needs of each entry, and what its readers may be told of.

mod entries;
mod names;
pub(super) mod reach;
pub(super) mod row;

pub use entries::{Closing, Gather, ROWS};
