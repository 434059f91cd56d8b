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
        (r#"["su", "-c", "rm {item}"]"#, "BR316 BR307"),
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
        (r#"["x", "--host", "$SERIAL"]"#, "BR305"),
        (r#"["x", "--host=${item}"]"#, "BR305"),
        (r#"["x", "~/image.bin"]"#, "BR305"),
        (r#"["ls", "/var/images/*.img"]"#, "BR305"),
        (r#"["x", "--serial {item}"]"#, "BR305"),
        (r#"["x", "<station_code>"]"#, "BR305"),
        (r#"["find", "/var", "-path", "/var/images/*.img"]"#, ""),
        (r#"["grep", "-E", "^a.*b$", "/var/log/x"]"#, ""),
        (r#"["awk", "{print $1}", "x"]"#, ""),
        (r#"["stat", "-c", "%s", "x"]"#, ""),
        (r#"["scp", "h:~/x", "."]"#, ""),
        (r#"["kubectl", "get", "pod", "-o", "jsonpath={.items[*].spec}"]"#, ""),
        (r#"["auditpol", "/get", "/category:*"]"#, ""),
        (r#"["ls", "/var/log/*"]"#, "BR305"),
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
        (step("# breach: allow BR302, BR308 x\ndestroys = [\"disk\"]"), "BR009"),
        (step("# breach: allow BR302 , no-role x\ndestroys = [\"disk\"]"), "BR009"),
        (step("# breach: allow BR302, BR999 x\ndestroys = [\"disk\"]"), "BR011"),
        (step("destroys = [\n  # breach: allow BR302 x\n  \"disk\",\n]"), ""),
        (step("destroys = [\n  \"disk\", # breach: allow BR302 x\n]"), ""),
        ("references = [\"https://x.example/a b\"]\n".to_owned(), "BR402"),
        (step("for-each = 1\ndo = \"Look at {item}.\""), "BR103"),
        (step("decision = { question = \"Q?\", options = [\"a\", \"a\"] }"), "BR118"),
        (runs("[\"rm\", \"x\"]\nchanges = \"yes\""), "BR103"),
        (runs("[\"rm\", \"x\"]\nchanges = false"), "BR316"),
        ("# alone\n[[step]]\nuse = \"save-lgo\"\n".to_owned(), "BR216"),
        ("schema = 2\n[[cut-off]]\nby = \"2h\"\nsteps = 1\n".to_owned(), "BR103"),
    ] {
        assert_eq!(found(&text), rules, "{text}");
    }
}

#[test]
fn a_cut_off_can_be_kept() {
    let book = |cut_offs: &str, within: &str| {
        format!(
            "schema = 2\n{cut_offs}\n[[step]]\nid = \"save\"\nwithin = \"{within}\"\n\n\
             [[step]]\nid = \"cut\"\nwithin = \"5m\"\n\n[[step]]\nid = \"late\"\n"
        )
    };
    let cut = |by: &str, steps: &str, after: &str| {
        format!("[[cut-off]]\nby = \"{by}\"\nsteps = [{steps}]\nafter = [{after}]\n")
    };
    let good = cut("30m", "\"cut\"", "\"save\"");
    for (text, rules) in [
        (book(&good, "10m"), ""),
        (book(&good, "2h"), "BR220"),
        (book(&cut("30m", "", "\"save\""), "10m"), "BR220"),
        (book(&cut("30m", "\"cut\"", "\"late\""), "10m"), "BR220"),
        (book(&cut("30m", "\"cut\"", "\"cut\""), "10m"), "BR220"),
        (book(&format!("{good}{good}"), "10m"), "BR220"),
        (book(&cut("30m", "\"cutt\"", ""), "10m"), "BR201"),
    ] {
        assert_eq!(found(&text), rules, "{text}");
    }
}

#[test]
fn the_help_says_what_to_write() {
    for (text, help) in [
        (step("when = \"'aws' not in platforms\""), "write `not` first"),
        (step("when = \"incident_kind == insider\""), "single quotes: `'insider'`"),
        (step("when = \"hosts_affected.count >= 10,000\""), "no commas"),
        (step("when = \"zzzzzzzzzz\""), "breach fact show --all"),
        (step("ask = [\"zzzzzzzzzz\"]"), "breach fact show --all"),
        (step("when = \"'payment-cards' in data_classes\""), "it is one of `"),
        (step("when = \"zzzzzzzzzz\""), "under `[fact.NAME]`"),
        (step("evidence = { id = \"x\", title = \"X\" }"), "`evidence = [{ … }]`"),
        (step("references = [\"https://x.example\"]"), "move it above the first header"),
        (
            "[fact.far]\ntitle = \"F\"\nask = \"F?\"\ntype = \"count\"\nof = \"miles\"\n"
                .to_owned(),
            "it counts one of `people`",
        ),
    ] {
        let document = Document { name: "x".to_owned(), text: whole(&text) };
        let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
        let helps: Vec<_> = found.iter().filter_map(|one| one.diagnostic.help.clone()).collect();
        assert!(helps.iter().any(|one| one.contains(help)), "{text}{helps:?}");
    }
    // What is wrong with a value is told at the value.
    let text = whole(&step("when = \"incident_kind == 'insidr'\""));
    let document = Document { name: "x".to_owned(), text: text.clone() };
    let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
    let unknown = found.iter().find(|found| found.rule.id == "BR206").expect("found");
    assert_eq!(&text[unknown.diagnostic.span.clone()], "'insidr'");
}

/// One question in an earlier step is the remedy for all of them.
#[test]
fn a_fact_that_is_asked_too_late_is_told_once() {
    let late = "[[step]]\nid = \"a\"\nwhen = \"hosts_affected.count > 0\"\n\n[[step]]\nid = \"b\"\n\
                when = \"hosts_affected.count > 1\"\n\n[[step]]\nid = \"c\"\nask = [\"hosts_affected\"]\n";
    let document = Document { name: "x".to_owned(), text: whole(late) };
    let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    let labels: Vec<&str> = one.diagnostic.related.iter().map(|(_, label)| &**label).collect();
    assert_eq!((one.rule.id, labels), ("BR212", vec!["asked for here", "used here, too"]));
}

/// Not the first words are told, but the one with which it changes something.
#[test]
fn a_change_is_told_at_its_word() {
    for (run, said, at) in [
        (
            r#"["mdmctl", "--server", "x", "quarantine", "y"]"#,
            "`mdmctl … quarantine`",
            "\"quarantine\"",
        ),
        (r#"["rm", "-rf", "x"]"#, "`rm`", "\"rm\""),
        (r#"["iptables", "-A", "OUTPUT", "-j", "DROP"]"#, "`iptables -A`", "\"-A\""),
    ] {
        let text = whole(&runs(run));
        let document = Document { name: "x".to_owned(), text: text.clone() };
        let found = check(&document, "x", &Policy::default(), super::rules::today()).findings;
        let found = found.iter().find(|found| found.rule.id == "BR316").expect("found");
        assert!(found.diagnostic.message.starts_with(said), "{}", found.diagnostic.message);
        assert_eq!(&text[found.diagnostic.span.clone()], at);
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

/// A fact `cloud`, a step that keeps the disk when `keeps`, one that destroys it when `destroys`, and
/// what stands between them.
fn destroys(keeps: &str, destroys: &str, more: &str) -> String {
    let when = |when: &str| {
        if when.is_empty() { String::new() } else { format!("when = \"{when}\"\n") }
    };
    format!(
        "[fact.cloud]\ntitle = \"Cloud\"\nask = \"Is it in a cloud?\"\ntype = \"yes-no\"\n\n\
         [[step]]\nid = \"ask\"\nask = [\"cloud\", \"hosts_affected\"]\n\n\
         [[step]]\nid = \"image\"\npreserves = [\"disk\"]\n{}\n{more}\
         [[step]]\nid = \"wipe\"\ndestroys = [\"disk\"]\n{}",
        when(keeps),
        when(destroys),
    )
}

#[test]
fn evidence_is_kept_in_every_case_before_it_is_destroyed() {
    let second = "[[step]]\nid = \"snapshot\"\npreserves = [\"disk\"]\nwhen = \"not cloud\"\n\n";
    for (text, rules) in [
        (destroys("", "", ""), ""),
        (destroys("", "cloud", ""), ""),
        (destroys("cloud", "cloud", ""), ""),
        (destroys("cloud", "cloud and hosts_affected.count > 2", ""), ""),
        (destroys("hosts_affected.count > 0", "hosts_affected.count > 2", ""), ""),
        (destroys("cloud", "", second), ""),
        (destroys("cloud", "", ""), "BR302"),
        (destroys("cloud", "not cloud", ""), "BR302"),
        (destroys("hosts_affected.count > 2", "hosts_affected.count > 0", ""), "BR302"),
        (destroys("cloud", "hosts_affected.count > 0", second), ""),
        // A step that does not apply holds nothing up.
        (format!("{}needs = [\"image\"]\n", destroys("cloud", "", "")), "BR302"),
        (format!("{}needs = [\"image\"]\n", destroys("cloud", "cloud", "")), ""),
    ] {
        assert_eq!(found(&text), rules, "{text}");
    }
    // What is kept only later is too late in the cases that both share.
    let later = |keeps: &str, wipes: &str| {
        let text = destroys(keeps, wipes, "");
        let (head, rest) = text.split_once("[[step]]\nid = \"image\"").expect("a step");
        let (image, wipe) = rest.split_once("[[step]]").expect("a step");
        format!("{head}[[step]]{wipe}\n[[step]]\nid = \"image\"{image}")
    };
    assert_eq!(found(&later("", "")), "BR301");
    assert_eq!(found(&later("cloud", "")), "BR301");
    assert_eq!(found(&later("cloud", "not cloud")), "BR302");
    let document = Document { name: "x".to_owned(), text: whole(&destroys("cloud", "", "")) };
    let checked = check(&document, "x", &Policy::default(), super::rules::today());
    let said = "if `cloud` is no, nothing preserves `disk` before this destroys it";
    assert_eq!(checked.findings[0].diagnostic.message, said);
}
