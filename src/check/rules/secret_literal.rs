//! BR306: a secret in the text of a playbook.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Text};
use crate::incident::sensitive;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR306",
    name: "secret-literal",
    family: Family::Craft,
    level: Level::Error,
    title: "a secret in the text of a playbook",
    explanation: "A playbook is printed, copied into every incident folder and sent to suppliers. A key, a \
                  token or a password in it is a second breach. Take it out, change it where it is used, \
                  and let the command read it from where secrets are kept.",
    wrong: r#"[[step]]
id = "look"

[[step.command]]
id = "list"
title = "List keys"
run = ["vault", "list", "--password=correct-horse-battery"]
"#,
    right: r#"[[step]]
id = "look"

[[step.command]]
id = "list"
title = "List keys"
run = ["vault", "list", "--password-file=/run/secrets/vault"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    // The whole text, comments included: whoever prints the playbook prints them, too.
    for secret in sensitive(subject.source) {
        let help = "take it out, change it where it is used, and read it from a file or a variable";
        let message = format!("this looks like a {}", secret.what);
        findings.push(RULE.at(secret.span, message).help(help));
    }
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        let run = command.texts("run");
        for (number, text) in run.iter().enumerate() {
            password(number.checked_sub(1).map(|before| &run[before]), text, findings);
        }
    }
}

/// Reports the value of an option that takes a password.
fn password(before: Option<&Text<'_>>, text: &Text<'_>, findings: &mut Findings) {
    const OPTIONS: [&str; 6] =
        ["--password", "--passwd", "--secret", "--token", "--api-key", "--secret-key"];
    let named = OPTIONS.iter().find_map(|option| text.text.strip_prefix(option)?.strip_prefix('='));
    let value = match before {
        _ if named.is_some() => named,
        Some(before) if OPTIONS.contains(&&*before.text) => Some(&*text.text),
        _ => None,
    };
    // A placeholder, a variable or a path is where it comes from, not what it is.
    if value.is_some_and(|value| !value.is_empty() && !value.starts_with(['{', '$', '/', '-', '@']))
    {
        let help = "let the program read it from a file or a variable";
        findings.push(RULE.at(text.span.clone(), "this looks like a password").help(help));
    }
}
