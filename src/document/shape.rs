//! What may stand where in a document: static tables.
//!
//! The tables are the one definition of a format.

use super::fix;

/// The keys of a table.
#[derive(Debug)]
pub struct Shape {
    /// What the table is, with its article: "a step".
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

impl Shape {
    /// The shapes that the table may have to which these keys lead; none, if its keys are names.
    pub fn tables(&self, path: &[String]) -> Vec<&Self> {
        match path.split_first() {
            None => vec![self],
            Some((key, rest)) => {
                let known = self.keys.iter().find(|known| known.name == key);
                known.map(|known| known.kind.tables(rest)).unwrap_or_default()
            }
        }
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// One line for the reference page.
    pub doc: &'static str,
    /// Version of the format that brought it.
    pub since: u32,
}

impl Key {
    /// A key that must be there, since the first version.
    pub const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, required: true, doc, since: 1 }
    }

    /// A key that may be there, since the first version.
    pub const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, required: false, doc, since: 1 }
    }

    /// The same key, which a later version of the format brought.
    #[must_use]
    pub const fn since(self, since: u32) -> Self {
        Self { since, ..self }
    }
}

/// What a value may be.
#[derive(Debug)]
pub enum Kind {
    /// A text on one line, not empty.
    Line,
    /// A program or one of its arguments: a text on one line, not empty.
    Argument,
    /// A text, not empty.
    Text,
    /// A text of a form.
    Word(&'static Form),
    /// One of these words.
    Option(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A day.
    Day,
    /// A whole number.
    Integer,
    /// The version of the format: from 1 to this one.
    Version(u32),
    /// An array.
    Array(&'static Kind),
    /// A table.
    Table(&'static Shape),
    /// A table that has the key, of the first shape; one that has not, of the second.
    ByKey(&'static str, &'static Shape, &'static Shape),
    /// A table with keys of a form and values of one kind.
    Named(&'static Form, &'static Kind),
    /// A text, or an array of texts.
    Texts,
    /// A text as the first says, or what the second says.
    TextOr(&'static Kind, &'static Kind),
    /// A table of anything, kept for its owner.
    Opaque,
    /// Anything but a table, or an array of such things.
    Plain,
    /// Anything but a table, or a table of this shape.
    PlainOr(&'static Shape),
}

impl Kind {
    /// Whether it is written below headers of its own.
    pub(super) fn is_table(&self) -> bool {
        match self {
            Self::Table(_) | Self::ByKey(..) => true,
            Self::Array(kind) => kind.is_table(),
            _ => false,
        }
    }

    /// As [`Shape::tables`].
    fn tables(&self, path: &[String]) -> Vec<&Shape> {
        match self {
            Self::Array(kind) | Self::TextOr(_, kind) => kind.tables(path),
            Self::Table(shape) | Self::PlainOr(shape) => shape.tables(path),
            Self::ByKey(_, with, without) => {
                [with, without].into_iter().flat_map(|shape| shape.tables(path)).collect()
            }
            Self::Named(_, kind) => match path.split_first() {
                Some((_, rest)) => kind.tables(rest),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// How a text has to be written.
#[derive(Debug)]
pub struct Form {
    /// What it is, with an example.
    pub says: &'static str,
    /// The same as a regular expression.
    pub pattern: &'static str,
    /// Whether a text has the form.
    pub valid: fn(&str) -> bool,
    /// What a text of another form says, written in this one.
    pub mend: fn(&str) -> Option<String>,
}

/// An id: `image-web-hosts`.
pub static KEBAB: Form = Form {
    says: "lower-case words joined by hyphens, such as `image-web-hosts`",
    pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    valid: crate::id::is_kebab,
    mend: fix::kebab,
};

/// The name of a rule or a family, or the id of a rule.
pub static RULE: Form = Form {
    says: "a rule such as `BR303` or `no-role`, or a family such as `craft`",
    pattern: "^(BR[0-9]{3}|[a-z][a-z0-9]*(-[a-z0-9]+)*)$",
    valid: |text| text.starts_with("BR") || crate::id::is_kebab(text),
    mend: |_| None,
};

/// The name of a fact: `hosts_affected`.
pub static SNAKE: Form = Form {
    says: "lower-case words joined by underscores, such as `hosts_affected`",
    pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
    valid: crate::id::is_snake,
    mend: |_| None,
};

/// A name of which nothing is known.
pub static NAME: Form = Form {
    says: "a name that is not empty",
    pattern: "\\S",
    valid: |text| !text.trim().is_empty(),
    mend: |_| None,
};
