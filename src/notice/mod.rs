//! What a notice says: the items that a law asks for, filled from the facts.
//!
//! A law lists what a notice has to say in words of its own. An [`Item`] knows these words, the facts
//! that answer them and how to put them, once for offices and once in plain language for people.
//! A fact that is not recorded yet appears in the draft as `[MISSING: …]`, one that no fact can give as
//! `[TO WRITE: …]`: a draft never hides a gap, and never invents.

mod class;
mod draft;
mod facts;
mod item;
mod reader;
mod statement;

pub use class::{CLASSES, Class, Share, classes};
pub use draft::{Drafted, ItemState, MISSING, Required, TO_WRITE, draft};
pub use facts::NoticeFacts;
pub use item::{ITEMS, Item, Part, items};
pub use reader::Reader;
pub use statement::{STATED, Stated, statement};

/// Everything that comes with the tool: path below `playbooks/notification/notices`, and text.
pub fn builtin() -> impl Iterator<Item = (String, &'static str)> {
    let templates = reader::TEMPLATES.iter().map(|(name, text)| (format!("{name}.md"), *text));
    let tables = [
        ("classes.toml", class::TEXT),
        ("items.toml", item::TEXT),
        ("status-page.md", statement::TEXT),
    ];
    templates.chain(tables.map(|(name, text)| (name.to_owned(), text)))
}
