//! One form for all spellings of a name: compatibility forms taken apart, letters small, marks,
//! apostrophes and invisible characters left out, every dash and space one space. Each place of it
//! knows the characters of the text that it came from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Letters that are written in another way where a keyboard lacks them, and do not come apart.
const PLAIN: [(char, &str); 13] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ς', "σ"),
    ('ё', "е"),
    ('ґ', "г"),
];

/// Umlauts as they are written without a key for them.
const SPELT: [(char, &str); 5] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('å', "aa"), ('ø', "oe")];

/// A text in the one form.
pub(super) struct Folded {
    /// The text.
    pub(super) text: String,
    /// For each byte of it, the character of the original that it came from.
    from: Vec<Range<usize>>,
}

impl Folded {
    /// A text in the one form.
    pub(super) fn new(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), from: Vec::new() };
        for (at, c) in original.char_indices() {
            let from = at..at + c.len_utf8();
            fold(c, &mut folded.text);
            if folded.text.len() == folded.from.len() && is_mark(c) {
                // It goes with the letter before it.
                for last in folded.from.iter_mut().rev().take_while(|last| last.end == from.start) {
                    last.end = from.end;
                }
            }
            folded.from.resize(folded.text.len(), from);
        }
        folded
    }

    /// The characters of the original that a place of the text came from, if it begins and ends
    /// with whole ones.
    pub(super) fn original(&self, place: Range<usize>) -> Option<Range<usize>> {
        let (first, last) =
            (self.from.get(place.start)?, self.from.get(place.end.checked_sub(1)?)?);
        let begins = place.start == 0 || self.from[place.start - 1] != *first;
        let ends = self.from.get(place.end) != Some(last);
        (begins && ends).then_some(first.start..last.end)
    }
}

/// The forms in which a name is looked for.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let plain = Folded::new(name).text;
    let composed: String = name.nfc().flat_map(char::to_lowercase).collect();
    let spelt: String = composed
        .chars()
        .map(|c| {
            let spelt = SPELT.iter().find(|(letter, _)| *letter == c);
            spelt.map_or_else(|| c.to_string(), |(_, spelt)| (*spelt).to_owned())
        })
        .collect();
    let spelt = Folded::new(&spelt).text;
    let mut all = vec![plain, spelt];
    // Family and given name with or without a space between them.
    if all[0].contains(' ') && all[0].chars().all(|c| c == ' ' || is_unspaced(c)) {
        all.push(all[0].replace(' ', ""));
    }
    for form in &mut all {
        *form = form.trim().to_owned();
    }
    all.sort();
    all.dedup();
    all.retain(|form| !form.is_empty());
    all
}

fn fold(c: char, text: &mut String) {
    // A spacing accent would come apart into a space.
    if is_apostrophe(c) {
        return;
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        if is_mark(c) || is_apostrophe(c) || is_unseen(c) {
            continue;
        }
        if c.is_whitespace() || is_dash(c) || c == '・' {
            if !text.ends_with(' ') {
                text.push(' ');
            }
        } else if let Some((_, plain)) = PLAIN.iter().find(|(letter, _)| *letter == c) {
            text.push_str(plain);
        } else {
            text.push(c);
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5be}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{5f3}' | '\u{2b0}'..='\u{2ff}' | '\u{2018}'..='\u{201b}' | '\u{2032}'
    )
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Marks that change how a letter sounds and not which it is. The vowel signs of Indic scripts, of
/// Thai and the voice marks of kana are no such marks.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6ed}'
            | '\u{e47}'..='\u{e4c}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Whether a letter is of a script that writes words without spaces between them, or particles
/// without one behind a name.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{fff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ffdc}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Endings that a name takes in a sentence, by the script of its last letter. Where a language changes
/// the name itself, no ending finds it.
pub(super) fn endings(last: char) -> &'static [&'static str] {
    match last {
        'a'..='z' => &["s"],
        '\u{400}'..='\u{52f}' => {
            &["а", "у", "ом", "ем", "ым", "е", "ы", "и", "ой", "ю", "я", "ові", "ові", "ому"]
        }
        '\u{530}'..='\u{58f}' => &["ը", "ն", "ի", "ին", "ից", "ով"],
        '\u{980}'..='\u{9ff}' => &["ের", "র", "কে", "এর"],
        '\u{10a0}'..='\u{10ff}' => &["მა", "მ", "ის", "ს", "ი", "ით", "თვის"],
        _ => &[],
    }
}

/// Letters that a language writes directly before a name, as words of their own.
pub(super) fn beginnings(first: char) -> &'static [char] {
    match first {
        '\u{590}'..='\u{5ff}' => &['ו', 'ב', 'ל', 'ה', 'מ', 'ש', 'כ'],
        '\u{600}'..='\u{6ff}' => &['و', 'ف', 'ب', 'ل', 'ك'],
        _ => &[],
    }
}

/// Whether the language of a name may change the name itself, so that not every form is found.
pub(super) fn is_inflected(name: &str) -> bool {
    /// Letters of Latin alphabets whose languages do so.
    const LATIN: &str = "ąćčďėęěģįķłļńňřśšťůūųźżž";
    name.chars().flat_map(char::to_lowercase).any(|c| {
        LATIN.contains(c)
            || matches!(c, '\u{370}'..='\u{58f}' | '\u{900}'..='\u{dff}' | '\u{10a0}'..='\u{10ff}')
    })
}

/// A name without the role behind it, `Eva Lindqvist (legal)`: its words stand in other sentences.
pub(super) fn without_role(name: &str) -> &str {
    let role = name.split_once(" (").filter(|(_, role)| role.starts_with(char::is_lowercase));
    role.map_or(name, |(own, _)| own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("José Núñez", "JOSE\u{301} NUN\u{303}EZ"),
            ("O’Brien", "o'brien"),
            ("Weißenborn", "WEISSENBORN"),
            ("Jean-Luc\u{a0}Ōe", "jean luc  oe"),
            ("ﬁ Ａｄａ", "fi ada"),
            ("ﾀﾅｶ", "タナカ"),
            ("مُحَمَّد", "محمد"),
        ] {
            assert_eq!(Folded::new(one).text, Folded::new(other).text, "{one}");
        }
        assert_ne!(Folded::new("が").text, Folded::new("か").text);
        assert_ne!(Folded::new("राम").text, Folded::new("रम").text);
        assert!(spellings("Jörg").contains(&"joerg".to_owned()));
        assert!(spellings("김 철수").contains(&Folded::new("김철수").text));
    }

    #[test]
    fn a_place_has_whole_characters() {
        let folded = Folded::new("xéﬁ");
        assert_eq!(folded.text, "xefi");
        assert_eq!(folded.original(1..2), Some(1..3));
        assert_eq!(folded.original(2..3), None);
        assert_eq!(folded.original(2..4), Some(3..6));
        let marked = Folded::new("e\u{301}x");
        assert_eq!(marked.original(0..1), Some(0..3));
    }
}
