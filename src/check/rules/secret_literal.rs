//! BR306: a secret in the text of a file.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::{Findings, Level};
use crate::incident::sensitive;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR306",
    name: "secret-literal",
    family: Family::Craft,
    level: Level::Error,
    title: "a secret in the text of a file",
    explanation: "A playbook is printed, copied into every incident folder and sent to suppliers, \
                  and its tests and answers lie beside it. A key, a token or a password in one of \
                  them is a second breach. Remove it, replace it wherever it is used, and let the \
                  command read it from where you keep secrets.",
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
    judge: Judge::Text(judge),
};

fn judge(source: &str, findings: &mut Findings) {
    // The whole text, comments included: whoever prints the file prints them, too.
    for secret in sensitive(source) {
        let help = "remove it, replace it wherever it is used, and read it from a file or a \
                    variable";
        let message = format!("this looks like {}", secret.with_article());
        findings.push(RULE.at(secret.span, message).help(help));
    }
}
