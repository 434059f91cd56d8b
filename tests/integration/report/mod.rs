//! The report as a value: what it computes, what it withholds, and that every face shows all of it.

mod audience;
mod authority;
mod board;
mod canaries;
pub(crate) mod case;
mod cases;
pub(crate) mod dealings;
mod extreme;
mod faces;
mod first;
mod hostile;
mod margin;
mod metric;
mod names;
mod own;
mod plain_words;
pub(crate) mod published;
mod reader;
mod seen;
mod sign_off;
mod signs;
pub(crate) mod standing;
mod words;
mod zone;
