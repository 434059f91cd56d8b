//! The checker: its rules on their own examples, levels, comments that allow.

mod example;
mod rules;
