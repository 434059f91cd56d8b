//! `breach playbook test`: what is expected against what came.

use serde_json::Value;

use super::room::{Ran, Room};

const MAIL: &str = mail!(
    r#"
[fact.boxes]
title = "Boxes"
ask = "Which boxes?"
type = "list"

[fact.rules_found]
title = "Rules found"
ask = "Are there forwarding rules?"
type = "yes-no"

[[step]]
id = "name-boxes"
title = "Name the boxes"
why = "One cannot lock what one cannot name."
do = "Write down every box."
role = "responder"
within = "20m"
ask = ["boxes", "rules_found"]

[[step]]
id = "export"
title = "Export {item}"
why = "Locking hides the rules."
do = "Export it."
role = "responder"
for-each = "boxes"
preserves = ["mail"]
evidence = [{ id = "copy", title = "Copy of {item}", required = true }]

[[step]]
id = "drop-rules"
title = "Drop the rules"
why = "They leak."
do = "Drop them."
role = "responder"
within = "1h"
when = "rules_found"
destroys = ["mail"]

[[step.command]]
id = "drop"
title = "Drop"
run = ["no-such-program", "--drop"]
timeout = "1m"
changes = true
undo = "There is none."
when = "boxes.count > 1"
"#
);

const TESTS: &str = r#"schema = 1

[[case]]
name = "Two boxes with rules"
starts-at = "2026-11-23 03:00"

[case.fact]
boxes = ["ada", "bo"]
rules_found = true

[case.step]
name-boxes = { outcome = "done" }
export.outcome = "done"
export.evidence = { copy = "s3:mail" }
export.item.bo = { outcome = "waiting", text = "legal, 05:00" }
drop-rules = { outcome = "done", run = "drop", confirm = { drop = "drop", destroy = "destroy" } }

[case.takes]
name-boxes = "30m"
drop-rules = "2h"

[case.exit]
drop-rules.drop = 1

[case.expect]
complete = false
asks = ["name-boxes", "export ada", "export bo", "drop-rules"]
never-asks = []
outcome = { name-boxes = "done", drop-rules = "done" }
fact = { boxes = ["ada", "bo"], rules_found = true }
owes = []
look-again = { export = "2026-11-23 05:00" }
late = ["name-boxes", "drop-rules"]

[[case]]
name = "No rules"
otherwise = "done"
known = { rules_found = false }

[case.fact]
boxes = ["ada"]

[case.expect]
complete = true
never-asks = ["drop-rules"]
owes = ["evidence `copy` of containment/export (ada)"]
"#;

fn room(tests: &str) -> Room {
    let room = Room::new();
    std::fs::write(room.path("mail.toml"), MAIL).expect("written");
    std::fs::write(room.path("mail.test.toml"), tests).expect("written");
    room
}

fn rehearse(room: &Room, arguments: &[&str]) -> Ran {
    let mut all = vec!["playbook", "test"];
    all.extend(arguments);
    room.breach(&all)
}

#[test]
fn what_comes_as_expected_passes_and_nothing_is_run_or_kept() {
    let room = room(TESTS);
    let ran = rehearse(&room, &["--missing"]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("pass  mail.test.toml:4  Two boxes with rules\n"), "{}", ran.out);
    assert!(ran.out.contains("mail.toml: 85 percent covered: 3 of 3 steps, 3 of 4 branches\n"));
    assert!(ran.out.contains("command `drop` of `drop-rules` never fails: boxes.count > 1"));
    assert!(!room.home().exists());
    std::fs::remove_file(room.playbook()).expect("removed");
    assert_eq!(rehearse(&room, &["--min-coverage", "85"]).exit, Some(0));
    let thin = rehearse(&room, &["--min-coverage", "86"]);
    assert_eq!(thin.exit, Some(3), "{}", thin.err);
    assert_eq!(rehearse(&room, &["--min-coverage", "101"]).exit, Some(2));
    // A playbook that no test names is covered by none.
    let other = MAIL.replace("id = \"mail\"", "id = \"other\"");
    std::fs::write(room.path("other.toml"), other).expect("written");
    let ran = rehearse(&room, &[]);
    assert!(ran.exit == Some(0) && ran.err.contains("1 playbook has no test."), "{}", ran.err);
    let ran = rehearse(&room, &["--min-coverage", "1"]);
    assert!(ran.exit == Some(3) && ran.out.contains("other.toml: 0 percent"), "{}", ran.out);
}

#[test]
fn expected_stands_against_got_at_its_place() {
    for (right, wrong, line, message) in [
        (
            "complete = false",
            "complete = true",
            26,
            "expected `complete = true`; open: `Export bo`",
        ),
        (
            r#""export ada", "export bo","#,
            r#""export bo","#,
            27,
            "asks differ, starting with number 2: expected `export bo` and `drop-rules`; got `export ada`",
        ),
        (
            "never-asks = []",
            r#"never-asks = ["export"]"#,
            28,
            "never to be asked, but was: `export`",
        ),
        (
            r#"drop-rules = "done" }"#,
            r#"drop-rules = "skipped" }"#,
            29,
            "expected `skipped`, got `done`",
        ),
        (
            r#"["ada", "bo"], rules_found = true }"#,
            r#"["ada"], rules_found = true }"#,
            30,
            "expected `ada`",
        ),
        (
            "owes = []",
            r#"owes = ["money"]"#,
            31,
            "owed items differ, starting with number 1: expected `money`; got nothing more",
        ),
        ("23 05:00", "23 06:00", 32, "expected `2026-11-23 06:00"),
        (
            r#"late = ["name-boxes", "drop-rules"]"#,
            "late = []",
            33,
            "late steps differ, starting with number 1",
        ),
    ] {
        assert!(TESTS.contains(right), "{right}");
        let room = room(&TESTS.replace(right, wrong));
        let ran = rehearse(&room, &["--format", "json"]);
        assert_eq!(ran.exit, Some(3), "{wrong}: {}{}", ran.out, ran.err);
        let value: Value = serde_json::from_str(&ran.out).expect("JSON");
        let case = &value["files"][0]["cases"][0];
        assert_eq!((&case["passed"], &case["failures"][0]["line"]), (&false.into(), &line.into()));
        let told = case["failures"][0]["message"].as_str().expect("a message");
        assert!(told.contains(message), "{told}");
        assert_eq!(value["files"][0]["cases"][1]["passed"], true, "{wrong}");
        let shown = rehearse(&room, &[]);
        assert!(shown.out.contains(&format!("--> mail.test.toml:{line}:")), "{}", shown.out);
    }
}

#[test]
fn a_walk_that_goes_wrong_says_where() {
    for (right, wrong, message) in [
        ("boxes = [\"ada\", \"bo\"]\nrules", "rules", "there is no answer to `fact.boxes`"),
        ("rules_found = true", "rules_found = \"perhaps\"", "`rules_found` cannot have this value"),
        (
            "boxes = [\"ada\"]",
            "boxes = [\"ada\"]\ncards_taken = true",
            "no step asks for `cards_taken`",
        ),
        (
            "never-asks = [\"drop-rules\"]\nowes",
            "outcome = { drop-rules = \"not-applicable\" }\nowes",
            "got nothing; it was never asked, which `never-asks` expects",
        ),
        (
            "boxes = [\"ada\"]",
            "boxes = [\"ada\"]\ncards_taken = true",
            "what was known before this walk stands under `[case.known]`",
        ),
        ("rules_found = false", "rules_found = 7", "`rules_found` cannot have this value"),
        ("2026-11-23 03:00", "when we knew", "answer a time such as"),
        ("confirm = { drop = \"drop\", ", "confirm = { ", "differ"),
    ] {
        assert!(TESTS.contains(right), "{right}");
        let room = room(&TESTS.replace(right, wrong));
        let ran = rehearse(&room, &[]);
        let text = format!("{}{}", ran.out, ran.err);
        if wrong == "confirm = { " {
            // A command that nobody confirmed does not run, and the step goes on without it.
            assert_eq!(ran.exit, Some(0), "{text}");
        } else {
            assert_eq!(ran.exit, Some(3), "{wrong}: {text}");
            assert!(text.contains(message), "{wrong}: {text}");
        }
    }
}

#[test]
fn a_test_that_cannot_be_used_is_no_success() {
    for (right, wrong, exit, message) in [
        ("never-asks = []", "never-asks = [\"exprt\"]", 3, "did you mean `export`?"),
        ("complete = false", "complet = false", 3, "did you mean `complete`?"),
        ("drop-rules.drop = 1", "drop-rules.drpo = 1", 3, "did you mean `drop`?"),
        ("known = { rules_found", "known = { rules_fuond", 3, "did you mean `rules_found`?"),
        (
            "schema = 1\n",
            "schema = 1\nplaybook = \"gone.toml\"\n",
            2,
            "failed to read the playbook",
        ),
        (
            "schema = 1\n",
            "schema = 1\nplaybook = \"mail.test.toml\"\n",
            3,
            "does not say which playbook it tests",
        ),
    ] {
        assert!(TESTS.contains(right), "{right}");
        let room = room(&TESTS.replacen(right, wrong, 1));
        let ran = rehearse(&room, &[]);
        assert_eq!(ran.exit, Some(exit), "{wrong}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(message), "{wrong}: {}", ran.out);
    }
    let expects_nothing = TESTS[..TESTS.find("complete = false").expect("there")].to_owned();
    let room = room(&expects_nothing);
    let ran = rehearse(&room, &["mail.test.toml"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.out);
    assert!(ran.out.contains("this case expects nothing, so it cannot fail"), "{}", ran.out);
    assert_eq!(rehearse(&room, &["mail.toml"]).exit, Some(2), "no test file");
    std::fs::remove_file(room.path("mail.test.toml")).expect("removed");
    assert_eq!(rehearse(&room, &[]).exit, Some(2), "nothing to test");
}

#[test]
fn the_built_in_tests_pass_and_meet_everything() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks");
    let ran = rehearse(&Room::new(), &[root, "--min-coverage", "100"]);
    assert_eq!(ran.exit, Some(0), "{}{}", ran.out, ran.err);
}
