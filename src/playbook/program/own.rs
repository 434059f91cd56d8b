//! What a project or an organisation knows of its own programs. It adds to what the table says and
//! takes nothing of it away.

use std::sync::Arc;

use super::table::{Row, Table as Rows};
use crate::document::Table;
use crate::document::shape::{Key, Kind, Shape};

/// A file of nothing but programs.
pub static PROGRAMS: Shape = Shape { name: "a file of programs", keys: &[PROGRAM] };

/// The programs of a file.
pub const PROGRAM: Key = Key::optional(
    "program",
    Kind::Array(&ONE),
    "Programs of your own: what they read as code, and what they change.",
);

const ONE: Kind = Kind::Table(&OWN);

static OWN: Shape = Shape {
    name: "a program",
    keys: &[
        Key::required("names", Kind::Line, "Its names, with blanks between them."),
        Key::optional("shell", Kind::Line, "Options whose value a shell reads."),
        Key::optional("code", Kind::Line, "Options whose value it reads as code."),
        Key::optional("changes", Kind::Flag, "Whether it always changes the system."),
        Key::optional("changes-on", Kind::Line, "Options and words with which it does."),
    ],
};

/// Programs that somebody added. A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Programs(Arc<Rows>);

impl Programs {
    /// Reads the programs of a document that was compared with its shape.
    pub fn read(root: &Table<'_>) -> Self {
        let rows = root.tables("program").into_iter().map(|program| {
            let words = |key| program.text(key).map(|text| text.to_owned()).unwrap_or_default();
            let changes = program.flag("changes");
            Row::own(
                &words("names"),
                &words("shell"),
                &words("code"),
                changes,
                &words("changes-on"),
            )
        });
        Self(Arc::new(Rows::of(rows)))
    }

    pub(super) fn rows(&self, name: &str) -> &[Arc<Row>] {
        self.0.rows(name)
    }
}
