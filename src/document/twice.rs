//! Where a key that is given twice was given first.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The keys of a tree, by name. Of two keys the parser keeps the first, of two headers the last.
pub(super) struct Keys<'t> {
    /// Where each stands, in the order of the text, and the braces around it, if there are any.
    places: HashMap<&'t str, Vec<Place>>,
}

type Place = (Range<usize>, Option<Range<usize>>);

impl<'t> Keys<'t> {
    pub(super) fn of(text: &str, root: &'t DeTable<'_>) -> Self {
        let mut places: HashMap<&str, Vec<Place>> = HashMap::new();
        let mut tables = vec![(root, None)];
        let mut values = Vec::new();
        while let Some((table, braces)) = tables.pop() {
            for (key, value) in table {
                places.entry(key.get_ref()).or_default().push((key.span(), braces.clone()));
                values.push((value, braces.clone()));
            }
            while let Some((value, braces)) = values.pop() {
                match value.get_ref() {
                    DeValue::Table(table) => {
                        let span = value.span();
                        let inline = text.as_bytes().get(span.start) == Some(&b'{');
                        tables.push((table, if inline { Some(span) } else { braces }));
                    }
                    DeValue::Array(array) => {
                        values.extend(array.iter().map(|value| (value, braces.clone())));
                    }
                    _ => {}
                }
            }
        }
        for places in places.values_mut() {
            places.sort_by_key(|(key, _)| key.start);
        }
        Self { places }
    }

    /// The place before this one where a key of the same name stands, and nothing closes in between.
    pub(super) fn first(&self, text: &str, again: &Range<usize>) -> Option<Range<usize>> {
        let name = text.get(again.clone())?.trim_matches(['"', '\'']);
        let places = self.places.get(name)?;
        let before = places.partition_point(|(key, _)| key.start < again.start);
        let around = |(_, braces): &&Place| {
            braces.as_ref().is_none_or(|braces| braces.contains(&again.start))
        };
        let key = places[..before].iter().rev().find(around).map(|(key, _)| key.clone());
        key.or_else(|| header(text, again))
    }
}

/// The same header on a line before.
fn header(text: &str, again: &Range<usize>) -> Option<Range<usize>> {
    let start = text[..again.start].rfind('\n').map_or(0, |newline| newline + 1);
    let header = text[start..].lines().next().filter(|line| line.starts_with('['))?;
    let first = text[..start].rfind(header)?;
    let at_start = first == 0 || text[..first].ends_with('\n');
    let moved = start - first;
    at_start.then(|| again.start - moved..again.end - moved)
}
