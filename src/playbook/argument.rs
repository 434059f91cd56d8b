//! Arguments of a command, and the values that fill them.
//!
//! A value fills one placeholder of an argument, so it can never become two arguments, and one that a
//! program would read as an option is refused. If text follows the placeholder, as in the URL of an API,
//! the value may hold only characters that cannot change the meaning of that text.

use std::fmt;
use std::ops::Range;

use super::Command;
use crate::fact::Value;
use crate::id::is_snake;

/// One argument: a text, a placeholder, and more text; any of them may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The text before the placeholder.
    pub text: String,
    /// What fills the placeholder, if there is one.
    pub fill: Option<Fill>,
    /// The text after the placeholder.
    pub rest: String,
}

/// What fills an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The item of a step that repeats.
    Item,
    /// The value of a fact.
    Fact(String),
}

impl Argument {
    /// Reads an argument. `{name}` is filled in; other braces are braces.
    ///
    /// # Errors
    /// The range of a second placeholder, or of one inside other braces.
    pub(super) fn parse(text: &str) -> Result<Self, Range<usize>> {
        let Some(hole) = hole(text) else {
            return Ok(Self { text: text.to_owned(), fill: None, rest: String::new() });
        };
        let (before, rest) = (&text[..hole.start], &text[hole.end..]);
        if let Some(second) = self::hole(rest) {
            return Err(hole.end + second.start..hole.end + second.end);
        }
        if before.ends_with('{') && rest.starts_with('}') {
            return Err(hole);
        }
        let fill = match &text[hole.start + 1..hole.end - 1] {
            "item" => Fill::Item,
            name => Fill::Fact(name.to_owned()),
        };
        Ok(Self { text: before.to_owned(), fill: Some(fill), rest: rest.to_owned() })
    }

    /// The placeholder as the playbook writes it: `{item}`; empty if there is none.
    pub fn placeholder(&self) -> String {
        match &self.fill {
            None => String::new(),
            Some(Fill::Item) => "{item}".to_owned(),
            Some(Fill::Fact(name)) => format!("{{{name}}}"),
        }
    }

    /// The range of the placeholder in the argument.
    pub fn hole(&self) -> Range<usize> {
        self.text.len()..self.text.len() + self.placeholder().len()
    }

    /// The value in `word`, which is this argument with its placeholder filled.
    pub fn value<'w>(&self, word: &'w str) -> &'w str {
        &word[self.text.len()..word.len() - self.rest.len()]
    }
}

impl fmt::Display for Argument {
    /// As the playbook writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.text, self.placeholder(), self.rest)
    }
}

/// The first `{name}` of a text.
fn hole(text: &str) -> Option<Range<usize>> {
    text.match_indices('{').find_map(|(start, _)| {
        // No name is longer than this; a search for the brace must not go through the whole text.
        let name = text[start + 1..].bytes().take(65).position(|byte| byte == b'}')?;
        let end = start + 1 + name;
        is_snake(&text[start + 1..end]).then_some(start..end + 1)
    })
}

/// Why a command cannot be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfilled {
    /// This fact is not known.
    Missing(String),
    /// This fact, or `item`, has a value that no argument may have, for this reason.
    Refused(String, &'static str),
}

impl Unfilled {
    /// The fact that has to be known first.
    pub fn missing_fact(&self) -> Option<&str> {
        match self {
            Self::Missing(name) => Some(name),
            Self::Refused(..) => None,
        }
    }
}

impl fmt::Display for Unfilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "`{name}` is not known"),
            Self::Refused(name, because) => write!(f, "the value of `{name}` {because}"),
        }
    }
}

impl std::error::Error for Unfilled {}

impl Command {
    /// The program and its arguments with everything filled in.
    ///
    /// # Errors
    /// A value is missing, or is none that an argument may have.
    pub fn fill<'v>(
        &self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        item: Option<&str>,
    ) -> Result<Vec<String>, Unfilled> {
        let mut filled = Vec::with_capacity(self.run.len());
        let mut options_end = false;
        for (at, argument) in self.run.iter().enumerate() {
            let (name, value) = match &argument.fill {
                None => {
                    options_end |= argument.text == "--";
                    filled.push(argument.text.clone());
                    continue;
                }
                Some(Fill::Item) => ("item", item.map(str::to_owned)),
                Some(Fill::Fact(name)) => (name.as_str(), known(name).and_then(word)),
            };
            let value = value.ok_or_else(|| Unfilled::Missing(name.to_owned()))?;
            let may_be_option = argument.text.is_empty() && !options_end;
            let inside = !argument.rest.is_empty();
            if may_be_option && self.is_command(at, &value) {
                return Err(Unfilled::Refused(name.to_owned(), COMMAND));
            }
            if let Some(because) = refusal(&value, may_be_option, inside) {
                return Err(Unfilled::Refused(name.to_owned(), because));
            }
            filled.push(format!("{}{value}{}", argument.text, argument.rest));
        }
        Ok(filled)
    }

    /// The facts that its arguments need, each once.
    pub fn facts(&self) -> Vec<&str> {
        let mut facts: Vec<&str> = self
            .run
            .iter()
            .filter_map(|argument| match &argument.fill {
                Some(Fill::Fact(name)) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }
}

/// A value as one word of a command, for the types that a playbook may use there.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Choice(text) => Some(text.clone()),
        Value::Count(count) => Some(count.n.to_string()),
        _ => None,
    }
}

/// Whether a value is safe as one path segment of a URL, and is not `.` or `..`.
fn is_segment(value: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~@+".contains(&byte);
    value.bytes().all(harmless) && value.bytes().any(|byte| byte != b'.')
}

const COMMAND: &str = "begins so that the program would read it as a command";

fn refusal(value: &str, may_be_option: bool, inside: bool) -> Option<&'static str> {
    if value.is_empty() {
        Some("is empty")
    } else if value.contains(char::is_control) {
        Some("contains line breaks or control characters")
    } else if may_be_option && value.starts_with('-') {
        Some("begins with `-` and would be read as an option")
    } else if inside && !is_segment(value) {
        Some("may hold only letters, digits and `-._~@+` there; use the id")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(run: &[&str]) -> Command {
        Command {
            id: "x".to_owned(),
            title: "X".to_owned(),
            run: run.iter().map(|text| Argument::parse(text).expect("good")).collect(),
            timeout: chrono::TimeDelta::minutes(10),
            changes: false,
            undo: None,
            when: None,
            fills: None,
        }
    }

    fn fill(run: &[&str], value: &str) -> Result<Vec<String>, Unfilled> {
        let value = Value::Text(value.to_owned());
        command(run).fill(&|name| (name == "x").then_some(&value), Some("web-01"))
    }

    #[test]
    fn values_fill_one_place() {
        let filled = fill(&["ssh", "root@{item}", "--id={x}", "{{.Names}}", "{X}"], "a b; rm");
        let expected = ["ssh", "root@web-01", "--id=a b; rm", "{{.Names}}", "{X}"];
        assert_eq!(filled, Ok(expected.map(str::to_owned).to_vec()));
        assert_eq!(Argument::parse("{a}{b}"), Err(3..6));
        assert_eq!(Argument::parse("{{a}}"), Err(1..4));
        for text in ["x", "{item}", "/users/{item}/sessions?all=true", "https://{a}.example.com/"] {
            let argument = Argument::parse(text).expect("good");
            assert_eq!(argument.to_string(), text);
            assert_eq!(&text[argument.hole()], argument.placeholder());
        }
    }

    #[test]
    fn a_value_in_the_middle_names_one_thing() {
        for good in ["00u1ab2CD", "anna@example.com", "a.b-c_d~e+f", "..."] {
            let filled = fill(&["curl", "https://x/users/{x}/block"], good);
            let is_dots = good.bytes().all(|byte| byte == b'.');
            assert_eq!(filled.is_err(), is_dots, "{good}");
        }
        for bad in ["..", "a/../b", "a?b=c", "a#b", "a%2Fb", "a&b", "a b", "a'b", "ä", "a\\b", ""]
        {
            assert!(fill(&["curl", "https://x/users/{x}/block"], bad).is_err(), "{bad}");
        }
        let argument = Argument::parse("/users/{x}/block").expect("good");
        assert_eq!(argument.value("/users/anna/block"), "anna");
    }

    #[test]
    fn a_value_cannot_become_an_option_or_a_line() {
        let option = "begins with `-` and would be read as an option";
        assert_eq!(fill(&["rm", "{x}"], "-rf"), Err(Unfilled::Refused("x".to_owned(), option)));
        assert!(fill(&["rm", "--", "{x}"], "-rf").is_ok());
        for (run, value) in [
            (&["less", "{x}"][..], "+!reboot"),
            (&["sudo", "view", "-R", "{x}"], "+!reboot"),
            (&["more", "-f", "{x}"], "+/x"),
            (&["identify", "{x}"], "|reboot"),
            (&["sqlplus", "-S", "{x}"], "@evil.sql"),
        ] {
            let refused = Err(Unfilled::Refused("x".to_owned(), COMMAND));
            assert_eq!(fill(run, value), refused, "{run:?}");
        }
        for run in [&["less", "--", "{x}"][..], &["sms", "{x}"], &["less", "f/{x}"]] {
            assert!(fill(run, "+49").is_ok(), "{run:?}");
        }
        assert!(fill(&["rm", "--id={x}"], "-rf").is_ok());
        for bad in ["", "a\nb", "a\0", "\x1b[2J"] {
            assert!(fill(&["rm", "--", "{x}"], bad).is_err(), "{bad:?}");
        }
        assert_eq!(fill(&["rm", "{y}"], "a"), Err(Unfilled::Missing("y".to_owned())));
    }
}
