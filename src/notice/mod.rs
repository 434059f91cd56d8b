//! What a notice says: the items that a law asks for, filled from the facts.
//!
//! A law lists what a notice has to say in words of its own. An [`Item`] knows these words, the facts
//! that answer them and how to put them, once for offices and once in plain language for people.
//! A fact that is not recorded yet appears in the draft as `[MISSING: …]`, one that no fact can give as
//! `[TO WRITE: …]`: a draft never hides a gap, and never invents.

mod certainty;
mod class;
mod concerned;
mod context;
mod counts;
mod doubts;
mod draft;
mod facts;
mod filing;
mod groups;
mod item;
mod language;
mod letter;
mod marks;
mod of_group;
mod period;
mod questions;
mod reader;
mod spoken;
mod standing;
mod statement;
mod support;
mod translation;

pub use certainty::{BELIEVED, each_of, less_than_determined};
pub use class::{CLASSES, Class, Share, classes};
pub use concerned::{concerned, misses_test, of_these, told_of, unprotected};
pub use counts::fewer_than_groups;
pub use doubts::Doubts;
pub use draft::{Drafted, draft};
pub use facts::NoticeFacts;
pub use filing::{
    Answer, Answered, AuthorityForm, FORM, Field, Known, Mandatory, QUESTIONS, Question, Section,
    UNREAD, Unread, answers, forms, questions, unread_forms,
};
pub use item::{ITEMS, Item, Part, items};
pub use language::{Form, LANGUAGE, Language, Locale, lacks, languages};
pub use letter::{Addressee, Letter, Unready, unready};
pub use marks::{MISSING, TO_WRITE};
pub use of_group::{CONTACTS, PROSE, facts_of, may_live, not_theirs, offers, to_all};
pub use period::began;
pub use questions::beyond;
pub use reader::Reader;
pub use standing::{ItemState, Required};
pub use statement::{STATED, Stated, statement};
pub use translation::Translation;

/// Everything that comes with the tool: path below `playbooks/notification`, and text.
pub fn builtin() -> impl Iterator<Item = (String, &'static str)> {
    let templates = reader::TEMPLATES.iter().map(|(name, text)| (format!("{name}.md"), *text));
    let tables = [
        ("classes.toml", class::TEXT),
        ("items.toml", item::TEXT),
        ("status-page.md", statement::TEXT),
    ];
    let named = |(name, text): (&str, &'static str)| (name.to_owned(), text);
    let notices = templates.chain(tables.into_iter().chain(language::TEXTS).map(named));
    let notices = notices.map(|(name, text)| (format!("notices/{name}"), text));
    notices.chain(filing::TEXTS.into_iter().chain(filing::TABLES).map(named))
}
