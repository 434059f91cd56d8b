//! BR305: a shell line disguised as arguments.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::{Subject, Written};
use crate::document::{Findings, Level, Spanned};
use crate::escape;
use crate::id::is_snake;
use crate::playbook::program::Reads;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR305",
    name: "shell-line",
    family: Family::Craft,
    level: Level::Warning,
    title: "a shell line disguised as arguments",
    explanation: "`run` is a program and its arguments; no shell reads it. Pipes, `&&` and \
                  redirections are passed to the program as they are, and `sh -c` and `ssh` bring \
                  the shell back with all its quoting traps. Name the program itself. If commands \
                  have to be combined, put them into a reviewed script.",
    wrong: r#"[[step]]
id = "look"

[[step.command]]
id = "find"
title = "Find connections"
run = ["ss", "-tnp", "|", "grep", "443"]
"#,
    right: r#"[[step]]
id = "look"

[[step.command]]
id = "find"
title = "Find connections"
run = ["ss", "-tnp", "dport", "=", ":443"]
"#,
    judge: Judge::Playbook(judge),
};

/// Words that only a shell understands.
const SIGNS: [&str; 12] =
    ["|", "||", "&&", ";", "&", ">", ">>", "<", "<<", "2>", "2>&1", "2>/dev/null"];

/// Programs to which nothing but a shell pipes: languages for queries have words of their own.
const FILTERS: [&str; 8] = ["grep", "egrep", "awk", "sed", "xargs", "tee", "wc", "cut"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for Written { run, look, .. } in subject.commands() {
        let read_by = |reader: Reads| {
            look.reads.iter().filter(move |(_, reads)| *reads == reader).map(|(at, _)| &run[*at])
        };
        if let Some(line) = read_by(Reads::Shell).next() {
            // What is filled into a line is worse, and a rule of its own.
            if !is_filled(line) {
                let message = "a shell reads this argument as commands";
                let help = "name the program itself, then each argument separately";
                findings.push(RULE.at(line.span.clone(), message).help(help));
            }
            continue;
        }
        let signs = |text: &&Spanned<'_>| text.text.contains(['|', '&', ';', '<', '>', '`']);
        if let Some(text) = read_by(Reads::FarShell).find(signs) {
            let message = "the shell on the other side reads this argument as commands";
            let help = "name one program, or a reviewed script that is kept there";
            findings.push(RULE.at(text.span.clone(), message).help(help));
        }
        // Who reads these words knows the signs.
        if !look.reads.is_empty() {
            continue;
        }
        // `find` ends what it runs with a semicolon.
        let ends_find = |text: &Spanned<'_>| text.text == ";" && run[0].text.ends_with("find");
        let is_sign = |text: &&Spanned<'_>| SIGNS.contains(&text.text.trim()) && !ends_find(text);
        if let Some(sign) = run.iter().find(is_sign) {
            let message = format!("`{}` does not work here: no shell reads it", sign.text.trim());
            let help = "run the programs one by one; the output of each is kept";
            findings.push(RULE.at(sign.span.clone(), message).help(help));
        } else if let Some((text, filter)) = run.iter().find_map(|text| Some((text, piped(text)?)))
        {
            let message = format!("no shell reads `| {filter}`: it is part of the argument");
            let help = "run the programs one by one; the output of each is kept";
            findings.push(RULE.at(text.span.clone(), message).help(help));
        } else if let Some(program) = run.first().filter(|text| text.text.trim().contains(' ')) {
            let message = format!("there is no program `{}`", escape::line(&program.text));
            let help = "split it: the program first, then one text for each argument";
            findings.push(RULE.at(program.span.clone(), message).help(help));
        } else if let Some((at, (message, help))) = (0..run.len()).find_map(|at| {
            Some((at, unexpanded(&run[at].text, at > 0 && run[at - 1].text.starts_with('-'))?))
        }) {
            findings.push(RULE.at(run[at].span.clone(), message).help(help));
        }
    }
}

/// What of a text only a shell would replace or split, and what to write. The value of an option may
/// be a pattern that the program itself understands.
fn unexpanded(text: &str, is_value: bool) -> Option<(String, &'static str)> {
    let value = text.split_once('=').map_or(text, |(_, value)| value);
    if let Some(name) = variable(text) {
        let message = format!("no shell fills in `{}`: it is passed as it is", escape::line(name));
        return Some((message, "write the value, or `{fact}` to fill in what was answered"));
    }
    if value.starts_with("~/") {
        let message = "no shell replaces `~`: it is passed as it is".to_owned();
        return Some((message, "write the whole path"));
    }
    if !is_value && is_path(text) && text.contains('*') {
        let message = "no shell replaces `*`: it is passed as it is".to_owned();
        return Some((message, "name the folder, or use a program that searches, such as `find`"));
    }
    let name = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    if name.is_some_and(|name| is_snake(&name.replace(['-', ' '], "_"))) {
        let message = "this is passed as it is: it is no placeholder".to_owned();
        return Some((message, "write the value, or `{fact}` to fill in what was answered"));
    }
    if is_value {
        return None;
    }
    let (option, _) = text.split_once(' ')?;
    let letters = option.trim_start_matches('-');
    let is_option = option.starts_with('-')
        && !letters.contains("--")
        && letters.starts_with(|c: char| c.is_ascii_alphabetic())
        && letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_option.then(|| {
        let message = format!("`{}` and its value are one argument here", escape::line(option));
        (message, "split it: the option, then its value as a separate text")
    })
}

/// `/var/log`; not `/category:x`, an option of Windows.
fn is_path(text: &str) -> bool {
    let is_switch = text.contains(':') && text.matches('/').count() == 1;
    ["/", "./", "../"].iter().any(|start| text.starts_with(start)) && !is_switch
}

/// `$NAME` or `${name}`.
fn variable(text: &str) -> Option<&str> {
    text.match_indices('$').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = if let Some(inner) = rest.strip_prefix('{') {
            inner.find('}').filter(|end| is_snake(&inner[..*end].to_ascii_lowercase()))? + 2
        } else {
            let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let goes_on = rest[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
            (end > 1 && !goes_on && !rest.starts_with(|c: char| c.is_ascii_digit()))
                .then_some(end)?
        };
        Some(&text[at..=at + end])
    })
}

/// Whether an answer is filled in at the end of a text.
fn is_filled(text: &Spanned<'_>) -> bool {
    let name = text.text.strip_suffix('}').and_then(|text| text.rsplit_once('{'));
    name.is_some_and(|(_, name)| is_snake(name))
}

/// The program that a text pipes to.
fn piped<'r>(text: &'r Spanned<'_>) -> Option<&'r str> {
    memchr::memchr(b'|', text.text.as_bytes())?;
    let words = text.text.split('|').skip(1).filter_map(|part| part.split_whitespace().next());
    words.into_iter().find(|word| FILTERS.contains(word))
}
