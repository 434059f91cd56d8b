//! The incident: events as data, and what folding them says of its state.

mod action;
mod agreed;
mod claims;
mod clocks;
mod comparison;
mod debt;
pub mod event;
mod fold;
mod forgotten;
mod groups;
mod key;
mod left_open;
mod notice;
mod order;
mod ruled;
mod sensitive;
mod state;
mod times;
mod told;

pub use action::{ActionItem, ActionState, CHECKS, ITEMS as ACTION_ITEMS};
pub use agreed::{Decided, HandedOver, Letter, Link, Stated};
pub use claims::{Conflict, Subject};
pub use comparison::Comparison;
pub use debt::{Debt, Owed};
pub use forgotten::Forgotten;
pub use groups::in_groups;
pub use key::StepKey;
pub use left_open::LeftOpen;
pub use notice::{Counts, Notice};
pub use order::{Queue, in_order, named};
pub use sensitive::{Sensitive, sensitive};
pub use state::{
    CommandKey, CommandState, Exhibit, FactChange, Incident, PhaseState, Pinned, Ruling, StepState,
};
pub use times::Times;
pub use told::Untrue;
