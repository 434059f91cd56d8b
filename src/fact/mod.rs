//! Facts: one shared, typed vocabulary for what is known of an incident.

mod value;

pub use value::{Basis, Count, Money, People, Precision, Value, When};
