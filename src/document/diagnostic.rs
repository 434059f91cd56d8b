//! What is wrong with a document, where, and what to do about it.

use std::collections::BTreeSet;
use std::ops::Range;

/// One thing said about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// Stable name of the rule, kebab-case.
    pub rule: &'static str,
    /// What is wrong. May hold foreign text, not yet escaped; so may the other texts.
    pub message: String,
    /// Bytes of the document that it is about.
    pub span: Range<usize>,
    /// What to write beside that place.
    pub label: Option<String>,
    /// Other places that have to do with it, and how.
    pub related: Vec<(Range<usize>, String)>,
    /// What to do.
    pub help: Option<String>,
    /// Edits that do it, where only one thing can have been meant.
    pub fix: Vec<Edit>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The document cannot be used.
    Error,
    /// It can be used, but something in it should be changed.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// All levels, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// As one writes it.
    pub fn as_str(self) -> &'static str {
        ["error", "warning", "note"][self as usize]
    }

    /// Reads what [`Level::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(rule: &'static str, message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            level: Level::Error,
            rule,
            message: short(message.into()),
            span,
            label: None,
            related: Vec::new(),
            help: None,
            fix: Vec::new(),
        }
    }

    /// A warning at a place.
    pub fn warning(rule: &'static str, message: impl Into<String>, span: Range<usize>) -> Self {
        Self { level: Level::Warning, ..Self::error(rule, message, span) }
    }

    /// Says what to write beside the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(short(label.into()));
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.related.push((span, short(label.into())));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// Says which edits do it.
    #[must_use]
    pub fn fix(mut self, fix: Vec<Edit>) -> Self {
        self.fix = fix;
        self
    }

    /// Says what to do, if there is anything to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(short);
        self
    }
}

/// What a diagnostic says, without the middle if it quotes more of the document than anybody reads.
pub fn short(mut text: String) -> String {
    const MOST: usize = 1000;
    const KEPT: usize = 400;
    if text.len() > MOST {
        let is_boundary = |at: &usize| text.is_char_boundary(*at);
        let head = (0..=KEPT).rev().find(is_boundary).unwrap_or(0);
        let tail = (text.len() - KEPT..=text.len()).find(is_boundary).unwrap_or(text.len());
        text.replace_range(head..tail, " … ");
    }
    text
}

/// What there is beyond the diagnostics that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rest {
    #[default]
    Nothing,
    /// Nobody knows: to look for it would have taken too long.
    Unsought,
    /// Others that were found, and perhaps more.
    Dropped,
}

/// The diagnostics of one document in the making.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    errors: bool,
    /// Parts of the document that could not be read: what stands in them is not absent.
    holes: Vec<String>,
    /// Names whose definition is wrong, of which the definition speaks.
    spoiled: BTreeSet<String>,
    /// Nobody knows what else could not be read.
    lost: bool,
    rest: Rest,
    /// Bytes of holes in which names were looked for.
    searched: usize,
}

impl Findings {
    /// Diagnostics kept for one document; nobody reads more.
    pub const LIMIT: usize = 200;

    /// Bytes of holes that are searched at most.
    const SEARCH: usize = 256 * 1024 * 1024;

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors |= diagnostic.level == Level::Error;
        if self.is_full() {
            self.rest = Rest::Dropped;
        } else {
            self.list.push(diagnostic);
        }
    }

    /// Takes away those that do not stay.
    pub fn retain(&mut self, stays: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(stays);
    }

    /// Whether there is more than was kept, or looked for.
    pub fn is_partial(&self) -> bool {
        self.rest != Rest::Nothing
    }

    /// Gives up a part of the document.
    pub fn give_up(&mut self, part: &str) {
        self.holes.push(part.to_owned());
    }

    /// Gives up an unknown part of the document.
    pub fn lose(&mut self) {
        self.lost = true;
    }

    /// Gives up looking: there may be more to find, and the document says so.
    pub fn stop(&mut self) {
        self.rest = self.rest.max(Rest::Unsought);
    }

    /// Gives up what a name stands for, because its definition is wrong.
    pub fn spoil(&mut self, name: &str) {
        self.spoiled.insert(name.to_owned());
    }

    /// Adds one that says that something is absent, unless it may only be unreadable.
    pub fn push_absent(&mut self, diagnostic: Diagnostic) {
        if self.holes.is_empty() && !self.lost {
            self.push(diagnostic);
        }
    }

    /// Adds one that says that nothing has this name, unless that may only be unreadable.
    pub fn push_unnamed(&mut self, name: &str, diagnostic: Diagnostic) {
        if self.lost || self.spoiled.contains(name) {
            return;
        }
        if self.is_full() {
            self.rest = Rest::Dropped;
        } else if self.searched > Self::SEARCH {
            self.lose();
            self.stop();
        } else if !self.holes_have(name) {
            self.push(diagnostic);
        }
    }

    fn holes_have(&mut self, name: &str) -> bool {
        let finder = memchr::memmem::Finder::new(name);
        let searched = &mut self.searched;
        self.holes.iter().any(|hole| {
            *searched += hole.len() + 64;
            finder.find(hole.as_bytes()).is_some()
        })
    }

    /// Whether further diagnostics are dropped: the time to stop looking for suggestions.
    pub fn is_full(&self) -> bool {
        self.list.len() >= Self::LIMIT
    }

    /// Whether the document cannot be used.
    pub fn has_errors(&self) -> bool {
        self.errors || self.lost || !self.holes.is_empty()
    }

    /// All of them in the order of the text.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.level));
        let note = match self.rest {
            Rest::Nothing => None,
            Rest::Dropped => Some(format!("only the first {} findings are shown", Self::LIMIT)),
            Rest::Unsought => {
                let found = crate::wording::count(self.list.len(), "finding");
                Some(format!("there may be more than {found}: the search stopped there"))
            }
        };
        if let Some(message) = note {
            let end = self.list.last().map_or(0..0, |last| last.span.clone());
            let note = Diagnostic::error("too-many", message, end);
            let help = "correct these and run it again";
            self.list.push(Diagnostic { level: Level::Note, ..note }.help(help));
        }
        self.list
    }
}

/// A part of a text and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes that are taken out.
    pub span: Range<usize>,
    /// The text that replaces them.
    pub text: String,
}

impl Edit {
    /// Puts a text in the place of a part.
    pub fn new(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}
