//! What a responder types at a step: one key, perhaps with text behind it.

/// Declares the keys from one table: letter, whole words, whether a text may follow, name, help.
macro_rules! keys {
    ($($key:ident $letter:literal [$($word:literal)*] $takes_text:literal $name:literal $help:literal)*) => {
        /// What the responder wants.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Key { $($key),* }

        /// The keys in the order in which they are shown: letter, or a blank where there is only a
        /// word; name, help.
        pub const KEYS: &[(char, &str, &str)] = &[$(($letter, $name, $help)),*];

        /// The keys as whole words.
        pub(super) fn words() -> impl Iterator<Item = &'static str> {
            [$($($word,)*)*].into_iter()
        }

        impl Key {
            fn of_letter(letter: char) -> Option<Self> {
                const LETTERS: &[(char, Key)] = &[$(($letter, Key::$key)),*];
                let key = LETTERS.iter().find(|(known, _)| *known == letter && letter != ' ');
                key.map(|(_, key)| *key)
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
    Done 'd' ["done"] true "done" "you did it, with a text or evidence: d port shut, d ./page.har"
    Skip 's' ["skip"] true "skip" "you leave it out, with a reason: s the host is gone"
    NotApplicable 'a' [] true "not applicable" "it does not apply here, with a reason"
    Wait 'w' ["wait"] true "wait or assign" "w the bank, 04:30, or: w to Priya, +30m"
    Block 'x' ["blocked"] true "blocked" "something holds it up: x no access to the account"
    Note 'n' ["note"] true "note" "write anything down: n saw a second script"
    Run 'r' ["run"] true "run" "run a command of this step here: r, r 2, r snapshot"
    Copy 'c' ["copy"] true "copy" "show a command to run elsewhere, then take what it printed"
    Evidence 'e' ["evidence"] true "evidence" "keep a file or a reference: e /var/log/x.log, e aws:snap-0a1b"
    Fact 'f' ["fact"] true "fact" "set a fact, edit a list: f hosts_affected + web-04, f leaking yes"
    Undo 'u' ["undo"] false "undo" "take back the last thing you recorded"
    More 'm' ["more"] false "more" "the full text of this step"
    View 'v' ["view"] false "view" "show the card again"
    List 'l' ["list"] false "list" "what can be done now, waits, or is yours"
    Outline 'o' ["outline"] false "outline" "list all steps and their state"
    Jump 'j' ["jump"] true "jump" "go to another step: j 7, j block-drop-domain, j 13 web-02"
    Back '<' ["back"] false "back" "go back to the previous step"
    Help '?' ["help"] false "help" "the keys that apply here"
    Quit 'q' ["quit" "exit"] false "quit for now" "stop; everything is kept, and the same command continues"
    Why ' ' ["why"] false "why" "why this step matters"
    Mine ' ' ["mine"] false "mine" "steps assigned to you"
    Open ' ' ["open"] true "open" "open a step again: open, open 7, open isolate-hosts"
    Switch ' ' ["switch"] true "switch" "follow another playbook; what is done carries over"
}

/// Reads a key alone or a key, a blank and a text. `None`: it is something else.
///
/// Whole words of the keys are read too (`done`, `skip`), since that is what tired hands type.
pub(super) fn parse(line: &str) -> Option<(Key, &str)> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    // As the card names a command.
    if let Some(number) = word.strip_prefix(['r', 'c'])
        && number.parse::<u8>().is_ok()
    {
        let key = if word.starts_with('r') { Key::Run } else { Key::Copy };
        return Some((key, line[1..].trim()));
    }
    // A line alone above others was pasted with them: no key.
    if line[word.len()..].trim_start_matches(' ').starts_with('\n') {
        return None;
    }
    let mut letters = word.chars();
    let first = letters.next()?;
    let key = if letters.next().is_none() {
        Key::of_letter(first.to_ascii_lowercase())?
    } else {
        Key::of_word(&word.to_ascii_lowercase())?
    };
    (key.takes_text() || rest.is_empty()).then(|| (key, rest.trim()))
}

impl Key {
    /// Whether it says how a step came out: of `all`, what came out before is left as it is.
    pub(super) fn settles(self) -> bool {
        self != Self::Evidence && !self.is_command()
    }

    /// Whether it is about a command.
    pub(super) fn is_command(self) -> bool {
        matches!(self, Self::Run | Self::Copy)
    }

    /// The question which items it is about.
    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Done => "Which are done?",
            Self::Skip => "Which do you skip?",
            Self::NotApplicable => "To which does the step not apply?",
            Self::Block => "Which are blocked?",
            Self::Evidence => "Of which is it evidence?",
            Self::Run => "Run it for which?",
            Self::Copy => "Copy it for which?",
            _ => "Which have to wait, or are somebody else's?",
        }
    }

    /// What it would record.
    pub(super) fn records(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Skip => "Skipped",
            Self::NotApplicable => "Not applicable",
            Self::Block => "Blocked",
            Self::Evidence => "Evidence",
            Self::Run => "Run",
            Self::Copy => "Copy",
            _ => "Wait or assign",
        }
    }
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
        assert_eq!(parse("r1 web-01"), Some((Key::Run, "1 web-01")));
    }

    #[test]
    fn sentences_are_not_keys() {
        for line in
            ["", "disabled the account", "yes", "quit smoking", "b cause", "é", "u turn", "d\njdoe"]
        {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
