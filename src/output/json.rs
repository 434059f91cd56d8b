//! JSON for machines, safe on a screen.

use std::io::{self, Write};

use serde_json::Value;

use crate::escape;

/// Writes a value, indented, with a line feed. What could drive a terminal stands as `\uXXXX`: it
/// can only stand inside strings, where that means the same.
///
/// # Errors
/// Whatever the stream says.
pub fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    escape::json(&serde_json::to_string_pretty(value)?, out)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_stays_and_nothing_drives_the_screen() {
        let value = serde_json::json!({ "title": "a\u{1b}\u{9b}\u{202e}\u{e0041}ä\n" });
        let mut bytes = Vec::new();
        write(&mut bytes, &value).expect("written");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(!text.chars().any(|c| c != '\n' && escape::is_harmful(c)), "{text}");
        assert_eq!(serde_json::from_slice::<Value>(&bytes).expect("JSON"), value);
    }
}
