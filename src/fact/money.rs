//! Amounts of money: `GBP 12.50`, `12.50 GBP`.

use super::value::{Count, Money};

impl Money {
    /// Reads an amount with its currency's code before or behind it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        // Several countries have a dollar.
        let code = NAMES.iter().fold(text, |text, (name, code)| text.replace(name, code));
        let text = code.as_str();
        let letters = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
        let (code, amount) =
            match (text.get(..3), text.len().checked_sub(3).and_then(|at| text.get(at..))) {
                (Some(code), _) if letters(code) => (code, &text[3..]),
                (_, Some(code)) if letters(code) => (code, &text[..text.len() - 3]),
                _ => return None,
            };
        let currency = code.to_ascii_uppercase();
        // Codes of ISO 4217 for no currency at all and for tests, which templates hold as a blank.
        if ["XXX", "XTS"].contains(&currency.as_str()) {
            return None;
        }
        let decimals = decimals(&currency);
        let (whole, part) = amount.trim().split_once('.').unwrap_or((amount.trim(), ""));
        if part.len() > decimals || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = 10_i64.pow(u32::try_from(decimals).ok()?);
        let whole = i64::try_from(super::count::number(whole)?).ok()?;
        let part: i64 = format!("{part:0<decimals$}0").parse().ok()?;
        let minor = whole.checked_mul(scale)?.checked_add(part / 10)?;
        Some(Self { minor, currency })
    }

    /// How to write an amount that is only rough, or has dots between groups of digits.
    pub(super) fn hint(text: &str) -> Option<String> {
        let is_money = |word: &&str| !NAMES.iter().any(|(name, code)| word == name || word == code);
        let text = text.to_lowercase().replace(['\u{20ac}', '\u{a3}'], " ");
        let words: Vec<&str> = text.split_whitespace().filter(is_money).collect();
        let letters = |word: &&str| !(word.len() == 3 && word.chars().all(char::is_alphabetic));
        let number = words.iter().copied().filter(letters).collect::<Vec<_>>().join(" ");
        let rounded = super::count::count(&number, None).map(|count| {
            format!(
                "write {} and its currency; an amount is exact, so put `about` into a note",
                count.n
            )
        });
        Count::dotted(&number).or(rounded)
    }

    /// The amount in the currency's main unit, for formats that know no other.
    #[expect(clippy::cast_precision_loss, reason = "amounts of money stay far below 2^53")]
    pub fn major(&self) -> f64 {
        let decimals = i32::try_from(decimals(&self.currency)).unwrap_or(0);
        self.minor as f64 / 10_f64.powi(decimals)
    }

    /// `GBP 12.50`.
    pub(super) fn show(&self) -> String {
        let decimals = decimals(&self.currency);
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        let scale = 10_u64.pow(u32::try_from(decimals).unwrap_or(0));
        match decimals {
            0 => format!("{} {sign}{minor}", self.currency),
            _ => format!("{} {sign}{}.{:0decimals$}", self.currency, minor / scale, minor % scale),
        }
    }
}

/// What people write for the code of a currency; a longer one before one that begins it.
const NAMES: [(&str, &str); 4] =
    [("euros", "eur"), ("euro", "eur"), ("\u{20ac}", "eur "), ("\u{a3}", "gbp ")];

/// Decimals of a currency by ISO 4217; two unless it is listed. Entries keep amounts in the smallest
/// unit, so this table is part of their format and must not follow a library's updates.
fn decimals(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_smallest_unit() {
        for (text, shown) in [
            ("GBP 12.50", "GBP 12.50"),
            ("12.5 gbp", "GBP 12.50"),
            ("1,200 EUR", "EUR 1200.00"),
            ("JPY 5000", "JPY 5000"),
            ("KWD 1.005", "KWD 1.005"),
            ("€180,000", "EUR 180000.00"),
            ("180000 euro", "EUR 180000.00"),
        ] {
            assert_eq!(Money::parse(text).map(|money| money.show()).as_deref(), Some(shown));
        }
        for bad in [
            "",
            "12",
            "GBP",
            "GBP 1.234",
            "JPY 1.5",
            "$ 12",
            "GBP -1",
            "XXX 5",
            "GBP 99999999999999999999",
        ] {
            assert_eq!(Money::parse(bad), None, "{bad}");
        }
    }
}
