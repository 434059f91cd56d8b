//! Notes, facts, status, closing, several incidents.

use super::room::{Room, until};

#[test]
fn a_note_is_recorded_with_its_moment_and_its_person() {
    let room = Room::new();
    room.open();
    let ran =
        room.breach(&["note", "--as", "Bo", "--at", "2026-11-23 02:40", "web-03", "is", "off"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.err.contains("Mon 23 Nov 2026 02:40"), "{}", ran.err);
    let entry = room.entries().pop().expect("an entry");
    assert_eq!(entry["body"]["text"], "web-03 is off");
    assert_eq!(entry["actor"]["name"], "Bo");
    assert_eq!(entry["occurred"]["precision"], "minute");
    assert_eq!(room.pipe(&["note"], b"from a pipe\n").exit, Some(0));
    assert_eq!(room.breach(&["note", " "]).exit, Some(2));
    assert_eq!(room.breach(&["note", "--at", "soonish", "x"]).exit, Some(2));
    assert_eq!(room.bodies("note").len(), 2);
    room.verify();
}

#[test]
fn a_card_number_is_masked_and_the_original_kept_apart() {
    let room = Room::new();
    room.open();
    room.breach(&["note", "card 4111 1111 1111 1111 seen"]);
    let text = std::fs::read_to_string(&room.chains()[0]).expect("a chain");
    assert!(text.contains("[card …1111]") && !text.contains("4111 1111"));
    let original =
        room.bodies("note")[0]["original"]["sha256"].as_str().expect("a digest").to_owned();
    let incident =
        room.chains()[0].parent().and_then(|log| log.parent()).expect("a folder").to_owned();
    let kept = std::fs::read(incident.join("texts").join(&original)).expect("kept");
    assert!(kept.ends_with(b"card 4111 1111 1111 1111 seen"));
    assert_eq!(breach::digest::Digest::of(&kept).to_string(), original);
    room.breach(&["note", "--verbatim", "card 4111 1111 1111 1111 seen"]);
    assert!(room.bodies("note")[1]["text"].as_str().expect("text").contains("4111 1111"));
}

#[test]
fn facts_are_set_shown_and_have_a_history() {
    let room = Room::new();
    room.open();
    assert_eq!(room.breach(&["fact", "set", "cards_affected", "about", "380000"]).exit, Some(0));
    assert_eq!(
        room.breach(&["fact", "set", "cards_affected", "244000", "--why", "recounted"]).exit,
        Some(0)
    );
    let shown = room.breach(&["fact", "show", "cards_affected"]);
    assert!(shown.out.contains("about 380000") && shown.out.contains("recounted"), "{}", shown.out);
    let json = room.breach(&["fact", "show", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["facts"]["cards_affected"]["count"]["n"], 244_000);
    let wrong = room.breach(&["fact", "set", "cards_afected", "1"]);
    assert_eq!(wrong.exit, Some(2));
    assert!(wrong.err.contains("did you mean `cards_affected`"), "{}", wrong.err);
    assert_eq!(room.breach(&["fact", "set", "cards_affected", "lots"]).exit, Some(2));
}

#[test]
fn a_determination_wants_a_person_a_role_and_a_basis() {
    let room = Room::new();
    room.open();
    let bare = room.breach(&["fact", "set", "aware", "2026-11-23 03:00"]);
    assert_eq!(bare.exit, Some(2));
    assert!(bare.err.contains("--role ROLE"), "{}", bare.err);
    let whole = [
        "fact",
        "set",
        "aware",
        "2026-11-23 03:00",
        "--by",
        "Kim",
        "--role",
        "counsel",
        "--why",
        "logs",
    ];
    assert_eq!(room.breach(&whole).exit, Some(0));
    assert_eq!(room.bodies("decision")[0]["by"], "Kim");
}

#[test]
fn status_says_where_it_stands() {
    let room = Room::new();
    let none = room.breach(&["status"]);
    assert_eq!(none.exit, Some(0));
    assert!(none.err.contains("No incident is open"), "{}", none.err);
    room.walk("d\nweb-01\nyes\nd\n\nw to Priya, 2h\n");
    let text = room.breach(&["status"]);
    assert!(
        text.out.contains("2 of 5") && text.out.contains("assigned: Wipe web-01"),
        "{}",
        text.out
    );
    assert!(text.out.contains("Owed: Image of web-01: `breach contain`"), "{}", text.out);
    let json = room.breach(&["status", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["schema"], "breach.status/1");
    let incident = &json["incidents"][0];
    assert_eq!(incident["phases"][0]["settled"], 2);
    assert_eq!(incident["chains"][0]["damage"], serde_json::Value::Null);
}

#[test]
fn closing_names_what_is_owed_and_reopening_goes_on() {
    let room = Room::new();
    room.walk("d\nweb-01\nyes\nd\n\n");
    let refused = room.breach(&["close"]);
    assert_eq!(refused.exit, Some(2));
    assert!(refused.out.contains("Owed: Image of web-01: `breach contain`"), "{}", refused.out);
    assert!(refused.out.contains("Open: scoping was not started"), "{}", refused.out);
    assert_eq!(room.breach(&["close", "--anyway"]).exit, Some(2), "it wants a reason");
    assert_eq!(room.breach(&["close", "--anyway", "--reason", "handed over"]).exit, Some(0));
    assert_eq!(room.breach(&["close", "--anyway", "--reason", "again"]).exit, Some(2));
    assert!(room.breach(&["status"]).err.contains("No incident is open"));
    assert_eq!(room.breach(&["note", "a late finding"]).exit, Some(0), "the record takes more");
    assert_eq!(room.breach(&["reopen", "--reason", "more cards"]).exit, Some(0));
    assert_eq!(room.walk("d\ndestroy\n").exit, Some(6));
    room.verify();
}

#[test]
fn several_incidents_are_told_apart() {
    let room = Room::new();
    room.open();
    room.pipe(&["contain", "--new", "--as", "Ada", "--playbook", "web-skimming"], b"Other\n\n1\n");
    assert_eq!(room.chains().len(), 2);
    let which = room.breach(&["note", "x"]);
    assert_eq!(which.exit, Some(2));
    let names: Vec<String> = std::fs::read_dir(room.home().join("incidents"))
        .expect("incidents")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().all(|name| which.err.contains(name)), "{}", which.err);
    assert_eq!(room.breach(&["--incident", &names[0], "note", "x"]).exit, Some(0));
    assert_eq!(
        room.breach(&["--incident", &names[0][11..], "note", "x"]).exit,
        Some(0),
        "the code name"
    );
    assert_eq!(room.breach(&["--incident", "2", "note", "x"]).exit, Some(2));
    assert_eq!(room.breach(&["--incident", "nowhere", "note", "x"]).exit, Some(2));
    assert_eq!(room.pipe(&["contain"], b"").exit, Some(2));
}

#[test]
fn the_log_is_shown_filtered_and_followed() {
    let room = Room::new();
    room.walk("n first\nd second\nweb-01\nno\n");
    let notes = room.breach(&["log", "show", "--kind", "note"]);
    assert_eq!(notes.out.lines().count(), 2, "{}", notes.out);
    assert!(
        notes.out.lines().next().is_some_and(|line| line.ends_with(": first")),
        "{}",
        notes.out
    );
    let steps = room.breach(&["log", "show", "--kind", "step-outcome"]);
    assert!(steps.out.contains("containment/name-boxes: done: second"), "{}", steps.out);
    let none = room.breach(&["log", "show", "--kind", "nosuch"]);
    assert_eq!(none.exit, Some(2), "{none:?}");
    assert!(none.err.contains("`step-outcome`"), "{none:?}");
    let steps = room.breach(&["log", "show", "--step", "name-boxes", "--format", "json"]);
    assert_eq!(steps.out.lines().count(), 5, "{}", steps.out);
    assert!(room.breach(&["log", "show", "--by", "nobody"]).out.is_empty());
    assert!(room.breach(&["log", "show", "--since", "2100-01-01"]).out.is_empty());
    let file = room.path("followed");
    let mut follow = room.command(&["log", "show", "--follow", "--kind", "note"]);
    let output = std::fs::File::create(&file).expect("a file");
    let mut follow = follow.stdout(output).spawn().expect("it starts");
    let shown = |text: &str| std::fs::read_to_string(&file).expect("read").contains(text);
    until("what there is was shown", || shown("first"));
    room.breach(&["note", "while following"]);
    until("what came was shown", || shown("while following"));
    follow.kill().expect("killed");
    follow.wait().expect("ended");
}

#[test]
fn nothing_open_is_told_with_what_to_do() {
    let room = Room::new();
    for arguments in
        [&["note", "x"][..], &["close"], &["evidence", "list"], &["log", "show"], &["scope"]]
    {
        let ran = room.breach(arguments);
        // What was given and has no place is not recorded.
        let given = arguments[0] == "note";
        assert_eq!(ran.exit, Some(if given { 74 } else { 2 }), "{arguments:?} {ran:?}");
        assert!(ran.err.contains("hint: ") && ran.err.contains("breach contain"), "{}", ran.err);
    }
}

#[test]
fn playbooks_are_listed_printed_and_checked() {
    let room = Room::new();
    let list = room.breach(&["playbook", "list", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list.out).expect("JSON");
    assert!(list["playbooks"].as_array().expect("a list").len() >= 4);
    let binder = room.breach(&["playbook", "show", "web-skimming"]);
    assert!(binder.out.starts_with("# Contain") && binder.out.contains("- [ ] Done"));
    let toml = room.breach(&["playbook", "show", "scoping/generic", "--format", "toml"]);
    assert!(toml.out.contains("phase = \"scoping\""));
    assert_eq!(room.breach(&["playbook", "check"]).exit, Some(0));
    assert_eq!(room.breach(&["playbook", "show", "generic"]).exit, Some(2), "three have that name");
    let bad = room.path("bad.toml");
    std::fs::write(
        &bad,
        super::room::PLAYBOOK.replace("needs = [\"name-boxes\"]", "needs = [\"name-boxs\"]"),
    )
    .expect("written");
    let ran = room.breach(&["playbook", "check", bad.to_str().expect("text")]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.out.contains("bad.toml:37") && ran.out.contains("name-boxes"), "{}", ran.out);
    assert_eq!(room.breach(&["playbook", "check", "nowhere.toml"]).exit, Some(2));
}

#[test]
fn people_are_imported_whole_or_not_at_all() {
    let room = Room::new();
    room.open();
    let file = room.path("people.csv");
    let file = file.to_str().expect("text");
    let import = |table: &str| {
        std::fs::write(file, table).expect("written");
        room.breach(&["fact", "import", "people", file, "--why", "billing addresses"])
    };
    let before = room.entries().len();
    let bad = import(
        "jurisdiction,count\nGermany,1200\nCalfornia,5\nGeorgia,3\nNY,4\nDE,7\nFR,lots\nIE\n",
    );
    assert_eq!(bad.exit, Some(2), "{bad:?}");
    for says in [
        "has 6 mistakes",
        "line 3: `Calfornia`",
        "did you mean `california`?",
        "line 4: `Georgia` is several places: write GE or US-GA",
        "line 5: `NY`",
        "did you mean `US-NY`?",
        "line 6: `DE` is also in line 2",
        "line 7: `lots`",
        "line 8: 1 cell",
        "nothing was recorded",
    ] {
        assert!(bad.err.contains(says), "{says}: {}", bad.err);
    }
    for table in ["", "a,b\nDE,5\n", "jurisdiction,count\n", "jurisdiction,count\nD\u{1b}[2J,5\n"] {
        let ran = import(table);
        assert!(ran.exit == Some(2) && !ran.err.contains('\u{1b}'), "{ran:?}");
    }
    assert_eq!(room.entries().len(), before);
    let good = import(
        "\u{feff}count,Jurisdiction,note\r\n\"1,200\",Germany,x\r\nabout 300,california,\r\n5,UK,\r\n",
    );
    assert_eq!(good.exit, Some(0), "{good:?}");
    for says in ["3 jurisdictions: Germany (DE) 1200, United Kingdom (GB) 5", "1505 people"] {
        assert!(good.err.contains(says), "{}", good.err);
    }
    assert_eq!(room.entries().len(), before + 1);
    let shown = room.breach(&["fact", "show", "people_affected"]).out;
    assert!(shown.contains("DE 1200, GB 5, US-CA about 300"), "{shown}");
    assert_eq!(
        room.breach(&["fact", "set", "people_affected", "New York 4, Spain 2"]).exit,
        Some(0)
    );
    assert_eq!(room.breach(&["fact", "set", "people_affected", "Spian 2"]).exit, Some(2));
    room.verify();
}
