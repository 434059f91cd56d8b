//! Addresses, telephone numbers and paths in free text: nobody has to know them to find them.

use std::net::IpAddr;

/// A text without what can only be an address, a number or a path.
pub(super) fn unnamed(text: &str) -> String {
    without_numbers(&without_addresses(text))
}

/// Words that say where somebody or something is: mail and network addresses, paths.
fn without_addresses(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        let opens = |c: char| "([{<\"'".contains(c);
        let closes = |c: char| c.is_whitespace() || ")]}>\"',;.!?".contains(c);
        let inner = word.trim_start_matches(opens).trim_end_matches(closes);
        let start = word.len() - word.trim_start_matches(opens).len();
        match place(inner) {
            Some(instead) => {
                format!("{}{instead}{}", &word[..start], &word[start + inner.len()..])
            }
            None => word.to_owned(),
        }
    });
    words.collect()
}

fn place(word: &str) -> Option<&'static str> {
    let at = |sign: &str| {
        word.split_once(sign).is_some_and(|(name, host)| {
            name.ends_with(char::is_alphanumeric) && host.starts_with(char::is_alphanumeric)
        })
    };
    let bare = word.trim_start_matches('[');
    let host = bare.split([']', '/', '%']).next().unwrap_or_default();
    let numbered = |text: &str| text.parse::<IpAddr>().is_ok();
    let ported = host.rsplit_once(':').is_some_and(|(host, _)| numbered(host));
    let mut letters = word.chars();
    let drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters.next() == Some('\\');
    let path = word.starts_with('/') && word.matches('/').count() > 1
        || word.starts_with("~/")
        || word.starts_with("\\\\")
        || drive;
    if at("@") || at("(at)") || at("[at]") || numbered(host) && host.len() > 2 || ported {
        Some("[address]")
    } else if path {
        Some("[path]")
    } else {
        None
    }
}

/// Digits behind a plus sign that are a telephone number.
fn without_numbers(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('+') {
        let number = &rest[at + 1..];
        let length = number
            .find(|c: char| !(c.is_ascii_digit() || " -()./".contains(c)))
            .unwrap_or(number.len());
        let number = number[..length].trim_end_matches(|c: char| !c.is_ascii_digit());
        shown.push_str(&rest[..at]);
        if number.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            shown.push_str("[number]");
            rest = &rest[at + 1 + number.len()..];
        } else {
            shown.push('+');
            rest = &rest[at + 1..];
        }
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::unnamed;

    #[test]
    fn addresses_numbers_and_paths_need_not_be_known() {
        for (text, shown) in [
            (
                "from 10.1.2.3, [fe80::1]:443 and 10.1.2.3:8080.",
                "from [address], [[address] and [address].",
            ),
            ("zelda@corp, (zelda(at)corp.example)", "[address], ([address])"),
            ("call +44 20 7946 0999 at 21:45 +01:00", "call [number] at 21:45 +01:00"),
            ("in /home/zelda/x and C:\\Users\\zelda and ~/x", "in [path] and [path] and [path]"),
            ("and/or 5 / 7, @home, 1::2", "and/or 5 / 7, @home, [address]"),
        ] {
            assert_eq!(unnamed(text), shown);
        }
    }
}
