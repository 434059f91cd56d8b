//! What the answer to a fact can be.

/// What an answer can be. "Unknown" always can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactType {
    /// Yes or no.
    YesNo,
    /// A count of something.
    Count,
    /// Free text.
    Text,
    /// Names.
    List,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Choices,
    /// A moment.
    Time,
    /// A length of time.
    Duration,
    /// An amount of money.
    Money,
    /// Numbers of people by jurisdiction.
    People,
    /// A country or region, by its code.
    Place,
}

impl FactType {
    /// All types, as [`FactType::NAMES`].
    const ALL: [Self; 11] = [
        Self::YesNo,
        Self::Count,
        Self::Text,
        Self::List,
        Self::Choice,
        Self::Choices,
        Self::Time,
        Self::Duration,
        Self::Money,
        Self::People,
        Self::Place,
    ];

    pub(super) const NAMES: [&str; 11] = [
        "yes-no", "count", "text", "list", "choice", "choices", "time", "duration", "money",
        "people", "place",
    ];

    /// As vocabularies write it.
    pub fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it says how many.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::People)
    }

    /// Whether a condition can use it.
    pub fn is_comparable(self) -> bool {
        !matches!(self, Self::Time | Self::Duration | Self::Money)
    }

    /// Whether it can fill an argument of a command.
    pub fn is_argument(self) -> bool {
        matches!(self, Self::Text | Self::Choice | Self::Count)
    }

    /// Whether any text is an answer.
    pub(super) fn is_free_text(self) -> bool {
        matches!(self, Self::Text | Self::List)
    }

    /// Whether it has items that can be added and removed one by one.
    pub fn has_items(self) -> bool {
        matches!(self, Self::List | Self::Choices)
    }

    pub(super) fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_name() {
        for kind in FactType::ALL {
            assert_eq!(FactType::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(FactType::People.as_str(), "people");
    }
}
