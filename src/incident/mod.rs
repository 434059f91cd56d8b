//! The incident: events as data, and what folding them says of its state.

pub mod event;
