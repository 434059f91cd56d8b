//! Documents as they come: hostile, broken, huge.

mod syntax;
