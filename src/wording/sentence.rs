//! Where a sentence ends.

use super::clip_words;

/// The first sentences of the first paragraph of a text, at most so many and in so many characters, and
/// a mark if there is more. Where a line was broken says nothing.
pub fn sentences(text: &str, most: usize, room: usize) -> String {
    let text = text.trim();
    let lines: Vec<&str> =
        text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let is_all = lines.len() == text.lines().count();
    let line = lines.join(" ");
    let mut end = first_sentence(&line).len();
    for _ in 1..most {
        let next = end + first_sentence(&line[end..]).len();
        if next == end || line[..next].chars().count() > room {
            break;
        }
        end = next;
    }
    let told = line[..end].trim_end();
    if told.chars().count() > room {
        return clip_words(told, room);
    }
    let more = if told.len() < line.len() || !is_all { " …" } else { "" };
    format!("{told}{more}")
}

/// The first sentence of a text. A full stop in brackets, within a number or a name, or after an
/// abbreviation ends none.
pub fn first_sentence(text: &str) -> &str {
    let mut ends = text.match_indices(['.', '!', '?', '。', '！', '？']);
    let end = ends.find(|(at, sign)| {
        let (before, behind) = (&text[..*at], &text[at + sign.len()..]);
        let Some(next) = behind.trim_start().chars().next() else { return true };
        let begins = next.is_uppercase() || next == '`' || !next.is_ascii() && next.is_alphabetic();
        if !begins || sign.is_ascii() && !behind.starts_with(' ') {
            return false;
        }
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_short = word.chars().count() < 4
            && (word.starts_with(char::is_uppercase) || word.contains('.'));
        let in_brackets = before.rsplit(')').next().is_some_and(|open| open.contains('('));
        !is_short && !in_brackets
    });
    end.map_or(text, |(at, sign)| &text[..at + sign.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sentences_are_told_and_a_mark_says_that_there_are_more() {
        let long = "Some words of it. ".repeat(420);
        for (text, told) in [
            ("Cards were copied. The page is closed.", "Cards were copied. The page is closed."),
            ("Some went. More went. All went. None left.", "Some went. More went. All went. …"),
            ("We paid GBP 3.5 million. Then more.", "We paid GBP 3.5 million. Then more."),
            ("Dr. Roe was told. She left.", "Dr. Roe was told. She left."),
            ("It ran (Reg. 8 App. Four). It ended.", "It ran (Reg. 8 App. Four). It ended."),
            ("No full stop", "No full stop"),
            ("漏洩しました。対応中です。", "漏洩しました。対応中です。"),
            ("It is\nknown. More\nfollows.", "It is known. More follows."),
            ("One went.\nTwo went.\nThree went.\nFour did.", "One went. Two went. Three went. …"),
            ("It is known.\n\nThe rest.", "It is known. …"),
            (&long, "Some words of it. Some words of it. Some words of it. …"),
            ("", ""),
        ] {
            assert_eq!(sentences(text, 3, 420), told);
        }
        let long = sentences(&"word ".repeat(200), usize::MAX, 420);
        assert!(long.chars().count() <= 422 && long.ends_with('…'));
    }

    #[test]
    fn no_abbreviation_ends_a_sentence() {
        for (text, first) in [
            ("Within 24h. Answer unknown.", "Within 24h."),
            ("As in GDPR Art. 33(1), (or 34). It can wait.", "As in GDPR Art. 33(1), (or 34)."),
            ("UK Regulations reg. 11. Others wait.", "UK Regulations reg. 11."),
            ("Hong Kong, Cap. 653 s.28: a record. Or not.", "Hong Kong, Cap. 653 s.28: a record."),
            ("By its address: example.com. `dig` shows it.", "By its address: example.com."),
        ] {
            assert_eq!(first_sentence(text), first);
        }
    }
}
