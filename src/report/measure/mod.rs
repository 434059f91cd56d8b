//! Moments, the lengths between them, and what is measured from which anchor to which.

mod anchor;
pub(super) mod interval;
pub(super) mod metric;
mod presence;
mod show;
mod span;

pub use anchor::{Anchor, Said};
pub use interval::{Interval, Unit};
pub use metric::{Between, Computed, Metric};
pub use presence::Presence;
pub use show::Zone;
pub use span::Span;

pub(super) use span::spans;

/// What is said of times of which one is before the other and cannot be.
pub(super) const WRONG: &str = "cannot be right";
