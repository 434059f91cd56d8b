//! The report as a value: what it computes, what it withholds, and that every face shows all of it.

mod audience;
pub(crate) mod case;
mod cases;
mod dealings;
mod faces;
mod hostile;
mod metric;
mod own;
mod published;
mod standing;
