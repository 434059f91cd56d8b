//! Reading the log: what the report needs of each entry, and what its readers may be told of.

mod closing;
mod entries;
mod names;
pub(super) mod reach;
pub(super) mod row;

pub use entries::{Gather, ROWS};
