//! What a rule is: a stable id, a level, the reason for it, a wrong and a right example.

use std::ops::Range;

use super::subject::Subject;
use crate::document::{Diagnostic, Findings, Level, Table};

/// One thing that the checker looks for.
#[derive(Debug)]
pub struct Rule {
    /// `BR` and three digits; never given to another rule.
    pub id: &'static str,
    /// What it finds, in a few words, kebab-case.
    pub name: &'static str,
    /// The family that it belongs to.
    pub family: Family,
    /// How bad it is, unless somebody chose otherwise.
    pub level: Level,
    /// What it finds, on one line.
    pub title: &'static str,
    /// What is wrong about it, why that matters at 3 a.m., and what to do.
    pub explanation: &'static str,
    /// A part of a file in which it finds something.
    pub wrong: &'static str,
    /// The same part as it should be.
    pub right: &'static str,
    /// Who judges.
    pub judge: Judge,
}

/// Who finds what a rule names.
#[derive(Debug)]
pub enum Judge {
    /// Whoever takes up a file, before there is anything to read in it.
    File,
    /// The reader that the walk uses, too.
    Reader,
    /// This function, for every playbook.
    Playbook(fn(&Subject<'_>, &mut Findings)),
    /// This function, for the text of every file of a known kind, comments included.
    Text(fn(&str, &mut Findings)),
    /// This function, for every vocabulary.
    Facts(fn(&Table<'_>, &mut Findings)),
    /// The checker itself, about what it was asked to overlook.
    Checker,
}

/// What rules have in common. The hundreds of an id say the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// BR0: bytes, TOML, and what the checker was told about them.
    File,
    /// BR1: keys and values.
    Form,
    /// BR2: what one place says of another.
    Reference,
    /// BR3: what experienced responders do.
    Craft,
    /// BR4: what goes stale.
    Upkeep,
    /// BR5: what can never happen.
    Reach,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Form, Self::Reference, Self::Craft, Self::Upkeep, Self::Reach];

    /// As one writes it on the command line.
    pub fn as_str(self) -> &'static str {
        ["file", "form", "reference", "craft", "upkeep", "reach"][self as usize]
    }
}

impl Rule {
    /// What this rule has to say of a place.
    pub fn at(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: self.level, ..Diagnostic::error(self.name, message, span) }
    }

    /// Whether nobody can choose another level: what the walk could not use stays an error.
    pub fn is_firm(&self) -> bool {
        self.level == Level::Error && matches!(self.judge, Judge::File | Judge::Reader)
    }
}
