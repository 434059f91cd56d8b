//! BR316: a command that changes the system and does not say so.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Spanned};
use crate::escape;
use crate::playbook::program::Argv;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR316",
    name: "unmarked-change",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the system and does not say so",
    explanation: "The program and its arguments change or delete something, but the command has no \
                  `changes = true`. It would run without a typed confirmation, even in rehearsals. \
                  Mark it, and write how to undo it.",
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
const CHANGERS: [&str; 20] = [
    "rm", "rmdir", "shred", "dd", "mkfs", "wipefs", "kill", "pkill", "killall", "reboot",
    "shutdown", "poweroff", "usermod", "userdel", "passwd", "chpasswd", "chmod", "chown", "mv",
    "truncate",
];

/// Words with which tools name a change, alone or before a hyphen.
const CHANGES: [&str; 44] = [
    "apply",
    "attach",
    "cancel",
    "cordon",
    "deactivate",
    "deallocate",
    "delete",
    "deregister",
    "destroy",
    "detach",
    "disable",
    "disconnect",
    "drain",
    "edit",
    "invalidate",
    "isolate",
    "kill",
    "mask",
    "modify",
    "patch",
    "pause",
    "prune",
    "purge",
    "put",
    "rb",
    "reboot",
    "remove",
    "replace",
    "reset",
    "restart",
    "revoke",
    "rm",
    "rmi",
    "rollback",
    "rotate",
    "scale",
    "stop",
    "suspend",
    "taint",
    "terminate",
    "uninstall",
    "unmask",
    "update",
    "upgrade",
];

/// Words with which they name that they only show something: what follows is a name.
const READS: [&str; 20] = [
    "access", "check", "describe", "diff", "download", "events", "export", "get", "head",
    "history", "info", "inspect", "list", "logs", "lookup", "ls", "read", "search", "show", "view",
];

/// Tools, and among how many of their words the one that names what they do stands, and after how
/// many others.
const TOOLS: [(&str, usize, usize); 17] = [
    ("aws", 1, 1),
    ("gcloud", 1, 5),
    ("az", 1, 5),
    ("gh", 1, 2),
    ("kubectl", 0, 1),
    ("oc", 0, 1),
    ("docker", 0, 1),
    ("podman", 0, 1),
    ("nerdctl", 0, 1),
    ("systemctl", 0, 1),
    ("terraform", 0, 1),
    ("tofu", 0, 1),
    ("pulumi", 0, 1),
    ("helm", 0, 1),
    ("vault", 0, 2),
    ("gsutil", 0, 1),
    ("launchctl", 0, 1),
];

/// Words behind which the next one names what is done: `docker container rm`.
const GROUPS: [&str; 10] = [
    "builder",
    "compose",
    "container",
    "image",
    "network",
    "rollout",
    "service",
    "stack",
    "system",
    "volume",
];

/// Options of these tools, before the words, that take a value.
const VALUED: [&str; 16] = [
    "--profile",
    "--region",
    "--output",
    "--endpoint-url",
    "--context",
    "--namespace",
    "-n",
    "--kubeconfig",
    "--cluster",
    "--project",
    "--account",
    "--subscription",
    "-H",
    "--host",
    "-s",
    "--user",
];

/// Firewalls, and the words with which they change.
const FIREWALLS: [&str; 4] = ["iptables", "ip6tables", "nft", "ufw"];
const FIREWALL_CHANGES: [&str; 12] =
    ["-A", "-I", "-D", "-F", "-R", "-P", "add", "delete", "insert", "deny", "flush", "reject"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        if command.flag("changes") {
            continue;
        }
        let run = command.texts("run");
        if !changes(&Argv::of(&run)) {
            continue;
        }
        let program = run.first().map_or(0..0, |program| program.span.clone());
        let shown: Vec<_> = run.iter().take(3).map(|text| escape::line(&text.text)).collect();
        let message = format!("`{}` changes the system but is not marked", shown.join(" "));
        let help = "write `changes = true`, a `timeout`, and in `undo` how to undo it";
        findings.push(RULE.at(program, message).help(help));
    }
}

fn changes(argv: &Argv<'_, Spanned<'_>>) -> bool {
    let has = |is: &dyn Fn(&str) -> bool| argv.arguments.iter().any(|text| is(&text.text));
    if has(&|word| matches!(word, "--help" | "--version") || word.starts_with("--dry-run")) {
        return false;
    }
    if CHANGERS.contains(&argv.program) || argv.program.starts_with("mkfs.") {
        return true;
    }
    if FIREWALLS.contains(&argv.program) {
        return has(&|word| FIREWALL_CHANGES.contains(&word));
    }
    match argv.program {
        "find" => return has(&|word| word == "-delete"),
        "curl" | "wget" => return sends_change(argv.arguments),
        "gh" if sends_change(argv.arguments) => return true,
        _ => {}
    }
    let tool = TOOLS.iter().find(|(tool, ..)| *tool == argv.program);
    tool.is_some_and(|(_, after, among)| names_change(argv, *after, *among))
}

/// Whether the first word that names what a tool does names a change.
fn names_change(argv: &Argv<'_, Spanned<'_>>, after: usize, among: usize) -> bool {
    let mut words = argv.words(&VALUED).peekable();
    let group = words.peek().is_some_and(|word| after == 0 && GROUPS.contains(word));
    let does = words.skip(after + usize::from(group)).take(among).map(|word| {
        let verb = word.split('-').next().unwrap_or_default();
        let undoes = group && verb == "undo";
        (CHANGES.contains(&verb) || undoes, READS.contains(&verb))
    });
    does.into_iter().find(|(changes, reads)| *changes || *reads).is_some_and(|(changes, _)| changes)
}

/// Whether a request is sent that changes something.
fn sends_change(arguments: &[Spanned<'_>]) -> bool {
    let mut before = "";
    arguments.iter().any(|text| {
        let word = &*text.text;
        let option = std::mem::replace(&mut before, word);
        let is_option = matches!(option, "-X" | "--request" | "--method");
        let glued =
            ["-X", "--request=", "--method="].iter().find_map(|glued| word.strip_prefix(glued));
        let method = if is_option { Some(word) } else { glued };
        matches!(method, Some("DELETE" | "PUT" | "PATCH"))
    })
}
