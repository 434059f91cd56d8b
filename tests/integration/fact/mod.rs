//! Facts and conditions.

mod answer;
mod condition;
mod telling;
mod when;
