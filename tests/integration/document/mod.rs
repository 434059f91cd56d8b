//! Documents as they come: hostile, broken, huge.

mod format;
mod json_schema;
mod suite;
mod syntax;
