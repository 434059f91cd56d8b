//! The record of an incident in the formats of others: one file per format.
//!
//! The formats of a timeline take entry by entry ([`Rows`]); the others are made of the report and
//! of single facts ([`Export`]). What is not known is said in the format's own word for it, never
//! guessed, and what has no place in a format is listed: [`Made`].

mod csv;
mod ical;
mod line;
mod mermaid;
mod stix;
mod timesketch_csv;
mod timesketch_jsonl;
mod veris;

pub use csv::Csv;
pub use ical::ical;
pub use line::Rows;
pub use mermaid::mermaid;
pub use stix::stix;
pub use timesketch_csv::TimesketchCsv;
pub use timesketch_jsonl::TimesketchJsonl;
pub use veris::veris;

use crate::report::{Reading, Report};

/// What an export is made of, both for one audience.
#[derive(Clone, Copy)]
pub struct Export<'e> {
    /// The report.
    pub report: &'e Report,
    /// Single facts.
    pub facts: &'e Reading<'e>,
}

/// An export, and what it could not take.
pub struct Made<T> {
    /// The export.
    pub value: T,
    /// What was written, in words: `13 objects`.
    pub counted: String,
    /// What has no place in the format, in words.
    pub left: Vec<String>,
}
