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
    taking: Vec<String>,
    goods: Vec<String>,
    doubt: Vec<String>,
    others: Vec<String>,
    address: Vec<String>,
    public: Vec<String>,
    sale: Vec<String>,
    misuse: Vec<String>,
    deny: Vec<String>,
}

pub(super) static SPEECH: Shape = Shape {
    name: "words by which a text betrays what it says",
    keys: &[
        Key::required("theft", Kind::Array(&Kind::Line), "That data was copied or stolen."),
        Key::optional("taking", Kind::Array(&Kind::Line), "The same near one of the next."),
        Key::optional("goods", Kind::Array(&Kind::Line), "Parts of words: what is taken."),
        Key::required("doubt", Kind::Array(&Kind::Line), "That nobody knows whether it was."),
        Key::required("others", Kind::Array(&Kind::Line), "Beginnings: who is not affected."),
        Key::required("address", Kind::Array(&Kind::Line), "How it addresses its reader."),
        Key::optional("public", Kind::Array(&Kind::Line), "That data is public."),
        Key::optional("sale", Kind::Array(&Kind::Line), "That it is for sale, or held to ransom."),
        Key::optional("misuse", Kind::Array(&Kind::Line), "That it was misused."),
        Key::optional("deny", Kind::Array(&Kind::Line), "What takes that back in a sentence."),
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
        Self {
            theft: of("theft"),
            taking: of("taking"),
            goods: of("goods"),
            doubt: of("doubt"),
            others: of("others"),
            address,
            public: of("public"),
            sale: of("sale"),
            misuse: of("misuse"),
            deny: of("deny"),
        }
    }

    /// The keys without which it overhears what it should mark.
    pub(super) fn lacks(&self) -> Vec<&'static str> {
        let keys = [
            ("theft", &self.theft),
            ("taking", &self.taking),
            ("goods", &self.goods),
            ("doubt", &self.doubt),
            ("others", &self.others),
            ("address", &self.address),
            ("public", &self.public),
            ("sale", &self.sale),
            ("misuse", &self.misuse),
            ("deny", &self.deny),
        ];
        keys.into_iter().filter(|(_, signs)| signs.is_empty()).map(|(key, _)| key).collect()
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
        let text = text.to_lowercase();
        let takes = |sentence: &str| {
            let words: Vec<&str> = words(sentence).collect();
            let taken = |word: &&str| self.taking.iter().any(|sign| sign == *word);
            let goods = |word: &&str| self.goods.iter().any(|sign| word.contains(sign.as_str()));
            words.iter().enumerate().filter(|(_, word)| taken(word)).any(|(at, _)| {
                let near = at.saturating_sub(NEAR)..words.len().min(at + NEAR + 1);
                words[near].iter().any(goods)
            })
        };
        holds(&self.theft, &text) || sentences(&text).any(takes)
    }

    /// Whether a text says of itself that this became of the data, an option of `data_published`.
    pub(super) fn tells_became(&self, became: &str, text: &str) -> bool {
        let signs = match became {
            "published" => &self.public,
            "offered" => &self.sale,
            _ => &self.misuse,
        };
        let text = text.to_lowercase();
        sentences(&text).any(|sentence| holds(signs, sentence) && !holds(&self.deny, sentence))
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

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '!', '?', ';', '\n'])
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
            taking: of(&["stolen", "exported"]),
            goods: of(&["data", "name"]),
            public: of(&["published"]),
            sale: of(&["for sale"]),
            misuse: of(&["was misused"]),
            deny: of(&["not", "could"]),
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
        assert!(speech.tells_theft("Part of the stolen lists of names is public."));
        assert!(speech.tells_theft("Data was exported."));
        assert!(!speech.tells_theft("A stolen log-in was used. We keep data."));
        assert!(speech.doubts("There is no evidence of it."));
        assert!(!speech.doubts("Casino evidence."));
        assert!(speech.addresses("Others could write to you."));
        assert!(!speech.addresses("Young people lost data."));
    }

    #[test]
    fn what_became_of_data_is_said_unless_the_sentence_takes_it_back() {
        let speech = english();
        for (became, text, says) in [
            ("published", "Part of it has been published. More could follow.", true),
            ("published", "It was not published.", false),
            ("published", "It could be published.", false),
            ("offered", "It is for sale.", true),
            ("used", "It is for sale.", false),
        ] {
            assert_eq!(speech.tells_became(became, text), says, "{became}: {text}");
        }
    }
}
