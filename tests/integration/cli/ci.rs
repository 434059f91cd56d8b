//! The checker in somebody else's repository: green means checked, nothing is overwritten, and what
//! it would change is a patch.

use std::process::{Command, Stdio};

use super::room::{Ran, Room};

const PLAYBOOK: &str = mail!(
    r#"
[[step]]
id = "keep-the-logs"
title = "Keep the logs"
why = "They rotate."
do = "Copy them."
role = "responder"
preserves = ["logs"]
"#
);

fn broken() -> String {
    PLAYBOOK.replace("title = \"Keep", "titel = \"Keep")
}

fn room(files: &[(&str, &str)]) -> Room {
    let room = Room::new();
    std::fs::remove_file(room.playbook()).expect("removed");
    for (name, text) in files {
        let path = room.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    room
}

fn check(room: &Room, arguments: &[&str]) -> Ran {
    let mut all = vec!["playbook", "check", "--today", "2026-11-23"];
    all.extend(arguments);
    room.breach(&all)
}

#[test]
fn without_a_path_the_current_folder_is_checked_and_said_so() {
    let test =
        "schema = 1\n[[case]]\nname = \"x\"\notherwise = \"done\"\nexpect = { complete = true }\n";
    let here = room(&[("a/b/mail.toml", PLAYBOOK), ("a/b/mail.test.toml", test)]);
    let ran = check(&here, &[]);
    let said = "1 playbook and 1 test file checked in this folder: nothing found.";
    assert!(ran.exit == Some(0) && ran.err.contains(said), "{ran:?}");
    std::fs::write(here.path("a/b/mail.toml"), broken()).expect("written");
    assert_eq!(check(&here, &[]).exit, Some(3));
    let ran = check(&here, &["--builtin"]);
    assert!(ran.exit == Some(0) && ran.err.contains("in the built-in set"), "{ran:?}");
    assert_eq!(check(&here, &["--builtin", "a"]).exit, Some(2));
    let ran = check(&here, &["a", "--format", "markdown"]);
    assert!(ran.out.contains("1 playbook and 1 test file checked: 1 error"), "{}", ran.out);
    for command in ["check", "fmt", "test"] {
        let empty = room(&[("Cargo.toml", "[package]\nname = \"x\"\n")]);
        let ran = empty.breach(&["playbook", command]);
        assert_eq!(ran.exit, Some(2), "{command}: {ran:?}");
    }
}

#[test]
fn what_is_excluded_is_left_out_unless_it_is_named() {
    let room = room(&[
        ("breach.toml", "exclude = [\"drafts/\", \"*.old.toml\"]\n"),
        ("books/mail.toml", PLAYBOOK),
        ("books/mail.old.toml", &broken()),
        ("drafts/deep/mail.toml", &broken()),
    ]);
    let ran = check(&room, &[]);
    assert!(ran.exit == Some(0) && ran.err.contains("1 playbook checked"), "{ran:?}");
    assert_eq!(check(&room, &["--no-config"]).exit, Some(3));
    assert_eq!(check(&room, &["drafts/deep/mail.toml"]).exit, Some(3), "it is named");
    let named = ["--force-exclude", "drafts/deep/mail.toml"];
    assert_eq!(check(&room, &named).exit, Some(0), "it is asked for");
    let ran = check(&room, &["--no-config", "--exclude", "drafts", "--exclude", "*.old.toml"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let stdin = ["playbook", "check", "-", "--stdin-filename", "drafts/x.toml"];
    assert_eq!(room.pipe(&stdin, broken().as_bytes()).exit, Some(3));
    let ran = room.pipe(&[&stdin[..], &["--force-exclude"]].concat(), broken().as_bytes());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    // The other commands that look into folders leave it out, too.
    let before = std::fs::read_to_string(room.path("drafts/deep/mail.toml")).expect("a text");
    let ugly = before.replace("id = \"mail\"", "id    =   \"mail\"");
    std::fs::write(room.path("drafts/deep/mail.toml"), &ugly).expect("written");
    assert_eq!(room.breach(&["playbook", "fmt", "--check"]).exit, Some(0));
    std::fs::write(room.path("breach.toml"), "exclude = [\"{a\"]\n").expect("written");
    let ran = check(&room, &["books/mail.toml"]);
    assert!(ran.exit == Some(2) && ran.err.contains("this is no pattern"), "{ran:?}");
}

#[test]
fn standard_input_is_judged_as_the_file_that_it_stands_for() {
    let room = room(&[("books/breach.toml", "[check.levels]\nno-role = \"error\"\n")]);
    let text = PLAYBOOK.replace("role = \"responder\"\n", "");
    let run = |name: &str| {
        let stdin = ["playbook", "check", "-", "--today", "2026-11-23", "--stdin-filename", name];
        room.pipe(&stdin, text.as_bytes()).exit
    };
    assert_eq!((run("books/new.toml"), run("new.toml")), (Some(3), Some(0)));
}

#[test]
fn no_report_replaces_what_the_check_reads() {
    let room = room(&[("books/mail.toml", PLAYBOOK), ("list", "books/mail.toml\n")]);
    std::fs::write(room.path("levels.toml"), "[check]\nfail-on = \"note\"\n").expect("written");
    std::os::unix::fs::symlink("books/mail.toml", room.path("link")).expect("a link");
    for (arguments, report) in [
        (&["books/mail.toml"][..], "json=books/mail.toml"),
        (&["books"], "json=books/../books/mail.toml"),
        (&[], "json=link"),
        (&["books", "--config", "levels.toml"], "sarif=levels.toml"),
        (&["--files-from", "list"], "junit=list"),
    ] {
        let ran = check(&room, &[arguments, &["--report", report]].concat());
        assert!(ran.exit == Some(2) && ran.err.contains("would replace"), "{report}: {ran:?}");
    }
    let twice = ["books", "--report", "json=out", "--report", "sarif=./out"];
    let ran = check(&room, &twice);
    assert!(ran.exit == Some(2) && ran.err.contains("two reports"), "{ran:?}");
    let kept = std::fs::read_to_string(room.path("books/mail.toml")).expect("a text");
    assert_eq!(kept, PLAYBOOK);
    assert_eq!(check(&room, &["books", "--report", "json=out"]).exit, Some(0));
    assert_eq!(
        check(&room, &["books", "--report", "json=out"]).exit,
        Some(0),
        "its own is replaced"
    );
}

/// What a file may hold that a patch must carry unchanged.
#[test]
fn every_difference_is_a_patch_that_git_takes() {
    let hidden = broken().replace("\"For mailboxes.\"", "\"For\u{202e} \u{200b}mailboxes.\"");
    let texts = [
        ("plain.toml", broken()),
        ("tabs.toml", broken().replace("titel = ", "titel\t=\t")),
        ("windows.toml", broken().replace('\n', "\r\n")),
        ("mixed.toml", broken().replacen('\n', "\r\n", 4)),
        ("mark.toml", format!("\u{feff}{}", broken())),
        ("mark-windows.toml", format!("\u{feff}{}", broken()).replace('\n', "\r\n")),
        ("hidden.toml", hidden),
        (
            "escape.toml",
            broken().replace("# x", "").replace("\"They rotate.\"", "\"\"\"\n\u{1b}[2J\n\"\"\""),
        ),
        ("no-end.toml", broken().trim_end().to_owned()),
        ("my books/with blanks.toml", broken()),
        ("quote\"d.toml", broken()),
        ("é/ü.toml", broken()),
        ("back\\slash.toml", broken()),
        ("runner.toml", broken().replace("\"They rotate.\"", "\"\"\"\n::error::x\n##[x]\n\"\"\"")),
    ];
    let files: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let room = room(&files);
    for (command, differs) in [("check", "--fix"), ("fmt", "")] {
        if command == "fmt" {
            for (name, text) in &files {
                std::fs::write(room.path(name), text.replace("phase = ", "phase   =  "))
                    .expect("written");
            }
        }
        let ran = room.breach(&["playbook", command, "--diff", "."]);
        let mut git = Command::new("git")
            .args(["apply", "--whitespace=nowarn", "-"])
            .current_dir(room.path("."))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("git");
        std::io::Write::write_all(&mut git.stdin.take().expect("piped"), ran.out.as_bytes())
            .expect("written");
        let told = git.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&told.stderr);
        assert!(told.status.success(), "{command}: {said}\n{}", ran.out);
        // Nothing is left to mend, and nothing else was changed.
        let patched: Vec<Vec<u8>> =
            files.iter().map(|(name, _)| std::fs::read(room.path(name)).expect("a file")).collect();
        for (name, text) in &files {
            let text = if command == "fmt" {
                text.replace("phase = ", "phase   =  ")
            } else {
                (*text).to_owned()
            };
            std::fs::write(room.path(name), text).expect("written");
        }
        let mended = ["playbook", command, ".", differs];
        room.breach(if differs.is_empty() { &mended[..3] } else { &mended });
        for ((name, before), patched) in files.iter().zip(patched) {
            let mended = std::fs::read(room.path(name)).expect("a file");
            assert_eq!(String::from_utf8(patched), String::from_utf8(mended), "{command} {name}");
            assert!(
                command == "fmt"
                    || std::fs::read(room.path(name)).expect("a file") != before.as_bytes(),
                "{name}"
            );
        }
    }
}

#[test]
fn files_are_held_against_each_other() {
    let test = "schema = 1\n[[case]]\nname = \"x\"\notherwise = \"done\"\nexpect = { outcome = { keep-the-log = \"done\" } }\n";
    let books = room(&[("books/mail.toml", PLAYBOOK), ("books/mail.test.toml", test)]);
    let ran = check(&books, &["books/mail.test.toml"]);
    let said = "the playbook has no step `keep-the-log`";
    assert!(ran.exit == Some(3) && ran.out.contains(said) && ran.out.contains("BR219"), "{ran:?}");
    assert!(ran.out.contains("did you mean `keep-the-logs`?"), "{}", ran.out);
    std::fs::write(books.path("books/mail.toml"), broken()).expect("written");
    let ran = books.breach(&["playbook", "test"]);
    let said = "= help: breach playbook check books/mail.toml\n";
    assert!(ran.exit == Some(3) && ran.out.contains(said), "{ran:?}");
    std::fs::remove_file(books.path("books/mail.toml")).expect("removed");
    let ran = check(&books, &[]);
    assert!(ran.exit == Some(3) && ran.out.contains("failed to read the playbook"), "{ran:?}");
    // Facts, answers, commands and evidence are the playbook's, too; and a heading that is misspelt
    // does not make a test another program's file.
    for (wrong, rule, said) in [
        (test.replace("otherwise", "fact = { hosts_afected = [\"web\"] }\notherwise"), "BR219", "no fact `hosts_afected`"),
        (test.replace("otherwise", "fact = { incident_kind = \"wbe\" }\notherwise"), "BR219", "cannot have this value"),
        (test.replace("otherwise", "known = { aware = 3, cards_taken = \"prhaps\" }\notherwise"), "BR219", "`cards_taken` cannot"),
        (test.replace("otherwise", "step.keep-logs.outcome = \"done\"\notherwise"), "BR219", "no step `keep-logs`"),
        (test.replace("otherwise", "step.keep-the-logs = { outcome = \"done\", run = [\"x\"], evidence = { y = \"z\" } }\notherwise"), "BR219", "no evidence `y`"),
        (test.replace("[[case]]", "[[cases]]"), "BR101", "did you mean `case`?"),
        ("schema = 1\n".to_owned(), "BR102", "`case`"),
        (format!("{test}# token = \"glpat-{}\"\n", "Xk29fJq8ZpLw3RtVbNm1"), "BR306", "GitLab token"),
    ] {
        let books = room(&[("books/mail.toml", PLAYBOOK), ("books/mail.test.toml", &wrong)]);
        let ran = check(&books, &["books"]);
        assert!(ran.exit == Some(3) && ran.out.contains(rule) && ran.out.contains(said), "{wrong}{ran:?}");
    }
    // One id, twice: wherever both are, one shelf could hold them.
    let twice = room(&[
        ("a/mail.toml", PLAYBOOK),
        ("a/old/other.toml", PLAYBOOK),
        ("b/mail.toml", PLAYBOOK),
        ("a/scope.toml", &PLAYBOOK.replace("containment", "scoping")),
    ]);
    let ran = check(&twice, &["--format", "concise"]);
    let told: Vec<&str> = ran.out.lines().filter(|line| line.contains("BR109")).collect();
    assert_eq!(
        told,
        [
            "a/old/other.toml:2:6: error[BR109] a/mail.toml:2:6 has the id `mail` for containment, too",
            "b/mail.toml:2:6: error[BR109] a/mail.toml:2:6 has the id `mail` for containment, too",
        ],
        "{ran:?}"
    );
    assert_eq!(ran.exit, Some(3));
    let accept = ["--baseline", "known.json", "--write-baseline"];
    assert_eq!(check(&twice, &accept).exit, Some(0));
    assert_eq!(check(&twice, &accept[..2]).exit, Some(0));
    // In the home it is said, and the other playbooks stay.
    let shelf = twice.home().join("playbooks");
    std::fs::create_dir_all(&shelf).expect("made");
    for name in ["one/one.toml", "two/two.toml"] {
        std::fs::create_dir_all(shelf.join(name).parent().expect("a folder")).expect("made");
        std::fs::write(shelf.join(name), PLAYBOOK).expect("written");
    }
    // The built-in one is meant to be replaced.
    let own = PLAYBOOK.replace("id = \"mail\"", "id = \"insider\"");
    std::fs::write(shelf.join("insider.toml"), own).expect("written");
    let ran = twice.breach(&["playbook", "list"]);
    let said = ran.said();
    assert!(
        ran.exit == Some(0) && said.contains("one.toml") && said.contains("two.toml"),
        "{ran:?}"
    );
    assert!(!ran.err.contains("insider"), "{}", ran.err);
}

#[test]
fn a_program_of_ones_own_is_held_to_the_same_rules() {
    let command = |run: &str| {
        format!(
            "{PLAYBOOK}for-each = \"hosts_affected\"\n\n[[step.command]]\nid = \"x\"\ntitle = \"X\"\nrun = [{run}]\n"
        )
    };
    let own = room(&[
        ("asks.toml", &command("\"ourtool\", \"--look\", \"{item}\"")),
        ("kills.toml", &command("\"ourtool\", \"frobnicate\"").replace("\"mail\"", "\"kills\"")),
        ("plain.toml", &command("\"sh\", \"-c\", \"{item}\"").replace("\"mail\"", "\"plain\"")),
    ]);
    let rules = |room: &Room| {
        let ran = check(room, &["--format", "concise"]);
        ["BR307", "BR316"].map(|rule| ran.out.matches(rule).count())
    };
    assert_eq!(rules(&own), [1, 0], "only the shell is known");
    let row =
        "[[program]]\nnames = \"ourtool sh\"\ncode = \"--look\"\nchanges-on = \"frobnicate\"\n";
    std::fs::write(own.path("breach.toml"), row).expect("written");
    assert_eq!(rules(&own), [2, 1], "and nothing is taken away");
    std::fs::write(own.path("breach.toml"), row.replace("names", "name")).expect("written");
    assert_eq!(check(&own, &[]).exit, Some(2));
}

/// What the action runs, with what a runner gives it.
#[test]
fn the_action_takes_names_with_blanks_and_fails_at_the_level_of_the_repository() {
    let action = include_str!("../../../.github/actions/playbook-check/action.yml");
    let (_, script) = action.rsplit_once("      run: |\n").expect("a script");
    let nobody = PLAYBOOK.replace("role = \"responder\"\n", "");
    let warning = "[check]\nfail-on = \"warning\"\n";
    let here = room(&[("my books/mail.toml", &nobody), ("breach.toml", warning)]);
    let program = here.path("breach/bin/breach");
    std::fs::create_dir_all(program.parent().expect("a folder")).expect("made");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_breach"), program).expect("linked");
    for (paths, fail_on, exit) in [
        ("my books\n", "", 3),
        ("  my books  \r\n\n", "error", 0),
        ("books", "", 2),
        (" \n", "", 2),
    ] {
        let ran = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(here.path(""))
            .env("RUNNER_TEMP", here.path(""))
            .env("GITHUB_STEP_SUMMARY", here.path("summary.md"))
            .envs([("PATHS", paths), ("FAIL_ON", fail_on), ("SARIF", "new reports/x.sarif")])
            .output()
            .expect("it starts");
        assert_eq!(ran.status.code(), Some(exit), "{paths:?} {fail_on:?} {ran:?}");
    }
    let read = |name: &str| std::fs::read_to_string(here.path(name)).expect("written");
    assert!(read("summary.md").contains("BR308"));
    assert!(read("new reports/x.sarif").contains("\"version\""));
}
