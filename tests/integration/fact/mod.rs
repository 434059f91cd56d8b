//! Facts and conditions.

mod condition;
