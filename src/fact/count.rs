//! Reads numbers: `380,000`, `about 500`, `at most 20 hosts`, `400k`.

use super::value::{Basis, Count};

/// Words before a number or behind it that say how it is meant; a longer one before one that begins it.
const BASES: [(&str, Basis); 22] = [
    ("approximately", Basis::About),
    ("approx.", Basis::About),
    ("approx", Basis::About),
    ("roughly", Basis::About),
    ("around", Basis::About),
    ("about", Basis::About),
    ("~", Basis::About),
    ("no more than", Basis::AtMost),
    ("at most", Basis::AtMost),
    ("up to", Basis::AtMost),
    ("less than", Basis::AtMost),
    ("fewer than", Basis::AtMost),
    ("under", Basis::AtMost),
    ("<=", Basis::AtMost),
    ("≤", Basis::AtMost),
    ("<", Basis::AtMost),
    ("more than", Basis::AtLeast),
    ("at least", Basis::AtLeast),
    ("over", Basis::AtLeast),
    (">=", Basis::AtLeast),
    ("≥", Basis::AtLeast),
    (">", Basis::AtLeast),
];

impl Count {
    /// Reads a number as a person gives it: `about 380,000`.
    pub fn parse(answer: &str) -> Option<Self> {
        count(answer, None)
    }

    /// How to write a number that has dots between groups of three digits: a dot may be a decimal point.
    pub fn dotted(answer: &str) -> Option<String> {
        let word = answer.split(|c: char| c.is_whitespace() || c == ',').find(|word| {
            let mut groups = word.split('.');
            let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
            let first = groups.next().unwrap_or_default();
            let mut rest = groups.peekable();
            (1..4).contains(&first.len())
                && digits(first)
                && rest.peek().is_some()
                && rest.all(|group| group.len() == 3 && digits(group))
        })?;
        let plain = word.replace('.', "");
        Some(format!("write {plain}, without a dot: in `{word}`, a dot may be a decimal point"))
    }
}

/// Reads a number, with how it is meant and perhaps its unit behind it.
pub(super) fn count(answer: &str, of: Option<&str>) -> Option<Count> {
    let answer = answer.trim().to_lowercase();
    let before = |(word, basis): &(&str, Basis)| Some((*basis, answer.strip_prefix(word)?));
    let behind = |(word, basis): &(&str, Basis)| {
        // `12 <=` would be turned round.
        let word = Some(*word).filter(|word| word.starts_with(char::is_alphabetic))?;
        Some((*basis, answer.strip_suffix(word)?.strip_suffix(' ')?))
    };
    let (basis, rest) = BASES
        .iter()
        .find_map(before)
        .or_else(|| BASES.iter().find_map(behind))
        // `61000+`.
        .or_else(|| Some((Basis::AtLeast, answer.strip_suffix('+')?)))
        .unwrap_or((Basis::Exact, &*answer));
    let units = of.map(|of| [of.to_owned(), singular(of)]).unwrap_or_default();
    let rest = units
        .iter()
        .filter(|unit| !unit.is_empty())
        .find_map(|unit| rest.strip_suffix(unit.as_str())?.strip_suffix(' '))
        .unwrap_or(rest);
    let rest = rest.trim();
    if let Some(n) = number(rest) {
        return Some(Count { n, basis });
    }
    // Nobody counts in thousands.
    let basis = if basis == Basis::Exact { Basis::About } else { basis };
    rounded(rest).map(|n| Count { n, basis })
}

/// A number in thousands or millions: `400k`, `1.2 million`.
fn rounded(text: &str) -> Option<u64> {
    const UNITS: [(&str, u32); 6] =
        [("k", 3), ("thousand", 3), ("tsd", 3), ("m", 6), ("mio", 6), ("million", 6)];
    let (number, power) =
        UNITS.iter().rev().find_map(|(unit, power)| Some((text.strip_suffix(unit)?, *power)))?;
    let (whole, part) = number.trim_end().split_once('.').unwrap_or((number.trim_end(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let zeros = power.checked_sub(u32::try_from(part.len()).ok()?)?;
    if whole.is_empty() || number.trim_end().ends_with('.') || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part}").parse::<u64>().ok()?.checked_mul(10_u64.pow(zeros))
}

/// Digits, in groups of three where they are grouped: `380000`, `380,000`, `380 000`.
pub(super) fn number(text: &str) -> Option<u64> {
    let is_joint = |c| matches!(c, ',' | ' ' | '\'' | '_' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut groups = text.split(is_joint);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// One of what is counted.
pub(super) fn singular(of: &str) -> String {
    match of {
        "people" => "person".to_owned(),
        _ => of.strip_suffix('s').unwrap_or(of).to_owned(),
    }
}
