//! What is found in texts that were once judged wrongly, and what is not.

use breach::check::{Policy, check};
use breach::document::Document;

use super::example::whole;

/// A step with a command that runs this.
fn runs(run: &str) -> String {
    format!(
        "[[step]]\nid = \"look\"\nfor-each = \"hosts_affected\"\n\n[[step.command]]\nid = \"x\"\n\
         title = \"X\"\nrun = {run}\n"
    )
}

fn step(keys: &str) -> String {
    format!("[[step]]\nid = \"look\"\n{keys}\n")
}

/// The rules that find something, in the order of the text.
fn found(part: &str) -> String {
    let document = Document { name: "x".to_owned(), text: whole(part) };
    let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
    found.iter().map(|found| found.rule.id).collect::<Vec<_>>().join(" ")
}

#[test]
fn commands_are_seen_through() {
    for (run, rules) in [
        (r#"["ssh", "h", "rm", "{item}"]"#, "BR316 BR307"),
        (r#"["ssh", "h", "cat {item}"]"#, "BR307"),
        (r#"["ssh", "-o", "A=b", "{item}", "ps", "aux"]"#, ""),
        (r#"["ssh", "h", "ps aux | grep x"]"#, "BR305"),
        (r#"["su", "-c", "rm {item}"]"#, "BR307"),
        (r#"["eval", "{item}"]"#, "BR307"),
        (r#"["python3", "-c", "{item}"]"#, "BR307"),
        (r#"["python3", "x.py", "-c", "{item}"]"#, ""),
        (r#"["psql", "-c", "select '{item}"]"#, "BR307"),
        (r#"["powershell", "-command", "ping {item}"]"#, "BR307"),
        (r#"["pwsh", "-NoProfile", "-File", "x.ps1", "{item}"]"#, ""),
        (r#"["sh", "-c", "x \"$1\"", "_", "{item}"]"#, "BR305"),
        (r#"["bash", "-euo", "pipefail", "-c", "x"]"#, "BR305"),
        (r#"["sh", "script.sh", "-c", "x"]"#, ""),
        (r#"["CMD", "/C", "dir"]"#, "BR305"),
        (r#"["ash", "-c", "x"]"#, "BR305"),
        (r#"["ps", "aux | grep x"]"#, "BR305"),
        (r#"["jq", ".a | .b"]"#, ""),
        (r#"["find", "/", "-exec", "ls", "{}", ";"]"#, ""),
        (r#"["find", "/", "-delete"]"#, "BR316"),
        (r#"["aws", "--profile", "p", "--region", "r", "ec2", "terminate-instances"]"#, "BR316"),
        (r#"["docker", "rm", "x"]"#, "BR316"),
        (r#"["terraform", "destroy"]"#, "BR316"),
        (r#"["sudo", "-u", "root", "rm", "x"]"#, "BR316"),
        (r#"["env", "A=1", "rm", "x"]"#, "BR316"),
        (r#"["curl", "-X", "DELETE", "https://x"]"#, "BR316"),
        (r#"["kubectl", "-n", "x", "rollout", "restart", "y"]"#, "BR316"),
        (r#"["kubectl", "logs", "update-service-7d"]"#, ""),
        (r#"["docker", "logs", "stop-gap"]"#, ""),
        (r#"["systemctl", "status", "rotate-logs.timer"]"#, ""),
        (r#"["gcloud", "compute", "instances", "describe", "delete-me"]"#, ""),
        (r#"["gcloud", "secrets", "versions", "access", "latest", "--secret=db-password"]"#, ""),
        (r#"["x", "--secret", "prod/db"]"#, ""),
        (r#"["curl", "-u", "admin:hunter2", "x"]"#, "BR306"),
        (r#"["docker", "run", "-u", "1000:1000", "x"]"#, ""),
        (r#"["pgrep", "tmux", "{item}"]"#, ""),
        (r#"["env", "A=1", "curl", "-S", "{item}"]"#, ""),
        (r#"["sudo", "watch", "-n1", "{item}"]"#, "BR307"),
        (r#"["docker", "--context", "x", "exec", "c", "sh", "-c", "{item}"]"#, "BR307"),
        (r#"["lxc", "exec", "c", "--", "bash", "-lc", "{item}"]"#, "BR307"),
        (r#"["mysql", "-Ne", "{item}"]"#, "BR307"),
        (r#"["x", "{ item }"]"#, "BR218"),
        (r#"["x", "{item"]"#, "BR218"),
        (r#""ps aux""#, "BR103"),
        ("[\"x\", \"a\u{ad}b\"]", "BR007"),
    ] {
        assert_eq!(found(&runs(run)), rules, "{run}");
    }
}

#[test]
fn one_fault_is_told_once() {
    let choice = "[fact.door]\ntitle = \"Door\"\nask = \"Which?\"\ntype = \"txt\"\n\n";
    for (text, rules) in [
        (step("within = 99999999999999999999"), "BR006"),
        (step("needs = [\"Keep Logs\"]"), "BR106"),
        (step("needs = [\"keep-the-logs\", \"keep-the-logs\"]"), "BR118"),
        (step("destroys = [\"disk\"]\npreserves = [\"disk\"]"), "BR302"),
        (step("when = \"people_affected['US-ZZ'] > 0\""), "BR205"),
        (format!("{choice}{}", step("ask = [\"door\"]")), "BR107"),
        (step("wihtin = \"5m\"\nwthin = \"6m\""), "BR101 BR101"),
        (step("# a\u{202e}b"), "BR007"),
        (step("# breach: allow BR403 a quotation\ndo = \"\"\"\nLook\nwho is to blame\n\"\"\""), ""),
        (step("do = \"\"\"\nLook\nwho is to blame\n\"\"\" # breach: allow BR403 a quotation"), ""),
        (step("do = \"Nobody is to blame, and human error is never the cause.\""), ""),
        (step("# breach: alow BR308 x"), "BR011"),
        (step("# breach:allow BR308 x"), "BR011"),
    ] {
        assert_eq!(found(&text), rules, "{text}");
    }
}

/// A header in one bracket hides nothing that stands in the file.
#[test]
fn a_single_bracket_hides_nothing() {
    let text = whole(&runs("[\"rm\", \"x\"]")).replace("[[", "[").replace("]]", "]");
    let document = Document { name: "x".to_owned(), text: text.replace("why =", "whyy =") };
    let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
    let rules: Vec<&str> = found.iter().map(|found| found.rule.id).collect();
    assert_eq!(rules, ["BR103", "BR101", "BR103", "BR101", "BR103", "BR316"]);
    let edits = found.iter().map(|found| &found.diagnostic);
    let (mended, _) = breach::document::mend(&document.text, edits).expect("mended");
    assert!(mended.contains("\n[[step]]\n") && mended.contains("\n[[step.command]]\n"));
    assert!(!mended.contains("whyy"));
}
