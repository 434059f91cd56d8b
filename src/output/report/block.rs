//! What a section is made of. Every text is foreign until a face has escaped it.

use crate::fact::When;
use crate::report::{Presence, Text, Written, Zone};
use crate::wording::unmarked;

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A sentence of the report.
    Line(String),
    /// A name and what it is.
    Field(String, String),
    /// What people wrote, in Markdown: a title, then paragraphs.
    Prose(String, Vec<String>),
    /// A title, then points.
    Points(String, Vec<String>),
    /// A table.
    Table(Grid),
    /// Something that is not there, and why.
    Missing(String, String),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// What it shows.
    pub caption: String,
    /// The names of its columns.
    pub header: Vec<&'static str>,
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
    /// The name that a figure knows its rows by: `t` for `t1`, `t2` and so on.
    pub key: Option<&'static str>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A moment, how it is shown, and what is to be said behind it.
    At(When, String, String),
    /// Our words, then a note that somebody wrote, in Markdown.
    Note(String, String),
}

impl Cell {
    /// A moment, never finer than it was given.
    pub(super) fn at(when: &When, zone: Zone) -> Self {
        Self::At(when.clone(), zone.show(when), String::new())
    }

    /// All of it in words.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::At(_, shown, more) => format!("{shown}{more}"),
            Self::Note(ours, note) => format!("{ours}: {}", unmarked(note)),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Block {
    /// A table; a line that says so, if it has no rows. A column in which no row says anything is left
    /// out.
    pub(super) fn table<C: Into<Cell>>(
        caption: &str,
        header: &[&'static str],
        rows: Vec<Vec<C>>,
        empty: &str,
    ) -> Self {
        if rows.is_empty() {
            return Self::Missing(caption.to_owned(), empty.to_owned());
        }
        let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect());
        let rows: Vec<Vec<Cell>> = rows.collect();
        let is_empty = |column: usize| rows.iter().all(|row| row[column].words().is_empty());
        let empty: Vec<&str> = (1..header.len())
            .filter(|column| is_empty(*column))
            .map(|column| header[column])
            .collect();
        let caption = caption.to_owned();
        Self::Table(Grid { caption, header: header.to_vec(), rows, key: None }).without(&empty)
    }

    /// The same without these columns, which the reader may not see or does not need.
    pub(super) fn without(mut self, names: &[&str]) -> Self {
        if let Self::Table(grid) = &mut self {
            let kept: Vec<bool> = grid.header.iter().map(|name| !names.contains(name)).collect();
            let mut keeps = kept.iter();
            grid.header.retain(|_| keeps.next() == Some(&true));
            for row in &mut grid.rows {
                let mut keeps = kept.iter();
                row.retain(|_| keeps.next() == Some(&true));
            }
        }
        self
    }

    /// The same, its rows known to a figure by this name and their number.
    pub(super) fn keyed(mut self, name: &'static str) -> Self {
        if let Self::Table(grid) = &mut self {
            grid.key = Some(name);
        }
        self
    }

    /// Points; a line that says so, if there are none.
    pub(super) fn points(title: &str, points: Vec<String>, empty: &str) -> Self {
        if points.is_empty() {
            Self::Missing(title.to_owned(), empty.to_owned())
        } else {
            Self::Points(title.to_owned(), points)
        }
    }

    /// Parts that people wrote; then a line each for those not recorded, not known or withheld.
    pub(super) fn written<'w>(parts: impl IntoIterator<Item = &'w Written>) -> Vec<Self> {
        let mut blocks = Vec::new();
        let mut gone: [(&str, Presence, Vec<String>); 3] = [
            ("Not recorded", Presence::Missing, Vec::new()),
            ("Not known", Presence::Unknown, Vec::new()),
            ("Withheld from this audience", Presence::Withheld, Vec::new()),
        ];
        for part in parts.into_iter().filter(|part| !part.is_other) {
            let title = own(&part.title);
            if let Some(gone) = gone.iter_mut().find(|gone| gone.1 == part.presence) {
                gone.2.push(title);
            } else if let [text] = part.texts.as_slice() {
                blocks.push(Self::Prose(title, vec![own(text)]));
            } else {
                blocks.push(Self::Points(title, part.texts.iter().map(words).collect()));
            }
        }
        let gone = gone.into_iter().filter(|(.., titles)| !titles.is_empty());
        blocks.extend(
            gone.map(|(what, _, titles)| Self::Missing(what.to_owned(), titles.join("; "))),
        );
        blocks
    }
}

/// The text, still foreign.
pub(super) fn own(text: &Text) -> String {
    text.as_str().to_owned()
}

/// What somebody wrote, in words.
pub(super) fn words(text: &Text) -> String {
    unmarked(text.as_str())
}

/// The same behind a colon, if there is any.
pub(super) fn because(text: Option<&Text>) -> String {
    text.map(|text| format!(": {}", words(text))).unwrap_or_default()
}

/// The text, if there is one.
pub(super) fn maybe(text: Option<&Text>) -> String {
    text.map(own).unwrap_or_default()
}
