//! `breach brief` and `breach statement`: what those are told who come to an incident that goes on.

use std::time::Duration;

use super::room::{Room, flowed};

const HOSTILE: &str = "<script>x</script> \x1b[31m| # **bold** \u{202e}";

/// A room in which something of every section is recorded.
fn told() -> Room {
    let room = Room::new();
    room.open();
    for arguments in [
        &["fact", "set", "people_affected", "DE 500, FR 20"][..],
        &["fact", "set", "people_affected", "DE 41207, FR 20"],
        &["fact", "set", "data_encrypted", "unknown"],
        &[
            "fact",
            "set",
            "aware",
            "2018-09-05 12:00Z",
            "--by",
            "Ada",
            "--role",
            "commander",
            "--why",
            "the card scheme rang",
        ],
        &["note", HOSTILE],
        &["note", "--privileged", "canary-privileged"],
        &["note", "canary-note"],
        &["action", "add", "alert on changed scripts", "--owner", "Bo", "--due", "2018-10-01"],
    ] {
        let ran = room.breach(&[arguments, &["--as", "Ada"]].concat());
        assert_eq!(ran.exit, Some(0), "{arguments:?} {ran:?}");
    }
    room
}

fn brief(room: &Room, audience: &str, format: &str) -> String {
    let ran = room.breach(&["brief", "--audience", audience, "--format", format]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    ran.out
}

#[test]
fn every_format_tells_every_section_and_nothing_foreign_is_markup() {
    let room = told();
    let text = brief(&room, "team", "text");
    let flat = flowed(&text);
    for said in [
        "Strange script",
        "KNOWN",
        "UNKNOWN",
        "CHANGED",
        "DECIDED",
        "BLOCKED",
        "NEXT",
        "Germany (DE) 41,207, France (FR) 20",
        "was Germany (DE) 500, France (FR) 20",
        "not known",
        "nobody has said yet",
        "the card scheme rang",
        "canary-note",
        "alert on changed scripts (Bo, due Mon 1 Oct 2018, OVERDUE)",
        "Privileged and left out: 1 entry",
        "Scoping: not started",
    ] {
        assert!(flat.contains(said), "{said}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let html = brief(&room, "team", "html");
    assert!(!html.contains("<script") && !html.contains("http-equiv=\"refresh\""), "{html}");
    let markdown = brief(&room, "team", "markdown");
    // A backslash escapes.
    let bare = markdown.replace("\\<", "").replace("\\*", "");
    assert!(!bare.contains("**bold**") && !bare.contains("<script"), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_str(&brief(&room, "team", "json")).expect("JSON");
    assert_eq!(json["schema"], "breach.brief/1");
    for page in [&text, &html, &markdown] {
        assert!(!page.contains('\x1b') && !page.contains('\u{202e}'), "{page}");
    }
}

#[test]
fn it_begins_with_what_everybody_asks_first_and_management_reads_no_codes() {
    let room = told();
    for (name, value) in [
        ("severity", "critical"),
        ("incident_commander", "Bo"),
        ("organisation", "Example Ltd"),
        ("what_happened", "Records were copied."),
        ("employees", "640"),
    ] {
        let ran = room.breach(&["fact", "set", name, value, "--as", "Ada"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
    let team = brief(&room, "team", "text");
    let (_, known) = team.split_once("KNOWN").expect("what is known");
    let known = flowed(known.split("UNKNOWN").next().unwrap_or_default());
    let places = ["Severity: Critical. Data", "commander: Bo", "What happened: ", "Organisation: "];
    let places =
        places.map(|words| known.find(words).unwrap_or_else(|| panic!("{words}: {known}")));
    assert!(places.is_sorted(), "{known}");
    assert!(!known.contains("640"), "employees are not affected: {known}");
    let team = flowed(&team);
    assert!(team.contains("action item added: ") && team.contains(" (a-"), "{team}");
    let management = flowed(&brief(&room, "executive", "text"));
    assert!(
        management.contains("action item added: ") && !management.contains("(a-"),
        "{management}"
    );
}

#[test]
fn an_audience_gets_what_it_may_read() {
    let room = told();
    for format in ["text", "markdown", "html", "json"] {
        for (audience, note, privileged) in
            [("team", true, false), ("executive", false, false), ("counsel", true, true)]
        {
            let page = brief(&room, audience, format);
            let plain = page.replace('\\', "");
            assert_eq!(plain.contains("canary-note"), note, "{audience} {format} {page}");
            assert_eq!(plain.contains("canary-privileged"), privileged, "{audience} {format}");
        }
    }
}

#[test]
fn changes_are_told_since_a_length_a_moment_or_the_last_code() {
    let room = told();
    let since = |text: &str| room.breach(&["brief", "--since", text, "--format", "json"]);
    let changes = |text: &str| {
        let ran = since(text);
        let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        json["changed"].as_array().expect("changes").len()
    };
    assert!(changes("8h") > 3 && changes("2018-01-01") > 3);
    // The walk that opened it ended with a code; what was opened before is not told again.
    let last = since("last");
    assert!(last.out.contains("canary-note") && !last.out.contains("incident opened"), "{last:?}");
    for wrong in ["soon", "2090-01-01"] {
        let ran = since(wrong);
        assert_eq!(ran.exit, Some(2), "{wrong}: {ran:?}");
    }
}

#[test]
fn a_page_that_is_followed_is_written_again_at_each_entry_until_the_incident_is_closed() {
    let room = told();
    let other = room.path("other.html");
    std::fs::write(&other, "not ours").expect("written");
    let ran = room.breach(&["brief", "--follow", "--out", "other.html"]);
    assert_eq!(
        (ran.exit, std::fs::read_to_string(&other).expect("kept").as_str()),
        (Some(2), "not ours"),
        "{ran:?}"
    );
    assert_eq!(room.breach(&["brief", "--follow"]).exit, Some(2));
    let page = room.path("page.html");
    let mut command = room.command(&["brief", "--follow", "--out", "page.html"]);
    let mut following = command.stderr(std::process::Stdio::null()).spawn().expect("started");
    let comes = |word: &str| {
        for _ in 0..600 {
            if std::fs::read_to_string(&page).is_ok_and(|page| page.contains(word)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    };
    assert!(comes("http-equiv=\"refresh\""));
    room.breach(&["note", "the second canary", "--as", "Ada"]);
    assert!(comes("the second canary"));
    let ran = room.breach(&["close", "--anyway", "--reason", "over", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(following.wait().expect("ended").code(), Some(0));
    let last = std::fs::read_to_string(&page).expect("a page");
    assert!(last.contains("incident closed") && !last.contains("http-equiv=\"refresh\""));
    // A page of ours is written over when somebody starts again.
    let chain = room.chains().remove(0);
    let folder = chain.parent().and_then(|log| log.parent()).expect("a folder");
    let name = folder.file_name().expect("a name").to_str().expect("text");
    let ran = room.breach(&["brief", "--follow", "--out", "page.html", "--incident", name]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
}

#[test]
fn a_statement_says_what_was_released_and_each_version_is_kept() {
    let room = told();
    let state = |arguments: &[&str]| room.breach(&[&["statement"][..], arguments].concat());
    let first = state(&["--keep"]);
    assert_eq!(first.exit, Some(0), "{first:?}");
    assert!(first.out.contains("[MISSING: Released account of what happened]"), "{first:?}");
    for (name, text) in [
        ("notice_account", "Somebody changed our checkout page."),
        ("organisation", "Example <b>plc</b>"),
    ] {
        let ran = room.breach(&["fact", "set", name, text, "--as", "Ada"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
    let second = state(&["--keep"]);
    assert!(second.out.contains("Somebody changed our checkout page."), "{second:?}");
    assert!(second.out.contains("Update 2,") && !second.out.contains("<b>"), "{second:?}");
    assert!(!second.out.contains("canary") && !second.out.contains("41207"), "{second:?}");
    // The same text is no other version.
    let again = state(&[]);
    assert_eq!(again.out, second.out, "{again:?}");
    assert_eq!(state(&["--update", "1"]).out, first.out);
    assert_eq!(state(&["--update", "3"]).exit, Some(2));
    let kept = room.bodies("statement");
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1]["text"].as_str().expect("a text").trim_end(), second.out.trim_end());
}

#[test]
fn a_form_of_custody_has_what_the_log_says_and_lines_to_sign() {
    let room = told();
    std::fs::write(room.path("a.log"), "line").expect("written");
    std::fs::write(room.path("b.log"), "x".repeat(40_000)).expect("written");
    for name in ["a.log", "b.log"] {
        let arguments = ["evidence", "add", name, "--title", HOSTILE, "--as", "Ada"];
        assert_eq!(room.breach(&arguments).exit, Some(0));
    }
    assert_eq!(room.breach(&["evidence", "verify", "--as", "Ada"]).exit, Some(0));
    let ran = room.breach(&["evidence", "list", "--form"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let digest = breach::digest::Digest::of(b"line").to_string();
    for said in [&digest, "form 2 of 2", "40,000 bytes", "Signature", "verify: intact", "Ada on "] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(!ran.out.contains('\x1b') && ran.out.matches('\u{c}').count() == 1, "{ran:?}");
    let exhibit = room.bodies("evidence")[0]["exhibit"].as_str().expect("a name").to_owned();
    let one = room.breach(&["evidence", "list", "--form", &exhibit]);
    assert!(one.out.contains("form 1 of 1") && one.out.contains(&digest), "{one:?}");
    assert_eq!(room.breach(&["evidence", "list", "--form", "ev-none"]).exit, Some(2));
}

#[test]
fn duties_stand_by_name_in_the_zone_of_the_brief_and_nothing_is_told_twice() {
    let room = told();
    room.knows(&[
        ("entity_zone", "Europe/Berlin"),
        ("establishment", "one-state"),
        ("controller_or_processor", "controller"),
        ("data_classes", "names-contact,card-number"),
        ("cost_so_far", "EUR 35000000"),
    ]);
    let team = flowed(&brief(&room, "team", "text"));
    for said in [
        "Times: Europe/Berlin.",
        "Overdue: GDPR Art. 33(1), (3), (4), to the authority (eu-gdpr.33-1), due Sat 8 Sep 2018 \
         14:00 (",
        "Classes of data: Names, postal and email addresses, phone numbers; Payment card numbers",
        "Cost so far: EUR 35,000,000 ",
        "Recorded for the first time: ",
    ] {
        assert!(team.contains(said), "{said}: {team}");
    }
    assert_eq!(team.matches("Payment card numbers").count(), 1, "{team}");
    let executive = flowed(&brief(&room, "executive", "text"));
    assert!(executive.contains("Overdue: GDPR Art. 33(1), (3), (4), to the authority, due Sat"));
    assert!(!executive.contains("eu-gdpr."), "{executive}");
    let page = brief(&room, "team", "html");
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    assert!(title.expect("a title").chars().count() <= 70, "{title:?}");
    let closed = ["close", "--anyway", "--reason", "over", "--as", "Ada"];
    assert_eq!(room.breach(&closed).exit, Some(0));
    let name = std::fs::read_dir(room.home().join("incidents")).expect("a folder");
    let name = name.flatten().next().expect("one").file_name();
    let name = name.to_str().expect("a name");
    let ran = room.breach(&["brief", "--incident", name]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!ran.out.contains("not started"), "nothing starts in a closed incident: {}", ran.out);
}
