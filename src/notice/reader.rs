//! Who reads a notice.

use crate::document::Document;

/// A kind of reader: each has a template of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// An authority, a regulator, a market.
    Authority,
    /// The people whose data it is, in plain language.
    People,
    /// The company whose data we hold.
    Controller,
    /// The acquirer and the card brands.
    Acquirer,
    /// The police.
    LawEnforcement,
    /// Consumer reporting agencies.
    Agencies,
    /// The press and the public.
    Media,
    /// Our own people.
    Staff,
    /// Our own register of breaches.
    Register,
    /// Those who answer the people affected.
    Support,
}

macro_rules! templates {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../playbooks/notification/notices/", $name, ".md")))),*]
    };
}

/// Name and text of the template, in the order of [`Reader::ALL`].
pub(super) const TEMPLATES: [(&str, &str); 10] = templates! {
    "authority" "people" "controller" "acquirer" "law-enforcement" "agencies" "media" "staff"
    "register" "support"
};

impl Reader {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Authority,
        Self::People,
        Self::Controller,
        Self::Acquirer,
        Self::LawEnforcement,
        Self::Agencies,
        Self::Media,
        Self::Staff,
        Self::Register,
        Self::Support,
    ];

    /// As one writes it.
    pub fn as_str(self) -> &'static str {
        TEMPLATES[self as usize].0
    }

    /// Reads what [`Reader::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == text)
    }

    /// The audience of a kind of recipient, as regimes write it; `None` where nothing is sent.
    pub fn of_recipient(recipient: &str) -> Option<Self> {
        Some(match recipient {
            "people" | "customers" => Self::People,
            "controller" => Self::Controller,
            "acquirer" | "card-brands" => Self::Acquirer,
            "law-enforcement" => Self::LawEnforcement,
            "consumer-reporting-agencies" => Self::Agencies,
            "media" | "public" => Self::Media,
            "register" => Self::Register,
            "assessment" => return None,
            _ => Self::Authority,
        })
    }

    /// Whether it is written in plain language.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::People | Self::Media | Self::Staff | Self::Support)
    }

    /// The template that comes with the tool.
    pub fn template(self) -> Document {
        let (name, text) = TEMPLATES[self as usize];
        Document {
            name: format!("playbooks/notification/notices/{name}.md"),
            text: text.to_owned(),
        }
    }
}
