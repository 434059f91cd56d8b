//! Values as a person reads them.

use super::count::singular;
use super::definition::Fact;
use super::kind::FactType;
use super::place::{self, Both};
use super::value::{Basis, Count, People, Value};
use crate::wording;

/// Places that are still listed one by one where somebody looks at a screen.
const PLACES: usize = 8;

impl Value {
    /// As [`Value::show`], but for many places only how many people there are in all, and of a long list
    /// how many there are and the first of them, with ranges for numbered names.
    pub fn brief(&self, fact: Option<&Fact>) -> String {
        match self {
            Self::List(items) if items.len() > PLACES => {
                let of = fact.and_then(|fact| fact.of.as_deref()).unwrap_or("items");
                format!("{} {of}: {}", items.len(), wording::few(items))
            }
            Self::People(people) if people.by.len() > PLACES => people.show_of(std::iter::empty()),
            value => value.show(fact),
        }
    }

    /// As [`Value::brief`], for whoever just gave it: each place by its name, however many there are.
    pub fn echo(&self, fact: &Fact) -> String {
        match self {
            Self::People(people) => people.show_by(place::named),
            Self::Text(code) if fact.kind == FactType::Place => place::named(code),
            // What holds an "and" may be several: how many were read shows it.
            Self::List(items)
                if (1..=PLACES).contains(&items.len())
                    && !fact.phrases
                    && items.iter().any(|item| holds_and(item)) =>
            {
                let of = fact.of.as_deref().unwrap_or("items");
                format!("{}: {}", wording::count(items.len(), &singular(of)), self.show(Some(fact)))
            }
            value => value.brief(Some(fact)),
        }
    }

    /// The value in words; what is foreign in it is not yet escaped. The fact gives units and the
    /// titles of options.
    pub fn show(&self, fact: Option<&Fact>) -> String {
        let title = |id: &String| {
            let option = fact.and_then(|fact| fact.options.iter().find(|option| option.id == *id));
            option.map_or_else(|| id.clone(), |option| option.title.clone())
        };
        match self {
            Self::Unknown => "unknown".to_owned(),
            Self::None => "none".to_owned(),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Count(count) => match fact.and_then(|fact| fact.of.as_deref()) {
                Some(of) if count.n == 1 => format!("{} {}", number(count), singular(of)),
                Some(of) => format!("{} {of}", number(count)),
                None => number(count),
            },
            Self::Text(text) => text.clone(),
            Self::List(items) if fact.is_some_and(|fact| fact.phrases) && !items.is_empty() => {
                items.join("; ")
            }
            Self::List(items) => joined(items.iter().cloned()),
            Self::Choice(id) => title(id),
            Self::Choices(ids) => joined(ids.iter().map(title)),
            Self::Time(when) => when.show(),
            Self::Duration(seconds) => {
                let seconds = i64::try_from(*seconds).ok();
                let length = seconds.and_then(chrono::TimeDelta::try_seconds);
                length.map_or_else(|| "very long".to_owned(), wording::length)
            }
            Self::Money(money) => money.show(),
            Self::People(people) => people.show(),
        }
    }
}

impl People {
    /// Codes and numbers, as they can be given. Codes that would be asked back stand by name.
    fn show(&self) -> String {
        let is_asked = self.by.keys().filter(|code| Both::of(code).is_some()).nth(1).is_some();
        self.show_by(|code| match place::name(code) {
            Some(name) if is_asked && Both::of(code).is_some() => name.to_owned(),
            _ => code.to_owned(),
        })
    }

    fn show_by(&self, place: impl Fn(&str) -> String) -> String {
        joined(self.by.iter().map(|(code, count)| {
            let unknown = Count { n: 0, basis: Basis::AtLeast };
            let shown = if *count == unknown { "unknown".to_owned() } else { number(count) };
            format!("{} {shown}", place(code))
        }))
    }
}

fn number(count: &Count) -> String {
    let basis = match count.basis {
        Basis::Exact => "",
        Basis::About => "about ",
        Basis::AtMost => "at most ",
        Basis::AtLeast => "at least ",
    };
    format!("{basis}{}", count.n)
}

fn holds_and(item: &str) -> bool {
    item.split_whitespace().any(|word| ["and", "&", "or", "plus"].contains(&word))
}

fn joined(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}
