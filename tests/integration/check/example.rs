//! Whole files around the parts of files that rules give as examples.

use std::fmt::Write as _;

const HEADER: [(&str, &str); 8] = [
    ("schema", "2"),
    ("id", "\"example\""),
    ("phase", "\"containment\""),
    ("title", "\"An example\""),
    ("version", "\"1.0.0\""),
    ("owner", "\"security\""),
    ("reviewed-on", "2026-11-20"),
    ("summary", "\"An example.\""),
];

const LOGS: &str = "\n[[step]]\nid = \"keep-the-logs\"\ntitle = \"Keep the logs\"\nwhy = \"They rotate.\"\n\
                    do = \"Copy them.\"\nrole = \"responder\"\npreserves = [\"logs\"]\n";

const STEP: [(&str, &str); 4] = [
    ("title", "\"Do it\""),
    ("why", "\"It matters.\""),
    ("do", "\"Do it well.\""),
    ("role", "\"responder\""),
];

/// The file that a part stands for. What a header and a step need besides is filled in; steps that
/// have a title are left as they are, and so is a file that starts with a comment naming it. A
/// containment playbook keeps its logs, unless the part says its phase or that it is alone.
pub(crate) fn whole(part: &str) -> String {
    if part.starts_with("# facts.toml")
        || part.starts_with("name = ")
        || part.starts_with("# regime")
    {
        return part.replacen("# facts.toml\n", "# facts.toml\nschema = 2\n", 1);
    }
    let top = part.lines().take_while(|line| !line.starts_with('['));
    let given: Vec<&str> =
        top.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    let mut text = String::new();
    for (key, value) in HEADER.iter().filter(|(key, _)| !given.contains(key)) {
        let _ = writeln!(text, "{key} = {value}");
    }
    let alone = given.contains(&"phase") || part.starts_with("# alone");
    let mut lines = part.lines().peekable();
    // Comments above the first step belong to it.
    while lines.peek().is_some_and(|line| !line.starts_with(['[', '#']) || *line == "# alone") {
        text.push_str(lines.next().expect("peeked"));
        text.push('\n');
    }
    if !alone {
        text.push_str(LOGS);
    }
    let rest: Vec<&str> = lines.collect();
    for (number, line) in rest.iter().enumerate() {
        let _ = writeln!(text, "{line}");
        let own = || rest[number..].iter().skip(1).take_while(|line| !line.starts_with("[["));
        let in_step = rest[..number].iter().rev().find(|line| line.starts_with('['));
        if line.starts_with("id = ")
            && in_step == Some(&"[[step]]")
            && !own().any(|line| line.starts_with("title"))
        {
            for (key, value) in STEP {
                if !own().any(|line| line.starts_with(&format!("{key} = "))) {
                    let _ = writeln!(text, "{key} = {value}");
                }
            }
        }
    }
    text
}
