//! Documents as they come: hostile, broken, huge.

mod json_schema;
mod syntax;
