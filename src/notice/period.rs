//! When the period of a duty began: its reader counts from then.

use minijinja::Value as Jinja;

use super::facts::NoticeFacts;
use super::{Item, Part, items};
use crate::fact::{Fact, Value};
use crate::regime::{Clock, Duty};

/// The fact with which the period of a duty begins.
pub(super) fn clock(duty: &Duty) -> Option<&str> {
    let Clock::Fact { name, .. } = &duty.clock else { return None };
    Some(name)
}

/// Whether an item says when the period began that this fact starts.
pub(super) fn begins(item: &Item, clock: Option<&str>) -> bool {
    let Some(clock) = clock else { return false };
    let is_own = |item: &Item| item.part == Part::Happened && item.needs == [clock];
    is_own(item) || item.clock && !items().iter().any(is_own)
}

/// The fact and its moment, as templates see them.
pub(super) fn start(duty: &Duty, known: &NoticeFacts<'_>) -> Option<Jinja> {
    let fact = known.vocabulary.get(clock(duty)?)?;
    let when = Jinja::from_safe_string(moment(fact, known)?);
    Some(minijinja::context! { title => &*fact.title, when => when })
}

/// With what the period of a duty began and when, in words; not every form asks for it.
pub fn began(duty: &Duty, known: &NoticeFacts<'_>) -> Option<String> {
    let fact = known.vocabulary.get(clock(duty)?)?;
    let when = moment(fact, known).unwrap_or_else(|| "not on record".to_owned());
    Some(format!("{}, {when} (`{}`)", fact.title, fact.name))
}

fn moment(fact: &Fact, known: &NoticeFacts<'_>) -> Option<String> {
    let moment = (known.value)(&fact.name).filter(|value| matches!(value, Value::Time(_)))?;
    known.locale.show(fact, moment, false)
}
