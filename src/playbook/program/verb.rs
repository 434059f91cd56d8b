//! What the words of a tool say that it does: `delete`, `user-disable`, `StopInstance`, `Stop-VM`,
//! `block-ip.sh`.

use std::collections::HashMap;

use serde::Deserialize;

use super::words::Words;

/// Words with which tools say what they do.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Lists")]
pub(super) struct Verbs {
    says: HashMap<String, Says>,
    lists: Lists,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Lists {
    changes: Words,
    makes: Words,
    nouns: Words,
    asks: Words,
    reads: Words,
    copies: Words,
    groups: Words,
    settings: Words,
    valued: Words,
    glued: Words,
}

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// That something changes.
    Change,
    /// That something is made: a change unless it is a copy of what is there.
    Make,
    /// That something changes, unless a word behind it asks: then it names what is asked for.
    Noun,
    /// That it asks.
    Ask,
    /// What is asked for, unless a word right behind it says what is done with it.
    Read,
}

/// So many of an unknown program's words say what it does.
const AMONG: usize = 5;

impl From<Lists> for Verbs {
    fn from(lists: Lists) -> Self {
        let all = [
            (&lists.changes, Says::Change),
            (&lists.makes, Says::Make),
            (&lists.nouns, Says::Noun),
            (&lists.asks, Says::Ask),
            (&lists.reads, Says::Read),
        ];
        let each = |(words, says): (&Words, Says)| {
            words.all().iter().map(move |word| (word.clone(), says)).collect::<Vec<_>>()
        };
        let says = all.into_iter().flat_map(each).collect();
        Self { says, lists }
    }
}

impl Verbs {
    /// Whether the first word that says what a tool does says that it changes something. The words
    /// that say so come after so many others and are so many.
    pub(super) fn change(&self, words: &[&str], after: usize, among: usize) -> bool {
        let group = after == 0 && words.first().is_some_and(|word| self.lists.groups.has(word));
        let verbs = words.iter().skip(after + usize::from(group)).take(among);
        self.decide(verbs.map(|word| (self.says(word, after == 0), *word)), words)
    }

    /// Whether an option says so of a tool that was given no words.
    pub(super) fn option_changes(&self, option: &str) -> bool {
        self.option(0, option.trim_start_matches('-')) == Some(Says::Change)
    }

    /// As [`Self::change`], of a program of which nothing is known but its name.
    pub(super) fn unknown_change(&self, name: &str, words: &[&str]) -> bool {
        // `block-ip status` asks, and `check-host --delete` does not.
        let named = match self.program(name) {
            Some(Says::Ask) => return false,
            Some(Says::Read) | None => None,
            Some(Says::Make) if self.copies(&[name]) => None,
            // `Stop-VM` does nothing else.
            Some(_) if name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains('-') => {
                return true;
            }
            Some(_) => Some(Says::Noun),
        };
        let verbs = words.iter().take(AMONG).enumerate().map(|(at, word)| {
            let bare = word.trim_start_matches(['-', '/', '+']);
            let says = if bare.len() < word.len() {
                self.option(at, bare)
            } else if at > 0 && self.lists.valued.has(words[at - 1]) {
                None
            } else {
                self.says(word, true)
            };
            (says, bare)
        });
        let is_plain = |word: &&str| !word.starts_with(['-', '/']);
        let mut made: Vec<&str> = words.iter().copied().filter(is_plain).collect();
        made.push(name);
        self.decide(std::iter::once((named, name)).chain(verbs), &made)
    }

    fn decide<'w>(
        &self,
        verbs: impl Iterator<Item = (Option<Says>, &'w str)>,
        made: &[&str],
    ) -> bool {
        let (mut noun, mut asked) = (false, false);
        for (says, word) in verbs {
            match says {
                // `monitor mute`, but `logs update-service`.
                _ if asked && !self.says.contains_key(word) => return false,
                Some(Says::Change) => return true,
                Some(Says::Make) => return !self.copies(made),
                Some(Says::Noun) => (noun, asked) = (true, false),
                _ if asked => return false,
                Some(Says::Ask) => return false,
                Some(Says::Read) => asked = true,
                None => {}
            }
        }
        noun && !asked
    }

    /// Whether these words name a copy.
    fn copies(&self, made: &[&str]) -> bool {
        let named = made.iter().filter(|word| !word.contains(['=', '/', '.']));
        named.flat_map(|word| parts(word)).any(|part| self.lists.copies.has(&part))
    }

    /// `delete-user`, `user-delete`, `DeleteUser`, `user:delete` and `deleteuser`; of what ends with a
    /// verb only where `ends` says so.
    fn says(&self, word: &str, ends: bool) -> Option<Says> {
        let word = word.rsplit(':').next().unwrap_or_default();
        if word.is_empty() || word.len() > 48 || word.contains([' ', '/', '.', '=', '{', '\'']) {
            return None;
        }
        if let Some(says) = self.says.get(word) {
            return Some(*says);
        }
        let parts = parts(word);
        // `PowerOff` is `power-off`.
        if let Some(says) = self.says.get(&parts.join("-")) {
            return Some(*says);
        }
        let known = |part: Option<&String>| self.says.get(part?).copied();
        let first = known(parts.first());
        if parts.len() == 1 {
            return first.or_else(|| self.is_glued(&parts[0]).then_some(Says::Change));
        }
        match first {
            // `address-list` is a thing as often as a question.
            Some(Says::Read) | None if ends => {
                known(parts.last()).filter(|last| !matches!(last, Says::Ask | Says::Read)).or(first)
            }
            _ => first,
        }
    }

    /// `deleteuser`, `userdelete`; not `deleted`.
    fn is_glued(&self, word: &str) -> bool {
        let mut glued = self.lists.glued.all().iter();
        glued.any(|verb| match word.strip_prefix(verb.as_str()) {
            Some(rest) => rest.len() > 2,
            None => word.ends_with(verb.as_str()),
        })
    }

    /// An option without its hyphens: a verb, or a setting that is called like one.
    fn option(&self, at: usize, bare: &str) -> Option<Says> {
        if bare.len() < 2 {
            return None;
        }
        let word = bare.to_ascii_lowercase();
        match self.says.get(word.as_str()) {
            Some(says @ (Says::Change | Says::Ask)) => Some(*says),
            Some(says) if at < 2 => (!self.lists.settings.has(&word)).then_some(*says),
            None if at < 2 && bare.len() > 2 && !bare.contains('=') => {
                let first = &parts(bare)[0];
                let says = self.says.get(first.as_str()) == Some(&Says::Change);
                (says || self.is_glued(first)).then_some(Says::Change)
            }
            _ => None,
        }
    }

    /// The name of a program or a script.
    fn program(&self, name: &str) -> Option<Says> {
        let name = name.split('.').next().unwrap_or_default();
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
        self.says(name, true)
    }
}

/// The parts of a word in small letters.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut small = false;
    for c in word.chars() {
        let is_part = c.is_alphanumeric();
        if !is_part || small && c.is_ascii_uppercase() {
            parts.push(String::new());
        }
        small = c.is_ascii_lowercase();
        if let Some(part) = parts.last_mut().filter(|_| is_part) {
            part.push(c.to_ascii_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        parts.push(String::new());
    }
    parts
}
