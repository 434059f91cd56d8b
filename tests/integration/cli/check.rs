//! `breach playbook check` as CI runs it: what is found, where it is told, and the exit code.

use serde_json::Value;

use super::room::{Ran, Room, feed};

/// Checks clean, but for a step without a role, a warning on line 17.
const WARNED: &str = mail!(
    r#"
[[step]]
id = "keep-the-logs"
title = "Keep the logs"
why = "They rotate."
do = "Copy them."
role = "responder"
preserves = ["logs"]

[[step]]
id = "lock-accounts"
title = "Lock the accounts"
why = "They are in use."
do = "Lock them."
"#
);

fn broken() -> String {
    WARNED.replace("title = \"Lock", "titel = \"Lock").replace("[\"logs\"]", "\"logs\"")
}

fn room(text: &str) -> Room {
    let room = Room::new();
    std::fs::remove_file(room.playbook()).expect("removed");
    std::fs::create_dir(room.path(".git")).expect("a folder");
    std::fs::create_dir(room.path("books")).expect("a folder");
    std::fs::write(room.path("books/mail.toml"), text).expect("written");
    room
}

fn check(room: &Room, arguments: &[&str]) -> Ran {
    let mut all = vec!["playbook", "check", "--today", "2026-11-23"];
    all.extend(arguments);
    room.breach(&all)
}

fn rules(ran: &Ran) -> Vec<String> {
    let rule = |line: &str| {
        let finding: Value = serde_json::from_str(line).expect("JSON");
        finding["rule"].as_str().expect("a rule").to_owned()
    };
    ran.out.lines().map(rule).collect()
}

#[test]
fn the_exit_code_follows_the_level_that_fails() {
    let room = room(WARNED);
    for (arguments, exit) in [
        (&["books"][..], 0),
        (&["books", "--fail-on", "warning"], 3),
        (&["books", "--fail-on", "never", "--level", "no-role=error"], 0),
        (&["books", "--level", "no-role=error"], 3),
        (&["books", "--level", "craft=error"], 3),
        (&["books", "--level", "BR308=off", "--fail-on", "note"], 0),
        (&["books", "--level", "BR308"], 2),
        (&["books", "--level", "BR399=off"], 2),
        (&["books", "no-such.toml"], 2),
        (&[".git"], 2),
        (&[".git", "--allow-empty"], 0),
    ] {
        let ran = check(&room, arguments);
        assert_eq!(ran.exit, Some(exit), "{arguments:?}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn what_the_walk_could_not_use_stays_an_error() {
    let room = room(&broken());
    let ran = check(&room, &["books", "--level", "unknown-key=off"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    assert!(ran.err.contains("unknown-key"), "{}", ran.err);
}

#[test]
fn a_project_chooses_levels_in_a_file_above() {
    let room = room(WARNED);
    std::fs::write(room.path("breach.toml"), "[check]\nfail-on = \"warning\"\n").expect("written");
    assert_eq!(check(&room, &["books"]).exit, Some(3));
    assert!(!check(&room, &["."]).err.contains("other TOML file"), "it is ours");
    assert_eq!(check(&room, &["books", "--no-config"]).exit, Some(0));
    assert_eq!(check(&room, &["books", "--fail-on", "error"]).exit, Some(0), "flags win");
    // The nearest file counts.
    let nearer = "[check.levels]\nno-role = \"off\"\n";
    std::fs::write(room.path("books/breach.toml"), nearer).expect("written");
    let ran = check(&room, &["books", "--format", "jsonl", "--fail-on", "note"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""));
    std::fs::write(room.path("books/breach.toml"), "[check]\nfial-on = \"note\"\n")
        .expect("written");
    let ran = check(&room, &["books"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.err.contains("breach.toml:2:1") && ran.err.contains("`fail-on`"), "{}", ran.err);
}

#[test]
fn a_folder_is_read_as_git_reads_it() {
    let room = room(WARNED);
    std::fs::write(room.path("books/.gitignore"), "drafts/\n").expect("written");
    std::fs::create_dir(room.path("books/drafts")).expect("a folder");
    std::fs::write(room.path("books/drafts/bad.toml"), broken()).expect("written");
    std::fs::write(room.path("books/other.toml"), "[package]\nname = \"x\"\n").expect("written");
    std::os::unix::fs::symlink(room.path("books"), room.path("books/circle")).expect("a link");
    let ran = check(&room, &["books"]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    assert!(
        ran.err.contains("1 playbook checked") && ran.err.contains("1 other TOML file"),
        "{}",
        ran.err
    );
    // What is named is checked, whatever git says, and a file that is none of ours is told.
    assert_eq!(check(&room, &["books/drafts/bad.toml"]).exit, Some(3));
    assert_eq!(check(&room, &["books/other.toml"]).exit, Some(3));
}

#[test]
fn one_bad_file_does_not_hide_another() {
    let room = room(&broken());
    std::fs::write(room.path("books/a.toml"), "id = \n").expect("written");
    std::fs::write(room.path("books/b.toml"), b"id = \"\xff\"\n").expect("written");
    nix::unistd::mkfifo(&room.path("books/pipe.toml"), nix::sys::stat::Mode::S_IRWXU)
        .expect("a pipe");
    let ran = check(&room, &["books", "gone.toml", "--format", "concise"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    for place in [
        "books/a.toml:1:6: error[BR004]",
        "books/b.toml:1:7: error[BR002]",
        "books/mail.toml:16:13: error[BR103]",
        "books/mail.toml:20:1: error[BR101]",
        "books/pipe.toml:1:1: error[BR001]",
        "gone.toml:1:1: error[BR001]",
    ] {
        assert!(ran.out.contains(place), "{place}:\n{}", ran.out);
    }
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let room = room(WARNED);
    let arguments =
        ["playbook", "check", "-", "--stdin-filename", "books/new.toml", "--format", "concise"];
    let ran = room.pipe(&arguments, broken().as_bytes());
    assert_eq!(ran.exit, Some(3), "{}", ran.err);
    assert!(ran.out.contains("books/new.toml:20:1: error[BR101]"), "{}", ran.out);
    let ran = room.pipe(&["playbook", "check", "-", "--fix"], broken().as_bytes());
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    let list = ["playbook", "check", "--files-from", "-", "--today", "2026-11-23"];
    let ran = room.pipe(&list, b"books/mail.toml\n");
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.err.contains("1 playbook checked: 1 warning"), "{}", ran.err);
}

#[test]
fn a_baseline_leaves_out_what_was_known_wherever_it_moves() {
    let room = room(&broken());
    let ran = check(&room, &["books", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let moved = format!("# A line above.\n\n{}", broken());
    std::fs::write(room.path("books/mail.toml"), &moved).expect("written");
    let ran = check(&room, &["books", "--baseline", "known.json", "--fail-on", "note"]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    // So is what nobody can read, and such a file does not become another program's.
    std::fs::write(room.path("books/b.toml"), b"id = \"\xff\"\n").expect("written");
    std::fs::write(room.path("books/bad.toml"), "id = \n").expect("written");
    let whole = ["books", "--baseline", "whole.json", "--write-baseline"];
    assert_eq!(check(&room, &whole).exit, Some(0));
    let ran = check(&room, &whole[..3]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    assert!(!ran.err.contains("skipped"), "{}", ran.err);
    std::fs::remove_file(room.path("books/b.toml")).expect("removed");
    std::fs::remove_file(room.path("books/bad.toml")).expect("removed");
    // What comes later is found, and what is gone is told.
    let later =
        moved.replace("owner = \"security\"", "ownr = \"security\"").replace("titel", "title");
    std::fs::write(room.path("books/mail.toml"), later).expect("written");
    let ran = check(&room, &["books", "--baseline", "known.json", "--format", "jsonl"]);
    assert_eq!((ran.exit, rules(&ran)), (Some(3), vec!["BR101".to_owned()]));
    assert!(ran.err.contains("1 finding of the baseline no longer found"), "{}", ran.err);
    // A run over other files says nothing of those that it did not look at.
    std::fs::write(room.path("other.toml"), WARNED).expect("written");
    let ran = check(&room, &["other.toml", "--baseline", "known.json"]);
    assert!(!ran.err.contains("gone"), "{}", ran.err);
    assert_eq!(check(&room, &["books", "--baseline", "books/mail.toml"]).exit, Some(2));
}

#[test]
fn every_format_carries_the_same_findings_and_the_same_exit_code() {
    let room = room(&broken());
    let formats = ["concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "human"];
    let mut arguments = vec!["books".to_owned(), "--format".to_owned(), "jsonl".to_owned()];
    for format in formats {
        arguments.extend(["--report".to_owned(), format!("{format}=out.{format}")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = check(&room, &arguments);
    let found = rules(&ran);
    assert_eq!((ran.exit, found.len()), (Some(3), 3), "{}", ran.out);
    for format in formats {
        let text = std::fs::read_to_string(room.path(&format!("out.{format}"))).expect("a report");
        let text = text.rsplit_once("\"results\":").map_or(text.as_str(), |(_, results)| results);
        for rule in &found {
            assert!(text.contains(rule.as_str()), "{format}: {rule}\n{text}");
        }
        assert_eq!(text.matches("BR").count() % found.len(), 0, "{format}\n{text}");
        assert_eq!(check(&room, &["books", "--format", format]).exit, Some(3));
    }
}

#[test]
fn mending_changes_only_what_it_must_and_only_once() {
    let text = broken().replace("id = \"mail\"", "id = \"Mail\" # kept").replace('\n', "\r\n");
    let room = room(&format!("\u{feff}{text}"));
    let read = || std::fs::read_to_string(room.path("books/mail.toml")).expect("a text");
    let before = read();
    let ran = check(&room, &["books", "--diff"]);
    assert_eq!((ran.exit, read()), (Some(3), before.clone()), "{}", ran.err);
    assert!(ran.out.contains("+title = \"Lock the accounts\""), "{}", ran.out);
    let ran = check(&room, &["books", "--fix"]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("3 findings fixed"), "{}", ran.err);
    let wanted = before
        .replace("id = \"Mail\"", "id = \"mail\"")
        .replace("titel", "title")
        .replace("= \"logs\"", "= [\"logs\"]");
    assert_eq!(read(), wanted);
    let ran = check(&room, &["books", "--fix"]);
    assert!(ran.err.contains("0 findings fixed"), "{}", ran.err);
    assert_eq!(read(), wanted);
}

#[test]
fn a_comment_allows_what_its_line_holds_and_must_say_why() {
    let allow = "# breach: allow no-role the rota names one\n";
    let room =
        room(&WARNED.replace("[[step]]\nid = \"lock", &format!("{allow}[[step]]\nid = \"lock")));
    let ran = check(&room, &["books", "--fail-on", "note"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.out);
    let text = std::fs::read_to_string(room.path("books/mail.toml")).expect("a text");
    std::fs::write(room.path("books/mail.toml"), text.replace(" the rota names one", ""))
        .expect("written");
    let ran = check(&room, &["books", "--format", "jsonl"]);
    assert_eq!(rules(&ran), ["BR010"]);
}

#[test]
fn a_link_that_leads_out_is_named_and_neither_read_nor_written() {
    let room = room(WARNED);
    std::fs::write(room.path("secret.toml"), "TOKEN=topsecret\n").expect("written");
    std::os::unix::fs::symlink(room.path("secret.toml"), room.path("books/leak.toml"))
        .expect("linked");
    std::os::unix::fs::symlink("mail.toml", room.path("books/same.toml")).expect("linked");
    for arguments in [&["books"][..], &["--fix", "books"], &["--diff", "books"]] {
        let ran = check(&room, arguments);
        assert_eq!(ran.exit, Some(2), "{}", ran.err);
        assert!(!ran.out.contains("topsecret"), "{}", ran.out);
    }
    let ran = check(&room, &["--format", "concise", "books"]);
    assert!(ran.out.contains("books/leak.toml:1:1: error[BR001]"), "{}", ran.out);
    assert_eq!(ran.out.matches("BR308").count(), 1, "{}", ran.out);
    assert!(ran.err.contains("1 playbook checked, 1 file could not be read"), "{}", ran.err);
    assert_eq!(
        std::fs::read_to_string(room.path("secret.toml")).expect("there"),
        "TOKEN=topsecret\n"
    );
}

#[test]
fn a_reader_that_leaves_does_not_make_it_a_success() {
    let room = room(&broken());
    let mut command = room.command(&["playbook", "check", "--report", "jsonl=r.jsonl", "books"]);
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("ended").code(), Some(3));
    let report = std::fs::read_to_string(room.path("r.jsonl")).expect("a report");
    assert!(report.lines().count() >= 2, "{report}");
}

#[test]
fn a_file_is_named_once_and_from_the_root_of_its_repository() {
    let room = room(WARNED);
    std::fs::create_dir(room.path("other")).expect("a folder");
    let mail = room.path("books/mail.toml");
    let mail = mail.to_str().expect("text");
    let ran = check(&room, &["--format", "json", "books", "other/../books", mail, "./books/"]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{}", ran.out);
    let mut inside = room.command(&["playbook", "check", "--format", "concise", "../books"]);
    let ran = inside.current_dir(room.path("other")).output().expect("run");
    assert!(String::from_utf8_lossy(&ran.stdout).starts_with("../books/mail.toml:"));
    let mut inside = room.command(&["playbook", "check", "--format", "sarif", "../books"]);
    let ran = inside.current_dir(room.path("other")).output().expect("run");
    assert!(String::from_utf8_lossy(&ran.stdout).contains("\"uri\":\"books/mail.toml\""));
}

#[test]
fn a_broken_choice_of_levels_hides_no_finding() {
    let room = room(WARNED);
    std::fs::create_dir(room.path("books/sub")).expect("a folder");
    std::fs::write(room.path("books/sub/a.toml"), WARNED).expect("written");
    std::fs::write(room.path("books/sub/breach.toml"), "[check]\nfail-on = 1\n").expect("written");
    let ran = check(&room, &["--format", "concise", "books"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    assert_eq!(ran.out.matches("BR308").count(), 2, "{}", ran.out);
    assert_eq!(ran.err.matches("breach.toml` cannot be used").count(), 1, "{}", ran.err);
}

#[test]
fn what_says_nothing_is_not_left_alone() {
    let room = room(WARNED);
    std::fs::write(room.path("books/emptied.toml"), "# once a playbook\n").expect("written");
    std::fs::write(room.path("books/cargo.toml"), "[package]\nname = \"x\"\n").expect("written");
    let ran = check(&room, &["--format", "concise", "books"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.err);
    assert!(ran.out.contains("books/emptied.toml:1:1: error[BR008] this file has no content"));
    assert!(ran.err.contains("1 other TOML file skipped"), "{}", ran.err);
}

#[test]
fn a_file_that_is_nearly_ours_is_no_other_program_s() {
    for (text, said) in [
        (
            "schema = 1\nid = \"w\"\ntitle = \"W\"\nphaze = \"containment\"\n\n[[steps]]\nid = \"x\"\n",
            "`phase`",
        ),
        ("schema = 1\ntitle = \"W\"\n[[steps]]\nid = \"x\"\n", "`step`"),
        ("schema = 1\n[[cases]]\nname = \"x\"\n", "`case`"),
        ("schema = 1\n[facts.site]\ntitle = \"Site\"\n", "`fact`"),
        ("schema = 1\nid = \"w\"\n", "a playbook has `phase`"),
        ("id = \"w\"\ntitle = \"W\"\n[[stepp]]\nid = \"x\"\n", "`step`"),
    ] {
        let room = room(WARNED);
        std::fs::write(room.path("books/new.toml"), text).expect("written");
        let ran = check(&room, &["books"]);
        assert!(ran.exit == Some(3) && ran.out.contains("BR008"), "{text}{ran:?}");
        assert!(ran.out.contains(said) && !ran.err.contains("other TOML"), "{text}{ran:?}");
        let ran = room.breach(&["playbook", "fmt", "--check", "books"]);
        assert!(ran.err.contains("2 files checked"), "{text}{ran:?}");
    }
    for text in [
        "[package]\nname = \"x\"\n",
        "schema = 1\nname = \"x\"\n[tool]\nx = 1\n",
        "schema = \"https://x.example\"\ntitle = \"x\"\n",
        "title = \"x\"\n[[steps]]\nrun = \"x\"\n",
        "[facts]\nx = 1\n",
    ] {
        let room = room(WARNED);
        std::fs::write(room.path("books/other.toml"), text).expect("written");
        let ran = check(&room, &["books"]);
        let is_aside = ran.err.contains("1 other TOML file skipped");
        assert!(ran.exit == Some(0) && is_aside, "{text}{ran:?}");
    }
}

#[test]
fn each_case_of_a_junit_report_has_its_own_name() {
    let wrong = WARNED.replace("schema = 1\n", "schema = 1\nidd = 1\ntitel = 2\nownr = 3\n");
    let ran = check(&room(&wrong), &["--format", "junit", "books"]);
    let names: Vec<&str> =
        ran.out.split("<testcase name=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    let different: std::collections::BTreeSet<&&str> = names.iter().collect();
    assert!(names.len() > 3 && different.len() == names.len(), "{names:?}");
}

#[test]
fn places_are_exact_behind_tabs_line_ends_and_bytes_that_are_no_text() {
    let text = WARNED
        .replace("role = \"responder\"\n", "role = \"responder\"\n\tneeds\t=\t[\t\"nope\"]\n");
    let tabs = room(&text);
    for format in ["human", "concise"] {
        let ran = check(&tabs, &["--format", format, "books"]);
        assert!(ran.out.contains("books/mail.toml:16:12"), "{}", ran.out);
    }
    let when = "when = \"\"\"\nincident_kind == 'insider'\nor nosuch\"\"\"\n";
    let lines = WARNED.replace("role = \"responder\"\n", &format!("role = \"responder\"\n{when}"));
    let ends = room(&lines.replace('\n', "\r\n"));
    let ran = check(&ends, &["--format", "concise", "books"]);
    assert!(ran.out.contains("books/mail.toml:18:4: error[BR204]"), "{}", ran.out);
    let bytes = room(WARNED);
    let mut text = WARNED.as_bytes().to_vec();
    text.extend(b"\n# \xff\n");
    std::fs::write(bytes.path("books/mail.toml"), text).expect("written");
    let ran = check(&bytes, &["--format", "concise", "books"]);
    assert!(ran.out.contains("books/mail.toml:24:3: error[BR002]"), "{}", ran.out);
}

#[test]
fn no_name_of_a_file_drives_a_runner() {
    let room = room(WARNED);
    for name in ["::error::x.toml", "##[error]y.toml", "  ::warning::z.toml"] {
        std::fs::write(room.path(name), broken()).expect("written");
    }
    let obeyed = |text: &str| {
        text.contains("##") || text.lines().any(|line| line.trim_start().starts_with("::"))
    };
    for arguments in [
        &["check", "--format", "human", "."][..],
        &["check", "--format", "concise", "."],
        &["check", "--diff", "."],
        &["fmt", "--check", "."],
        &["fmt", "--diff", "."],
        &["test", "."],
        &["check", "##[error]gone.toml"],
    ] {
        let mut command = room.command(&[&["playbook"], arguments].concat());
        command.env("GITHUB_ACTIONS", "true");
        let ran = feed(command, b"");
        assert!(!obeyed(&ran.out) && !obeyed(&ran.err), "{arguments:?}: {}{}", ran.out, ran.err);
    }
}
