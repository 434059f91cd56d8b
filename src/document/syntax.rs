//! Every syntax error of a TOML text, each once.
//!
//! The parser goes on after an error, but one slip can make the rest of the file look wrong, or
//! vanish from the tree. So a statement with an error is blanked with spaces, which keeps all
//! places true, and the text is parsed again until it is clean, unless the tree holds all the rest
//! already. The parser stays the only judge of what is valid; the statements only say how much of the
//! text to give up.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Findings};
use super::hidden;
use super::salvage::{is_blank, salvage};
use super::statements::{Statement, statements};
use super::twice::Keys;

/// Bytes parsed at most for one text, whatever its errors; a clean text is parsed once.
const BUDGET: usize = 16 * 1024 * 1024;

/// Reports every syntax error and hidden character of `text`, and hands over the tree of what is left
/// when the statements that hold one are blanked. A text without errors is parsed once.
pub fn read<R>(
    text: &str,
    findings: &mut Findings,
    then: impl FnOnce(&DeTable<'_>, &mut Findings) -> R,
) -> R {
    let result = parse(text, findings, then);
    hidden::check(text, findings);
    result
}

fn parse<R>(
    text: &str,
    findings: &mut Findings,
    then: impl FnOnce(&DeTable<'_>, &mut Findings) -> R,
) -> R {
    let mut text = Cow::Borrowed(text);
    let mut budget = BUDGET;
    loop {
        let left = {
            let (mut tree, errors) = DeTable::parse_recoverable(&text);
            let Some(blanks) = judge(&text, &mut tree, errors, findings) else {
                numbers(tree.get_ref(), findings);
                return then(tree.get_ref(), findings);
            };
            budget = budget.saturating_sub(text.len());
            let left = blanked(&text, &blanks);
            // Without anything to take away, the tree is what it is.
            if findings.is_full() || budget == 0 || left == text {
                findings.lose();
                findings.stop();
                return then(tree.get_ref(), findings);
            }
            left
        };
        text = Cow::Owned(left);
    }
}

/// Reports the errors of one parse that do not come from each other. `None`: the tree holds all that
/// is not faulty; otherwise what to blank before the text is parsed anew.
fn judge(
    text: &str,
    tree: &mut Spanned<DeTable<'_>>,
    errors: Vec<toml::de::Error>,
    findings: &mut Findings,
) -> Option<Vec<Range<usize>>> {
    let slips = errors.into_iter().map(|error| Slip::new(&error));
    let (again, mut slips): (Vec<_>, Vec<_>) = slips.partition(Slip::is_duplicate);
    // A key given twice breaks nothing else, and is only certain once the rest is clean.
    if slips.is_empty() {
        twice(text, tree.get_ref(), again, findings);
        return None;
    }
    slips.sort_by_key(|slip| slip.span.start);
    let statements = statements(text);
    let (blanks, whole) = independent(text, slips, &statements, findings);
    for blank in &blanks {
        findings.give_up(&text[blank.clone()]);
    }
    if !whole || !salvage(tree.get_mut(), &statements, &blanks) {
        return Some(blanks);
    }
    let left = again.into_iter().filter(|slip| !is_blank(&blanks, slip.span.start));
    twice(text, tree.get_ref(), left.collect(), findings);
    None
}

/// Reports keys that are given twice, with the place of the first.
fn twice(text: &str, tree: &DeTable<'_>, slips: Vec<Slip>, findings: &mut Findings) {
    if slips.is_empty() {
        return;
    }
    let keys = Keys::of(text, tree);
    for slip in slips {
        let first = keys.first(text, &slip.span).filter(|_| !findings.is_full());
        let mut diagnostic = slip.diagnostic(text).help("keep one of them");
        if let Some(first) = first {
            diagnostic =
                diagnostic.label("defined again here").related(first, "first defined here");
        }
        findings.push(diagnostic);
    }
}

/// An error of the parser.
struct Slip {
    span: Range<usize>,
    message: String,
}

impl Slip {
    fn new(error: &toml::de::Error) -> Self {
        Self { span: error.span().unwrap_or(0..0), message: error.message().to_owned() }
    }

    fn is_duplicate(&self) -> bool {
        self.message == "duplicate key"
    }

    fn diagnostic(self, text: &str) -> Diagnostic {
        if self.is_duplicate() {
            let message = "the same key or table is defined twice";
            return Diagnostic::error("duplicate-key", message, self.span);
        }
        if let Some((message, help)) = plainly(text, &self) {
            return Diagnostic::error("syntax", message, self.span).help(help);
        }
        let mut lines = self.message.lines();
        let message = lines.next().unwrap_or("this is not TOML").to_owned();
        let help = lines.collect::<Vec<_>>().join(", ");
        Diagnostic::error("syntax", message, self.span)
            .maybe_help((!help.is_empty()).then_some(help))
    }
}

/// Slips that people make, in their words instead of the parser's: what is wrong, and what to do.
fn plainly(text: &str, slip: &Slip) -> Option<(String, String)> {
    let rest = text.get(slip.span.start..)?;
    let first = rest.chars().next().unwrap_or('\n');
    if first.is_ascii_control() && !matches!(first, '\n' | '\t' | '\r') {
        let message = format!("the control character U+{:04X} is here", u32::from(first));
        return Some((message, "delete it: it is not text".to_owned()));
    }
    let (message, help) = match first {
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
            ("TOML does not allow this kind of quote", "write straight quotes: `\"…\"`")
        }
        '\n' | '\r' | '#' if slip.message.starts_with("string values must be quoted") => {
            ("this key has no value", "write one after the `=`")
        }
        ':' => {
            ("a key and its value are separated by `=`, not by a colon", "write `key = \"value\"`")
        }
        '\r' => (
            "a line ends with only a carriage return",
            "save the file with Unix or Windows line endings",
        ),
        _ if slip.message.starts_with("string values must be quoted") => {
            ("a text needs quotes", "write `\"…\"` around it")
        }
        _ if slip.message.starts_with("invalid boolean") => {
            ("this is neither `true` nor `false`", "write it in lower case")
        }
        _ if slip.message.starts_with("key with no value") => {
            ("this key has no value", "write `=` and a value after it")
        }
        _ if slip.message.contains("unicode") || slip.message.contains("escape") => (
            "this backslash does not begin a TOML escape",
            "write `\\\\` for a backslash, or the text in single quotes",
        ),
        _ => return None,
    };
    Some((message.to_owned(), help.to_owned()))
}

/// Reports the errors of one parse that do not come from each other, and says what to blank, and
/// whether these are all.
///
/// Errors in different statements are independent as long as no bracket or text stayed open; after
/// one that did, the rest has to be parsed anew.
fn independent(
    text: &str,
    slips: Vec<Slip>,
    statements: &[Statement],
    findings: &mut Findings,
) -> (Vec<Range<usize>>, bool) {
    let mut blanks: Vec<Range<usize>> = Vec::new();
    for slip in slips {
        let at = slip.span.start.min(text.len());
        if blanks.last().is_some_and(|blank| at < blank.end) {
            continue;
        }
        let after = statements.partition_point(|statement| statement.start <= at);
        let Some(statement) = after.checked_sub(1).map(|number| &statements[number]) else {
            blanks.push(line_start(text, at)..line_end(text, at));
            findings.push(slip.diagnostic(text));
            continue;
        };
        let blanked = blanks.last().map_or(0, |blank| blank.end);
        let from = statement.start.max(blanked);
        let start = line_start(text, from);
        if let Some(open) = statement.open_at(text, at) {
            let end = resume(text, from);
            let lost = open.always || end <= at;
            findings.push(if lost { open.slip } else { slip }.diagnostic(text));
            blanks.push(start..end);
            return (blanks, false);
        }
        let end = if statement.header && line_start(text, at) == line_start(text, statement.start) {
            // Its keys would fall into the table before.
            let next = statements[after..].iter().find(|statement| statement.header);
            next.map_or(text.len(), |next| line_start(text, next.start))
        } else {
            line_end(text, at)
        };
        findings.push(slip.diagnostic(text));
        blanks.push(start..end);
    }
    (blanks, true)
}

/// What was still open where an error was found.
struct Open {
    /// The error that this may be instead.
    slip: Slip,
    /// Whether it is, whatever follows.
    always: bool,
}

impl Statement {
    fn open_at(&self, text: &str, at: usize) -> Option<Open> {
        let unclosed = |span: &&Range<usize>| {
            let quotes = &text[span.start..span.start + 3];
            span.end >= text.trim_end().len()
                && (span.len() < 6 || !text[span.start..span.end].trim_end().ends_with(quotes))
        };
        if let Some(text) = self.texts.iter().find(unclosed) {
            let message = "this triple-quoted text is never closed".to_owned();
            let span = text.start..text.start + 3;
            return Some(Open { slip: Slip { span, message }, always: true });
        }
        let (start, _) = *self.brackets.iter().find(|(open, close)| *open < at && at <= *close)?;
        let message = "this bracket is never closed".to_owned();
        Some(Open { slip: Slip { span: start..start + 1, message }, always: false })
    }
}

/// The next line after `from` that looks like a statement, or the end.
fn resume(text: &str, from: usize) -> usize {
    let mut start = line_end(text, from);
    while start < text.len() {
        start += 1;
        let end = line_end(text, start);
        if is_statement(&text[start..end]) {
            return start;
        }
        start = end;
    }
    text.len()
}

fn is_statement(line: &str) -> bool {
    let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.\"' ".contains(c);
    line.starts_with('[')
        || line.split_once('=').is_some_and(|(key, _)| {
            key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(is_key)
        })
}

fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    rest.iter().position(|byte| *byte == b'\n').map_or(text.len(), |newline| at + newline)
}

/// Line feeds stay and every other byte becomes a space, so that all places stay true.
fn blanked(text: &str, blanks: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for blank in blanks {
        for byte in &mut bytes[blank.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Numbers are kept as text by the parser; those that no program could hold are reported here.
fn numbers(root: &DeTable<'_>, findings: &mut Findings) {
    let mut tables = vec![root];
    let mut values = Vec::new();
    while let Some(table) = tables.pop() {
        values.extend(table.values());
        while let Some(value) = values.pop() {
            let sound = match value.get_ref() {
                DeValue::Table(table) => {
                    tables.push(table);
                    true
                }
                DeValue::Array(array) => {
                    values.extend(array);
                    true
                }
                value => can_be_held(value),
            };
            if !sound {
                let message = "this number is too large";
                findings.push(Diagnostic::error("number", message, value.span()));
            }
        }
    }
}

/// Whether a program can hold a value; true of all but numbers.
pub(super) fn can_be_held(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix()).is_ok(),
        DeValue::Float(f) => {
            f.as_str().parse().is_ok_and(f64::is_finite) || f.as_str().contains(['i', 'n'])
        }
        _ => true,
    }
}
