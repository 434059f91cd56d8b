//! The incident that a record adds up to, and what may not stand in its log.

mod conflicts;
mod history;
mod ordinary;
mod sensitive;
mod set;
mod shown;
