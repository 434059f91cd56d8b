//! Texts changed by chance, the same each time.

/// Numbers that look like chance.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("48 bits")
    }

    fn below(&mut self, most: usize) -> usize {
        self.next() % most.max(1)
    }
}

/// What formats give a meaning to.
const TOKENS: &[&str] = &[
    "\"",
    "\"\"\"",
    "'''",
    "'",
    "[",
    "[[",
    "]",
    "]]",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "=",
    ",",
    ":",
    ".",
    "\\",
    "\\u",
    "\\uD800",
    "#",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "é",
    "🂡",
    "-1",
    "0",
    "9999999999999999999999",
    "18446744073709551615",
    "1e999",
    "nan",
    "inf",
    "0000-00-00",
    "9999-12-31",
    "9999-12-31T23:59:60Z",
    "262143-01-01",
    "P9999999Y",
    "not ",
    " and ",
    " or ",
    " in ",
    "((((((((((((((((",
    "))",
    "{item}",
    "true",
    "null",
    "{}",
    "[]",
    "[[step]]\n",
    "when = \"",
    "schema = ",
    "id = \"\"",
    "{% for i in range(9) %}",
    "/../",
    "\u{ff}",
];

/// A text changed in one to four places.
pub(super) fn mutated(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let length = 1 << chance.below(9);
        let end = (at + 1 + chance.below(length)).min(bytes.len()).max(at);
        match chance.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).expect("a byte"),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].repeat(1 + chance.below(6));
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len());
                let to = (from + chance.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            6 => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (one, two) = (chance.below(lines.len()), chance.below(lines.len()));
                if !lines.is_empty() {
                    lines.swap(one, two);
                }
                bytes = lines.concat();
            }
            _ => {
                let token = TOKENS[chance.below(TOKENS.len())].as_bytes();
                bytes
                    .splice(at..if chance.below(2) == 0 { at } else { end }, token.iter().copied());
            }
        }
    }
    bytes
}
