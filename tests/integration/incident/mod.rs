//! The incident: what may not stand in its log, and what it makes of hostile folders.

mod ordinary;
mod sensitive;
