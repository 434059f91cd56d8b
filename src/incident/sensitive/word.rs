//! Secrets behind options of programs, in a line for a shell or in a list of quoted words.

use std::ops::Range;

use super::cookie;
use super::placeholder::{is_mixed, is_value};
use super::table::{Form, Program};

/// Bytes and words behind the name of a program in which its options are looked for.
const MOST: usize = 320;
const WORDS: usize = 24;

/// The secret that an option of the program at `at` takes.
pub(super) fn option(text: &str, at: Range<usize>, program: &Program) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let opens = at.start > 0 && joins(&bytes[at.start - 1]);
    if opens || bytes.get(at.end).is_some_and(|b| joins(b) && !bytes[at.end..].starts_with(b".exe"))
    {
        return None;
    }
    let mut words = Words { text, at: at.end, end: text.len().min(at.end + MOST) };
    if matches!(program.form, Form::Fed | Form::FedLogin) {
        return fed(&mut words, program);
    }
    let mut may_take = program.after.is_none();
    let (mut takes, mut left) = (false, None);
    for span in words.take(WORDS) {
        let word = &text[span.clone()];
        if !may_take {
            may_take = program.after.as_deref() == Some(word);
            continue;
        }
        if std::mem::take(&mut takes)
            && let Some(secret) = secret(word, program.form)
        {
            return Some(span.start + secret.start..span.start + secret.end);
        }
        match program.form {
            Form::Glued => {
                let option = program.options.iter().find(|option| word.starts_with(&***option));
                let Some(option) = option else { continue };
                let rest = &word[option.len()..];
                if is_value(rest) && !(option == "-p" && is_long(rest)) {
                    return Some(span.start + option.len()..span.end);
                }
            }
            Form::Login | Form::Next | Form::Cookies => {
                takes = program.options.iter().any(|option| option == word);
            }
            Form::Behind if left.is_none() => {
                let is_option = program.options.iter().any(|option| option == word);
                left = is_option.then_some(program.skip);
            }
            Form::Behind if is_switch(word) => {}
            Form::Behind if left == Some(0) => return is_told(word).then_some(span),
            Form::Behind => left = left.map(|left| left - 1),
            Form::Fed | Form::FedLogin => {}
        }
    }
    None
}

/// The secret that is written to a program: `echo SECRET | PROGRAM`.
fn fed(words: &mut Words<'_>, program: &Program) -> Option<Range<usize>> {
    let last = words.by_ref().take(WORDS).last()?;
    let text = words.text;
    let behind = text.get(words.at..words.end)?.strip_prefix('|')?;
    let behind = behind.split(['\n', '|', ';', '&']).next().unwrap_or_default();
    let joins = |c: char| c.is_ascii_whitespace() || "\"'`,/\\".contains(c);
    let is_read = behind.split(joins).any(|word| program.options.iter().any(|known| known == word));
    let word = text[last.clone()].trim_end_matches("\\n").trim_end_matches('\\');
    let from = if program.form == Form::FedLogin { word.find(':')? + 1 } else { 0 };
    let span = last.start + from..last.start + word.len();
    (is_read && is_told(&text[span.clone()])).then_some(span)
}

/// `-x` or `/add`; not `/etc/passwd`.
fn is_switch(word: &str) -> bool {
    word.starts_with('-') || word.strip_prefix('/').is_some_and(|rest| !rest.contains('/'))
}

/// Whether a word can only be a secret where the next one is expected.
fn is_told(word: &str) -> bool {
    is_mixed(word) && is_value(word)
}

/// Whether the rest of a word makes it another option, with one hyphen: `-port`, `-prefix=x`.
fn is_long(rest: &str) -> bool {
    let name = rest.split('=').next().unwrap_or_default();
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Where the secret stands in the word behind an option.
fn secret(word: &str, form: Form) -> Option<Range<usize>> {
    if form == Form::Cookies {
        return cookie::values(word);
    }
    let from = if form == Form::Login { word.find([':', '%'])? + 1 } else { 0 };
    let value = &word[from..];
    // `-p 8080:80` is a port.
    let port = value.bytes().all(|byte| byte.is_ascii_digit() || b".:/".contains(&byte))
        || value.ends_with("/tcp")
        || value.ends_with("/udp");
    let host = form == Form::Login
        && (word.contains("://") || word.starts_with("file:") || word.starts_with("env:"));
    (is_value(value) && !port && !host).then_some(from..word.len())
}

/// The words behind a program: what a shell would split, quotes taken off, commas between them left
/// out. They end where the command does.
struct Words<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            match *bytes.get(self.at).filter(|_| self.at < self.end)? {
                b'\n' => {
                    // A list goes on in the next line, a shell line only behind `\`.
                    let before = bytes[..self.at].iter().rev().take(MOST);
                    let last = before.copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
                    if !matches!(last, Some(b',' | b'\\')) {
                        return None;
                    }
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' | b',' | b'\\' => self.at += 1,
                b'|' | b';' | b'&' | b')' | b']' => return None,
                b'.' if bytes.get(self.at + 1).is_none_or(u8::is_ascii_whitespace) => return None,
                quote @ (b'"' | b'\'') => {
                    let start = self.at + 1;
                    let rest = &bytes[start..self.end.max(start)];
                    let length = rest.iter().position(|b| *b == quote || *b == b'\n')?;
                    self.at = start + length + 1;
                    // The quote that closed the program's own name, not one that opens.
                    let gap = &bytes[start..start + length];
                    if gap.iter().all(|byte| matches!(byte, b' ' | b',')) {
                        self.at = start;
                        continue;
                    }
                    return Some(start..start + length);
                }
                _ => {
                    let start = self.at;
                    let ends = |b: &u8| b.is_ascii_whitespace() || b"\"'`,;|)<>".contains(b);
                    let rest = &bytes[start..];
                    self.at +=
                        rest.iter().take(MOST).position(ends).unwrap_or(rest.len().min(MOST));
                    while !self.text.is_char_boundary(self.at) {
                        self.at -= 1;
                    }
                    // A sign that no word has, such as `<`, is passed over.
                    self.at = self.at.max(start + 1);
                    return self.text.is_char_boundary(self.at).then_some(start..self.at);
                }
            }
        }
    }
}
