//! Words by which a language says that data was taken, doubts it, and names people who are not those
//! affected.

use std::ops::Range;

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
    unsure: Vec<String>,
    touch: Vec<String>,
    safe: Vec<String>,
    letter: Vec<String>,
    idiom: Vec<String>,
}

/// How words betray classes of data: those that were affected, and all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs<'s> {
    pub(super) affected: &'s [&'s String],
    pub(super) others: &'s [&'s String],
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
        Key::optional("deny", Kind::Array(&Kind::Line), "What denies a sentence."),
        Key::optional("unsure", Kind::Array(&Kind::Line), "What leaves a sentence open."),
        Key::optional("touch", Kind::Array(&Kind::Line), "That data was affected in any way."),
        Key::optional("safe", Kind::Array(&Kind::Line), "That nothing happened to it."),
        Key::optional("letter", Kind::Array(&Kind::Line), "How a letter speaks of itself."),
        Key::optional("idiom", Kind::Array(&Kind::Line), "Where such words mean something else."),
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
            unsure: of("unsure"),
            touch: of("touch"),
            safe: of("safe"),
            letter: of("letter"),
            idiom: of("idiom"),
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
            ("unsure", &self.unsure),
            ("touch", &self.touch),
            ("safe", &self.safe),
            ("letter", &self.letter),
            ("idiom", &self.idiom),
        ];
        keys.into_iter().filter(|(_, signs)| signs.is_empty()).map(|(key, _)| key).collect()
    }

    /// Whether a text has a word that begins like one of these signs, and is not of others.
    pub(super) fn speaks_of<'s>(
        &self,
        signs: impl IntoIterator<Item = &'s String>,
        text: &str,
    ) -> bool {
        let text = text.to_lowercase();
        signs.into_iter().any(|sign| {
            let mut found = text.match_indices(sign.as_str());
            found.any(|(at, _)| begins(&text, at) && !self.is_of_others(&text, at))
        })
    }

    /// A text in small letters without the idioms: nobody takes anything who takes steps, and a ransom
    /// note is no ransom.
    fn heard(&self, text: &str) -> String {
        let mut text = text.to_lowercase();
        loop {
            let idiom = places(&self.idiom, &text).next();
            let Some(idiom) = idiom else { return text };
            text.replace_range(idiom, "");
        }
    }

    /// Where a text says that data was taken, and neither denies nor doubts it in the same breath.
    pub(super) fn thefts(&self, signs: Signs<'_>, text: &str) -> Vec<String> {
        let text = self.heard(text);
        let verb = |clause: &str| self.takes(signs, clause) || holds(&self.touch, clause);
        let of_sentence = |sentence| {
            // What denies the first of a list denies all of it: `no names, numbers or addresses were`.
            let mut is_list = false;
            let tells = move |clause: &&str| {
                let denies = is_list || holds(&self.deny, clause);
                is_list = denies && !verb(clause) && self.names(signs, clause);
                self.takes(signs, clause) && !denies && !holds(&self.doubt, clause)
            };
            clauses(sentence).filter(tells).map(str::to_owned).collect::<Vec<String>>()
        };
        statements(&text).flat_map(of_sentence).collect()
    }

    /// Whether a text denies that data was taken or affected, of data that was.
    pub(super) fn denies(&self, signs: Signs<'_>, text: &str) -> bool {
        let text = self.heard(text);
        let verb = |clause: &str| self.takes(signs, clause) || holds(&self.touch, clause);
        let is_theirs = |clause: &str| {
            self.speaks_of(signs.affected.iter().copied(), clause)
                || !self.speaks_of(signs.others.iter().copied(), clause)
                    && (self.names_goods(clause) || self.takes(signs, clause))
        };
        statements(&text).any(|sentence| {
            let has_verb = clauses(sentence).any(verb);
            clauses(sentence).any(|clause| {
                let denies = holds(&self.deny, clause) && !holds(&self.doubt, clause) && has_verb;
                (denies || holds(&self.safe, clause)) && is_theirs(clause)
            })
        })
    }

    /// Whether a clause says that data was taken, whatever else it says of it.
    fn takes(&self, signs: Signs<'_>, clause: &str) -> bool {
        let is_near = |place: Range<usize>| {
            let before: Vec<&str> = words(&clause[..place.start]).rev().take(NEAR).collect();
            let before = before.into_iter().rev();
            let near: Vec<&str> = before.chain(words(&clause[place.end..]).take(NEAR)).collect();
            let near = near.join(" ");
            self.names(signs, &near)
        };
        holds(&self.theft, clause) || places(&self.taking, clause).any(is_near)
    }

    /// Whether a clause names data, in general or of a class that was affected.
    fn names(&self, signs: Signs<'_>, clause: &str) -> bool {
        self.names_goods(clause) || self.speaks_of(signs.affected.iter().copied(), clause)
    }

    fn names_goods(&self, clause: &str) -> bool {
        words(clause).any(|word| self.goods.iter().any(|sign| word.contains(sign.as_str())))
    }

    /// Whether a text speaks of the letter in which it stands.
    pub(super) fn speaks_of_letter(&self, text: &str) -> bool {
        holds(&self.letter, &text.to_lowercase())
    }

    /// Whether a text says of itself that this became of the data, an option of `data_published`.
    pub(super) fn tells_became(&self, became: &str, text: &str) -> bool {
        let signs = match became {
            "published" => &self.public,
            "offered" => &self.sale,
            _ => &self.misuse,
        };
        let text = self.heard(text);
        let is_open = |sentence: &str| {
            [&self.deny, &self.unsure].into_iter().any(|signs| holds(signs, sentence))
        };
        sentences(&text).any(|sentence| holds(signs, sentence) && !is_open(sentence))
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
    text.split_inclusive(['.', '!', '?', ';', '\n'])
}

/// Sentences that ask nothing.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    sentences(text).filter(|sentence| !sentence.ends_with('?'))
}

fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split([',', ':', '(', ')', '–', '—'])
}

/// Whether a word begins there.
fn begins(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether a text has one of these as whole words.
fn holds(signs: &[String], text: &str) -> bool {
    places(signs, text).next().is_some()
}

/// Where a text has one of these as whole words.
fn places<'t>(signs: &'t [String], text: &'t str) -> impl Iterator<Item = Range<usize>> {
    let found = signs.iter().flat_map(|sign| text.match_indices(sign.as_str()));
    found.map(|(at, sign)| at..at + sign.len()).filter(|place| {
        let behind = text[place.end..].chars().next();
        begins(text, place.start) && !behind.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::{Signs, Speech};

    fn english() -> Speech {
        let of = |signs: &[&str]| signs.iter().map(|sign| (*sign).to_owned()).collect();
        Speech {
            taking: of(&["stolen", "exported", "theft of"]),
            goods: of(&["data", "name"]),
            public: of(&["published"]),
            sale: of(&["for sale"]),
            misuse: of(&["was misused"]),
            deny: of(&["not", "no"]),
            unsure: of(&["could"]),
            touch: of(&["affected", "accessed"]),
            safe: of(&["is safe"]),
            letter: of(&["this letter"]),
            idiom: of(&["for sale sign"]),
            theft: of(&["copied"]),
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
        let signs = ["password".to_owned(), "card".to_owned()];
        let signs = Signs { affected: &[&signs[0]], others: &[&signs[1]] };
        for (text, tells, denies) in [
            ("Somebody copied names.", true, false),
            ("This could lead to identity theft with your data.", false, false),
            ("This was the theft of data.", true, false),
            ("Part of the stolen lists of names is public.", true, false),
            ("Data was exported.", true, false),
            ("A stolen log-in was used. We keep data.", false, false),
            ("Passwords were stolen.", true, false),
            ("The stolen password of an employee was used.", false, false),
            ("There is no evidence that data was copied.", false, false),
            ("Was data copied?", false, false),
            ("No data was copied.", false, true),
            ("It was not copied.", false, true),
            ("No names, numbers or addresses were copied.", false, true),
            ("Names were copied, but no passwords.", true, true),
            ("Names were copied, but no cards.", true, false),
            ("Names were copied, and we did not see it.", true, false),
            ("Passwords were not affected.", false, true),
            ("Cards were not affected.", false, false),
            ("Our shop was not affected.", false, false),
            ("Your data is safe.", false, true),
            ("Our shop is safe.", false, false),
        ] {
            assert_eq!(!speech.thefts(signs, text).is_empty(), tells, "{text}");
            assert_eq!(speech.denies(signs, text), denies, "{text}");
        }
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
            ("offered", "There was a for sale sign.", false),
            ("used", "It is for sale.", false),
        ] {
            assert_eq!(speech.tells_became(became, text), says, "{became}: {text}");
        }
    }
}
