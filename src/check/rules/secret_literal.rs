//! BR306: a secret in the text of a playbook.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Spanned};
use crate::incident::sensitive;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR306",
    name: "secret-literal",
    family: Family::Craft,
    level: Level::Error,
    title: "a secret in the text of a playbook",
    explanation: "A playbook is printed, copied into every incident folder and sent to suppliers. \
                  A key, a token or a password in it is a second breach. Remove it, replace it \
                  wherever it is used, and let the command read it from where you keep secrets.",
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
        let help = "remove it, replace it wherever it is used, and read it from a file or a \
                    variable";
        let article = if secret.what.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
        let message = format!("this looks like {article} {}", secret.what);
        findings.push(RULE.at(secret.span, message).help(help));
    }
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        let run = command.texts("run");
        let program = run.first().map_or("", |program| &*program.text);
        for pair in run.windows(2).filter(|pair| takes_password(program, pair)) {
            let help = "let the program read it from a file or a variable";
            let span = pair[1].span.clone();
            findings.push(RULE.at(span, "this looks like a password").help(help));
        }
    }
}

/// Whether the first of two words is an option, and the second one a password.
fn takes_password(program: &str, pair: &[Spanned<'_>]) -> bool {
    const OPTIONS: [&str; 8] = [
        "--password",
        "--passwd",
        "--token",
        "--api-key",
        "--apikey",
        "--secret-key",
        "--client-secret",
        "--pass",
    ];
    let (option, value) = (&*pair[0].text, &*pair[1].text);
    let value = match option {
        "-u" | "--user" if program.ends_with("curl") => match value.split_once(':') {
            Some((_, password)) => password,
            None => return false,
        },
        "-p" if program.ends_with("sshpass") => value,
        option if OPTIONS.contains(&option) => value,
        _ => return false,
    };
    // A placeholder, a variable or a path is where it comes from, not what it is.
    !value.is_empty() && !value.starts_with(['{', '$', '%', '/', '-', '@'])
}
