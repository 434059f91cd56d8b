//! Answers in commands: what would be read as a program is not filled in, and a value that leads
//! elsewhere is typed twice.

use crate::cli::room::{Ran, Room};
use crate::terminal::{PROMPT, answer, contain, exit, open};

/// A room whose playbook asks for boxes and has, for each of them, this command.
fn room(run: &str, changes: bool) -> Room {
    let room = Room::new();
    let change = if changes { "timeout = \"5s\"\nchanges = true\nundo = \"none\"\n" } else { "" };
    let text = crate::cli::room::PLAYBOOK;
    let head = text.split("[[step]]\nid = \"image\"").next().expect("a head");
    let playbook = format!(
        "{head}[[step]]\nid = \"act\"\ntitle = \"Act\"\nwhy = \"So.\"\ndo = \"Act.\"\n\
         role = \"responder\"\nfor-each = \"boxes\"\n\n[[step.command]]\nid = \"go\"\n\
         title = \"Go\"\nrun = {run}\n{change}"
    );
    std::fs::write(room.playbook(), playbook).expect("written");
    room
}

fn walk(room: &Room, value: &str, lines: &str) -> Ran {
    room.walk(&format!("d named\n{value}\nno\n{lines}"))
}

const READ: [&str; 22] = [
    r#"["sh", "-c", "{item}"]"#,
    r#"["bash", "-euc", "echo {item}"]"#,
    r#"["sudo", "-n", "sh", "-c", "{item}"]"#,
    r#"["env", "A=1", "sh", "-c", "{item}"]"#,
    r#"["env", "-S", "{item}"]"#,
    r#"["env", "{item}"]"#,
    r#"["xargs", "sh", "-c", "{item}"]"#,
    r#"["xargs", "{item}"]"#,
    r#"["find", ".", "-maxdepth", "0", "-exec", "sh", "-c", "{item}", ";"]"#,
    r#"["find", ".", "-exec", "ls", "{}", ";", "-exec", "sh", "-c", "{item}", ";"]"#,
    r#"["python3", "-c", "{item}"]"#,
    r#"["python3", "-Ic", "{item}"]"#,
    r#"["perl", "-lane", "{item}"]"#,
    r#"["ssh", "host", "{item}"]"#,
    r#"["ssh", "-o", "ProxyCommand={item}", "host"]"#,
    r#"["docker", "compose", "exec", "web", "sh", "-c", "{item}"]"#,
    r#"["kubectl", "-n", "prod", "exec", "pod", "--", "sh", "-c", "{item}"]"#,
    r#"["flock", "/tmp/x", "sh", "-c", "{item}"]"#,
    r#"["watch", "{item}"]"#,
    r#"["psql", "-tAc", "{item}"]"#,
    r#"["gcloud", "compute", "ssh", "vm", "--command", "{item}"]"#,
    r#"["awk", "{item}", "/etc/hosts"]"#,
];

#[test]
fn what_would_be_read_as_a_program_is_not_started() {
    for run in READ {
        let room = room(run, false);
        let ran = walk(&room, "touch PWN", "r\nr go\n");
        assert_eq!(ran.exit, Some(2), "{run}: {}", ran.err);
        assert!(ran.said().contains("Command `go` was not started"), "{run}: {}", ran.err);
        assert!(ran.err.contains("{item}: 'touch PWN'"), "{run}: {}", ran.err);
        assert!(room.bodies("intent").is_empty(), "{run}");
        assert!(!room.path("PWN").exists(), "{run} ran");
        let facts = room.bodies("fact");
        assert_eq!(facts.iter().filter(|fact| fact["name"] == "boxes").count(), 1, "{run}");
        // The checker says the same of it.
        let checked = room.breach(&["playbook", "check", "walk.toml"]);
        assert!((checked.out + &checked.err).contains("BR307"), "{run}");
        room.verify();
    }
}

#[test]
fn it_can_be_copied_run_elsewhere_and_recorded() {
    let room = room(READ[0], false);
    let ran = walk(&room, "touch PWN", "c\nweb-01\nroot\n0\nnothing\n.\n");
    assert!(ran.err.contains("$ sh -c '{item}'"), "{}", ran.err);
    assert!(!ran.err.contains("sh -c 'touch PWN'"), "{}", ran.err);
    assert_eq!(room.bodies("command-outcome").len(), 1, "{}", ran.err);
    assert!(!room.path("PWN").exists());
}

#[test]
fn a_separate_argument_is_filled_and_run() {
    for run in [
        r#"["touch", "{item}"]"#,
        r#"["env", "A=1", "touch", "{item}"]"#,
        r#"["sh", "-c", "touch \"$1\"", "_", "{item}"]"#,
        r#"["find", ".", "-maxdepth", "0", "-exec", "touch", "{item}", ";"]"#,
    ] {
        let room = room(run, false);
        walk(&room, "made", "r\n");
        assert!(room.path("made").exists(), "{run}");
    }
}

#[test]
fn a_value_that_leads_elsewhere_is_typed_twice() {
    for (run, value) in [
        (r#"["rm", "./boxes/{item}"]"#, "../victim"),
        (r#"["rm", "./boxes/{item}"]"#, "a/b"),
        (r#"["rm", "{item}"]"#, "../victim"),
        (r#"["rm", "--file={item}"]"#, "boxes/../../victim"),
        (r#"["touch", "{item}"]"#, "/nowhere/at/all"),
    ] {
        let room = room(run, true);
        let ran = walk(&room, value, "r\ngo\n");
        assert!(room.bodies("intent").is_empty(), "{run} {value}: {}", ran.err);
        assert!(ran.err.contains(value), "{}", ran.err);
        let ran = room.walk(&format!("r\n{value}\n"));
        assert_eq!(room.bodies("intent").len(), 1, "{run} {value}: {}", ran.err);
        assert!(room.bodies("command-outcome")[0]["ended"].is_object());
    }
    for (run, value) in [
        (r#"["touch", "{item}"]"#, "made"),
        (r#"["touch", "./{item}"]"#, "made..twice"),
        (r#"["echo", "{item}"]"#, "10.0.0.0/8"),
    ] {
        let room = room(run, true);
        let ran = walk(&room, value, "r\ngo\n");
        assert_eq!(room.bodies("intent").len(), 1, "{run} {value}: {}", ran.err);
    }
}

#[test]
fn at_a_terminal_it_is_refused_as_well() {
    let room = room(READ[0], false);
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d named");
    answer(&mut session, "Which boxes?", "touch PWN");
    answer(&mut session, "Is it leaking?", "no");
    answer(&mut session, PROMPT, "r");
    answer(&mut session, "was not started", "q");
    session.exp_string("Everything is kept").expect("a summary");
    assert_eq!(exit(&mut session), Some(6));
    assert!(room.bodies("intent").is_empty() && !room.path("PWN").exists());
}

/// A row of the home makes the walk stricter, and one that cannot be read stops it.
#[test]
fn the_home_adds_programs_that_read_an_answer() {
    let room = room(r#"["printf", "%s", "--look={item}"]"#, false);
    assert!(!walk(&room, "web-01", "r\nr go\n").said().contains("was not started"));
    let file = room.home().join("programs.toml");
    std::fs::write(&file, "[[program]]\nnames = \"printf\"\ncode = \"--look\"\n").expect("written");
    let ran = room.walk("r\nr go\n");
    assert!(ran.said().contains("Command `go` was not started"), "{}", ran.err);
    std::fs::write(&file, "[[program]]\nname = \"printf\"\n").expect("written");
    let ran = room.walk("r\nr go\n");
    assert!(ran.exit == Some(3) && ran.err.contains("programs.toml"), "{ran:?}");
}
