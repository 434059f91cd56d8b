//! What a responder types at a step: one key, perhaps with text behind it.

use super::Act;
use crate::clock::Clock;
use crate::fact::When;

/// What the responder wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Done,
    Skip,
    NotApplicable,
    Wait,
    Block,
    Note,
    Run,
    Copy,
    Evidence,
    Fact,
    Back,
    Jump,
    Outline,
    Help,
    Quit,
}

/// The keys in the order in which they are shown, with their help.
pub const KEYS: &[(char, &str, &str)] = &[
    ('d', "done", "you did it; text after the key is kept: d isolated web-03"),
    ('s', "skip", "you leave it out, with a reason: s the host is gone"),
    ('a', "not applicable", "it does not apply here, with a reason"),
    ('w', "wait or assign", "w Priya in networking, 04:30, or: w to Priya, 04:30"),
    ('x', "blocked", "something stands in the way: x no access to the account"),
    ('n', "note", "write anything down: n saw a second script"),
    ('r', "run", "run a command of this step here: r, r 2, r snapshot"),
    ('c', "copy", "show a command to run elsewhere, then take what it printed"),
    ('e', "evidence", "keep a file or a reference: e /var/log/x.log, e aws:snap-0a1b"),
    ('f', "fact", "set a fact: f hosts_affected web-01, web-02"),
    ('b', "back", "go back to the previous step; a new answer corrects the old one"),
    ('j', "jump", "go to another step: j 7, j block-drop-domain"),
    ('o', "outline", "list all steps and their state"),
    ('?', "why and help", "show why this step matters, and what the keys do"),
    ('q', "quit for now", "stop; everything is kept, and the same command continues"),
];

impl Key {
    fn parse(key: char) -> Option<Self> {
        Some(match key {
            'd' => Self::Done,
            's' => Self::Skip,
            'a' => Self::NotApplicable,
            'w' => Self::Wait,
            'x' => Self::Block,
            'n' => Self::Note,
            'r' => Self::Run,
            'c' => Self::Copy,
            'e' => Self::Evidence,
            'f' => Self::Fact,
            'b' => Self::Back,
            'j' => Self::Jump,
            'o' => Self::Outline,
            '?' => Self::Help,
            'q' => Self::Quit,
            _ => return None,
        })
    }
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
        Key::parse(first.to_ascii_lowercase())?
    } else {
        match word.to_ascii_lowercase().as_str() {
            "done" => Key::Done,
            "skip" => Key::Skip,
            "help" => Key::Help,
            "quit" | "exit" => Key::Quit,
            "back" => Key::Back,
            "outline" => Key::Outline,
            _ => return None,
        }
    };
    // `quit`, `back` and the like take no text: with text it is a sentence.
    let takes_text = !matches!(key, Key::Quit | Key::Back | Key::Outline | Key::Help);
    (takes_text || rest.is_empty()).then(|| (key, rest.trim()))
}

/// Whether a text is one of the keys alone, as tired hands type it at the wrong question.
pub(super) fn is_key(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|key| Key::parse(key).is_some()) && letters.next().is_none()
}

/// A text whose moment was taken off.
pub(super) struct Late<'a> {
    /// When it happened, if not now.
    pub(super) at: Option<When>,
    /// The rest.
    pub(super) text: &'a str,
    /// What to say of how the moment was read.
    pub(super) said: Vec<Act>,
}

/// Takes the moment off a late entry: `@02:40 isolated web-03`, `@"yesterday 23:10" …`.
pub(super) fn late<'a>(text: &'a str, clock: &dyn Clock) -> Result<Late<'a>, String> {
    let Some(rest) = text.trim_start().strip_prefix('@') else {
        return Ok(Late { at: None, text, said: Vec::new() });
    };
    let (moment, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or("the time after `@` has no closing quote")?,
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    let moment = When::parse(moment, clock)?;
    let said = moment.remarks.into_iter().map(Act::Say).collect();
    Ok(Late { at: Some(moment.value), text: rest.trim_start(), said })
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
