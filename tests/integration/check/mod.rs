//! The checker: its rules on their own examples, levels, comments that allow.

pub(crate) mod example;
mod planted;
mod probes;
mod programs;
mod rules;
