//! The incident: events as data, and what folding them says of its state.

mod action;
mod agreed;
mod comparison;
pub mod event;
mod fold;
mod forgotten;
mod groups;
mod order;
mod ruled;
mod sensitive;
mod state;
mod told;

pub use action::{ActionItem, ActionState, ITEMS as ACTION_ITEMS};
pub use agreed::{Decided, HandedOver, Letter, Link, Stated};
pub use comparison::Comparison;
pub use forgotten::Forgotten;
pub use order::in_order;
pub use sensitive::{Sensitive, sensitive};
pub use state::{
    CommandKey, CommandState, Counts, Exhibit, FactChange, Incident, Notice, PhaseState, Pinned,
    Ruling, StepKey, StepState,
};
