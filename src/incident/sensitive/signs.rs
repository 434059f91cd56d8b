//! Searches for the prefixes of all shapes at once.
//!
//! Ours, and not `aho-corasick`, because every log line, pasted text and playbook passes through it: on
//! ordinary text it finds the same in less than half the time, as most positions fall to one table lookup.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::number;
use super::table::{Key, Name, Program, TABLE, Token};

/// The kind of thing that a prefix introduces.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    Token(&'static Token),
    Name(&'static Name),
    Program(&'static Program),
    /// `://`, before the address of a server.
    Address,
    /// A block of lines, with its row.
    Key(usize, &'static Key),
    Authorization,
    Cookie,
    /// `::`, an empty field in a dump of Windows passwords.
    WindowsHash,
    /// A country, before a bank account number of this length.
    Account(usize),
}

impl Sign {
    /// Whether case matters: machines write a prefix in one way only, people in any case.
    pub(super) fn is_exact(self) -> bool {
        matches!(self, Self::Token(_) | Self::Account(_))
    }

    /// Whether this byte can come right after the prefix.
    pub(super) fn goes_on_with(self, byte: u8) -> bool {
        match self {
            Self::Token(token) => token.of.has(byte),
            Self::Account(_) => byte.is_ascii_digit() || number::is_joint(byte),
            Self::Name(_) => b" \t=:\"'\\]#>".contains(&byte) || !byte.is_ascii(),
            Self::Program(_) => b" \t,\"'\\.".contains(&byte),
            _ => true,
        }
    }
}

/// A shape, ranked by its position in the table: overlapping findings take the name of the first.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) rank: usize,
    pub(super) what: &'static str,
}

/// The number of bytes at a position that decide which prefixes can start there.
const LOOKED_AT: usize = 4;

/// A prefix, the kind of thing that it introduces, and its shape.
pub(super) struct Beginning {
    pub(super) text: String,
    pub(super) sign: Sign,
    pub(super) shape: Shape,
    /// Its first bytes, with the bits of `open` set.
    head: u32,
    /// Bits of the first bytes that do not matter: the case of letters, and bytes that can vary.
    open: u32,
}

impl Beginning {
    fn new(text: String, sign: Sign, shape: Shape) -> Self {
        let open = |place: usize| match text.as_bytes().get(place) {
            Some(b'_') | None => u8::MAX,
            Some(own) if !sign.is_exact() && own.is_ascii_alphabetic() => 0x20,
            Some(_) => 0,
        };
        let open = u32::from_le_bytes(std::array::from_fn(open));
        let byte = |place: usize| text.as_bytes().get(place).copied().unwrap_or_default();
        let head = u32::from_le_bytes(std::array::from_fn(byte)) | open;
        Self { text, sign, shape, head, open }
    }

    /// The bytes among which are all that it allows at this position: where it has a letter, this one
    /// in both cases.
    fn candidates(&self, place: usize) -> impl Iterator<Item = u8> + use<> {
        let own = self.text.as_bytes().get(place).copied().filter(|own| *own != b'_');
        let all = own.is_none().then_some(0..=u8::MAX);
        let cases = own.map(|own| [own.to_ascii_lowercase(), own.to_ascii_uppercase()]);
        cases.into_iter().flatten().chain(all.into_iter().flatten())
    }

    /// Whether a text that starts with this prefix can have this byte at this position.
    fn allows(&self, place: usize, byte: u8) -> bool {
        let bytes = self.text.as_bytes();
        match bytes.get(place) {
            Some(own) if self.sign.is_exact() => *own == byte,
            // Any joint matches any other.
            Some(b'_') => matches!(byte, b'_' | b'-' | b' '),
            Some(own) => own.eq_ignore_ascii_case(&byte),
            None => place > bytes.len() || self.sign.goes_on_with(byte),
        }
    }

    /// Whether a text starts with this prefix and a byte that can come after it.
    fn begins(&self, text: &[u8]) -> bool {
        let whole = self.text.len() + 1;
        text.len() >= whole && (0..whole).all(|place| self.allows(place, text[place]))
    }
}

/// Prefixes in up to 64 groups, one for each bit of a mask. For each of the first positions, a table
/// says which groups allow which byte there, so a few independent lookups rule out nearly every
/// position in a text.
pub(super) struct Signs {
    groups: Vec<Vec<Beginning>>,
    masks: [[u64; 256]; LOOKED_AT],
}

impl Signs {
    pub(super) fn of(mut beginnings: Vec<Beginning>) -> Self {
        // Prefixes that start alike share a group, so that it allows few bytes. Short ones come first,
        // because any byte can follow them, and so would be allowed for the whole group.
        beginnings
            .sort_by_cached_key(|one| (one.text.len().min(LOOKED_AT), one.text.to_lowercase()));
        let size = beginnings.len().div_ceil(64);
        let mut signs = Self { groups: Vec::new(), masks: [[0; 256]; LOOKED_AT] };
        while !beginnings.is_empty() {
            let rest = beginnings.split_off(size.min(beginnings.len()));
            let group = 1 << signs.groups.len();
            for one in &beginnings {
                for (place, mask) in signs.masks.iter_mut().enumerate() {
                    for byte in one.candidates(place).filter(|byte| one.allows(place, *byte)) {
                        mask[usize::from(byte)] |= group;
                    }
                }
            }
            signs.groups.push(beginnings);
            beginnings = rest;
        }
        signs
    }

    /// Calls `found` for each prefix in a text, in order of position.
    pub(super) fn find<'s>(
        &'s self,
        text: &[u8],
        mut found: impl FnMut(&'s Beginning, Range<usize>),
    ) {
        let mut from = 0;
        while let Some((at, window)) = self.next(text, from) {
            let head = u32::from_le_bytes(window);
            let mut groups = self.standing(window);
            while groups != 0 {
                for one in &self.groups[groups.trailing_zeros() as usize] {
                    if head | one.open == one.head && one.begins(&text[at..]) {
                        found(one, at..at + one.text.len());
                    }
                }
                groups &= groups - 1;
            }
            from = at + 1;
        }
    }

    /// The same in a line, to the end of which no prefix is cut off: none goes over it.
    pub(super) fn find_in_line<'s>(
        &'s self,
        text: &[u8],
        line: &Range<usize>,
        mut found: impl FnMut(&'s Beginning, Range<usize>),
    ) {
        let start = line.start;
        self.find(&text[start..text.len().min(line.end + LOOKED_AT)], |one, at| {
            // What begins in the next line belongs to that one.
            if start + at.start < line.end {
                found(one, start + at.start..start + at.end);
            }
        });
    }

    /// The next position where a prefix can start, and the bytes there. It is not inlined, so that the
    /// loop keeps all it needs in registers.
    #[inline(never)]
    fn next(&self, text: &[u8], from: usize) -> Option<(usize, [u8; LOOKED_AT])> {
        let mut at = from;
        while let Some(window) = text.get(at..).and_then(|rest| rest.first_chunk()) {
            if self.standing(*window) != 0 {
                return Some((at, *window));
            }
            at += 1;
        }
        let byte = |at| text.get(at).copied().unwrap_or_default();
        (at..text.len())
            .map(|at| (at, std::array::from_fn(|place| byte(at + place))))
            .find(|(_, window)| self.standing(*window) != 0)
    }

    /// The groups that may have a prefix that starts with these bytes.
    fn standing(&self, window: [u8; LOOKED_AT]) -> u64 {
        let ([a, b, c, d], [first, second, third, fourth]) = (window, &self.masks);
        let one = |mask: &[u64; 256], byte: u8| mask[usize::from(byte)];
        one(first, a) & one(second, b) & one(third, c) & one(fourth, d)
    }
}

/// Lines in which nothing begins: the last one for each place in the table. Playbooks and logs say much
/// of what they say more than once: in a line in which nothing began before, nothing begins now.
pub(super) struct Quiet(Vec<Box<[u8]>>);

impl Quiet {
    const PLACES: usize = 1024;
    /// Longer lines are rarely said twice.
    const LONGEST: usize = 400;

    pub(super) fn new() -> Self {
        Self(vec![Box::default(); Self::PLACES])
    }

    fn place(line: &[u8]) -> usize {
        let ends = [
            line.first_chunk(),
            line.last_chunk(),
            line.get(line.len() / 2..).and_then(<[u8]>::first_chunk),
        ];
        let mixed = ends.into_iter().flatten().fold(line.len() as u64, |mixed, part| {
            (mixed ^ u64::from_le_bytes(*part)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
        });
        usize::try_from(mixed % Self::PLACES as u64).unwrap_or_default()
    }

    /// Calls `look` for each line of a text that is not known; it returns whether nothing begins there.
    pub(super) fn each_other_line(
        &mut self,
        text: &[u8],
        mut look: impl FnMut(Range<usize>) -> bool,
    ) {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
        for end in ends.chain(std::iter::once(text.len())) {
            let line = &text[start..end];
            let known = &mut self.0[Self::place(line)];
            if **known != *line && look(start..end) && line.len() <= Self::LONGEST {
                *known = line.into();
            }
            start = end;
        }
    }
}

thread_local! {
    /// Each thread has its own.
    pub(super) static QUIET: RefCell<Quiet> = RefCell::new(Quiet::new());
}

/// The prefixes of all shapes.
pub(super) static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut beginnings = Vec::new();
    let mut rank = 0;
    let mut add = |what: &'static str, texts: Vec<String>, sign: Sign| {
        let shape = Shape { rank, what };
        rank += 1;
        beginnings.extend(texts.into_iter().map(|text| Beginning::new(text, sign, shape)));
    };
    for token in &TABLE.token {
        add(&token.what, token.starts.clone(), Sign::Token(token));
    }
    for name in &TABLE.name {
        add(&name.what, spellings(&name.names), Sign::Name(name));
    }
    for program in &TABLE.option {
        add(&program.what, program.programs.clone(), Sign::Program(program));
    }
    for (row, key) in TABLE.key.iter().enumerate() {
        add(&key.what, vec![key.starts.clone()], Sign::Key(row, key));
    }
    for check in &TABLE.check {
        let (text, sign) = match &*check.check {
            "address" => ("://", Sign::Address),
            "authorization" => ("authorization", Sign::Authorization),
            "cookie" => ("cookie", Sign::Cookie),
            "windows-hash" => ("::", Sign::WindowsHash),
            _ => continue,
        };
        add(&check.what, vec![text.to_owned()], sign);
    }
    for (country, length) in &TABLE.iban {
        beginnings.push(Beginning::new(country.clone(), Sign::Account(*length), checked("iban")));
    }
    Signs::of(beginnings)
});

/// The shape of the check with this name.
pub(super) fn checked(name: &str) -> Shape {
    let place = TABLE.check.iter().position(|check| check.check == name);
    let place = place.unwrap_or_else(|| unreachable!("a test covers every check: {name}"));
    // Ranked after all others.
    Shape { rank: usize::MAX - TABLE.check.len() + place, what: &TABLE.check[place].what }
}

/// The ways people write a name: with or without a joint for each `_`, with its accents composed,
/// separate or left out, capitalised or in upper case. ASCII spellings are found in any case.
fn spellings(names: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for name in names {
        let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
        let capital = name.chars().next().map(char::to_uppercase);
        let capital = capital.into_iter().flatten().chain(name.chars().skip(1)).collect();
        let mut written = vec![name.clone(), name.nfd().collect(), capital, name.to_uppercase()];
        written.extend(Some(plain).filter(|plain| plain.is_ascii()));
        let ascii = |one: String| if one.is_ascii() { one.to_ascii_lowercase() } else { one };
        all.extend(written.into_iter().map(ascii).flat_map(|one| [one.replace('_', ""), one]));
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every prefix in a text, searched for at every position.
    fn plain(text: &[u8]) -> Vec<(usize, &'static str)> {
        let all = || SIGNS.groups.iter().flatten();
        let at =
            |at| all().filter(move |one| one.begins(&text[at..])).map(move |one| (at, &*one.text));
        (0..text.len()).flat_map(at).collect()
    }

    fn sorted(mut found: Vec<(usize, &str)>) -> Vec<(usize, &str)> {
        found.sort_unstable();
        found
    }

    proptest! {
        #[test]
        fn beginnings_are_found_as_if_each_were_looked_for_at_every_place(
            parts in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, "[ -~é：\n]{0,3}"), 0..12),
            upper in any::<bool>(),
        ) {
            let all: Vec<&Beginning> = SIGNS.groups.iter().flatten().collect();
            let mut text = Vec::new();
            for (one, length, behind) in parts {
                let start = one.get(&all).text.bytes().take(length.max(1) * 2);
                text.extend(start.map(|byte| if upper { byte.to_ascii_uppercase() } else { byte }));
                text.extend(behind.bytes());
            }
            let mut found = Vec::new();
            SIGNS.find(&text, |one, at| {
                assert_eq!(at.len(), one.text.len());
                found.push((at.start, &*one.text));
            });
            prop_assert_eq!(&sorted(found), &sorted(plain(&text)));
            // The second time, some lines are known.
            let mut quiet = Quiet::new();
            for _ in 0..2 {
                let mut found = Vec::new();
                quiet.each_other_line(&text, |line| {
                    let before = found.len();
                    SIGNS.find_in_line(&text, &line, |one, at| found.push((at.start, &*one.text)));
                    found.len() == before
                });
                prop_assert_eq!(sorted(found), sorted(plain(&text)));
            }
        }
    }

    #[test]
    fn every_beginning_is_found() {
        for one in SIGNS.groups.iter().flatten() {
            let mut text = format!("x {}", one.text).into_bytes();
            text.push((0..=u8::MAX).find(|byte| one.sign.goes_on_with(*byte)).expect("a byte"));
            assert!(plain(&text).contains(&(2, &one.text)), "{}", one.text);
            let mut is_found = false;
            SIGNS.find(&text, |found, at| is_found |= at.start == 2 && found.text == one.text);
            assert!(is_found, "{}", one.text);
        }
    }
}
