//! Names that are numbered, written as one: `srv-01..srv-40`, `srv-[01-40]`, `srv-01 to srv-40`.

/// More names than anybody means by one, or by one list.
pub(super) const MOST: usize = 10_000;

/// The names in a range, in order; `None` if the text is an ordinary name.
pub fn spread(text: &str) -> Option<Vec<String>> {
    let Range { before, first, last, after } =
        dots(text).or_else(|| words(text)).or_else(|| brackets(text))?;
    let width = first.len();
    let of = |number: &str| number.parse::<u64>().ok();
    let (from, to) = (of(first)?, of(last)?);
    // `srv-01..srv-100` goes on in three digits, `srv-001..srv-40` is a slip.
    let fits = last.len() == width || last.len() > width && !last.starts_with('0');
    if !fits || from >= to || to - from >= MOST as u64 {
        return None;
    }
    Some((from..=to).map(|number| format!("{before}{number:0width$}{after}")).collect())
}

/// The first and last number of a range, and the text around them.
struct Range<'t> {
    before: &'t str,
    first: &'t str,
    last: &'t str,
    after: &'t str,
}

/// `srv-01..srv-40.example` or `srv-01..40`.
fn dots(text: &str) -> Option<Range<'_>> {
    let (from, to) = text.split_once("..")?;
    let (from, to) = (from.trim_end(), to.trim_start_matches('.').trim_start());
    let (before, first) = numbered(from)?;
    let last = to.strip_prefix(before).unwrap_or(to);
    is_number(last).then_some(Range { before, first, last, after: "" })
}

/// `srv-01 to srv-40`, `srv-01 to 40` or `srv-01-srv-40`.
fn words(text: &str) -> Option<Range<'_>> {
    const BETWEEN: [&str; 10] = [
        " to ",
        " through ",
        " thru ",
        " until ",
        " till ",
        " t/m ",
        " bis ",
        " - ",
        " \u{2013} ",
        "\u{2013}",
    ];
    let Some((from, to)) = BETWEEN.iter().find_map(|word| text.split_once(word)) else {
        return joined(text);
    };
    let (before, first) = numbered(from.trim_end())?;
    let to = to.trim_start();
    let last = to.strip_prefix(before).unwrap_or(to);
    let is_name = before.contains(char::is_alphabetic);
    (is_number(last) && is_name).then_some(Range { before, first, last, after: "" })
}

/// `srv-01-srv-40`.
fn joined(text: &str) -> Option<Range<'_>> {
    let (end, last) = numbered(text)?;
    // What comes before the last number is the first name, a hyphen, and what comes before its number.
    let half = end.match_indices('-').find_map(|(at, _)| {
        let (before, first) = numbered(&end[..at])?;
        (end[at + 1..] == *before && !before.is_empty()).then_some((before, first))
    });
    let (before, first) = half?;
    Some(Range { before, first, last, after: "" })
}

/// A name that ends in a number: what comes before it, and the number.
pub fn numbered(name: &str) -> Option<(&str, &str)> {
    let before = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (before.len() < name.len()).then(|| name.split_at(before.len()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `srv-[01-40].example`, as `pdsh` and Ansible write it.
fn brackets(text: &str) -> Option<Range<'_>> {
    let (before, rest) = text.split_once('[')?;
    let (numbers, after) = rest.split_once(']')?;
    let (first, last) = numbers.split_once('-').or_else(|| numbers.split_once(':'))?;
    Some(Range { before, first, last, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread_out(text: &str) -> String {
        spread(text).map(|names| names.join(" ")).unwrap_or_default()
    }

    #[test]
    fn a_range_is_every_name_in_it() {
        for text in [
            "srv-08..srv-11",
            "srv-08..11",
            "srv-08 .. srv-11",
            "srv-[08-11]",
            "srv-[08:11]",
            "srv-08 to srv-11",
            "srv-08 - srv-11",
            "srv-08-srv-11",
            "srv-08 to 11",
            "srv-08 - 11",
            "srv-08 thru srv-11",
            "srv-08 t/m srv-11",
        ] {
            assert_eq!(spread_out(text), "srv-08 srv-09 srv-10 srv-11", "{text}");
        }
        assert_eq!(spread_out("10.0.0.9..10.0.0.10"), "10.0.0.9 10.0.0.10");
        assert_eq!(spread_out("web[1-2].example"), "web1.example web2.example");
        assert_eq!(spread("n1..n10000").map(|names| names.len()), Some(10_000));
    }

    #[test]
    fn what_is_no_range_is_a_name() {
        for text in [
            "web-01",
            "..",
            "a..b",
            "../etc",
            "v1.2..main",
            "srv-40..srv-01",
            "srv-01..db-04",
            "srv-001..srv-40",
            "n0..n99999999999",
            "n1..n20000",
            "x[1-]",
            "x[a-c]",
            "[::1]",
            "9..9",
            "web-01-02",
            "a-1 to b-2",
            "10 to 12 hosts",
            "db-1-web-1",
        ] {
            assert_eq!(spread(text), None, "{text}");
        }
    }
}
