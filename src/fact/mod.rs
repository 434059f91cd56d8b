//! Facts: one shared, typed vocabulary for what is known of an incident.

mod answer;
mod asking;
mod between;
mod coming;
pub mod condition;
mod count;
mod day;
mod definition;
mod hour;
mod implied;
mod jurisdiction;
mod kind;
mod length;
mod list;
mod money;
pub mod names;
mod order;
mod people;
mod place;
mod range;
mod show;
mod telling;
mod understood;
mod unsaid;
mod value;
mod vocabulary;
mod when;

pub use asking::Asking;
pub(crate) use condition::{Answers, MISTAKES};
pub use condition::{Condition, Effort, Ground, Mistake, Turn};
pub use definition::{Fact, FactOption};
pub use jurisdiction::is_within;
pub use kind::FactType;
pub use length::{LENGTH, length};
pub use order::{Clash, Contradiction, clashes, contradictions};
pub use place::{Codes, name as place_name, named as place_named};
pub use range::spread;
pub use telling::{Class, Dealing, Hide, Telling, Topic};
pub use understood::Understood;
pub use unsaid::answers_anything;
pub use value::{Basis, Count, Money, People, Precision, Value, When};
pub(crate) use vocabulary::LISTED;
pub use vocabulary::{SHAPE, Vocabulary};

pub(crate) use definition::{FACTS, UNITS, read_facts};
pub(crate) use order::check_conditions;
