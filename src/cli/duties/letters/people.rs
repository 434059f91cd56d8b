//! The people of a mail merge, from a table: read twice and never held, but for what tells them apart.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use csv::StringRecord;

use crate::cli::desk::spreadsheet::{Rows, columns};
use crate::escape;
use crate::fact::{Fact, Value};
use crate::incident::event::Group;
use crate::world::World;

/// The columns that a table can have.
const COLUMNS: [&str; 13] = [
    "id",
    "name",
    "place",
    "group",
    "language",
    "salutation",
    "street",
    "street2",
    "postcode",
    "town",
    "region",
    "country",
    "email",
];

/// Mistakes that are kept; a table without a header has one in each row.
const MOST: usize = 1000;

/// The most characters of a cell.
const LONGEST: usize = 200;

/// The position of a column in a row.
#[derive(Clone, Debug, Default)]
struct Columns([Option<usize>; 13]);

/// One person of the table.
pub(super) struct Person<'r> {
    row: &'r StringRecord,
    columns: &'r Columns,
}

impl<'r> Person<'r> {
    pub(super) fn get(&self, column: &str) -> &'r str {
        let number = COLUMNS.iter().position(|known| *known == column);
        let place = number.and_then(|number| self.columns.0[number]);
        place.and_then(|place| self.row.get(place)).unwrap_or_default()
    }
}

/// Whom a letter goes to: what is kept of a person.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The line of the first row.
    line: u64,
    /// What tells the person, and not the group.
    rest: u64,
    /// Groups by number, in their order; none where there are no groups.
    pub(super) groups: Vec<usize>,
    /// Code of the place.
    pub(super) place: String,
    /// The language that the row asks for.
    pub(super) language: Option<String>,
}

/// The people of a table.
#[derive(Default)]
pub(super) struct Roll {
    columns: Columns,
    known: HashMap<String, Known>,
    /// What is wrong, each with its line.
    pub(super) mistakes: Vec<String>,
    /// Mistakes beyond those that are kept.
    pub(super) more: usize,
    /// What a person should look at.
    pub(super) doubts: Vec<String>,
}

/// What the cells of a table may name.
pub(super) struct Allowed<'a> {
    pub(super) groups: Vec<&'a str>,
    /// A fact of the type place: it reads codes and names.
    pub(super) place: &'a Fact,
    pub(super) is_language: &'a dyn Fn(&str) -> bool,
}

impl Roll {
    /// Reads a table for the first time: every mistake, and who is in it.
    pub(super) fn read(text: &str, allowed: &Allowed<'_>, world: &World) -> Self {
        let mut rows = Rows::new(text, csv::Trim::All);
        let mut roll = Self::default();
        let needed: &[&str] = if allowed.groups.is_empty() {
            &["id", "name", "place"]
        } else {
            &["id", "name", "place", "group"]
        };
        match columns((&rows.header, rows.first), &COLUMNS, needed) {
            Ok(names) => {
                let place = |column: &&str| names.iter().position(|name| name == column);
                roll.columns = Columns(COLUMNS.map(|column| place(&column)));
            }
            Err(wrong) => {
                roll.mistakes = wrong;
                return roll;
            }
        }
        let width = rows.header.len();
        let mut places: HashMap<String, Result<String, String>> = HashMap::new();
        let mut homes: HashMap<u64, u64> = HashMap::new();
        let columns = roll.columns.clone();
        for row in &mut rows {
            match row {
                Err(error) => roll.wrong(error),
                Ok((line, row)) if row.len() != width => {
                    let cells = crate::wording::count(row.len(), "cell");
                    roll.wrong(format!("line {line}: {cells}, but the first line has {width}"));
                }
                Ok((line, row)) => {
                    let person = Person { row: &row, columns: &columns };
                    let place = places
                        .entry(person.get("place").to_owned())
                        .or_insert_with_key(|place| code(allowed.place, place, world));
                    let place = place.clone();
                    roll.take(line, &person, place, allowed, &mut homes);
                }
            }
        }
        if roll.known.is_empty() && roll.mistakes.is_empty() {
            roll.wrong("it has no rows".to_owned());
        }
        roll
    }

    fn wrong(&mut self, mistake: String) {
        if self.mistakes.len() < MOST {
            self.mistakes.push(mistake);
        } else {
            self.more += 1;
        }
    }

    fn take(
        &mut self,
        line: u64,
        person: &Person<'_>,
        place: Result<String, String>,
        allowed: &Allowed<'_>,
        homes: &mut HashMap<u64, u64>,
    ) {
        let mut wrong: Vec<String> = Vec::new();
        for (column, cell) in COLUMNS.map(|column| (column, person.get(column))) {
            if cell.chars().any(escape::is_harmful) {
                wrong.push(format!("`{column}` has line breaks or invisible characters"));
            } else if cell.chars().count() > LONGEST {
                wrong.push(format!("`{column}` has more than {LONGEST} characters"));
            }
        }
        let id = person.get("id");
        if !is_id(id) {
            wrong.push("`id` has to be 1 to 64 letters, digits, `-` or `_`".to_owned());
        }
        if person.get("name").is_empty() {
            wrong.push("there is no name".to_owned());
        }
        let email = person.get("email");
        if !email.is_empty() && !is_email(email) {
            wrong.push("`email` is not one address".to_owned());
        }
        let group = person.get("group");
        let number = allowed.groups.iter().position(|known| *known == group);
        match (group.is_empty(), number) {
            (true, _) if !allowed.groups.is_empty() => {
                wrong.push("the person is in no group".to_owned());
            }
            (false, None) => wrong.push(format!("nobody defined the group `{group}`")),
            _ => {}
        }
        let language = Some(person.get("language")).filter(|language| !language.is_empty());
        if let Some(language) = language.filter(|language| !(allowed.is_language)(language)) {
            wrong.push(format!("there is no language `{language}`"));
        }
        let place = place.unwrap_or_else(|error| {
            wrong.push(error);
            String::new()
        });
        for wrong in wrong.drain(..) {
            self.wrong(format!("line {line}: {wrong}"));
        }
        let rest = hash(COLUMNS.iter().filter(|column| **column != "group"), person);
        let number: Vec<usize> = number.into_iter().collect();
        match self.known.get_mut(id) {
            Some(known) if known.rest != rest => {
                let first = known.line;
                self.wrong(format!(
                    "line {line}: the id `{id}` is that of line {first}, and the rest is not"
                ));
            }
            Some(known) if number.iter().all(|group| known.groups.contains(group)) => {
                let first = known.line;
                self.wrong(format!("line {line}: the id `{id}` is also in line {first}"));
            }
            Some(known) => {
                known.groups.extend(number);
                known.groups.sort_unstable();
            }
            None => {
                let home = hash(["name", "street", "street2", "postcode", "town"].iter(), person);
                let has_address = !person.get("street").is_empty();
                if let Some(first) = homes.insert(home, line).filter(|_| has_address) {
                    self.doubts.push(format!(
                        "lines {first} and {line} have the same name and address and two ids: is \
                         that one person?"
                    ));
                }
                let language = language.map(str::to_owned);
                let known = Known { line, rest, groups: number, place, language };
                self.known.insert(id.to_owned(), known);
            }
        }
    }

    /// Everybody once, in the order of the table, in a table that was read before.
    pub(super) fn each<E>(
        &self,
        text: &str,
        mut then: impl FnMut(&Person<'_>, &Known) -> Result<(), E>,
    ) -> Result<(), E> {
        for (line, row) in Rows::new(text, csv::Trim::All).flatten() {
            let person = Person { row: &row, columns: &self.columns };
            if let Some(known) = self.known.get(person.get("id")).filter(|of| of.line == line) {
                then(&person, known)?;
            }
        }
        Ok(())
    }

    /// How many people there are, by place and group; of somebody in several groups, in each.
    pub(super) fn counts(&self) -> BTreeMap<(String, Option<usize>), u64> {
        let mut counts = BTreeMap::new();
        for known in self.known.values() {
            let groups: Vec<Option<usize>> = match known.groups.as_slice() {
                [] => vec![None],
                groups => groups.iter().copied().map(Some).collect(),
            };
            for group in groups {
                *counts.entry((known.place.clone(), group)).or_insert(0) += 1;
            }
        }
        counts
    }

    /// People who are in several groups, of which one is on record as having nobody from another.
    pub(super) fn shared(&self, groups: &[Group]) -> Vec<String> {
        let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
        for known in self.known.values().filter(|known| known.groups.len() > 1) {
            for group in known.groups.iter().filter_map(|number| groups.get(*number)) {
                if group.alone {
                    *shared.entry(&group.name).or_insert(0) += 1;
                }
            }
        }
        let says = |(group, n): (&str, usize)| {
            let people = crate::wording::count(n, "person");
            format!(
                "{people} of `{group}` in another group as well, though the record says nobody is"
            )
        };
        shared.into_iter().map(says).collect()
    }

    /// What is kept of everybody.
    pub(super) fn known(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }
}

fn code(fact: &Fact, place: &str, world: &World) -> Result<String, String> {
    match fact.parse(place, world.clock()) {
        Ok(understood) => match understood.value {
            Value::Text(code) => Ok(code),
            _ => Err(format!("`{place}` is no place")),
        },
        Err(hint) => Err(hint),
    }
}

fn hash<'c>(columns: impl Iterator<Item = &'c &'c str>, person: &Person<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for column in columns {
        person.get(column).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether a text can be the name of a file and a barcode.
fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-')
}

/// Whether a text is one address, and nothing that a header or a command could be made of.
fn is_email(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !r#"<>()[],;:\"'`|&$"#.contains(c);
    let parts: Vec<&str> = text.split('@').collect();
    matches!(parts[..], [name, domain] if !name.is_empty() && domain.contains('.'))
        && text.chars().all(plain)
        && !text.starts_with('-')
}
