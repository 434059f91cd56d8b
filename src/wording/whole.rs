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
        return UNITS.contains(&behind) || MONTHS.contains(&behind);
    }
    let begins_with_number = behind.starts_with(|c: char| c.is_ascii_digit());
    let is_time = before.len() >= 5
        && before.contains(':')
        && digits(before) == before.len() - before.matches(':').count();
    if is_time {
        let is_offset = behind.starts_with(['+', '-']) && digits(behind) == 4;
        return is_offset || behind == "UTC";
    }
    begins_with_number && (MONTHS.contains(&before) || LEADS.contains(&before))
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
