//! What stands where a secret would, and is none: placeholders, variables, names and flags.

use super::table::{Name, TABLE};

/// Words that say what kind of thing a value is, or that there is none.
const WORDS: [&str; 46] = [
    "true",
    "false",
    "none",
    "null",
    "nil",
    "undefined",
    "required",
    "optional",
    "unknown",
    "empty",
    "missing",
    "unset",
    "string",
    "text",
    "value",
    "bytes",
    "number",
    "boolean",
    "object",
    "changeme",
    "change-me",
    "change_me",
    "changeit",
    "replaceme",
    "placeholder",
    "redacted",
    "masked",
    "hidden",
    "removed",
    "here",
    "base64",
    "sha256",
    "sha-256",
    "sha512",
    "sha1",
    "bcrypt",
    "argon2id",
    "scrypt",
    "pbkdf2",
    "oauth2",
    "utf-8",
    "utf8",
    "x509",
    "todo",
    "tbd",
    "dummy",
];

/// What names of secrets are made of.
const PARTS: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pass",
    "pwd",
    "secret",
    "secrets",
    "token",
    "key",
    "apikey",
    "pw",
    "credential",
    "credentials",
];

/// Objects that code reads a value from.
const ROOTS: [&str; 27] = [
    "self", "this", "args", "config", "cfg", "conf", "settings", "opts", "options", "params", "os",
    "process", "env", "request", "req", "ctx", "context", "user", "body", "data", "input", "form",
    "vault", "creds", "event", "state", "props",
];

/// A placeholder, a variable or a path says where a secret comes from, not what it is; a flag says
/// whether there is one.
pub(super) fn is_value(value: &str) -> bool {
    let starts = [
        '{', '[', '$', '%', '/', '~', '.', '@', '*', '-', '…', '<', '>', '&', '(', '\\', '|', '`',
        '!',
    ];
    let lower = value.to_ascii_lowercase();
    value.len() >= 4
        && !value.starts_with(starts)
        && !is_repeated(value.as_bytes())
        && !is_colour(value)
        && !WORDS.contains(&&*lower)
        && ![
            "xxxx",
            "****",
            "...",
            "…",
            "${",
            "{{",
            "example",
            "placeholder",
            "redacted",
            "changeme",
        ]
        .iter()
        .any(|sign| lower.contains(sign))
        && !["your", "<", "insert"].iter().any(|sign| lower.starts_with(sign))
        && !is_name(value)
}

/// `#d0d0d0`, as themes of editors give it to tokens.
fn is_colour(value: &str) -> bool {
    value
        .strip_prefix('#')
        .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether all bytes are the same.
pub(super) fn is_repeated(value: &[u8]) -> bool {
    value.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether it is a name in code or in a text that explains, rather than a value.
fn is_name(value: &str) -> bool {
    let is_code = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '?');
    if value.contains(|c: char| !is_code(c)) || value.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let path: Vec<&str> = value.split(['.', ':', '?']).filter(|part| !part.is_empty()).collect();
    let letters = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let whole = path.iter().all(letters);
    if whole && path.len() > 1 && path.first().is_some_and(|root| ROOTS.contains(root)) {
        return true;
    }
    let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let parts = || path.iter().flat_map(|part| humps(part));
    !has_digits && parts().any(|part| is_part(&part.to_lowercase()))
}

/// Whether a lower-case word is part of a name for secrets.
pub(super) fn is_part(word: &str) -> bool {
    let named = |name: &Name| name.names.iter().any(|own| own == word);
    PARTS.contains(&word) || TABLE.name.iter().any(named)
}

/// The words that a name is joined from: at `_`, `-` and capitals.
fn humps(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in name.split(['_', '-']) {
        let bytes = part.as_bytes();
        let mut from = 0;
        for at in 1..bytes.len() {
            if bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase() {
                words.push(&part[from..at]);
                from = at;
            }
        }
        words.push(&part[from..]);
    }
    words
}

/// Whether letters and digits stand side by side, as prose has them nowhere: of a value that only
/// its neighbours make a secret.
pub(super) fn is_mixed(value: &str) -> bool {
    let has_letter = || value.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    value.len() >= 6 && value.bytes().any(|byte| byte.is_ascii_digit()) && has_letter()
}

/// Whether it is written as a moment or a path in code.
pub(super) fn is_other(value: &str) -> bool {
    let bytes = value.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let date = digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7);
    let path = value.contains("::") || value.contains("->") || value.contains("//");
    let parts = value.split('.');
    let dotted = parts.clone().count() > 1
        && parts.clone().all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
    let algorithm = ["sha", "md5", "base64", "aes", "rsa", "x509", "http", "utf"];
    let lower = value.to_ascii_lowercase();
    date || path || dotted || algorithm.iter().any(|start| lower.starts_with(start))
}
