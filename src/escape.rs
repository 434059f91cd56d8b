//! Foreign text made harmless before it meets a terminal or a Markdown page.
//!
//! Playbook titles, notes, file names and command output are all foreign: an intruder may have
//! written them. The log keeps the exact bytes; only what is shown is changed.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// Whether a character could move the cursor, colour the screen, or make text read otherwise than
/// it is stored: controls, bidirectional and invisible formatting, line and paragraph separators.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Text on one line: everything harmful, line breaks included, becomes a visible escape.
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// Text of several lines: line breaks stay, a tab becomes spaces, the rest as in [`line()`].
pub fn text(text: &str) -> Cow<'_, str> {
    escape(text, |c| c == '\n')
}

/// Text that no CI runner takes for a command: GitHub's and Azure's obey `##[…]` and `##vso[…]`
/// anywhere in a line, and `::…` behind the blanks that begin one.
pub fn runner(text: &str) -> String {
    if !text.contains("##") && !text.contains("::") {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        let last = shown.chars().next_back();
        if c == '#' && last == Some('#') || c == ':' && last == Some(':') && begins {
            shown.push(' ');
        }
        begins = c == '\n' || begins && (c == ' ' || c == ':' && last != Some(':'));
        shown.push(c);
    }
    shown
}

/// Bytes that need not be UTF-8, on one line. A byte that is no text becomes `\xNN`.
pub fn bytes(bytes: &[u8]) -> String {
    chunks(bytes, |part| line(part).into_owned())
}

/// Bytes that need not be UTF-8, line breaks kept, those of Windows too. For command output.
pub fn output(bytes: &[u8]) -> String {
    chunks(bytes, |part| text(&part.replace("\r\n", "\n")).into_owned())
}

fn chunks(bytes: &[u8], clean: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(&clean(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte);
    if text.bytes().all(is_plain) || !text.chars().any(|c| is_harmful(c) && !keep(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if keep(c) || !is_harmful(c) => shown.push(c),
            '\t' => shown.push_str("    "),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            c if u32::from(c) < 0x100 => {
                let _ = write!(shown, "\\x{:02x}", u32::from(c));
            }
            c => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(shown)
}

/// One line of foreign text inside a Markdown page: shown as it is, never read as markup.
pub fn markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let text = line(text);
    let next = text.chars().skip(1).chain([' ']);
    for (c, next) in text.chars().zip(next) {
        // `!` and `(` mean something only next to a bracket, `+` and `-` only at the start of a line,
        // and `&` only before a name or a number.
        let is_begun = c == '&' && (next == '#' || next.is_ascii_alphanumeric());
        if is_begun || "\\`*_{}[]<>#|~".contains(c) {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// A sentence of ours inside a Markdown page: names in ticks stay names in ticks, everything else is
/// shown as it is.
pub fn ticked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_plain = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.+ ".contains(c))
    };
    let is_even = parts.len() % 2 == 1;
    if !is_even || !parts.iter().skip(1).step_by(2).all(|name| is_plain(name)) {
        return markdown(text);
    }
    let shown = parts.iter().enumerate().map(|(at, part)| match at % 2 {
        0 => markdown(part),
        _ => format!("`{part}`"),
    });
    shown.collect()
}

/// As [`markdown`], where a line begins: no list, no rule, no underline of a heading.
pub fn markdown_line(text: &str) -> String {
    let shown = markdown(text.trim());
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    match shown[digits..].chars().next() {
        Some('-' | '=' | ':' | '+') if digits == 0 => format!("\\{shown}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &shown[..digits], &shown[digits..]),
        _ => shown,
    }
}

/// Markdown whose foreign text was escaped as if each stood where a line begins: what begins no line is
/// shown without those escapes, so that an address can be copied out of it.
pub fn begun_lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut start = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let next = chars.next();
            let before = shown[start..].trim_start_matches([' ', '-', '#', '>']);
            let digits = before.trim_start_matches(|c: char| c.is_ascii_digit());
            let needless = match next {
                Some('-' | '=' | ':' | '+') => !before.is_empty(),
                Some('.' | ')') => !digits.is_empty(),
                _ => false,
            };
            if !needless {
                shown.push(c);
            }
            shown.extend(next);
            continue;
        }
        shown.push(c);
        if c == '\n' {
            start = shown.len();
        }
    }
    shown
}

/// JSON text in which everything harmful stands as `\uXXXX`, and so does a `#` behind another: CI
/// runners obey `##[…]` anywhere. Both can only stand inside strings, where that means the same;
/// line feeds stay, because there they are escaped already.
pub fn json<W: io::Write + ?Sized>(text: &str, out: &mut W) -> io::Result<()> {
    let mut written = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let obeyed = c == '#' && before == '#';
        before = c;
        if (!is_harmful(c) || c == '\n') && !obeyed {
            continue;
        }
        out.write_all(&text.as_bytes()[written..at])?;
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        written = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[written..])
}

/// An argument as a shell would need it typed, so that a responder can copy it.
pub fn shell(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    if !argument.chars().any(is_harmful) {
        return format!("'{}'", argument.replace('\'', r"'\''"));
    }
    // ANSI-C quoting: bash, zsh and ksh turn it back into the exact characters.
    let mut shown = String::from("$'");
    for c in argument.chars() {
        match c {
            '\'' | '\\' => {
                shown.push('\\');
                shown.push(c);
            }
            c if is_harmful(c) => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    let _ = write!(shown, "\\x{byte:02x}");
                }
            }
            c => shown.push(c),
        }
    }
    shown.push('\'');
    shown
}

/// A program and its arguments as a shell would need them typed.
pub fn argv<S: AsRef<str>>(argv: impl IntoIterator<Item = S>) -> String {
    argv.into_iter().map(|argument| shell(argument.as_ref())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_windows_are_line_ends() {
        assert_eq!(output(b"a\r\nb\rc\xff\r\n"), "a\nb\\rc\\xff\n");
    }

    #[test]
    fn nothing_that_drives_a_ci_runner_passes() {
        for (hostile, harmless) in [
            ("##[error]x ##vso[y] ###", "# #[error]x # #vso[y] # # #"),
            ("::error::x", ": :error::x"),
            ("a::b\n  ::add-mask::c\n:::", "a::b\n  : :add-mask::c\n: ::"),
            (": : a", ": : a"),
        ] {
            assert_eq!(runner(hostile), harmless);
        }
    }

    #[test]
    fn nothing_that_drives_a_terminal_passes() {
        let hostile = "a\x1b[2Jb\u{9b}31m\u{202e}c\r\u{200b}d\u{7}\u{2028}";
        assert_eq!(line(hostile), r"a\x1b[2Jb\x9b31m\u{202e}c\r\u{200b}d\x07\u{2028}");
        assert!(!text(hostile).chars().any(is_harmful));
        assert_eq!(text("a\n\tb"), "a\n    b");
        assert_eq!(line("a\nb"), r"a\nb");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(line("Größe 東京 ✓"), Cow::Borrowed(_)));
    }

    #[test]
    fn bytes_that_are_no_text_are_shown() {
        assert_eq!(bytes(b"a\xff\xfeb"), r"a\xff\xfeb");
    }

    #[test]
    fn markdown_is_never_markup() {
        assert_eq!(markdown("<b>*x*</b>"), r"\<b\>\*x\*\</b\>");
        assert_eq!(markdown("![a](b)"), r"!\[a\](b)");
        assert_eq!(markdown("mail & web, R&D, &#60;&"), r"mail & web, R\&D, \&\#60;&");
        for (hostile, shown) in [
            ("- a", r"\- a"),
            ("---", r"\---"),
            ("1. a", r"1\. a"),
            ("1) a", r"1\) a"),
            ("    a", "a"),
            ("+ a", r"\+ a"),
            ("a + (b)", "a + (b)"),
        ] {
            assert_eq!(markdown_line(hostile), shown);
        }
    }

    #[test]
    fn arguments_survive_a_shell() {
        assert_eq!(shell("--since=2 h"), "'--since=2 h'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
        assert_eq!(shell("a\x1bb"), r"$'a\x1bb'");
        assert_eq!(shell("/var/log/nginx"), "/var/log/nginx");
        assert_eq!(argv(["grep", "-e", "a b", ""]), "grep -e 'a b' ''");
    }
}
