//! BR305: a shell line disguised as arguments.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Text};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR305",
    name: "shell-line",
    family: Family::Craft,
    level: Level::Warning,
    title: "a shell line disguised as arguments",
    explanation: "`run` is a program and its arguments; no shell reads it. Pipes, `&&` and redirections \
                  are handed to the program as they are, and `sh -c` brings the shell back with all its \
                  quoting traps. Name the program itself; what has to be combined belongs into a script \
                  that was reviewed.",
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

/// Programs that read a line of commands.
const SHELLS: [&str; 9] = ["sh", "bash", "dash", "zsh", "ksh", "fish", "cmd", "powershell", "pwsh"];

/// Words that only a shell understands.
const SIGNS: [&str; 12] =
    ["|", "||", "&&", ";", "&", ">", ">>", "<", "<<", "2>", "2>&1", "2>/dev/null"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        let run = command.texts("run");
        if let Some(line) = shell_line(&run) {
            let message = "a shell reads this argument as commands";
            let help = "name the program itself, one argument after the other";
            findings.push(RULE.at(line.span.clone(), message).help(help));
            continue;
        }
        if let Some(sign) = run.iter().find(|text| SIGNS.contains(&text.text.trim())) {
            let message = format!("`{}` is no argument: no shell reads it", sign.text.trim());
            let help = "run the programs one by one; the output of each is kept";
            findings.push(RULE.at(sign.span.clone(), message).help(help));
        } else if let Some(program) = run.first().filter(|text| text.text.trim().contains(' ')) {
            let message = format!("there is no program `{}`", escape::line(&program.text));
            let help = "split it: the program first, then one text for each argument";
            findings.push(RULE.at(program.span.clone(), message).help(help));
        }
    }
}

/// The argument that a shell takes for a line of commands.
pub(super) fn shell_line<'r, 't>(run: &'r [Text<'t>]) -> Option<&'r Text<'t>> {
    let shell = run.iter().position(|text| {
        let program = text.text.rsplit(['/', '\\']).next().unwrap_or_default();
        SHELLS.contains(&program.trim_end_matches(".exe"))
    })?;
    let option = run[shell..].iter().position(|text| {
        let letters = text.text.strip_prefix('-');
        letters.is_some_and(|letters| !letters.starts_with('-') && letters.ends_with('c'))
            || matches!(&*text.text, "/c" | "/C" | "-Command")
    })?;
    run.get(shell + option + 1)
}
