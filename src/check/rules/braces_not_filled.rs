//! BR218: braces that look like a placeholder but are not filled in.

use std::ops::Range;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Spanned};
use crate::escape;
use crate::id::is_snake;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR218",
    name: "braces-not-filled",
    family: Family::Reference,
    level: Level::Warning,
    title: "braces that look like a placeholder but are not filled in",
    explanation: "Titles, `why` and `do` can contain only `{item}`; commands can contain `{item}` \
                  and `{fact}`, without spaces inside the braces. Anything else is left as it is: \
                  people see the braces, and a program gets them as an argument. Write `{item}`, \
                  or what was meant.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image {itme}"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
for-each = "hosts_affected"
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image {item}"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
for-each = "hosts_affected"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let is_fact = |name: &str| subject.draft.vocabulary.get(name).is_some();
    let report = |text: &Spanned<'_>, braces: Braces<'_>, findings: &mut Findings| {
        let message =
            format!("`{}` is not filled in", escape::line(&text.text[braces.span.clone()]));
        let help = match braces.meant {
            Some(meant) => format!("write `{{{meant}}}`"),
            None => "write `{item}`, or leave the braces out".to_owned(),
        };
        let span = text.part(subject.source, braces.span);
        findings.push(RULE.at(span, message).help(help));
    };
    // Most texts end here. An escape could stand for a brace.
    let may_be_odd = |braces: Braces<'_>| {
        !braces.is("item")
            && (braces.name == "item"
                || is_fact(braces.name)
                || is_slip(braces.name)
                || braces.is(braces.name) && is_snake(braces.name))
    };
    if memchr::memchr(b'\\', subject.source.as_bytes()).is_none()
        && !braces(subject.source).any(may_be_odd)
    {
        return;
    }
    for table in subject.tables() {
        for (number, text) in Subject::prose(table).iter().enumerate() {
            let is_title = number == 0 && table.has("title");
            // Elsewhere braces belong to code, unless they hold what only we call so.
            let odd = braces(&text.text).find(|braces| {
                let known = braces.name == "item" || is_fact(braces.name) || is_slip(braces.name);
                !braces.is("item")
                    && (known || is_title && braces.is(braces.name) && is_snake(braces.name))
            });
            if let Some(braces) = odd {
                let meant = is_slip(braces.name).then_some("item");
                report(text, Braces { meant, ..braces }, findings);
            }
        }
        for text in table.tables("command").iter().flat_map(|command| command.texts("run")) {
            let odd = braces(&text.text).find(|braces| {
                let meant = braces.name == "item" || is_fact(braces.name);
                meant && !braces.is(braces.name)
            });
            if let Some(braces) = odd {
                report(&text, Braces { meant: Some(braces.name), ..braces }, findings);
            }
        }
    }
}

/// Whether a name is `item` with one letter wrong, or itself.
fn is_slip(name: &str) -> bool {
    (3..=5).contains(&name.len()) && strsim::osa_distance(name, "item") <= 1
}

/// A name in braces, or behind one that never closes.
struct Braces<'t> {
    name: &'t str,
    /// With the braces.
    span: Range<usize>,
    meant: Option<&'t str>,
}

impl Braces<'_> {
    /// Whether they hold this name and nothing else.
    fn is(&self, name: &str) -> bool {
        self.name == name && self.span.len() == name.len() + 2
    }
}

fn braces(text: &str) -> impl Iterator<Item = Braces<'_>> {
    memchr::memchr_iter(b'{', text.as_bytes()).map(move |start| {
        // No name is longer than this.
        let inside = &text.as_bytes()[start + 1..];
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ');
        let length = inside.iter().take(80).take_while(|byte| word(byte)).count();
        let closes = inside.get(length) == Some(&b'}');
        let name = text[start + 1..start + 1 + length].trim();
        Braces { name, span: start..start + 1 + length + usize::from(closes), meant: None }
    })
}
