//! The report on an incident, as people and machines read it: one file per face.
//!
//! A section is laid out once, as [`Block`]s; each face renders blocks and escapes everything in
//! them. So no face can forget a section, and none shows what another one hides.

mod block;
mod html;
mod markdown;
mod page;
mod text;

pub use block::{Block, Cell, Grid};
pub use html::html;
pub use markdown::markdown;
pub use page::blocks;
pub use text::text;
