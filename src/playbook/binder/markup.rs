//! Markdown of a playbook on a page of ours.

use crate::escape;

/// Where the name of an item is written by hand.
const BLANK: &str = "________";

/// Backticks enough that nothing in `line` closes the block.
pub(super) fn fence(line: &str) -> String {
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// Markdown by contract: its markup stays, but it holds no HTML, and no heading, rule or fence that
/// would pass for one of the page's own.
pub(super) fn markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in escape::text(text.trim()).lines() {
        if !shown.is_empty() {
            shown.push('\n');
        }
        let start = line.trim_start();
        let is_rule = !start.is_empty() && start.trim_end().bytes().all(|byte| byte == b'-');
        let is_fence = start.starts_with("```") || start.starts_with("~~~");
        if is_rule || is_fence || start.starts_with(['#', '=']) {
            shown.push('\\');
            shown.push_str(start);
        } else {
            shown.push_str(line);
        }
    }
    untagged(&shown).replace("{item}", BLANK)
}

/// A tag opens only where no space follows `<`. A space reads well in `code`, too, where an
/// entity would be shown as it is.
fn untagged(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if shown.ends_with('<') && (c.is_ascii_alphabetic() || "/!?".contains(c)) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}

/// A line of the playbook with a blank for the item.
pub(super) fn with_blank(text: &str) -> String {
    escape::markdown(text).replace("\\{item\\}", BLANK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playbook_cannot_write_the_page() {
        for (hostile, harmless) in [
            ("a <b>x</b> 1 < 2", "a < b>x< /b> 1 < 2"),
            ("\\<script>\n<!-- x", "\\< script>\n< !-- x"),
            ("text\n---\n-", "text\n\\---\n\\-"),
            ("a\n  ## 9. Wipe all\n===", "a\n\\## 9. Wipe all\n\\==="),
            ("a\n```\n~~~", "a\n\\```\n\\~~~"),
            ("\u{1b}[2J", "\\x1b[2J"),
        ] {
            assert_eq!(markup(hostile), harmless);
        }
        assert_eq!(fence("a ```` b"), "`````");
    }
}
