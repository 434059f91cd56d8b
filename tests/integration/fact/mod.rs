//! Facts and conditions.

mod answer;
mod condition;
mod when;
