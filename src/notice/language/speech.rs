//! Words by which a language says that data was taken, doubts it, and names people who are not those
//! affected.

use crate::document::Table;
use crate::document::shape::{Key, Kind, Shape};

/// How far behind a word the people stand whose it is: `the log-in of one of our suppliers`.
const NEAR: usize = 5;

/// Signs, in small letters but for those of an address: `Ihr` is not `ihr`.
#[derive(Clone, Debug, Default)]
pub(super) struct Speech {
    theft: Vec<String>,
    doubt: Vec<String>,
    others: Vec<String>,
    address: Vec<String>,
}

pub(super) static SPEECH: Shape = Shape {
    name: "words by which a text betrays what it says",
    keys: &[
        Key::required("theft", Kind::Array(&Kind::Line), "That data was copied or stolen."),
        Key::required("doubt", Kind::Array(&Kind::Line), "That nobody knows whether it was."),
        Key::required("others", Kind::Array(&Kind::Line), "Beginnings: who is not affected."),
        Key::required("address", Kind::Array(&Kind::Line), "How it addresses its reader."),
    ],
};

impl Speech {
    pub(super) fn read(table: &Table<'_>) -> Self {
        let of = |key: &str| {
            let signs = table.texts(key);
            signs.iter().map(|sign| sign.text.to_lowercase()).collect()
        };
        let address = table.texts("address");
        let address = address.iter().map(|sign| sign.text.clone().into_owned()).collect();
        Self { theft: of("theft"), doubt: of("doubt"), others: of("others"), address }
    }

    pub(super) fn is_empty(&self) -> bool {
        [&self.theft, &self.doubt, &self.others, &self.address].iter().any(|signs| signs.is_empty())
    }

    /// Whether a text has a word that begins like one of these signs, and is not of others.
    pub(super) fn speaks_of(&self, signs: &[String], text: &str) -> bool {
        let text = text.to_lowercase();
        signs.iter().any(|sign| {
            let mut found = text.match_indices(sign.as_str());
            found.any(|(at, _)| begins(&text, at) && !self.is_of_others(&text, at))
        })
    }

    pub(super) fn tells_theft(&self, text: &str) -> bool {
        holds(&self.theft, &text.to_lowercase())
    }

    pub(super) fn doubts(&self, text: &str) -> bool {
        holds(&self.doubt, &text.to_lowercase())
    }

    pub(super) fn addresses(&self, text: &str) -> bool {
        holds(&self.address, text)
    }

    /// Whether a word belongs to somebody else: `the supplier's password`, `the password of a supplier`.
    fn is_of_others(&self, text: &str, at: usize) -> bool {
        // An article can be part of the word: `l’administrateur`.
        let is_other = |word: &str| {
            let mut parts = word.split(['\'', '’']);
            parts.any(|part| self.others.iter().any(|other| part.starts_with(other.as_str())))
        };
        let (before, after) = text.split_at(at);
        let owner = words(before).next_back();
        let owns = owner.is_some_and(|word| is_other(word) && word.contains(['\'', '’']));
        let ends = after.find(['.', ',', ';', '!', '?']).unwrap_or(after.len());
        owns || words(&after[..ends]).skip(1).take(NEAR).any(is_other)
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let other = |c: char| !(c.is_alphanumeric() || c == '\'' || c == '’' || c == '-');
    text.split(other).filter(|word| !word.is_empty())
}

/// Whether a word begins there.
fn begins(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether a text has one of these as whole words.
fn holds(signs: &[String], text: &str) -> bool {
    signs.iter().any(|sign| {
        text.match_indices(sign.as_str()).any(|(at, _)| {
            let behind = text[at + sign.len()..].chars().next();
            begins(text, at) && !behind.is_some_and(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::Speech;

    fn english() -> Speech {
        let of = |signs: &[&str]| signs.iter().map(|sign| (*sign).to_owned()).collect();
        Speech {
            theft: of(&["copied", "theft of"]),
            doubt: of(&["no evidence"]),
            others: of(&["supplier", "employee", "administrator"]),
            address: of(&["you", "your"]),
        }
    }

    #[test]
    fn a_word_of_somebody_else_is_none_of_the_people_affected() {
        let (speech, signs) = (english(), ["password".to_owned(), "log-in".to_owned()]);
        for (text, is_theirs) in [
            ("An intruder used a supplier's log-in.", false),
            ("An intruder used the log-in of one of our suppliers.", false),
            ("An intruder used the password of an administrator, and copied names.", false),
            ("We replaced every employee’s password.", false),
            ("Somebody copied passwords.", true),
            ("A supplier lost your password.", true),
            ("The password of customers. A supplier lost it.", true),
            ("A supplier's log-in opened the way to passwords.", true),
        ] {
            assert_eq!(speech.speaks_of(&signs, text), is_theirs, "{text}");
        }
    }

    #[test]
    fn signs_of_theft_and_doubt_are_whole_words() {
        let speech = english();
        assert!(speech.tells_theft("Somebody copied names."));
        assert!(!speech.tells_theft("This could lead to identity theft."));
        assert!(speech.doubts("There is no evidence of it."));
        assert!(!speech.doubts("Casino evidence."));
        assert!(speech.addresses("Others could write to you."));
        assert!(!speech.addresses("Young people lost data."));
    }
}
