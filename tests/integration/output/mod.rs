//! How results look.

mod postmortem;
