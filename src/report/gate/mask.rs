//! Names and places in free text that leaves the house: what is looked for, and what stands instead.
//!
//! A mask that hits an ordinary word falsifies a sentence, which is worse than a name: "7 May" must
//! stay a date where a May responds. Such words are left alone, and counted.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::fold::{
    Folded, beginnings, endings, is_inflected, is_unspaced, spellings, without_role,
};
use super::own;
use super::unnamed::unnamed;

/// Accounts and machines that are ordinary words: to hide them would hide sentences.
const WORDS: &str = " admin administrator api app auth backup cache checkout database dev dns file files \
    gateway git guest host jump localhost log login mail main monitor node payment payments portal \
    print prod production proxy queue root search server service site staging store system test user \
    vpn ";

/// Words of names that mean something else far more often: months and days, verbs, colours, offices,
/// and the small words between names.
const ORDINARY: &str = " about after am an and april art as at august baker bank before bill bin \
    bishop black bo book brown by carter chase cook dale das dawn day dean december del den der \
    do dos drew each early faith fall february for frank friday from go grace grant gray green he \
    head hill home hope hunter ibn if in is it ivy jack january jewel joy july june king lane law \
    lead light long major march mark mason may me miles mills monday my no norm november october \
    of office old on or page park pat penny price ray rich rob rose rusty safe sale saturday \
    security see september shop since sky so star storm sue summer sunday team the thursday to \
    tuesday until up us van von wade ward we web wednesday west white will winter wise wood woods \
    young ";

/// Names and places that a reader must not see, in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub struct Known {
    people: Vec<String>,
    seen: BTreeSet<String>,
    /// Names of things that were judged already: every entry has a machine and an account.
    places: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

impl Known {
    /// Takes note of a person.
    pub fn person(&mut self, name: &str) {
        let name = name.trim();
        // "30 November" is not a person, though somebody may be called April May.
        let is_date =
            name.contains(|c: char| c.is_ascii_digit()) && !name.split_whitespace().any(is_telling);
        if !name.is_empty() && !is_date && !self.seen.contains(name) {
            self.seen.insert(name.to_owned());
            self.people.push(name.to_owned());
        }
    }

    /// People, in the order of their first appearance.
    pub(in crate::report) fn people(&self) -> &[String] {
        &self.people
    }

    /// How many people have names of which a part is an ordinary word, and stays in free text.
    pub fn ordinary(&self) -> usize {
        let ordinary = |name: &&String| name.split_whitespace().any(is_ordinary);
        self.people.iter().filter(ordinary).count()
    }

    /// How many people have names of which not every form can be found: those without a space, of
    /// which a part may be used alone, and those that their language changes in a sentence.
    pub fn elusive(&self) -> usize {
        let elusive = |name: &&String| {
            let name = name.as_str();
            let whole = !name.contains(char::is_whitespace) && name.chars().any(is_unspaced);
            whole || is_inflected(name)
        };
        self.people.iter().filter(elusive).count()
    }

    /// Takes note of a machine, an account or a file.
    pub fn hidden(&mut self, name: &str) {
        let name = name.trim();
        if name.len() <= 2 || self.places.contains(name) {
            return;
        }
        self.places.insert(name.to_owned());
        if is_in(WORDS, name) || is_ordinary(name) {
            return;
        }
        // A machine is called by the first part of its name more often than by all of it.
        let first = name.split('.').next().unwrap_or_default();
        if first.len() > 3 && first.len() < name.len() && is_identifier(first) {
            self.hidden.insert(first.to_owned());
        }
        self.hidden.insert(name.to_owned());
    }

    /// Takes note of a value, if it can only be the name of a thing: `snap-0a1b`, `/srv/shop`.
    pub fn value(&mut self, text: &str) {
        let text = text.trim();
        if text.len() <= LONGEST && is_identifier(text) {
            self.hidden(text);
        }
    }
}

/// Bytes of a value that can still be a name.
const LONGEST: usize = 120;

/// Whether it is one word that no sentence would have: letters beside digits or signs.
fn is_identifier(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_digit() || "-_./:\\@".contains(c);
    !text.contains(char::is_whitespace)
        && text.chars().any(char::is_alphabetic)
        && text.trim_matches(|c: char| !c.is_alphanumeric()).chars().any(sign)
}

fn is_ordinary(word: &str) -> bool {
    is_in(ORDINARY, word)
}

/// Whether a word can identify a person: a single letter, a number or an ordinary word cannot.
fn is_telling(name: &str) -> bool {
    name.chars().count() > 1 && name.chars().any(char::is_alphabetic) && !is_ordinary(name)
}

fn is_in(words: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    words.split_whitespace().any(|known| known == word)
}

/// What is replaced.
pub(in crate::report) struct Masks {
    finder: AhoCorasick,
    by: Vec<Mask>,
}

/// Something that is looked for.
struct Mask {
    /// Its one form.
    form: String,
    /// The replacement.
    instead: String,
    /// Whether it only counts with a capital: a part of a name can be a word.
    is_capital: bool,
    /// Whether it is the name of a person, which a language may begin or end in its own way.
    is_person: bool,
}

impl Masks {
    /// Masks for what is known; `None` if it is more than can be looked for.
    pub(in crate::report) fn new(
        known: &Known,
        pseudonyms: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let mut by: Vec<Mask> = Vec::new();
        let mut add = |name: &str, instead: &str, is_capital: bool, is_person: bool| {
            let masks = spellings(name).into_iter().map(|form| Mask {
                form,
                instead: instead.to_owned(),
                is_capital,
                is_person,
            });
            by.extend(masks);
        };
        for name in &known.people {
            let pseudonym = pseudonyms.get(name).map(String::as_str).unwrap_or_default();
            let parts = without_role(name)
                .split_whitespace()
                .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric() && !is_vowel(c)));
            for part in parts.filter(|part| is_telling(part)) {
                let is_capital = part.chars().next().is_some_and(char::is_uppercase);
                add(part, pseudonym, is_capital, true);
            }
            if is_telling(name) {
                add(name, pseudonym, false, true);
            }
        }
        for name in &known.hidden {
            add(name, WITHHELD, false, false);
        }
        // A person before a thing, a whole name before a part of one.
        by.sort_by(|a, b| {
            let key = |mask: &Mask| (!mask.is_person, mask.is_capital);
            a.form.cmp(&b.form).then_with(|| key(a).cmp(&key(b)))
        });
        by.dedup_by(|a, b| a.form == b.form);
        let finder = AhoCorasick::new(by.iter().map(|mask| &mask.form)).ok()?;
        Some(Self { finder, by })
    }

    /// A text without the names in it, and without what can only be an address, a number or a path.
    pub(in crate::report) fn masked(&self, text: &str) -> String {
        let folded = Folded::new(text);
        let mut shown = String::with_capacity(text.len());
        let mut written = 0;
        // A long name that is only a part of a word must not keep a shorter one in it from being seen.
        let found = self.finder.find_overlapping_iter(&folded.text);
        let mut found: Vec<(Range<usize>, &str)> = found
            .filter_map(|found| {
                let mask = &self.by[found.pattern().as_usize()];
                let place = mask.place(text, folded.original(found.range())?)?;
                Some((place, mask.instead.as_str()))
            })
            .collect();
        if !found.is_empty() {
            let own = own::places(text);
            found.retain(|(place, _)| !own.iter().any(|own| own.contains(&place.start)));
        }
        found.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
        for (place, instead) in found {
            if place.start >= written {
                shown.push_str(&text[written..place.start]);
                shown.push_str(instead);
                written = place.end;
            }
        }
        shown.push_str(&text[written..]);
        unnamed(&shown)
    }
}

impl Mask {
    /// The place of the name with what its language adds to it; none where it is only a part of a
    /// word, or a word that is written small.
    fn place(&self, text: &str, found: Range<usize>) -> Option<Range<usize>> {
        /// Letters below which a name with something added to it is more often another word.
        const LONG: usize = 4;
        let (before, name, rest) = (&text[..found.start], &text[found.clone()], &text[found.end..]);
        let is_small = |c: char| !c.is_uppercase();
        if self.is_capital && name.chars().next().is_some_and(is_small) {
            return None;
        }
        let letters = self.form.chars().count();
        let (first, last) = (name.chars().next()?, name.chars().next_back()?);
        let is_end = |edge: char, next: Option<char>| {
            next.is_none_or(|next| {
                !next.is_alphanumeric() && !is_vowel(next) || is_unspaced(next) || is_unspaced(edge)
            })
        };
        let mut letters_before = before.chars().rev();
        let (one, two) = (letters_before.next(), letters_before.next());
        let joined = one.is_some_and(|one| beginnings(first).contains(&one));
        let begins = is_end(first, one)
            || self.is_person && joined && letters + 1 >= LONG && is_end(first, two);
        if !begins {
            return None;
        }
        if is_end(last, rest.chars().next()) {
            return Some(found);
        }
        let next: String = rest.chars().take(4).flat_map(char::to_lowercase).collect();
        let small = |ending: &&&str| next.starts_with(**ending);
        let last = self.form.chars().next_back()?;
        let added = endings(last).iter().filter(small).map(|ending| ending.len());
        let added = added.filter(|added| {
            rest.is_char_boundary(*added) && is_end(last, rest[*added..].chars().next())
        });
        let added = added.max().filter(|_| self.is_person && letters >= LONG)?;
        Some(found.start..found.end + added)
    }
}

const WITHHELD: &str = "[withheld]";

/// Whether it is a sign that belongs to the letter before it, in scripts that write vowels so.
fn is_vowel(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}') && !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(known: &Known, text: &str) -> String {
        let names = known.people.iter().enumerate();
        let pseudonyms = names.map(|(n, name)| (name.clone(), format!("person {n}"))).collect();
        Masks::new(known, &pseudonyms).expect("few names").masked(text)
    }

    #[test]
    fn a_name_is_found_in_its_parts_and_never_in_an_ordinary_word() {
        let mut known = Known::default();
        let names = "April May|Will Grant|Bo Li|Lovelace, Ada|Head of the SOC|x|Eva Lind (legal)";
        for name in names.split('|') {
            known.person(name);
        }
        for no_name in ["after 12 November", "30 November", "2"] {
            known.person(no_name);
        }
        for (text, shown) in [
            ("on 7 May, will this recur?", "on 7 May, will this recur?"),
            ("April May and WILL GRANT", "person 0 and person 1"),
            ("Li saw it, ADA too", "person 2 saw it, person 3 too"),
            ("the log was read by the SOC", "the log was read by the person 4"),
            ("Lovelacey and x", "Lovelacey and x"),
            ("Lind says which legal deadlines run", "person 6 says which legal deadlines run"),
            ("2 looked after it on 30 November", "2 looked after it on 30 November"),
        ] {
            assert_eq!(masked(&known, text), shown);
        }
    }

    #[test]
    fn a_machine_is_found_by_the_first_part_of_its_name() {
        let mut known = Known::default();
        for name in ["canary-web03.corp.example", "mail", "shop", "vault:box-7"] {
            known.hidden(name);
        }
        known.value("snap-0a1b");
        known.value("two words");
        known.value("plain");
        for (text, shown) in [
            ("canary-web03 and CANARY-WEB03.corp.example", "[withheld] and [withheld]"),
            ("e-mail from the shop", "e-mail from the shop"),
            ("kept as snap-0a1b in vault:box-7", "kept as [withheld] in [withheld]"),
            ("two words, plain", "two words, plain"),
        ] {
            assert_eq!(masked(&known, text), shown);
        }
    }
}
