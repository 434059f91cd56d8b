//! Traces of an intruder as patterns: addresses, domains, digests. What is none of them has none.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A pattern and what it matches, in words.
pub(super) struct Pattern {
    pub(super) what: &'static str,
    pub(super) pattern: String,
}

/// The pattern of a trace, written as people write it: `evil[.]example` is a domain all the same.
pub(super) fn pattern(trace: &str) -> Option<Pattern> {
    let text = trace.trim().replace("[.]", ".").replace("(.)", ".").replace("[:]", ":");
    let text = match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("hxxp") => format!("http{}", &text[4..]),
        _ => text,
    };
    let quoted = text.replace('\\', "\\\\").replace('\'', "\\'");
    let is = |what, of: &str| Some(Pattern { what, pattern: format!("[{of} = '{quoted}']") });
    if text.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    if text.parse::<Ipv4Addr>().is_ok() {
        return is("IPv4 address", "ipv4-addr:value");
    }
    if text.parse::<Ipv6Addr>().is_ok() {
        return is("IPv6 address", "ipv6-addr:value");
    }
    if text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let algorithm = match text.len() {
            32 => "MD5",
            40 => "'SHA-1'",
            64 => "'SHA-256'",
            128 => "'SHA-512'",
            _ => return None,
        };
        return is("file digest", &format!("file:hashes.{algorithm}"));
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        return is("URL", "url:value");
    }
    if is_domain(&text) { is("domain", "domain-name:value") } else { None }
}

/// Labels of letters, digits and hyphens, at least two, the last one no number. A file name looks
/// the same, so well-known endings of files are none.
fn is_domain(text: &str) -> bool {
    const FILES: [&str; 17] = [
        "bat", "bin", "css", "dll", "doc", "exe", "gz", "html", "js", "json", "log", "php", "ps1",
        "py", "sh", "txt", "zip",
    ];
    let labels: Vec<&str> = text.split('.').collect();
    let label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_alphanumeric())
    };
    let last = labels.last().copied().unwrap_or_default().to_ascii_lowercase();
    labels.len() > 1
        && text.len() <= 253
        && labels.iter().all(label)
        && last.len() > 1
        && last.chars().any(char::is_alphabetic)
        && !FILES.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_what_it_looks_like() {
        for (trace, shown) in [
            ("evil.example", Some("[domain-name:value = 'evil.example']")),
            ("evil[.]example", Some("[domain-name:value = 'evil.example']")),
            ("203.0.113.7", Some("[ipv4-addr:value = '203.0.113.7']")),
            ("2001:db8::1", Some("[ipv6-addr:value = '2001:db8::1']")),
            ("hxxps://evil.example/a?b='c", Some("[url:value = 'https://evil.example/a?b=\\'c']")),
            ("d41d8cd98f00b204e9800998ecf8427e", {
                Some("[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']")
            }),
            ("gate.js", None),
            ("curl/8.1 (x)", None),
            ("admin", None),
            ("1.2.3", None),
            ("-x.example", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(pattern(trace).map(|found| found.pattern).as_deref(), shown, "{trace}");
        }
    }
}
