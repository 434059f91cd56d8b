//! Secrets that begin with nothing known: long runs that no word looks like.

use std::ops::Range;

/// Finds them in a line: the name of the check, and the place. Returns whether anything is so long.
pub(super) fn runs(
    text: &str,
    line: &Range<usize>,
    mut found: impl FnMut(&'static str, Range<usize>),
) -> bool {
    let bytes = &text.as_bytes()[..line.end];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/_-.=".contains(byte);
    let (mut at, mut read, mut any) = (line.start + LEAST - 1, line.start, false);
    // A run as long as that has a byte in every stride.
    while at < bytes.len() {
        if !is_part(&bytes[at]) {
            read = at + 1;
            at += LEAST;
            continue;
        }
        let start = at - bytes[read..at].iter().rev().take_while(|byte| is_part(byte)).count();
        let end = at + bytes[at..].iter().take_while(|byte| is_part(byte)).count();
        if end - start >= LEAST {
            any = true;
            if let Some((check, span)) = judge(bytes, start, end) {
                found(check, span);
            }
        }
        read = end;
        at = end + LEAST;
    }
    any
}

/// The length of a secret key of AWS, the shortest of them.
const LEAST: usize = 40;

fn judge(bytes: &[u8], start: usize, end: usize) -> Option<(&'static str, Range<usize>)> {
    // `name=value` is one run; a full stop ends a sentence.
    let end = end - usize::from(bytes[end - 1] == b'.');
    let start = memchr::memrchr(b'=', &bytes[start..end]).map_or(start, |at| start + at + 1);
    let run = &bytes[start..end];
    if run.len() == LEAST && is_aws_secret(run) && !is_block(&bytes[..start]) {
        return Some(("aws-secret", start..end));
    }
    is_discord(run).then_some(("discord", start..end))
}

/// 40 characters of BASE64 that change between capitals, small letters and digits as no path and no
/// name does. A digest has no capitals.
fn is_aws_secret(run: &[u8]) -> bool {
    let class = |byte: u8| match byte {
        b'A'..=b'Z' => 0,
        b'a'..=b'z' => 1,
        b'0'..=b'9' => 2,
        b'+' | b'/' => 3,
        _ => 4,
    };
    let classes: Vec<u8> = run.iter().map(|byte| class(*byte)).collect();
    let changes = classes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let distinct = (0..=u8::MAX).filter(|byte| run.contains(byte)).count();
    let slashes = memchr::memchr_iter(b'/', run).count();
    let all = (0..3).all(|class| classes.contains(&class));
    all && !classes.contains(&4)
        && changes >= 18
        && distinct >= 22
        && slashes <= 4
        && !run.windows(7).any(|part| part == b"EXAMPLE")
}

/// Whether the line before is BASE64 as well: then it is the last of a certificate or the like.
fn is_block(before: &[u8]) -> bool {
    let Some((b'\n', before)) = before.split_last() else { return false };
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    before.iter().rev().take(LEAST).take_while(is_part).count() == LEAST
}

/// An id, a moment and a signature, dots between them.
fn is_discord(run: &[u8]) -> bool {
    let parts: Vec<&[u8]> = run.splitn(4, |byte| *byte == b'.').collect();
    let [id, moment, signature] = parts[..] else { return false };
    let word = |part: &[u8]| part.iter().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(b));
    matches!(id.first(), Some(b'M'..=b'O'))
        && (23..=28).contains(&id.len())
        && moment.len() == 6
        && (27..=40).contains(&signature.len())
        && parts.iter().all(|part| word(part))
        && id.iter().any(u8::is_ascii_digit)
        && signature.iter().any(u8::is_ascii_digit)
}
