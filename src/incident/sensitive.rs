//! Finds secrets and card numbers that somebody is about to write down for good.
//!
//! The log is evidence and cannot be cleaned afterwards, so such text is held back once, with the
//! offer to mask it. This looks at shapes only: it can miss a secret, and a digit run that passes
//! the Luhn check need not be a card.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem::Finder;

/// What was found, and where (byte range of the text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitive {
    /// What it looks like.
    pub what: &'static str,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Sensitive {
    /// The text with every finding masked; the last four digits of a card stay, as PCI DSS 3.4.1
    /// allows, so that people can still tell two cards apart.
    pub fn mask(text: &str, found: &[Self]) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        for finding in found {
            if finding.span.start < from {
                continue;
            }
            masked.push_str(&text[from..finding.span.start]);
            let secret = &text[finding.span.clone()];
            if finding.what == CARD {
                let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
                let _ = write!(masked, "[card …{}]", &digits[digits.len() - 4..]);
            } else {
                let _ = write!(masked, "[{} masked]", finding.what);
            }
            from = finding.span.end;
        }
        masked.push_str(&text[from..]);
        masked
    }
}

const CARD: &str = "card number";

/// Token shapes that their issuers publish: prefix, least length of the whole, what it is.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 20, "AWS access key id"),
    ("ASIA", 20, "AWS access key id"),
    ("ghp_", 40, "GitHub token"),
    ("gho_", 40, "GitHub token"),
    ("ghs_", 40, "GitHub token"),
    ("github_pat_", 40, "GitHub token"),
    ("glpat-", 26, "GitLab token"),
    ("xoxb-", 24, "Slack token"),
    ("xoxp-", 24, "Slack token"),
    ("sk_live_", 24, "Stripe key"),
    ("rk_live_", 24, "Stripe key"),
    ("AIza", 39, "Google API key"),
    ("eyJhbGciOi", 40, "JSON web token"),
];

/// What a name ends with whose value is secret, hyphens and underscores left out: `PGPASSWORD=…`,
/// `--client-secret=…`.
const NAMES: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "apikey",
    "clientsecret",
    "secretkey",
    "secretaccesskey",
    "accesstoken",
    "authtoken",
];

/// Such names that are too short to be the end of another.
const SHORT_NAMES: [&str; 4] = ["pwd", "secret", "token", "pgpass"];

/// What tokens and private keys begin with: most texts hold none of it.
static SIGNS: LazyLock<Option<Searcher>> = LazyLock::new(|| {
    let tokens = TOKENS.iter().map(|(prefix, ..)| *prefix);
    Searcher::new(tokens.chain([BEGIN]))
});

const BEGIN: &str = "-----BEGIN";

/// Whether anything but a card number can stand in a text. Far quicker than to look at each word.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'=', b':', bytes).any(|at| at > 0 && bytes[at - 1].is_ascii_alphabetic())
        // Without a searcher every word is looked at.
        || SIGNS.as_ref().is_none_or(|signs| signs.find(bytes).is_some())
}

/// Finds what looks like a secret or a card number, in the order of the text.
pub fn sensitive(text: &str) -> Vec<Sensitive> {
    let mut found = Vec::new();
    if !may_hold(text) {
        cards(text, &mut found);
        return found;
    }
    private_keys(text, &mut found);
    let mut before = ["", ""];
    for (start, word) in words(text) {
        let end = start + word.len();
        if let Some(what) = token(word) {
            found.push(Sensitive { what, span: start..end });
        } else if let Some(value) = assigned(word) {
            found.push(Sensitive { what: "password", span: start + value..end });
        } else if let Some(span) = in_address(word) {
            found.push(Sensitive { what: "password", span: start + span.start..start + span.end });
        } else if follows(before, word) {
            found.push(Sensitive { what: "password", span: start..end });
        }
        before = [before[1], word];
    }
    cards(text, &mut found);
    found.sort_by_key(|finding| finding.span.start);
    found
}

fn private_keys(text: &str, found: &mut Vec<Sensitive>) {
    const END: &str = "-----END";
    let mut from = 0;
    let begins = Finder::new(BEGIN);
    while let Some(at) = begins.find(&text.as_bytes()[from..]).map(|at| from + at) {
        let end = text[at..].find(END).map_or(text.len(), |end| at + end + END.len());
        if text[at..end].contains("PRIVATE KEY") {
            found.push(Sensitive { what: "private key", span: at..end });
        }
        from = end;
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || "\"'`,;()<>".contains(c);
    text.split(ends).filter(|word| !word.is_empty()).map(move |word| {
        // `word` is a slice of `text`, so the difference of the addresses is its offset.
        (word.as_ptr() as usize - text.as_ptr() as usize, word)
    })
}

fn token(word: &str) -> Option<&'static str> {
    // The shortest of them; most words end here.
    if word.len() < 20 {
        return None;
    }
    let value = word.rsplit(['=', ':']).next().unwrap_or(word);
    TOKENS
        .iter()
        .find(|(prefix, least, _)| {
            value.starts_with(prefix)
                && value.len() >= *least
                && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        })
        .map(|(_, _, what)| *what)
}

/// `password=…`: the offset of the value in the word.
fn assigned(word: &str) -> Option<usize> {
    memchr::memchr2_iter(b'=', b':', word.as_bytes()).map(|at| at + 1).find(|value| {
        let (name, sign) = (word[..value - 1].trim_start_matches('-'), word.as_bytes()[value - 1]);
        let name = name.rsplit(['=', ':', '?', '&', '{']).next().unwrap_or(name);
        // A name with a colon is prose, unless it is one of the words themselves.
        // `--secret=…` names one where secrets are kept.
        let store = word.starts_with("--") && name == "secret";
        let holds = !store && if sign == b'=' { ends_secret(name) } else { is_secret(name) };
        holds && is_value(&word[*value..])
    })
}

/// `https://name:password@host`: where the password stands in the word.
fn in_address(word: &str) -> Option<Range<usize>> {
    memchr::memchr(b'@', word.as_bytes())?;
    let start = word.find("://")? + 3;
    let rest = word[start..].split(['/', '?', '#']).next().unwrap_or_default();
    let (login, _) = rest.rsplit_once('@')?;
    let (name, password) = login.split_once(':')?;
    let from = start + name.len() + 1;
    is_value(password).then_some(from..from + password.len())
}

/// Whether the words before a word say that it is secret: `Authorization: Basic …`, and
/// `password: …` before what no prose would go on with.
fn follows(before: [&str; 2], word: &str) -> bool {
    let is = |word: &str, known: &str| word.eq_ignore_ascii_case(known);
    let scheme = is(before[1], "basic") || is(before[1], "bearer");
    if scheme && is(before[0], "authorization:") {
        return word.len() >= 8 && is_value(word);
    }
    let name = before[1].strip_suffix(':').is_some_and(|name| is(name, "password"));
    let mixed = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
    name && is_value(word)
        && word.len() >= 6
        && mixed(u8::is_ascii_digit)
        && mixed(u8::is_ascii_alphabetic)
}

/// A placeholder, a variable or a path says where a secret comes from, not what it is; a flag says
/// whether there is one.
fn is_value(value: &str) -> bool {
    const FLAGS: [&str; 5] = ["true", "false", "none", "null", "required"];
    value.len() >= 4
        && !value.starts_with(['{', '[', '$', '%', '/', '~', '.', '@', '*', '-', '…'])
        && !FLAGS.iter().any(|flag| value.eq_ignore_ascii_case(flag))
}

fn is_secret(name: &str) -> bool {
    NAMES.iter().chain(&SHORT_NAMES).any(|known| secret_end(name, known) == Some(true))
}

fn ends_secret(name: &str) -> bool {
    NAMES.iter().any(|known| secret_end(name, known).is_some())
        || SHORT_NAMES.iter().any(|known| secret_end(name, known) == Some(true))
}

/// Whether a name ends with a known one in any case, joints left out; and whether that is all.
fn secret_end(name: &str, known: &str) -> Option<bool> {
    let mut letters = name.bytes().rev().filter(|byte| !matches!(byte, b'-' | b'_'));
    let same = known
        .bytes()
        .rev()
        .all(|known| letters.next().is_some_and(|letter| letter.to_ascii_lowercase() == known));
    same.then(|| letters.next().is_none())
}

/// Runs of 13 to 19 digits, single spaces or hyphens between them, that pass the Luhn check.
fn cards(text: &str, found: &mut Vec<Sensitive>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = next_number(bytes, at) {
        let (end, count) = digit_run(bytes, start);
        at = end;
        if !(13..=19).contains(&count) {
            continue;
        }
        let joins =
            |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        let stands_alone = !joins(before) && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        let digits = bytes[start..end].iter().filter(|byte| byte.is_ascii_digit());
        let digits: Vec<u8> = digits.map(|byte| byte - b'0').collect();
        if stands_alone && is_issued(&digits) && luhn(&digits) {
            found.push(Sensitive { what: CARD, span: start..end });
        }
    }
}

/// Where the next digits start among which a card number can stand. Of any two bytes of one, one
/// is a digit, so only every twelfth pair is looked at.
fn next_number(bytes: &[u8], from: usize) -> Option<usize> {
    const STRIDE: usize = 12;
    let mut at = from;
    while at < bytes.len() {
        let pair = &bytes[at..bytes.len().min(at + 2)];
        if pair.iter().any(u8::is_ascii_digit) {
            let part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-');
            let before = bytes[from..at].iter().rev().take_while(part).count();
            let digit = bytes[at - before..].iter().position(u8::is_ascii_digit)?;
            return Some(at - before + digit);
        }
        at += STRIDE;
    }
    None
}

/// Where a run of digits ends, and how many there are.
fn digit_run(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut end, mut count) = (from, from, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            count += 1;
            at += 1;
            end = at;
        } else if matches!(byte, b' ' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
        } else {
            break;
        }
    }
    (end, count)
}

/// Whether the leading digit belongs to a payment network (ISO/IEC 7812: 2 to 6 in use for cards).
fn is_issued(digits: &[u8]) -> bool {
    (2..=6).contains(&digits[0]) && digits.iter().any(|digit| *digit != digits[0])
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> Vec<&'static str> {
        sensitive(text).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn finds_cards_and_keys() {
        assert_eq!(what("card 4111 1111 1111 1111 seen"), [CARD]);
        assert_eq!(what("4111-1111-1111-1111"), [CARD]);
        assert_eq!(what("key AKIAIOSFODNN7EXAMPLE in use"), ["AWS access key id"]);
        for text in [
            "db password=hunter22",
            "PGPASSWORD=hunter22 psql",
            "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI",
            "--client-secret=hunter22 --apikey",
            "curl --apikey=hunter22",
            "https://admin:hunter22@example.com/x",
            "Authorization: Basic YWRtaW46aHVudGVy",
            "Password: hunter22",
            "postgres://x/db?password=hunter22",
        ] {
            assert_eq!(what(text), ["password"], "{text}");
        }
        assert_eq!(what("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END"), ["private key"]);
    }

    #[test]
    fn finds_cards_wherever_they_stand() {
        for before in 0..40 {
            for card in
                ["4111111111111111", "4111 1111 1111 1111", "4222222222222", "4111-1111-1111-1111"]
            {
                let text = format!("{} 9 x {card}, 12", "x".repeat(before));
                assert_eq!(what(&text), [CARD], "{text}");
            }
        }
    }

    #[test]
    fn leaves_ordinary_text_alone() {
        for text in [
            "380000 transactions, 2018-08-21T22:58:05Z",
            "4111 1111 1111 1112",
            "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "0000 0000 0000 0000",
            "10.20.30.40 to 192.168.100.200",
            "--secret=db-password --password=$DB --password-file=/run/x --no-password",
            "https://example.com:8443/a@b, ssh://git@example.com, PGPASSWORD={item}",
            "Change the password: it may be known. has-password=false, page-token=abcd",
            "",
        ] {
            assert_eq!(sensitive(text), [], "{text}");
        }
    }

    #[test]
    fn masking_keeps_the_rest() {
        let text = "ä 4111111111111111 and password=hunter22 ü";
        let masked = Sensitive::mask(text, &sensitive(text));
        assert_eq!(masked, "ä [card …1111] and password=[password masked] ü");
    }
}
