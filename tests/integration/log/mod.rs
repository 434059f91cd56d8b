//! The record.

mod torn;
