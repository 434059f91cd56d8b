//! Paths and references in what was typed: `./page.har`, `aws:snap-0a1b`, `CNIL-2026-17`.

use crate::id;

/// References or paths that were given together: with commas between them or, where all of them are
/// references or files, with blanks. A path may have either, so what is no such list is one path.
pub(super) fn references(spec: &str, is_file: impl Fn(&str) -> bool) -> Vec<&str> {
    let is_one = |part: &str| {
        let is_path = part.starts_with(['/', '~', '.']);
        !is_path && part.contains(':') && !part.contains(' ') || is_file(part)
    };
    let by_comma: Vec<&str> =
        spec.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let by_blank: Vec<&str> = words(spec).collect();
    // `note:none screens were locked, powered on`: the words behind one reference have commas, too.
    let is_other = |part: &&str| part.contains([':', '/', '.']) || is_file(part);
    let is_titled = by_comma.len() > 1
        && by_comma[0].contains(' ')
        && by_comma[0].split(' ').next().is_some_and(is_reference)
        && !by_comma[1..].iter().any(is_other);
    match (by_blank.iter().copied().all(is_one), is_titled) {
        (true, _) => by_blank,
        (_, true) => vec![spec.trim()],
        _ => by_comma,
    }
}

pub(super) fn words(spec: &str) -> impl Iterator<Item = &str> {
    spec.split([' ', ',', ';']).filter(|part| !["", "and", "&"].contains(part))
}

/// Whether a text is evidence and nothing else: references, or one path that says that it is one.
pub(super) fn is_evidence(text: &str) -> bool {
    let is_path = |text: &str| ["/", "~/", "./", "../"].iter().any(|start| text.starts_with(start));
    let mut words = words(text).peekable();
    words.peek().is_some() && words.all(is_reference) || is_path(text) && !text.contains(' ')
}

/// Whether a word is a reference: `aws:snap-0a1b`, `https://…`.
pub(super) fn is_reference(word: &str) -> bool {
    word.split_once(':').is_some_and(|(of, thing)| {
        let is_name = of.starts_with(|c: char| c.is_ascii_lowercase()) && id::is_kebab(of);
        is_name && (!thing.is_empty() && !thing.starts_with('/') || thing.starts_with("//"))
    })
}

/// Whether a text is the reference of a notice, and no sentence that may say that it was not sent: a few
/// words, one of them with a number, or how it went.
pub(super) fn is_reference_only(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_how = ["by ", "via ", "sent ", "filed "].iter().any(|how| text.starts_with(how));
    let says = is_how || text.bytes().any(|byte| byte.is_ascii_digit());
    let is_plain = |word: &str| {
        let word = word.trim_end_matches([',', ':', '.']);
        let is_code = word.bytes().any(|byte| byte.is_ascii_digit())
            || word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let word = word.to_lowercase();
        let is_unsent = |part: &str| UNSENT.contains(&part);
        !word.split(['-', '_']).any(is_unsent) && (is_code || NAMES.contains(&&*word))
    };
    is_evidence(text) || says && words.clone().count() <= 5 && words.all(is_plain)
}

/// Parts of a name of what was not sent.
const UNSENT: [&str; 7] = ["draft", "not", "unsent", "pending", "todo", "tbd", "wip"];

/// Words that stand beside a number, and say how something was sent.
const NAMES: [&str; 18] = [
    "reference",
    "ref",
    "no",
    "number",
    "case",
    "ticket",
    "receipt",
    "confirmation",
    "portal",
    "mail",
    "email",
    "letter",
    "phone",
    "by",
    "via",
    "form",
    "sent",
    "filed",
];
