//! The incident that a record adds up to.

mod history;
mod set;
mod shown;
