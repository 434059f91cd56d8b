//! The incident: events as data, and what folding them says of its state.

mod action;
mod body;
pub mod event;
mod fold;
mod kind;
mod ruled;
mod sensitive;
mod stamped;
mod state;

pub use action::{ActionItem, ActionState, ITEMS as ACTION_ITEMS};
pub use sensitive::{Sensitive, sensitive};
pub use state::{
    CommandKey, CommandState, Exhibit, FactChange, Incident, Notice, PhaseState, Pinned, Ruling,
    StepKey, StepState,
};
