//! What a reader may see: the one way by which foreign text enters a report.
//!
//! A [`Text`] can only be made by a [`Gate`], and a gate only lets through what its audience is
//! allowed (an allow-list). A field that somebody adds later is therefore withheld until it is said
//! who may read it. Hashes, ids of the record and times are no foreign text: they always stay.

mod fold;
mod mask;
mod own;
mod tlp;
mod unnamed;

use std::cell::RefCell;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use crate::fact::Class;

use crate::wording;
pub use mask::Known;
use mask::Masks;
pub use tlp::Tlp;

/// Text that somebody wrote, as this audience may read it. Not escaped: every format does that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text. Foreign: to be escaped before it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who reads the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The responders: everything, including privileged entries.
    #[default]
    Internal,
    /// Management: everything except privileged entries, machines and notes.
    Executive,
    /// The board: what happened, what it means and what is done; no reasons, no recipients.
    Board,
    /// An authority: what counsel released, causes, no names, no internal accounts, no lessons.
    Regulator,
    /// Everyone: what counsel released, the numbers, and what was done.
    Public,
}

impl Audience {
    /// All audiences.
    pub const ALL: [Self; 5] =
        [Self::Internal, Self::Executive, Self::Board, Self::Regulator, Self::Public];

    /// As one writes it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Executive => "executive",
            Self::Board => "board",
            Self::Regulator => "regulator",
            Self::Public => "public",
        }
    }

    /// Whether people are shown by name.
    pub fn names_people(self) -> bool {
        matches!(self, Self::Internal | Self::Executive | Self::Board)
    }

    /// Whether the page goes on behind the part that everybody reads. What has no annex is cut to the
    /// room that it has.
    pub fn has_annexes(self) -> bool {
        !matches!(self, Self::Executive | Self::Board)
    }

    /// Whether entries that are marked privileged are shown.
    pub fn is_privileged(self) -> bool {
        self == Self::Internal
    }

    /// The allow-list.
    fn may_read(self, class: Class) -> bool {
        use Class::{
            Action, Cause, Cost, Lesson, Plan, Reason, Recipient, Reference, Released, Scope,
            Summary, Title,
        };
        match self {
            Self::Internal => true,
            Self::Executive => matches!(
                class,
                Released
                    | Title
                    | Summary
                    | Cause
                    | Plan
                    | Scope
                    | Cost
                    | Action
                    | Lesson
                    | Reference
                    | Reason
                    | Recipient
            ),
            Self::Board => {
                matches!(class, Released | Title | Summary | Cause | Plan | Scope | Cost | Action)
            }
            Self::Regulator => {
                matches!(class, Released | Cause | Plan | Scope | Action | Reference)
            }
            Self::Public => matches!(class, Released | Plan | Scope),
        }
    }
}

/// Lets through what an audience may read.
pub struct Gate {
    audience: Audience,
    pseudonyms: BTreeMap<String, String>,
    masks: Masking,
    withheld: RefCell<BTreeMap<Class, u64>>,
}

/// How names are kept from texts that are let through.
enum Masking {
    /// This audience sees names.
    Off,
    /// These words are replaced.
    Words(Masks),
    /// There are more names than can be looked for: no text is shown.
    All,
}

impl Gate {
    /// A gate for an audience.
    pub fn new(audience: Audience, known: &Known) -> Self {
        let pseudonym = |(number, name): (usize, &String)| {
            (name.clone(), format!("responder {}", letters(number)))
        };
        let pseudonyms: BTreeMap<String, String> =
            known.people().iter().enumerate().map(pseudonym).collect();
        let masks = if audience.names_people() {
            Masking::Off
        } else {
            Masks::new(known, &pseudonyms).map_or(Masking::All, Masking::Words)
        };
        Self { audience, pseudonyms, masks, withheld: RefCell::default() }
    }

    /// The audience.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// A person, by name or by pseudonym.
    pub fn person(&self, name: &str) -> Text {
        if self.audience.names_people() {
            return Text(name.to_owned());
        }
        let pseudonym = self.pseudonyms.get(name.trim());
        Text(pseudonym.cloned().unwrap_or_else(|| "a responder".to_owned()))
    }

    /// A text, if the audience may read its class. What is withheld is counted.
    pub fn text(&self, class: Class, text: &str) -> Option<Text> {
        if class == Class::Released {
            // Counsel has read it: a contact in it is meant to be seen.
            return Some(Text(text.to_owned()));
        }
        if self.audience.may_read(class) {
            return Some(Text(self.masked(text)));
        }
        *self.withheld.borrow_mut().entry(class).or_default() += 1;
        None
    }

    /// An id or a title that every audience sees, names in it apart.
    pub fn id(&self, text: &str) -> Text {
        Text(self.masked(text))
    }

    /// Words of the program itself, or that went through the gate before: they name nothing.
    pub(in crate::report) fn ours(&self, text: &str) -> Text {
        self.led(text, "")
    }

    /// Words of the program itself, and an id or a title behind them.
    pub(in crate::report) fn led(&self, ours: &str, text: &str) -> Text {
        Text(format!("{ours}{}", self.masked(text)))
    }

    /// A word of an open set. What no version is known to write could be anything.
    pub fn word(&self, word: &str, is_known: bool) -> Text {
        match is_known {
            true => self.ours(word),
            false if self.audience.names_people() => self.id(word),
            false => self.ours("another word"),
        }
    }

    /// Whether the audience sees texts of a class at all.
    pub fn sees(&self, class: Class) -> bool {
        self.audience.may_read(class)
    }

    /// As [`Gate::text`], of a text that need not be there.
    pub fn option(&self, class: Class, text: Option<&str>) -> Option<Text> {
        text.filter(|text| !text.is_empty()).and_then(|text| self.text(class, text))
    }

    /// How many texts of each class were withheld so far.
    pub fn withheld(&self) -> BTreeMap<Class, u64> {
        self.withheld.borrow().clone()
    }

    fn masked(&self, text: &str) -> String {
        match &self.masks {
            Masking::Off => text.to_owned(),
            Masking::All => "[withheld]".to_owned(),
            Masking::Words(masks) => {
                // Faces show no signs of Markdown: a name that they tear is one for the reader.
                let (shown, words) = (masks.masked(text), wording::unmarked(text));
                if words == text {
                    return shown;
                }
                let plain = masks.masked(&words);
                if wording::unmarked(&shown) == plain { shown } else { plain }
            }
        }
    }
}

/// `A`, `B`, … `Z`, `AA`.
fn letters(number: usize) -> String {
    let mut name = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let mut known = Known::default();
        known.person("Ada Lovelace");
        known.person("Bo");
        known.hidden("web-03");
        known
    }

    #[test]
    fn people_get_the_same_letter_everywhere() {
        let gate = Gate::new(Audience::Regulator, &known());
        assert_eq!(gate.person("Bo").as_str(), "responder B");
        assert_eq!(gate.person("Nobody").as_str(), "a responder");
        let text = "ADA LOVELACE and Lovelace, not lovelace's WEB-03; ada@example.org asked";
        let shown = gate.text(Class::Cause, text).expect("a cause");
        assert_eq!(
            shown.as_str(),
            "responder A and responder A, not lovelace's [withheld]; [address] asked"
        );
        let released = gate.text(Class::Released, "Ask Ada Lovelace, +44 20 7946 0999");
        assert_eq!(released.expect("all").as_str(), "Ask Ada Lovelace, +44 20 7946 0999");
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn signs_of_markup_tear_no_name_that_is_hidden() {
        let gate = Gate::new(Audience::Regulator, &known());
        for text in ["Ada Love**lace** saw it", "A*d*a Lovelace saw it", "&#65;da Lovelace saw it"]
        {
            let shown = gate.text(Class::Cause, text).expect("a cause");
            assert_eq!(wording::unmarked(shown.as_str()), "responder A saw it", "{text}");
        }
        let plain = gate
            .text(Class::Cause, "**Ada Lovelace** saw `web-03`, and _others_")
            .expect("a cause");
        assert_eq!(wording::unmarked(plain.as_str()), "responder A saw [withheld], and others");
    }

    #[test]
    fn what_is_not_allowed_is_withheld_and_counted() {
        let gate = Gate::new(Audience::Public, &known());
        for class in
            [Class::Note, Class::Note, Class::Reason, Class::Machine, Class::Lesson, Class::Summary]
        {
            assert_eq!(gate.text(class, "x"), None);
        }
        assert_eq!(gate.withheld().get(&Class::Note), Some(&2));
        let internal = Gate::new(Audience::Internal, &known());
        assert_eq!(internal.text(Class::Note, "Ada").expect("all").as_str(), "Ada");
    }
}
