//! Words of the program itself, which name nothing of anybody: titles, questions and options of its
//! facts, titles and ids of steps and ids of duties, words for what is recorded of a duty. A store may be called `accounts`; the fact
//! "User accounts affected" does not name it.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fact::{UNITS, Vocabulary};
use crate::incident::event::{NoticeKind, RulingKind};
use crate::playbook::builtin;
use crate::regime::builtin as law;

static PHRASES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let facts = Vocabulary::builtin().iter().flat_map(|fact| {
        let options = fact.options.iter().map(|option| &option.title);
        [&fact.title, &fact.ask].into_iter().chain(options).cloned()
    });
    let playbooks = builtin::all().iter().copied().chain(builtin::beside());
    let lines = playbooks.chain(law::all()).flat_map(|(_, text)| text.lines());
    let titles = lines.filter_map(|line| {
        let said = line.strip_prefix("title = ").or_else(|| line.strip_prefix("id = "))?;
        // Which one it is, nobody outside is told.
        Some(said.trim().trim_matches('"').replace("{item}", "…"))
    });
    let notices = [
        NoticeKind::Notice,
        NoticeKind::Supplement,
        NoticeKind::Correction,
        NoticeKind::Substitute,
    ];
    let rulings = [
        RulingKind::Waived,
        RulingKind::Resumed,
        RulingKind::Asked,
        RulingKind::Answered,
        RulingKind::Delayed,
    ];
    let words =
        notices.iter().map(NoticeKind::as_str).chain(rulings.iter().map(RulingKind::as_str));
    let words = words.map(str::to_owned);
    let phrases = facts.chain(titles).chain(words).filter(|phrase| !phrase.is_empty());
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases).ok()
});

/// Where a text has words of the program: a phrase that stands for itself, or a number of something.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let phrases = PHRASES.iter().flat_map(|phrases| phrases.find_iter(text));
    let phrases = phrases.map(|found| found.range()).filter(|place| stands_alone(text, place));
    phrases.chain(counted(text)).collect()
}

/// Whether nothing but signs is around it: in a sentence the same words may be a name.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let begins = before.is_empty()
        || [": ", "; ", ". ", "(", "\"", "“"].iter().any(|sign| before.ends_with(sign));
    begins && !after.starts_with(|c: char| c.is_alphanumeric() || c == ' ' || c == '-')
}

/// `3,000 accounts`.
fn counted(text: &str) -> impl Iterator<Item = Range<usize>> {
    UNITS.iter().flat_map(|unit| text.match_indices(unit)).filter_map(|(at, unit)| {
        let number = text[..at].strip_suffix(' ')?;
        number.ends_with(|c: char| c.is_ascii_digit()).then_some(at..at + unit.len())
    })
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_phrase_of_the_program_is_one_where_it_stands_for_itself() {
        for (text, own) in [
            ("User accounts affected", "User accounts affected"),
            ("Decided: User accounts affected: 3,000 accounts", "User accounts affected"),
            ("3,000 accounts", "accounts"),
            ("They read User accounts affected by it", ""),
            ("They read accounts", ""),
        ] {
            let told = places(text).first().map_or("", |place| &text[place.clone()]);
            assert_eq!(told, own, "{text}");
        }
    }
}
