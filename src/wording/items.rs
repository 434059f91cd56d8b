//! Many names in few words: names that are numbered one after the other stand as a range.

use super::list;

/// As many names in a row are a range; fewer are as short one by one.
const LEAST: usize = 4;

/// A name, or names that follow each other.
struct Run {
    /// As it can be typed again.
    shown: String,
    count: usize,
}

/// Like [`list`], but names only the first few of many items: `a, b, c and 37 more`,
/// `srv-01..srv-40`.
pub fn few<S: AsRef<str>>(items: &[S]) -> String {
    few_of(items, 12)
}

/// As [`few`], with so many names or ranges.
pub fn few_of<S: AsRef<str>>(items: &[S], named: usize) -> String {
    let runs = runs(items);
    let Some((shown, rest)) = runs.split_at_checked(named).filter(|(_, rest)| !rest.is_empty())
    else {
        return list(&runs.iter().map(|run| &run.shown).collect::<Vec<_>>());
    };
    let more: usize = rest.iter().map(|run| run.count).sum();
    let shown: Vec<&str> = shown.iter().map(|run| run.shown.as_str()).collect();
    format!("{} and {more} more", shown.join(", "))
}

/// Few items by name; of many how many they are, too: `40 hosts (srv-01..srv-40)`.
pub fn these<S: AsRef<str>>(items: &[S], noun: &str) -> String {
    const FEW: usize = 6;
    match items.len() {
        0..=FEW => few_of(items, FEW),
        many => format!("{} ({})", super::count(many, noun), few_of(items, 3)),
    }
}

/// So many names or ranges, each by itself, and how many more there are.
pub fn ranges<S: AsRef<str>>(items: &[S], named: usize) -> Vec<String> {
    let runs = runs(items);
    let more: usize = runs.iter().skip(named).map(|run| run.count).sum();
    let shown = runs.into_iter().take(named).map(|run| run.shown);
    shown.chain((more > 0).then(|| format!("and {more} more"))).collect()
}

/// The names in their order, with ranges where at least [`LEAST`] of them follow each other.
fn runs<S: AsRef<str>>(items: &[S]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = items;
    while let Some(first) = rest.first().map(AsRef::as_ref) {
        let number = numbers(first).max_by_key(|number| number.length(rest));
        let number = number.filter(|number| number.length(rest) >= LEAST);
        let count = number.as_ref().map_or(1, |number| number.length(rest));
        let shown = number.map_or_else(|| first.to_owned(), |number| number.range(count));
        runs.push(Run { shown, count });
        rest = &rest[count..];
    }
    runs
}

/// A number in a name, and the text around it.
struct Number<'n> {
    before: &'n str,
    digits: &'n str,
    after: &'n str,
}

/// Every number in a name.
fn numbers(name: &str) -> impl Iterator<Item = Number<'_>> {
    let starts = name.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !name[..*at].ends_with(|c: char| c.is_ascii_digit())
    });
    starts.map(|(at, _)| {
        let (before, rest) = name.split_at(at);
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        Number { before, digits: &rest[..rest.len() - after.len()], after }
    })
}

impl Number<'_> {
    /// The number that comes so many after this one, as wide as this one.
    fn later(&self, by: usize) -> Option<String> {
        let number = self.digits.parse::<u64>().ok()?.checked_add(u64::try_from(by).ok()?)?;
        Some(format!("{number:0width$}", width = self.digits.len()))
    }

    /// How many of the names follow each other, the first of which has this number.
    fn length<S: AsRef<str>>(&self, names: &[S]) -> usize {
        let follows = |(by, name): &(usize, &S)| {
            let number = name.as_ref().strip_prefix(self.before);
            let number = number.and_then(|name| name.strip_suffix(self.after));
            number.is_some_and(|number| self.later(*by).is_some_and(|later| later == number))
        };
        names.iter().enumerate().take_while(follows).count()
    }

    /// So many names as one.
    fn range(&self, count: usize) -> String {
        let Self { before, digits, after } = self;
        let last = self.later(count - 1).unwrap_or_default();
        match *after {
            "" => format!("{before}{digits}..{before}{last}"),
            after => format!("{before}[{digits}-{last}]{after}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(from: usize, to: usize) -> Vec<String> {
        (from..=to).map(|number| format!("srv-{number:02}")).collect()
    }

    #[test]
    fn numbered_names_are_a_range() {
        assert_eq!(few(&hosts(1, 40)), "srv-01..srv-40");
        assert_eq!(few(&hosts(98, 101)), "srv-98..srv-101");
        assert_eq!(few(&hosts(1, 3)), "srv-01, srv-02 and srv-03");
        let mut mixed = hosts(1, 4);
        mixed.extend(["db-01".to_owned(), "srv-07".to_owned()]);
        assert_eq!(few(&mixed), "srv-01..srv-04, db-01 and srv-07");
        assert_eq!(few_of(&mixed, 1), "srv-01..srv-04 and 2 more");
        let named: Vec<String> =
            (1..=40).map(|number| format!("web{number:02}.eu2.example")).collect();
        assert_eq!(few(&named), "web[01-40].eu2.example");
        assert_eq!(few_of(&["srv-9", "srv-10", "srv-11", "srv-12"], 1), "srv-9..srv-12");
    }

    #[test]
    fn other_names_stand_one_by_one() {
        assert_eq!(few(&["a", "b", "c", "d"]), "a, b, c and d");
        assert_eq!(few_of(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(few(&["n1", "n3", "n5", "n7"]), "n1, n3, n5 and n7");
        assert_eq!(few(&["x-1", "y-2", "x-3", "y-4"]), "x-1, y-2, x-3 and y-4");
        let last = format!("n{}", u64::MAX);
        assert_eq!(few(&[last.as_str(), "n0", "n1", "n2"]), format!("{last}, n0, n1 and n2"));
        assert_eq!(few::<&str>(&[]), "");
    }

    #[test]
    fn each_can_be_named_by_itself() {
        assert_eq!(ranges(&hosts(1, 9), 2), ["srv-01..srv-09"]);
        assert_eq!(ranges(&["a", "b", "c"], 2), ["a", "b", "and 1 more"]);
    }

    #[test]
    fn many_are_counted() {
        assert_eq!(these(&hosts(1, 40), "host"), "40 hosts (srv-01..srv-40)");
        assert_eq!(these(&hosts(1, 2), "host"), "srv-01 and srv-02");
        assert_eq!(
            these(&["a", "c", "e", "g", "i", "k", "m"], "key"),
            "7 keys (a, c, e and 4 more)"
        );
    }
}
