//! BR316: a command that changes the world and does not say so.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Text};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR316",
    name: "unmarked-change",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the world and does not say so",
    explanation: "The program and its arguments change or delete something, and the command has no \
                  `changes = true`. It would run without a typed confirmation, in rehearsals too. Mark it, \
                  and write its way back.",
    wrong: r#"[[step]]
id = "stop-leak"

[[step.command]]
id = "block"
title = "Block the drop zone"
run = ["iptables", "-A", "OUTPUT", "-d", "192.0.2.7", "-j", "DROP"]
"#,
    right: r#"[[step]]
id = "stop-leak"

[[step.command]]
id = "block"
title = "Block the drop zone"
run = ["iptables", "-A", "OUTPUT", "-d", "192.0.2.7", "-j", "DROP"]
timeout = "30s"
changes = true
undo = "the same with -D instead of -A"
"#,
    judge: Judge::Playbook(judge),
};

/// Programs that only change things.
const CHANGERS: [&str; 18] = [
    "rm", "shred", "dd", "mkfs", "kill", "pkill", "killall", "reboot", "shutdown", "poweroff",
    "usermod", "userdel", "passwd", "chpasswd", "chmod", "chown", "mv", "truncate",
];

/// Words with which the tools of clouds and clusters name a change, at the start of an argument.
const VERBS: [&str; 17] = [
    "delete",
    "terminate",
    "disable",
    "revoke",
    "detach",
    "deactivate",
    "remove",
    "update",
    "put",
    "attach",
    "modify",
    "cordon",
    "drain",
    "scale",
    "stop",
    "patch",
    "rotate",
];

/// Tools whose second or third argument is a verb.
const TOOLS: [&str; 8] = ["aws", "gcloud", "az", "kubectl", "docker", "podman", "systemctl", "gh"];

/// Firewalls, and the options with which they change.
const FIREWALLS: [&str; 4] = ["iptables", "ip6tables", "nft", "ufw"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        let run = command.texts("run");
        if command.flag("changes") || !changes(&run) {
            continue;
        }
        let program = run.first().map_or(0..0, |program| program.span.clone());
        let shown: Vec<_> = run.iter().take(3).map(|text| escape::line(&text.text)).collect();
        let message = format!("`{}` changes the system, and is not marked so", shown.join(" "));
        let help = "write `changes = true`, a `timeout` and the way back in `undo`";
        findings.push(RULE.at(program, message).help(help));
    }
}

fn changes(run: &[Text<'_>]) -> bool {
    let mut words = run.iter().map(|text| &*text.text).skip_while(|word| *word == "sudo");
    let program = words.next().and_then(|program| program.rsplit('/').next()).unwrap_or_default();
    let arguments: Vec<&str> = words.collect();
    if arguments.iter().any(|word| matches!(*word, "--dry-run" | "--help" | "--version")) {
        return false;
    }
    CHANGERS.contains(&program)
        || FIREWALLS.contains(&program)
            && arguments.iter().any(|word| {
                matches!(*word, "-A" | "-I" | "-D" | "-F" | "add" | "delete" | "insert" | "deny")
            })
        || TOOLS.contains(&program)
            && arguments.iter().filter(|word| !word.starts_with('-')).take(3).any(|word| {
                let verb = word.split('-').next().unwrap_or_default();
                VERBS.contains(&verb)
            })
}
