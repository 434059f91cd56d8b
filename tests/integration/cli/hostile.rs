//! Nothing that somebody else wrote drives the responder's terminal, or holds the checker up.

use breach::escape;

use super::room::Room;

const HOSTILE: &str = "a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}\r";

#[test]
fn no_command_lets_an_escape_through() {
    let room = Room::new();
    let playbook = super::room::PLAYBOOK
        .replace("Stop the leak", "Stop \\u001B[2J\\u202E the leak")
        .replace("Take an image", "Take \\u0007 an image");
    std::fs::write(room.playbook(), playbook).expect("written");
    let path = room.playbook();
    let path = path.to_str().expect("text");
    let walk = format!(
        "{HOSTILE}\n{HOSTILE}\n{HOSTILE}\nunknown\n1\nd {HOSTILE}\n{HOSTILE}, web\nyes\nn {HOSTILE}\n{HOSTILE}\no\n?\nd\naws:{HOSTILE}\n"
    );
    let mut outputs = vec![room.pipe(&["contain", "--playbook", path], walk.as_bytes())];
    assert!(room.entries().len() > 6, "{outputs:?}");
    outputs.push(room.breach(&["note", HOSTILE]));
    outputs.push(room.breach(&["evidence", "add", "--ref", "aws:x", "--title", HOSTILE]));
    for arguments in [
        &["status"][..],
        &["status", "--format", "json"],
        &["log", "show"],
        &["log", "show", "--format", "json"],
        &["log", "verify"],
        &["fact", "show"],
        &["fact", "show", "boxes"],
        &["evidence", "list"],
        &["evidence", "list", "--format", "json"],
        &["evidence", "verify"],
        &["close"],
        &["contain", "--dry-run"],
        &["contain"],
        &["playbook", "show", path],
        &["playbook", "check", path],
        &["fact", "set", HOSTILE, "1"],
        &["--incident", HOSTILE, "status"],
        &["note", "--at", HOSTILE, "x"],
        &["note", "--as", HOSTILE, "x"],
        &["evidence", "add", "--ref", HOSTILE],
        &["playbook", "show", HOSTILE],
    ] {
        outputs.push(room.breach(arguments));
    }
    for ran in outputs {
        for text in [&ran.out, &ran.err] {
            let found = text.chars().find(|c| *c != '\n' && escape::is_harmful(*c));
            assert_eq!(found, None, "{ran:?}");
        }
    }
    room.verify();
}

#[test]
fn nobody_is_recorded_without_a_name_or_under_two_lines() {
    let room = Room::new();
    room.open();
    for name in ["", "  ", "Ada\nRecorded at 03:00 by Bo", "A\u{202e}da"] {
        let ran = room.breach(&["note", "--as", name, "x"]);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        let ran = room.breach(&["evidence", "add", "--ref", name]);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
    }
    assert!(room.bodies("note").is_empty() && room.bodies("evidence").is_empty());
}

/// The keys that every playbook has.
const HEAD: &str = "schema = 1\nid = \"mail\"\nphase = \"containment\"\ntitle = \"T\"\n\
                    version = \"1.0.0\"\nowner = \"s\"\nreviewed-on = 2026-11-20\nsummary = \"S\"\n";

const STEP: &str = "[[step]]\nid = \"stop\"\ntitle = \"T\"\nwhy = \"W\"\ndo = \"D\"\n";

/// Checks a text in a file of its own, and returns what is found: a line for each.
fn found(room: &Room, name: &str, text: &str) -> Vec<String> {
    std::fs::write(room.path(name), text).expect("written");
    let ran = room.breach(&["playbook", "check", "--no-config", "--format", "concise", name]);
    assert!(matches!(ran.exit, Some(0 | 3)), "{name}: {ran:?}");
    ran.out.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn a_crowd_of_signs_is_refused_before_it_is_parsed() {
    let room = Room::new();
    for (name, text) in [
        ("commas.toml", format!("{HEAD}a = [{}]\n", ",".repeat(700_000))),
        ("brackets.toml", "[\n".repeat(400_000)),
        ("lines.toml", format!("{HEAD}{STEP}{}", "\n".repeat(700_000))),
        ("text.toml", format!("{HEAD}a = \"\"\"{}\"\"\"\n", "\n".repeat(700_000))),
    ] {
        let found = found(&room, name, &text);
        assert!(found.len() == 1 && found[0].contains("error[BR013]"), "{name}: {found:?}");
        let ran = room.breach(&["playbook", "fmt", "--check", name]);
        assert!(ran.exit == Some(2) && ran.err.contains("words and signs"), "{ran:?}");
        let ran = room.breach(&["playbook", "test", name]);
        assert!(ran.exit == Some(2) && ran.out.contains("words and signs"), "{ran:?}");
    }
    // A long text is not a crowd.
    let prose = STEP.replace("\"D\"", &format!("\"{}\"", "word ".repeat(200_000)));
    let found = found(&room, "prose.toml", &format!("{HEAD}{prose}"));
    assert!(!found.iter().any(|line| line.contains("BR013")), "{found:?}");
}

#[test]
fn what_is_left_out_is_said() {
    let room = Room::new();
    let conditions = vec!["incident_kind == 'x'"; 500].join(" or ");
    let full = "'a' in hosts_affected and 'b' in hosts_affected and hosts_affected.count > 700 \
                and 'c' in data_types";
    let mut hard = String::from(HEAD);
    for number in 0..4000 {
        hard.push_str(&STEP.replace("stop", &format!("s{number}")));
        hard.extend(["when = \"", full, "\"\n"]);
    }
    for (name, text) in [
        ("keys.toml", format!("{HEAD}{}", "a = _\n".repeat(1000))),
        ("budget.toml", format!("{HEAD}{}", "a0 = [1 2]\n".repeat(20_000))),
        ("allows.toml", format!("{HEAD}{}{STEP}", "# breach: allow BR308 x\n".repeat(20_000))),
        ("uses.toml", format!("{HEAD}{}", "[[step]]\nuse = \"hold-logs\"\n".repeat(20_000))),
        ("when.toml", format!("{HEAD}{STEP}when = \"{conditions}\"\n")),
        ("hard.toml", hard),
    ] {
        let found = found(&room, name, &text);
        let noted = found.iter().filter(|line| line.contains("note[BR012]")).count();
        let shown: Vec<_> = found.iter().take(5).collect();
        assert!(found.len() <= 201 && noted == 1, "{name}: {} {shown:?}", found.len());
    }
}

#[test]
fn nobody_is_shown_a_megabyte_of_an_id() {
    let room = Room::new();
    let long = "X".repeat(350_000);
    let text = format!("{HEAD}{0}{0}{long} = 1\n", STEP.replace("stop", &long));
    std::fs::write(room.path("long.toml"), text).expect("written");
    for format in ["human", "concise", "github", "gitlab", "junit", "markdown", "json", "sarif"] {
        let arguments = ["playbook", "check", "--no-config", "--format", format, "long.toml"];
        let ran = room.breach(&arguments);
        assert!(ran.exit == Some(3) && ran.out.contains("XX"), "{format}");
        assert!(ran.out.len() < 200_000, "{format}: {}", ran.out.len());
    }
}

#[test]
fn a_test_file_of_too_many_cases_is_refused() {
    let room = Room::new();
    let name = room.playbook();
    let name = name.file_name().expect("a name").to_str().expect("text");
    let case = "[[case]]\nname = \"x\"\notherwise = \"done\"\nexpect = { complete = true }\n";
    let text = format!("schema = 1\nplaybook = \"{name}\"\n{}", case.repeat(1001));
    std::fs::write(room.path("many.test.toml"), text).expect("written");
    let ran = room.breach(&["playbook", "test", "many.test.toml"]);
    assert!(ran.exit == Some(3) && ran.out.contains("may have 1000 cases"), "{ran:?}");
}
