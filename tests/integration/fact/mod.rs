//! Facts and conditions.
