//! A letter with places for what belongs to one person: filled a hundred thousand times, so it is
//! taken apart once.

use super::marks::{ADDRESS, DATE, NAME, SIGNATORY, TO_CHECK, UNREVIEWED};
use crate::escape;

/// A place in a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Date,
    Address,
    Name,
    Salutation,
    Signatory,
}

impl Slot {
    const ALL: [Self; 5] =
        [Self::Date, Self::Address, Self::Name, Self::Salutation, Self::Signatory];

    /// Stands for it while the text is laid out; no fact can hold one.
    fn sign(self) -> char {
        ['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}', '\u{e004}'][self as usize]
    }

    fn of(c: char) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.sign() == c)
    }
}

/// What is not ready in a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unready {
    /// Marks of what is missing or has to be written, as they appear in the text.
    pub gaps: Vec<String>,
    /// Marks of what somebody has to check.
    pub checks: Vec<String>,
    /// Whether nobody who speaks the language has read it.
    pub is_unreviewed: bool,
}

/// A letter, taken apart.
#[derive(Clone, Debug)]
pub struct Letter {
    pieces: Vec<Result<String, Slot>>,
    salutation: String,
    is_markdown: bool,
}

/// What a letter says of one person. Nothing is escaped yet.
#[derive(Clone, Debug, Default)]
pub struct Addressee<'p> {
    /// The name.
    pub name: &'p str,
    /// How the person is addressed, if somebody said so: the whole line.
    pub salutation: Option<&'p str>,
    /// The lines of the address below the name.
    pub address: Vec<String>,
}

/// Takes the marks of what is not ready out of a text: every bracket that no fact wrote and that is
/// neither a link nor one of the places of a letter.
pub fn unready(markdown: &str) -> (String, Unready) {
    let mut unready = Unready::default();
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find(['\\', '[']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\\') {
            let end = rest.chars().take(2).map(char::len_utf8).sum();
            text.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let mark = end_of_mark(rest).map_or(rest, |end| &rest[..end]);
        let after = &rest[mark.len()..];
        let is_slot = [DATE, ADDRESS, NAME, SIGNATORY].contains(&mark);
        if is_slot || after.starts_with('(') {
            text.push_str(mark);
        } else if mark.starts_with(UNREVIEWED) {
            unready.is_unreviewed = true;
        } else if mark.starts_with(TO_CHECK) {
            unready.checks.push(mark.replace('\\', ""));
            text.truncate(text.trim_end_matches(' ').len());
        } else {
            unready.gaps.push(mark.replace('\\', ""));
            text.push_str(mark);
        }
        rest = after;
    }
    text.push_str(rest);
    (text.trim_start().to_owned(), unready)
}

/// Where a mark ends; brackets inside it are escaped.
fn end_of_mark(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| {
        let ends = c == ']' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at + 1)
    })
}

impl Letter {
    /// Takes a text apart, whose marks were taken out by [`unready`]. `lay_out` makes plain text of
    /// it, if it is not to stay Markdown.
    pub fn new(markdown: &str, salutation: &str, lay_out: Option<&dyn Fn(&str) -> String>) -> Self {
        let mut text: String = markdown.chars().filter(|c| Slot::of(*c).is_none()).collect();
        for (token, slot) in [
            (salutation, Slot::Salutation),
            (ADDRESS, Slot::Address),
            (DATE, Slot::Date),
            (NAME, Slot::Name),
            (SIGNATORY, Slot::Signatory),
        ] {
            text = text.replace(token, &slot.sign().to_string());
        }
        let text = lay_out.map_or(text.clone(), |lay_out| lay_out(&text));
        let mut pieces: Vec<Result<String, Slot>> = Vec::new();
        for c in text.chars() {
            match (Slot::of(c), pieces.last_mut()) {
                (Some(slot), _) => pieces.push(Err(slot)),
                (None, Some(Ok(piece))) => piece.push(c),
                (None, _) => pieces.push(Ok(c.to_string())),
            }
        }
        Self { pieces, salutation: salutation.to_owned(), is_markdown: lay_out.is_none() }
    }

    /// Writes the letter to one person.
    pub fn write(&self, to: &Addressee<'_>, (date, signatory): (&str, &str), out: &mut String) {
        let clean = |text: &str| {
            if self.is_markdown {
                escape::markdown_line(text)
            } else {
                escape::line(text).into_owned()
            }
        };
        let name = isolated(to.name);
        // Two blanks end a line of Markdown.
        let end = if self.is_markdown { "  \n" } else { "\n" };
        for piece in &self.pieces {
            match piece {
                Ok(text) => out.push_str(text),
                Err(Slot::Date) => out.push_str(&clean(date)),
                Err(Slot::Name) => out.push_str(&clean(&name)),
                Err(Slot::Signatory) => out.push_str(&clean(signatory)),
                Err(Slot::Salutation) => match to.salutation {
                    Some(salutation) => out.push_str(&clean(salutation)),
                    None => out.push_str(&self.salutation.replace(NAME, &clean(&name))),
                },
                Err(Slot::Address) => {
                    out.push_str(&clean(to.name));
                    for line in to.address.iter().filter(|line| !line.is_empty()) {
                        out.push_str(end);
                        out.push_str(&clean(line));
                    }
                }
            }
        }
    }
}

/// A name inside a line of another direction: isolated, so that it turns nothing around it.
fn isolated(name: &str) -> String {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if name.chars().any(is_rtl) { format!("\u{2068}{name}\u{2069}") } else { name.to_owned() }
}
