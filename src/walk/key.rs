//! What a responder types at a step: one key, perhaps with text behind it.

/// Declares the keys from one table: letter, whole words, whether a text may follow, name, help.
macro_rules! keys {
    ($($key:ident $letter:literal [$($word:literal)*] $takes_text:literal $name:literal $help:literal)*) => {
        /// What the responder wants.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key { $($key),* }

        /// The keys in the order in which they are shown: letter, name, help.
        pub const KEYS: &[(char, &str, &str)] = &[$(($letter, $name, $help)),*];

        impl Key {
            fn of_letter(letter: char) -> Option<Self> {
                match letter { $($letter => Some(Self::$key),)* _ => None }
            }

            fn of_word(word: &str) -> Option<Self> {
                match word { $($($word => Some(Self::$key),)*)* _ => None }
            }

            /// Whether a text may follow. Where none may, a line with more on it is a sentence.
            fn takes_text(self) -> bool {
                match self { $(Self::$key => $takes_text),* }
            }
        }
    };
}

keys! {
    Done 'd' ["done"] true "done" "you did it; text after the key is kept: d isolated web-03"
    Skip 's' ["skip"] true "skip" "you leave it out, with a reason: s the host is gone"
    NotApplicable 'a' [] true "not applicable" "it does not apply here, with a reason"
    Wait 'w' [] true "wait or assign" "w Priya in networking, 04:30, or: w to Priya, 04:30"
    Block 'x' [] true "blocked" "something stands in the way: x no access to the account"
    Note 'n' [] true "note" "write anything down: n saw a second script"
    Run 'r' [] true "run" "run a command of this step here: r, r 2, r snapshot"
    Copy 'c' [] true "copy" "show a command to run elsewhere, then take what it printed"
    Evidence 'e' [] true "evidence" "keep a file or a reference: e /var/log/x.log, e aws:snap-0a1b"
    Fact 'f' [] true "fact" "set a fact: f hosts_affected web-01, web-02"
    Back 'b' ["back"] false "back" "go back to the previous step; a new answer corrects the old one"
    Jump 'j' [] true "jump" "go to another step: j 7, j block-drop-domain"
    Outline 'o' ["outline"] false "outline" "list all steps and their state"
    Help '?' ["help"] false "why and help" "show why this step matters, and what the keys do"
    Quit 'q' ["quit" "exit"] false "quit for now" "stop; everything is kept, and the same command continues"
}

/// Reads a key alone or a key, a blank and a text. `None`: it is something else.
///
/// Whole words of the keys are read too (`done`, `skip`), since that is what tired hands type.
pub(super) fn parse(line: &str) -> Option<(Key, &str)> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let mut letters = word.chars();
    let first = letters.next()?;
    let key = if letters.next().is_none() {
        Key::of_letter(first.to_ascii_lowercase())?
    } else {
        Key::of_word(&word.to_ascii_lowercase())?
    };
    (key.takes_text() || rest.is_empty()).then(|| (key, rest.trim()))
}

/// Whether a text is one of the keys alone, as tired hands type it at the wrong question.
pub(super) fn is_key(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|key| Key::of_letter(key).is_some()) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_and_a_text() {
        assert_eq!(parse("d"), Some((Key::Done, "")));
        assert_eq!(parse(" D isolated web-03 "), Some((Key::Done, "isolated web-03")));
        assert_eq!(parse("done"), Some((Key::Done, "")));
        assert_eq!(parse("?"), Some((Key::Help, "")));
    }

    #[test]
    fn sentences_are_not_keys() {
        for line in ["", "disabled the account", "yes", "quit smoking", "b cause", "é"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
