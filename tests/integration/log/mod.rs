//! The record.

mod bytes;
pub(crate) mod room;
mod schema;
mod stock;
mod tamper;
mod torn;
