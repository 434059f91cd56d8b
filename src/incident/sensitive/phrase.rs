//! Passwords of several words.

use super::placeholder::is_part;
use super::table::TABLE;

/// The most words in a passphrase.
const MOST: usize = 12;

/// Whether quoted words are a passphrase, rather than a label or a sentence: none is a word of
/// explanation, and nothing looks like code.
pub(super) fn is_phrase(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_code = |c: char| "{}<>()[]=|;:/\\\"“”„«»_".contains(c);
    let explains = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        TABLE.explains.split_whitespace().any(|own| own == word)
            || word.split(['-', '\'', '’']).any(is_part)
    };
    let letters = |word: &&str| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_long = if has_digit { words.len() >= 2 } else { words.len() >= 3 };
    is_long
        && words.len() <= MOST
        && !value.contains(is_code)
        && !value.ends_with(['.', ',', '…', '?'])
        && (has_digit || words.iter().all(letters))
        && !words.iter().any(explains)
}

/// Whether a letter has no case. Its script puts no blanks between words, or is not used for passwords.
pub(super) fn is_uncased(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}
