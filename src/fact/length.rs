//! Lengths of time as people write them: `20m`, `2 h 30 min`.

use crate::document::shape::Form;

/// A length in a playbook: one number with one unit.
pub static LENGTH: Form = Form {
    says: "a whole number and `s`, `m`, `h` or `d`, such as `20m`",
    pattern: "^[1-9][0-9]*[smhd]$",
    valid: |text| {
        let (number, unit) =
            text.split_at(text.len() - usize::from(text.ends_with(['s', 'm', 'h', 'd'])));
        unit.len() == 1
            && number.starts_with(|c: char| ('1'..='9').contains(&c))
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && length(text).is_some()
    },
    mend: |text| {
        let seconds = length(text).filter(|seconds| *seconds > 0)?;
        let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm'), (1, 's')];
        let (unit, letter) = units.into_iter().find(|(unit, _)| seconds % unit == 0)?;
        Some(format!("{}{letter}", seconds / unit))
    },
};

/// Longest that can be given, a century: what is longer is a slip.
const LONGEST: u64 = 100 * 366 * 86_400;

/// Reads numbers with units, largest or smallest first, and returns seconds.
pub fn length(text: &str) -> Option<u64> {
    parts(text).map(|(seconds, _)| seconds)
}

/// A number from one to twelve, in words.
pub fn numeral(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    (1..).zip(NUMBERS).find_map(|(number, name)| (name == word).then_some(number))
}

/// Seconds, and the seconds of the smallest unit that was named.
pub(super) fn parts(text: &str) -> Option<(u64, u64)> {
    let text = text.trim().to_ascii_lowercase();
    let mut rest = match text.as_str() {
        "half an hour" | "half hour" => "30 min",
        "an hour" | "a hour" => "1 h",
        "an hour and a half" => "90 min",
        "a minute" => "1 min",
        "a day" => "1 d",
        text => text,
    };
    let (mut seconds, mut smallest) = (0_u64, u64::MAX);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = if let Ok(number) = rest[..digits].parse() {
            (number, &rest[digits..])
        } else {
            let (word, behind) = rest.split_once(' ')?;
            (u64::from(numeral(word)?), behind)
        };
        rest = behind.trim_start();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match &rest[..letters] {
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?).filter(|sum| *sum <= LONGEST)?;
        smallest = smallest.min(unit);
        rest = rest[letters..].trim_start();
    }
    (smallest != u64::MAX).then_some((seconds, smallest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        assert_eq!(length("90s"), Some(90));
        assert_eq!(length("2 h 30 min"), Some(9_000));
        assert_eq!(length("3d"), Some(259_200));
        assert_eq!(length("two hours"), Some(7_200));
        for bad in ["", "3", "h", "3 x", "1.5h", "-2h", "99999999999999999999d", "40000d", "2hé"] {
            assert_eq!(length(bad), None, "{bad}");
        }
    }

    #[test]
    fn other_ways_to_write_a_length_are_mended() {
        for (text, mended) in [
            ("20 min", Some("20m")),
            ("2h 30m", Some("150m")),
            ("48 hours", Some("2d")),
            ("0m", None),
        ] {
            assert_eq!((LENGTH.mend)(text).as_deref(), mended, "{text}");
        }
    }

    #[test]
    fn playbooks_write_one_unit() {
        for (text, valid) in
            [("20m", true), ("2h 3m", false), ("0m", false), ("é", false), ("", false)]
        {
            assert_eq!((LENGTH.valid)(text), valid, "{text}");
        }
    }
}
