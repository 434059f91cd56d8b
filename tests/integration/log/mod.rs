//! The record.

mod bytes;
mod ends;
mod histories;
mod home_1;
pub(crate) mod newer;
pub(crate) mod room;
pub(crate) mod schema;
mod sight;
mod since;
mod stock;
mod tamper;
mod torn;
