//! A tree that the parser made in spite of errors: fit for use once the faulty statements are taken
//! out of it, unless the parser lost others along with them.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::statements::Statement;

/// Takes what stands in `blanks` out of a tree. True if every other statement is in it, so that
/// parsing the rest anew would give the same tree.
pub(super) fn salvage(
    tree: &mut DeTable<'_>,
    statements: &[Statement],
    blanks: &[Range<usize>],
) -> bool {
    let mut seen = Vec::with_capacity(statements.len() * 2);
    let mut tables = vec![tree];
    let mut values = Vec::new();
    while let Some(table) = tables.pop() {
        // All at once: each removal alone would move all keys behind it.
        if table.keys().any(|key| is_blank(blanks, key.span().start)) {
            let all = std::mem::take(table).into_iter();
            *table = all.filter(|(key, _)| !is_blank(blanks, key.span().start)).collect();
        }
        for (key, value) in table.iter_mut() {
            seen.push(key.span().start);
            values.push(value);
        }
        while let Some(value) = values.pop() {
            let start = value.span().start;
            match value.get_mut() {
                DeValue::Table(table) => {
                    seen.push(start);
                    tables.push(table);
                }
                DeValue::Array(array) => values.extend(array.iter_mut()),
                _ => {}
            }
        }
    }
    seen.sort_unstable();
    let is_there = |statement: &Statement| seen.binary_search(&statement.start).is_ok();
    let left = statements.iter().filter(|statement| !is_blank(blanks, statement.start));
    left.into_iter().all(is_there)
}

/// Whether a place is in one of these ranges, which are in order.
pub(super) fn is_blank(blanks: &[Range<usize>], at: usize) -> bool {
    let after = blanks.partition_point(|blank| blank.start <= at);
    after.checked_sub(1).is_some_and(|number| at < blanks[number].end)
}
