//! Tables as spreadsheets of the world write them: with a byte order mark, in UTF-16 or Windows-1252,
//! with semicolons or tabs, with a first line `sep=;`, with lines that end in CRLF.

use csv::StringRecord;

/// A table, and what there is to say of how it was read.
pub(in crate::cli) struct Sheet {
    pub(in crate::cli) header: StringRecord,
    /// The line of the header.
    pub(in crate::cli) first: u64,
    /// Rows with the line on which each begins, or what is wrong.
    pub(in crate::cli) rows: Vec<Result<(u64, StringRecord), String>>,
}

/// The text of a file, and how it was read if that is not certain.
pub(in crate::cli) fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (utf_16(rest, u16::from_le_bytes), None);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (utf_16(rest, u16::from_be_bytes), None);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let text = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    (text, Some("it is not UTF-8, so it was read as Windows-1252: check the accents"))
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The letters of Windows-1252 that are not those of ISO 8859-1: bytes 0x80 to 0x9f.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|place| UPPER.get(usize::from(place)))
        .copied()
        .unwrap_or_else(|| char::from(byte))
}

/// Reads a table.
pub(in crate::cli) fn read(text: &str, trim: csv::Trim) -> Sheet {
    let mut rows = Rows::new(text, trim);
    let header = std::mem::take(&mut rows.header);
    Sheet { header, first: rows.first, rows: rows.collect() }
}

/// The rows of a table, one after the other: of a table of which only one fits into the memory.
pub(in crate::cli) struct Rows<'t> {
    pub(in crate::cli) header: StringRecord,
    /// The line of the header.
    pub(in crate::cli) first: u64,
    /// What is wrong with the header; then there are no rows.
    wrong: Option<String>,
    table: csv::Reader<&'t [u8]>,
    line: Line<'t>,
    skipped: usize,
}

impl<'t> Rows<'t> {
    pub(in crate::cli) fn new(text: &'t str, trim: csv::Trim) -> Self {
        let (delimiter, skipped) = delimiter(text);
        let mut table = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(trim)
            .flexible(true)
            .from_reader(&text.as_bytes()[skipped..]);
        // The reader's own numbers are one too low where lines end in CRLF.
        let mut line = Line { text, at: 0, number: 1 };
        let first = line.of(skipped);
        let (header, wrong) = match table.headers() {
            Ok(header) => (header.clone(), None),
            Err(error) => (StringRecord::new(), Some(format!("line {first}: {error}"))),
        };
        Self { header, first, wrong, table, line, skipped }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<(u64, StringRecord), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(wrong) = self.wrong.take() {
            self.table = csv::Reader::from_reader(&[][..]);
            return Some(Err(wrong));
        }
        let mut row = StringRecord::new();
        match self.table.read_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let at = row.position().map_or(0, csv::Position::byte);
                let at = self.skipped + usize::try_from(at).unwrap_or(usize::MAX);
                Some(Ok((self.line.of(at), row)))
            }
            Err(error) => Some(Err(error.to_string())),
        }
    }
}

/// The names of the columns of a table in small letters, where each is one of `known`, stands once,
/// and none of the `needed` ones is missing.
///
/// # Errors
/// What is wrong with the first line.
pub(in crate::cli) fn columns(
    (header, first): (&StringRecord, u64),
    known: &[&str],
    needed: &[&str],
) -> Result<Vec<String>, Vec<String>> {
    let names: Vec<String> =
        header.iter().map(|cell| cell.trim().to_lowercase().replace(' ', "_")).collect();
    let missing = needed.iter().filter(|needed| !names.iter().any(|name| name == *needed));
    let missing: Vec<&&str> = missing.collect();
    if !missing.is_empty() {
        let missing = crate::wording::ticked(&missing);
        let known = known.join(",");
        return Err(vec![format!(
            "line {first}: the first line must name the columns, and {missing} is not there: \
             `{known}`"
        )]);
    }
    let wrong = names.iter().enumerate().filter_map(|(place, name)| {
        if names[..place].contains(name) {
            return Some(format!("line {first}: the column `{name}` is there twice"));
        }
        let near = crate::document::did_you_mean(name, known.iter().copied());
        let near = near.unwrap_or_else(|| format!("there are {}", crate::wording::ticked(known)));
        (!known.contains(&name.as_str()))
            .then(|| format!("line {first}: `{name}` is not the name of a column; {near}"))
    });
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() { Ok(names) } else { Err(wrong) }
}

/// Counts lines on the way through a text.
struct Line<'t> {
    text: &'t str,
    at: usize,
    number: u64,
}

impl Line<'_> {
    /// The line of the first character from here on that ends no line.
    fn of(&mut self, at: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let mut end = at.min(bytes.len()).max(self.at);
        while bytes.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            end += 1;
        }
        self.number += memchr::memchr_iter(b'\n', &bytes[self.at..end]).count() as u64;
        self.at = end;
        self.number
    }
}

/// The delimiter between cells, and the length in bytes of the `sep=` line that names it.
fn delimiter(text: &str) -> (u8, usize) {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some(said) = first.trim_end().strip_prefix("sep=").filter(|said| said.len() == 1) {
        return (said.as_bytes()[0], first.len());
    }
    let count = |delimiter: u8| {
        let mut is_quoted = false;
        let outside = first.bytes().filter(|byte| {
            is_quoted ^= *byte == b'"';
            !is_quoted && *byte == delimiter
        });
        outside.count()
    };
    // Of two that are as many, the comma.
    let most = b";\t,".iter().max_by_key(|delimiter| count(**delimiter));
    (most.copied().unwrap_or(b','), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> (Vec<String>, Vec<u64>) {
        let sheet = read(text, csv::Trim::None);
        let rows = sheet.rows.iter().map(|row| row.as_ref().expect("a row").0);
        (sheet.header.iter().map(str::to_owned).collect(), rows.collect())
    }

    #[test]
    fn rows_have_the_lines_that_an_editor_shows() {
        let header = || vec!["a".to_owned(), "b".to_owned()];
        for (text, expected) in [
            ("a,b\n1,2\n3,4\n", vec![2, 3]),
            ("a,b\r\n1,2\r\n3,4\r\n", vec![2, 3]),
            ("a;b\r\n\r\n\"1\r\n\";2\r\n3;4", vec![3, 5]),
            ("sep=;\r\na;b\r\n1;2\r\n", vec![3]),
            ("\"a\"\tb\n\n\n1\t2\n", vec![4]),
        ] {
            assert_eq!(lines(text), (header(), expected), "{text:?}");
        }
    }

    #[test]
    fn bytes_are_read_as_what_they_are() {
        assert_eq!(text(b"\xff\xfea\0\xfc\0").0, "aü");
        assert_eq!(text(b"\xfe\xff\0a\0\xfc").0, "aü");
        assert_eq!(text("\u{feff}ü".as_bytes()), ("ü".to_owned(), None));
        assert_eq!(text(b"Z\xfcrich \x80\x81").0, "Zürich €\u{81}");
    }
}
