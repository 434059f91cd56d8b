//! What a line must not tear: a number and its unit, the parts of a date, an article and its number.

/// A blank at which no line is broken.
pub const BLANK: char = '\u{a0}';

const UNITS: &[&str] = &[
    "B", "KiB", "MiB", "GiB", "TiB", "PiB", "s", "min", "h", "d", "%", "million", "billion",
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years",
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What stands before its number: a day of the week, an article, a currency.
const LEADS: [&str; 20] = [
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Art.", "§", "No.", "EUR", "USD", "GBP",
    "CHF", "JPY", "CAD", "AUD", "BRL", "INR", "CNY",
];

/// Whether two words, one behind the other, stay on one line.
pub fn is_whole(before: &str, behind: &str) -> bool {
    let before = before.trim_start_matches(['(', '"']);
    let behind = behind.trim_end_matches([',', ';', '.', ':', ')', '"']);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    if is_number(before) {
        return UNITS.contains(&behind) || is_month(behind);
    }
    let begins_with_number = behind.starts_with(|c: char| c.is_ascii_digit());
    let is_time = before.len() >= 5
        && before.contains(':')
        && digits(before) == before.len() - before.matches(':').count();
    if is_time {
        let is_offset = behind.starts_with(['+', '-']) && digits(behind) == 4;
        return is_offset || behind == "UTC";
    }
    begins_with_number && (is_month(before) || LEADS.contains(&before))
}

/// The name of a month, short or long.
fn is_month(word: &str) -> bool {
    word.len() <= "September".len() && MONTHS.iter().any(|month| word.starts_with(month))
}

/// The text, with such a blank between words that stay on one line.
pub fn whole(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = "";
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            shown.push(if is_whole(before, word) { BLANK } else { ' ' });
        }
        shown.push_str(word);
        before = word.rsplit('\n').next().unwrap_or_default();
    }
    shown
}

/// What leads to the next word: a text that is cut behind it says half of something.
const LEADING: [&str; 28] = [
    "a", "an", "the", "of", "to", "and", "or", "for", "from", "with", "without", "in", "on", "by",
    "at", "as", "that", "which", "who", "were", "was", "is", "are", "not", "no", "about", "than",
    "up",
];

/// Part of a text that is too long to be shown, whole words only. Nothing is left of what would have
/// stood with the next word.
pub fn clip_words(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept: String = text[..end].chars().take(most.saturating_sub(2)).collect();
    let mut whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole);
    while let Some((rest, last)) = whole.rsplit_once(' ') {
        let behind = text[whole.len()..].split_whitespace().next().unwrap_or_default();
        if !is_whole(last, behind) && !LEADING.contains(&last) {
            break;
        }
        whole = rest;
    }
    format!("{} …", whole.trim_end_matches([',', ';', '(', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stays_on_one_line_however_its_month_is_written() {
        for (text, shown) in [
            ("on 2 December 2013 at 8", "on 2\u{a0}December\u{a0}2013 at 8"),
            ("about 40 million cards", "about 40\u{a0}million cards"),
            ("a march of 3 miles", "a march of 3 miles"),
        ] {
            assert_eq!(whole(text), shown);
        }
    }

    #[test]
    fn a_text_is_not_cut_before_what_it_leads_to() {
        for (text, most, shown) in [
            ("short", 5, "short"),
            ("consumer class settlement of USD 10 m approved", 36, "consumer class settlement …"),
            (
                "up to USD 67 m for Visa issuers; the SEC ended it",
                40,
                "up to USD 67 m for Visa issuers …",
            ),
            (
                "the password of the domain on 5 Sep 2018 at noon",
                38,
                "the password of the domain …",
            ),
        ] {
            assert_eq!(clip_words(text, most), shown);
        }
    }
}
