//! The record.

pub(crate) mod room;
mod schema;
mod stock;
mod tamper;
mod torn;
