//! The record.

mod bytes;
pub(crate) mod room;
pub(crate) mod schema;
mod stock;
mod tamper;
mod torn;
