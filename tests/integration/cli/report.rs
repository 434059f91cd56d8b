//! `breach report` over incidents made through the tool itself.

use serde_json::Value;

use super::room::{Ran, Room, flowed};

/// A walk through the containment of the test playbook, then the beginning of the review.
const CONTAIN: &str = r#"
[opening]
title = "Strange script"
first_signal = "2018-09-05"
incident_kind = "web-skimming"

[fact]
boxes = ["web-01", "web-02"]
leaking = false

[step.name-boxes]
outcome = "done"
text = "named"

[step.image]
outcome = "done"
evidence = { disk-image = "aws:snap-1" }

[step.image.item.web-02]
outcome = "skipped"
reason = "the host is gone"

[step.wipe]
outcome = "done"
confirm = { destroy = "destroy" }

[step.commands]
outcome = "done"
run = ["look", "change"]
confirm = { change = "change" }
"#;

const REVIEW: &str = r#"
[fact]
postmortem_moderator = "Meera Rao"
postmortem_meeting_at = "2018-09-12 10:00"
platforms = ["linux"]
retention_decision = "five years"
evidence_place = "vault"
occurred = "2018-06-22"
first_loss = "unknown"
theft_from = "2018-08-21 21:58Z"
theft_to = "2018-09-05 20:45Z"
detected = "2018-09-05"
taken_up_at = "2018-09-05"
contained_at = "2018-09-05 20:45Z"
containment_verified_at = "2018-09-08"
eradicated_at = "unknown"
recovered_at = "2018-09-06"
what_happened = "A script on the payment page copied cards."
persons_affected = "about 429612"
cards_taken = true
impact = "The shop was closed for a night."
not_affected = ["the travel site"]

[step.convene-review]
outcome = "done"

[step.hold-evidence]
outcome = "done"
evidence = { hold-notice = "vault:hold-1" }

[step.settle-timeline]
outcome = "done"

[step.tell-what-happened]
outcome = "done"
"#;

fn walk(room: &Room, phase: &str, answers: &str, more: &[&str]) -> Ran {
    let file = room.path("answers.toml");
    std::fs::write(&file, answers).expect("written");
    let file = file.to_str().expect("text");
    room.breach(&[&[phase, "--as", "Ada", "--answers", file][..], more].concat())
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

fn reviewed() -> Room {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = ["--playbook", playbook.to_str().expect("text")];
    let ran = walk(&room, "contain", CONTAIN, &playbook);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let ran = walk(&room, "postmortem", REVIEW, &["--playbook", "generic"]);
    // The rest of the review is for another day.
    assert_eq!(ran.exit, Some(6), "{}", ran.err);
    room
}

#[test]
fn two_walks_from_answers_make_a_report() {
    let room = reviewed();
    let report = json(&room.breach(&["report", "--format", "json"]));
    let metric = |id: &str| {
        let mut metrics = report["metrics"].as_array().expect("metrics").iter();
        metrics.find(|metric| metric["id"] == id).expect("a metric")["shown"].clone()
    };
    assert_eq!(metric("exfiltration_window"), "14 d 22 h 47 min");
    assert_eq!(metric("time_to_detect"), "75 days");
    assert_eq!(metric("exposure"), "78 days");
    assert_eq!(metric("time_to_recover"), "1 day");
    assert_eq!(report["summary"]["written"][1]["presence"], "given");
    assert_eq!(report["causes"]["written"][1]["presence"], "missing", "nobody wrote it yet");
    let contain = &report["response"]["playbooks"][0];
    let steps: Vec<(&str, &str)> = contain["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| (step["title"].as_str().unwrap_or(""), step["shown"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(steps[0], ("Name the boxes", "done"));
    assert_eq!(steps[1..3], [("Image web-01", "done"), ("Image web-02", "skipped")]);
    assert_eq!(contain["steps"][2]["text"], "the host is gone");
    let commands = report["response"]["commands"].as_array().expect("commands");
    assert!(commands.iter().any(|one| one["command"] == "change" && one["observed"] == true));
    assert_eq!(report["evidence"]["exhibits"].as_array().map(Vec::len), Some(2));
    room.verify();
}

#[test]
fn a_report_is_made_of_open_and_of_closed_incidents() {
    let room = reviewed();
    let open = room.breach(&["report"]);
    assert!(open.out.contains("DRAFT: the incident is open"), "{}", open.out);
    assert_eq!(room.breach(&["close", "--anyway", "--reason", "done"]).exit, Some(0));
    let entries = room.entries().len();
    let closed = room.breach(&["report"]);
    assert!(closed.out.contains("FINAL"), "{}", closed.out);
    assert_eq!(room.entries().len(), entries, "it reads, and appends nothing");
}

#[test]
fn a_file_is_new_and_private_or_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let room = reviewed();
    let ran = room.breach(&["report", "--format", "markdown", "--out", "report.md"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    let file = room.path("report.md");
    let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).expect("text");
    assert_eq!(text, room.breach(&["report", "--format", "markdown"]).out);
    let again = room.breach(&["report", "--out", "report.md"]);
    assert_eq!(again.exit, Some(2), "{}", again.err);
    assert!(again.err.contains("already exists"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&file).expect("text"), text, "it is left as it was");
    let nowhere = room.breach(&["report", "--out", "no/such/folder/report.md"]);
    assert_eq!(nowhere.exit, Some(1), "{}", nowhere.err);
}

#[test]
fn without_an_incident_there_is_nothing_to_report() {
    let room = Room::new();
    let ran = room.breach(&["report"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("no incident is open"), "{}", ran.err);
    let schema = json(&room.breach(&["report", "--schema"]));
    assert_eq!(schema["title"], "Report");
    assert_eq!(room.breach(&["report", "--schema", "--format", "json"]).exit, Some(2));
}

#[test]
fn a_rehearsal_says_so_first() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = ["--drill", "--playbook", playbook.to_str().expect("text")];
    let answers =
        CONTAIN.replace("run = [\"look\", \"change\"]\nconfirm = { change = \"change\" }\n", "");
    let ran = walk(&room, "contain", &answers, &playbook);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let ran = room.breach(&["report"]);
    assert!(ran.out.contains("REHEARSAL"), "{}", ran.out);
}

#[test]
fn incidents_stand_side_by_side_without_a_mean() {
    let room = Room::new();
    for (name, occurred, detected) in
        [("one", "2026-11-01", "2026-11-03"), ("two", "2026-11-01", "2026-11-11")]
    {
        let opened = room.pipe(&["contain", "--new"], format!("Kim\n{name}\n\nother\n").as_bytes());
        assert!(opened.err.contains("Opened incident"), "{opened:?}");
        room.breach(&["fact", "set", "occurred", occurred]);
        room.breach(&["fact", "set", "detected", detected]);
        room.breach(&["action", "add", "Close the gap of", name, "--due", "2020-01-01"]);
        let closed = room.breach(&["close", "--anyway", "--reason", "a test"]);
        assert_eq!(closed.exit, Some(0), "{closed:?}");
    }
    let ran = room.breach(&["report", "--all", "--format", "json"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let all: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(all["incidents"].as_array().map(Vec::len), Some(2));
    let metrics = all["metrics"].as_array().expect("a list");
    let detect = metrics.iter().find(|metric| metric["name"] == "Time to detect").expect("it");
    assert_eq!(detect["n"], 2);
    assert_eq!(detect["median"]["shown"], "2 days");
    assert_eq!(detect["most"]["shown"], "10 days");
    assert_eq!(detect["lower"], Value::Null, "two values have no quartiles");
    assert_eq!(all["actions"].as_array().map(Vec::len), Some(2));
    let schema = room.breach(&["report", "--all", "--schema"]);
    let schema: Value = serde_json::from_str(&schema.out).expect("JSON");
    jsonschema::validate(&schema, &all).expect("it fits its schema");
    // An item is overdue today, however long ago the log ended.
    assert!(
        all["incidents"].as_array().expect("a list").iter().all(|one| one["overdue_actions"] == 1)
    );
    assert_eq!(all["kinds"][0]["name"], "other");
    assert_eq!(all["kinds"][0]["title"], "Something else");
    assert_eq!(all["kinds"][0]["n"], 2);
    let quarters = all["quarters"].as_array().expect("a list");
    let counted = quarters.iter().filter_map(|one| one["n"].as_u64()).sum::<u64>();
    assert!(counted == 2 && quarters[0]["name"].as_str().expect("a name").contains(" Q"), "{all}");
    for format in ["text", "markdown", "html"] {
        let page = room.breach(&["report", "--all", "--format", format]).out;
        let page = flowed(&page.replace('\u{a0}', " "));
        let lower = page.to_lowercase();
        assert!(lower.contains("times by quarter") && lower.contains("overdue"), "{page}");
        assert!(page.contains("2 days / 10 days"), "{page}");
        assert!(page.contains("Close the"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("2 of 2 open items, the longest for"), "{page}");
        assert!(page.contains("Wed 1 Jan 2020"), "{page}");
        // Words instead of the codes that the values have.
        assert!(flowed(&page).contains("Something else (2 incidents)"), "{page}");
    }
    let page = room.breach(&["report", "--all", "--format", "html"]).out;
    let top = page.split("<main").next().expect("a head");
    assert!(top.contains("TLP:AMBER") && top.contains("2 incidents, as of "), "{top}");
    for id in ["phases", "kind1", "quarter1"] {
        let (_, drawn) = page.split_once(&format!("<figure id=\"fig-{id}\">")).expect(id);
        let drawn = drawn.split("</figure>").next().expect("its end");
        assert!(drawn.contains("dwell: n = 2, median 2 days"), "{id}: {drawn}");
        let rows = drawn.matches("class=\"name\"").count();
        assert_eq!(drawn.matches("class=\"dot\"").count(), 2 * rows, "{id}: a dot an incident");
    }
    assert_eq!(all["phases"][0]["values"][1]["shown"], "10 days");
}

#[test]
fn a_template_of_ones_own_is_filled_and_a_mistake_has_its_place() {
    let room = Room::new();
    room.pipe(&["contain", "--new"], b"Kim\nA <b>title</b>\n\nother\n");
    let write = |name: &str, text: &str| {
        let path = room.path(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("text").to_owned()
    };
    let html = write("own.html", "<h1>{{ banner.title }}</h1>\n");
    let ran = room.breach(&["report", "--template", &html]);
    assert_eq!(ran.out, "<h1>A &lt;b&gt;title&lt;/b&gt;</h1>\n", "{ran:?}");
    let md = write("own.md", "# {{ banner.title }}\n");
    assert_eq!(room.breach(&["report", "--template", &md]).out, "# A \\<b\\>title\\</b\\>\n");
    let wrong = write("wrong.md", "a\n{{ baner.title }}\n");
    let ran = room.breach(&["report", "--template", &wrong]);
    assert!(ran.exit == Some(3) && ran.err.contains("wrong.md:2:4"), "{ran:?}");
    assert!(ran.err.contains("report --schema"), "{ran:?}");
}
