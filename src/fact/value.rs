//! What a fact can be: typed values that keep their precision and their basis.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::jurisdiction::is_within;

/// The value of a fact. In JSON the type is the key: `{"count": {"n": 380000, …}}`, `"unknown"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nobody knows yet. An answer like any other.
    Unknown,
    /// There is none, or the question does not apply. Known, where the fact allows it.
    None,
    /// Yes or no.
    YesNo(bool),
    /// How many of something.
    Count(Count),
    /// Free text.
    Text(String),
    /// Names, in the order given, none twice.
    List(Vec<String>),
    /// One option of the fact's list, by id.
    Choice(String),
    /// Any number of options of the fact's list, by id.
    Choices(Vec<String>),
    /// A moment, as precisely as it is known.
    Time(When),
    /// A length of time in seconds.
    Duration(u64),
    /// An amount of money.
    Money(Money),
    /// Numbers of people by jurisdiction.
    People(People),
}

impl Value {
    /// Whether it says that there is none; no option chosen is another answer.
    pub fn says_none(&self) -> bool {
        matches!(self, Self::None) || matches!(self, Self::List(items) if items.is_empty())
    }

    /// The items of a list, or the chosen options.
    pub fn items(&self) -> Option<&[String]> {
        match self {
            Self::List(items) | Self::Choices(items) => Some(items),
            _ => None,
        }
    }

    /// The places that `other` lacks, each with a number here, where it has none of a part or of the whole.
    pub fn places_left_out_by(&self, other: &Self) -> Vec<String> {
        let (Self::People(known), Self::People(other)) = (self, other) else { return Vec::new() };
        let covers = |place: &String, by: &String| {
            place == by || is_within(place, by) || is_within(by, place)
        };
        let left_out = known.by.keys().filter(|place| !other.by.keys().any(|by| covers(place, by)));
        left_out.cloned().collect()
    }

    /// The items that `other` lacks.
    pub fn left_out_by(&self, other: &Self) -> Vec<String> {
        let kept = other.items().unwrap_or_default();
        let items = self.items().unwrap_or_default().iter();
        items.filter(|item| !kept.contains(item)).cloned().collect()
    }
}

/// A number, and how it is meant. Overlapping counts are never added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The number.
    pub n: u64,
    /// What kind of number it is.
    pub basis: Basis,
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Counted.
    #[default]
    Exact,
    /// Estimated.
    About,
    /// An upper bound.
    AtMost,
    /// A lower bound.
    AtLeast,
}

/// A time known to some precision: the real moment is between `earliest` and `latest`, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The earliest it can have been.
    pub earliest: DateTime<FixedOffset>,
    /// The latest it can have been.
    pub latest: DateTime<FixedOffset>,
    /// What was given. Never shown finer than this.
    pub precision: Precision,
}

/// How finely a time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the second: a machine said so.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Between two times.
    Range,
}

/// An amount in the currency's smallest unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Cents, pence, yen.
    pub minor: i64,
    /// ISO 4217 code, three capitals.
    pub currency: String,
}

/// People by jurisdiction: ISO 3166 country (`DE`) or subdivision (`US-CA`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Jurisdiction code to count.
    pub by: BTreeMap<String, Count>,
}
