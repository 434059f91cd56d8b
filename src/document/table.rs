//! Reads of a table that skip what the shape already refused.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

/// A table of a document.
#[derive(Clone, Debug)]
pub struct Table<'t> {
    entries: &'t DeTable<'t>,
    /// Its header, or its braces.
    pub span: Range<usize>,
    /// Bits of the keys that are there; none before the first was asked for.
    bits: Cell<u64>,
}

/// A text of a document.
#[derive(Clone, Debug)]
pub struct Spanned<'t> {
    /// What it says, line ends as `\n`.
    pub text: Cow<'t, str>,
    /// Where, quotes included.
    pub span: Range<usize>,
}

/// An element of an array that may hold both.
#[derive(Clone, Debug)]
pub enum TextOrTable<'t> {
    /// A text.
    Text(Spanned<'t>),
    /// A table.
    Table(Table<'t>),
}

impl<'t> TextOrTable<'t> {
    /// The text itself, or the one under `text` in the table.
    pub fn text(self) -> Option<Spanned<'t>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Table(table) => table.text("text"),
        }
    }
}

impl AsRef<str> for Spanned<'_> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Spanned<'_> {
    /// Where a part of the text stands in the document with this source, if it is written there as
    /// it is read; otherwise where the whole text stands.
    pub fn part(&self, source: &str, part: Range<usize>) -> Range<usize> {
        let Some(raw) = source.get(self.span.clone()) else { return self.span.clone() };
        if let Some(start) = raw.find(&*self.text) {
            let start = self.span.start + start;
            return start + part.start..start + part.end;
        }
        // Line ends of two bytes are read as one.
        let Some(start) = raw.replace("\r\n", "\n").find(&*self.text) else {
            return self.span.clone();
        };
        let written = |at: usize| {
            let mut read = 0;
            let mut bytes = raw.bytes().enumerate().peekable();
            while let Some((place, byte)) = bytes.next() {
                let pair = byte == b'\r' && bytes.peek().is_some_and(|(_, next)| *next == b'\n');
                if read == at && !pair {
                    return self.span.start + place;
                }
                read += usize::from(!pair);
            }
            self.span.end
        };
        written(start + part.start)..written(start + part.end)
    }

    /// The text, owned.
    pub fn to_owned(&self) -> String {
        self.text.clone().into_owned()
    }
}

impl<'t> Table<'t> {
    /// The table of a whole document.
    pub fn root(entries: &'t DeTable<'t>) -> Self {
        Self { entries, span: 0..0, bits: Cell::default() }
    }

    /// What it says, and below that these keys of another table.
    pub fn over(&self, below: &Self, keys: &[&str]) -> DeTable<'t> {
        let mut all = self.entries.clone();
        for (key, value) in below.entries {
            if keys.contains(&key.get_ref().as_ref()) && !self.has(key.get_ref()) {
                all.insert(key.clone(), value.clone());
            }
        }
        all
    }

    /// Whether the key is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where the value of a key stands.
    pub fn value_span(&self, key: &str) -> Option<Range<usize>> {
        Some(self.get(key)?.span())
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<Spanned<'t>> {
        text(self.get(key)?)
    }

    /// The texts of an array.
    pub fn texts(&self, key: &str) -> Vec<Spanned<'t>> {
        self.array(key).filter_map(text).collect()
    }

    /// A flag; absent is false.
    pub fn flag(&self, key: &str) -> bool {
        let value = self.get(key);
        value.and_then(|value| value.get_ref().as_bool()).unwrap_or(false)
    }

    /// A whole number.
    pub fn integer(&self, key: &str) -> Option<i64> {
        let integer = self.get(key)?.get_ref().as_integer()?;
        i64::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// A day.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        let datetime = self.get(key)?.get_ref().as_datetime()?;
        day(datetime)
    }

    /// Whether the key holds an array without anything in it.
    pub fn is_empty_array(&self, key: &str) -> bool {
        let array = self.get(key).and_then(|value| value.get_ref().as_array());
        array.is_some_and(|array| array.is_empty())
    }

    /// The number of elements of an array.
    pub fn count(&self, key: &str) -> usize {
        let array = self.get(key).and_then(|value| value.get_ref().as_array());
        array.map_or(0, |array| array.len())
    }

    /// A table.
    pub fn table(&self, key: &str) -> Option<Self> {
        table(self.get(key)?)
    }

    /// The tables of an array.
    pub fn tables(&self, key: &str) -> Vec<Self> {
        self.array(key).filter_map(table).collect()
    }

    /// The texts and tables of an array.
    pub fn texts_and_tables(&self, key: &str) -> Vec<TextOrTable<'t>> {
        let either = |value| {
            text(value).map(TextOrTable::Text).or_else(|| table(value).map(TextOrTable::Table))
        };
        self.array(key).filter_map(either).collect()
    }

    /// The keys, with their places, in the order of the text.
    pub fn keys(&self) -> impl Iterator<Item = Spanned<'t>> + use<'t> {
        self.entries
            .keys()
            .map(|key| Spanned { text: Cow::Borrowed(key.get_ref().as_ref()), span: key.span() })
    }

    /// As `DeTable::get`. A few keys are found sooner by looking at each than by hashing, and most of
    /// those that are asked for are not there.
    fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        const FEW: usize = 24;
        /// A table of the parts of a step is looked at as soon as its bits are.
        const HANDFUL: usize = 8;
        if self.entries.len() <= HANDFUL {
            return self.scan(key);
        }
        if self.bits.get() == 0 {
            let bits = self.entries.keys().map(|key| bit(key.get_ref()));
            self.bits.set(bits.fold(0, |all, bit| all | bit));
        }
        if self.bits.get() & bit(key) == 0 {
            return None;
        }
        if self.entries.len() > FEW {
            return self.entries.get(key);
        }
        self.scan(key)
    }

    fn scan(&self, key: &str) -> Option<&'t Value<'t>> {
        self.entries.iter().find(|(known, _)| same(known.get_ref(), key)).map(|(_, value)| value)
    }

    fn array(&self, key: &str) -> impl Iterator<Item = &'t Value<'t>> + use<'t> {
        let array = self.get(key).and_then(|value| value.get_ref().as_array());
        array.into_iter().flat_map(|array| array.iter())
    }
}

/// One of 64 bits: few keys of a table share one.
fn bit(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let ends = bytes.first().zip(bytes.last());
    let mixed = ends.map_or(0, |(first, last)| {
        usize::from(*first).wrapping_mul(7) ^ usize::from(*last) ^ bytes.len().wrapping_mul(33)
    });
    1 << (mixed % 64)
}

/// Whether two keys are the same. Most keys of one length differ in their first letter.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

pub(super) type Value<'t> = toml::Spanned<DeValue<'t>>;

fn text<'t>(value: &'t Value<'t>) -> Option<Spanned<'t>> {
    let text = value.get_ref().as_str()?;
    let text = if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    };
    Some(Spanned { text, span: value.span() })
}

fn table<'t>(value: &'t Value<'t>) -> Option<Table<'t>> {
    let entries = value.get_ref().as_table()?;
    Some(Table { entries, span: value.span(), bits: Cell::default() })
}

/// A date without a time, if it is in the calendar.
pub(super) fn day(datetime: &toml::value::Datetime) -> Option<NaiveDate> {
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}
