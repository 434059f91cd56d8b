//! Weeks under counsel's direction: how `brief`, `next` and `status` show who waits for whom, and what
//! they withhold.

use serde_json::Value;

use super::room::{Ran, Room, flowed};

fn ok(room: &Room, words: &[&str]) -> Ran {
    let ran = room.breach(words);
    assert_eq!(ran.exit, Some(0), "{words:?} {ran:?}");
    ran
}

const COUNSEL: [&str; 6] = ["--by", "Sam", "--role", "counsel", "--basis", "canary-basis"];

/// An incident with three boxes, where counsel directs the work.
fn directed() -> Room {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "boxes", "web-01, web-02, web-03"]);
    ok(&room, &["step", "commands", "waiting", "the fraud desk", "--as", "Ben"]);
    let by = ["--by", "Sam", "--role", "counsel", "--basis", "engagement letter"];
    ok(&room, &[&["decide", "counsel_directs", "yes"][..], &by].concat());
    room
}

/// The briefs for the team and for executives, which withhold, and what the team's own commands show.
fn told(room: &Room) -> [String; 4] {
    let brief = |audience| flowed(&ok(room, &["brief", "--audience", audience]).out);
    let shown = |command| flowed(&ok(room, &[command]).out);
    [brief("team"), brief("executive"), shown("next"), shown("status")]
}

#[test]
fn a_brief_tells_who_has_what_now_and_no_word_of_it() {
    let room = directed();
    let [team, ..] = told(&room);
    assert!(team.contains("waiting: the fraud desk"), "{team}");
    let assigned =
        ["step", "image", "assigned", "canary-words", "--to", "Lena", "--item", "web-01"];
    ok(&room, &[&assigned[..], &["--check-at", "2020-01-01 10:00"]].concat());
    ok(&room, &["step", "commands", "blocked", "canary-words", "--why", "no-access"]);
    let review = ["--option", "shut", "--review-at", "2020-01-01 09:00"];
    ok(&room, &[&["decide", "shut-shop", "1"][..], &review, &COUNSEL].concat());
    let [team, executive, next, status] = told(&room);
    for told in [&team, &executive] {
        assert!(!told.contains("canary") && !told.contains("fraud desk"), "{told}");
        assert!(!told.contains("shut-shop"), "{told}");
    }
    for said in [
        "image (web-01), with Lena: [marked privileged]; look again Wed 1 Jan 2020 10:00",
        "commands, blocked: no-access: [marked privileged]",
        "name-boxes: Name the boxes",
        "3 entries marked privileged",
    ] {
        assert!(team.contains(said), "{said}: {team}");
    }
    assert!(executive.contains("2 steps blocked, waiting or assigned"), "{executive}");
    // The team's own screen shows the words, with their mark.
    assert!(
        next.contains("canary-words; look again") && next.contains("marked privileged"),
        "{next}"
    );
    assert!(status.contains("OVERDUE, assigned: Image web-01: Lena: canary-words"), "{status}");
    assert!(status.contains("(by Ben, marked privileged)"), "{status}");
    let counsel = ok(&room, &["brief", "--audience", "counsel"]).out;
    assert!(counsel.contains("canary-words"), "{counsel}");
}

#[test]
fn a_step_that_is_done_waits_in_no_brief() {
    let room = directed();
    ok(&room, &["step", "commands", "done", "canary"]);
    let [team, executive, ..] = told(&room);
    assert!(!team.contains("fraud desk") && !executive.contains("1 step blocked"), "{team}");
}

#[test]
fn a_value_that_is_withheld_is_known_and_the_law_counts_with_it() {
    let room = directed();
    ok(&room, &["fact", "set", "people_affected", "DE 41207"]);
    ok(&room, &["fact", "set", "controller_or_processor", "controller"]);
    let review = ["--review-at", "2099-01-01"];
    ok(&room, &[&["decide", "aware", "2020-01-01 10:00Z"][..], &COUNSEL, &review].concat());
    let [team, executive, next, status] = told(&room);
    for told in [&team, &executive] {
        assert!(told.contains("People by jurisdiction: marked privileged"), "{told}");
        assert!(
            !told.contains("People by jurisdiction: nobody") && !told.contains("41,207"),
            "{told}"
        );
    }
    for told in [&team, &next, &status] {
        assert!(told.contains("Overdue") && told.contains("Sat 4 Jan 2020"), "{told}");
    }
    // As in their report, a deadline that would tell when its clock started has no date.
    assert!(executive.contains("Owed, its date marked privileged: GDPR Art. 33"), "{executive}");
    assert!(!executive.contains("Sat 4 Jan 2020"), "{executive}");
    // A team without these values is not told that nobody knows them.
    ok(&room, &["pack", "--without", "privileged", "-o", "out.tar.gz"]);
    let other = Room::new();
    std::fs::copy(room.path("out.tar.gz"), other.path("in.tar.gz")).expect("copied");
    ok(&other, &["join", "in.tar.gz"]);
    let [_, _, next, status] = told(&other);
    let counsel = flowed(&ok(&other, &["brief", "--audience", "counsel"]).out);
    let page = flowed(&ok(&other, &["handoff", "--to", "Bo", "--as", "Kim"]).out);
    for (told, said) in [
        (
            &next,
            "Decision: Aware of the breach: [marked privileged, not here], decided by Sam; look again",
        ),
        (
            &status,
            "Decision: Aware of the breach: [marked privileged, not here], decided by Sam; look again",
        ),
        (&page, "Aware of the breach: [marked privileged, not here], by Sam (counsel)"),
        (
            &counsel,
            "Aware of the breach: new: [marked privileged, not here], decided by Sam, counsel",
        ),
        (&counsel, "People by jurisdiction: [marked privileged, not here]"),
    ] {
        assert!(told.contains(said), "{said}: {told}");
        assert!(!told.contains("ware: unknown") && !told.contains("ware: not known"), "{told}");
        assert!(!told.contains("was unknown"), "{told}");
    }
    for told in [&next, &status] {
        assert!(
            told.contains("Not here: aware; controller_or_processor; people_affected"),
            "{told}"
        );
        assert!(told.contains("the law may require more than is shown"), "{told}");
        assert!(!told.contains("Unknown: aware"), "{told}");
    }
    let facts = ok(&other, &["fact", "show"]).out;
    assert!(facts.contains("[marked privileged, not"), "{facts}");
}

#[test]
fn an_item_of_a_list_that_is_withheld_is_named_in_no_brief() {
    let room = directed();
    ok(&room, &["fact", "add", "boxes", "canary-box"]);
    ok(&room, &["step", "name-boxes", "done"]);
    ok(&room, &["step", "image", "waiting", "it", "--item", "canary-box"]);
    let [team, ..] = told(&room);
    assert!(team.contains("image, waiting: [marked privileged]"), "{team}");
    assert!(team.contains("Image each item") && !team.contains("canary"), "{team}");
}

#[test]
fn what_an_authority_asks_what_steps_owe_and_what_nobody_began_stand_in_next() {
    let room = directed();
    let asked = ["duties", "asked", "eu-gdpr.33-1", "--by", "BfDI", "--reason", "how many"];
    ok(&room, &[&asked[..], &["--until", "2099-01-01 10:00"]].concat());
    ok(&room, &["fact", "set", "severity", "critical", "--at", "2020-01-01 10:00"]);
    ok(&room, &["step", "image", "done", "--item", "web-01"]);
    ok(&room, &["step", "name-boxes", "waiting", "Priya and the bank"]);
    let [team, _, next, status] = told(&room);
    let question = "Question on eu-gdpr.33-1: BfDI asks: how many; answer by Thu 1 Jan 2099 10:00";
    for told in [&next, &status] {
        assert!(told.contains(question), "{told}");
    }
    assert!(team.contains("answer it by Thu 1 Jan 2099 10:00: [marked privileged]"), "{team}");
    for said in ["Steps owe: Image of web-01: `breach contain`, j image", "NOT BEGUN scoping"] {
        assert!(next.contains(said), "{said}: {next}");
    }
    let priya = ok(&room, &["next", "--to", "Priya"]).out;
    assert!(priya.contains("name-boxes, waiting: Priya and the bank"), "{priya}");
    assert!(!ok(&room, &["next", "--to", "Lena"]).out.contains("name-boxes"));
}

#[test]
fn evidence_that_a_step_wants_is_handed_in_from_outside_the_walk() {
    let room = directed();
    let table = "item,outcome\nweb-01,done\nweb-02,done\n";
    std::fs::write(room.path("results.csv"), table).expect("written");
    let ran = ok(&room, &["step", "image", "--from", "results.csv"]);
    assert!(
        ran.said()
            .contains("owed: Image of each item (web-01 and web-02): `breach contain`, j image"),
        "{ran:?}"
    );
    let add = ["evidence", "add", "--ref", "aws:snap-0a1b", "--step", "image"];
    for (more, said) in [
        (&["--item", "web-09"][..], "not on the list"),
        (&[], "say which, or"),
        (&["--item", "web-01", "--wanted", "disk-imag"], "did you mean `disk-image`?"),
    ] {
        let ran = room.breach(&[&add[..], more].concat());
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{ran:?}");
    }
    ok(&room, &[&add[..], &["--item", "web-01"]].concat());
    let body = &room.bodies("evidence")[0];
    assert_eq!((&body["wanted"], &body["item"]), (&"disk-image".into(), &"web-01".into()));
    let status: Value =
        serde_json::from_str(&ok(&room, &["status", "--format", "json"]).out).expect("JSON");
    assert_eq!(
        status["incidents"][0]["debts"],
        serde_json::json!(["evidence `disk-image` of containment/image (web-02)"])
    );
    room.verify();
}

#[test]
fn a_long_list_is_told_in_a_few_words() {
    let room = directed();
    let hosts: Vec<String> = (0..200).map(|n| format!("h{n:03}")).collect();
    let added = ok(
        &room,
        &[&["fact", "add", "boxes"][..], &hosts.iter().map(String::as_str).collect::<Vec<_>>()]
            .concat(),
    );
    assert!(added.said().contains("Boxes, added: h000..h199"), "{added:?}");
    ok(&room, &["step", "image", "done", "--item", "all"]);
    let changed = ok(&room, &["fact", "remove", "boxes", "h001"]).said();
    assert!(
        changed.contains(
            "the old value of Boxes was used in containment/image (h000..h199, web-01 and 2 more); check"
        ),
        "{changed}"
    );
}

#[test]
fn what_was_said_before_a_step_was_done_is_told_as_said_of_it() {
    let room = Room::new();
    room.open();
    room.walk("d rang them\nweb-01\nno\n");
    assert_eq!(room.bodies("step-outcome").len(), 1);
    let brief = flowed(&ok(&room, &["brief"]).out);
    let done = "step \"name boxes\" done: rang them";
    assert!(brief.contains(done) && !brief.contains("about to"), "{brief}");
    room.walk("j image\nd half of it\n");
    let brief = flowed(&ok(&room, &["brief"]).out);
    assert!(brief.contains("about to be called done on web-01: half of it"), "{brief}");
}

#[test]
fn every_decision_is_looked_at_again_and_one_that_is_withheld_is_counted() {
    let room = directed();
    let open = ["--by", "Kim", "--role", "commander", "--not-privileged"];
    let again = |at: &'static str| ["--review-at", at, "--dissent", "Bo: too early"];
    let decide = |name: &str, what: &str, more: &[&str]| {
        ok(&room, &[&["decide", name, what, "--basis", "it is so"][..], more].concat());
    };
    decide("shut-shop", "shut it", &[&open[..], &again("2099-01-02 10:00")].concat());
    decide("aware", "2020-01-01", &[&open[..], &again("2099-01-01 10:00")].concat());
    let [team, _, next, status] = told(&room);
    let determined =
        "Decision: Aware of the breach: Wed 1 Jan 2020, decided by Kim; look again Thu 1 Jan 2099";
    for told in [&team, &next, &status] {
        let (first, second) = (told.find(determined), told.find("Decision: shut-shop: shut it"));
        assert!(first.is_some() && first < second, "the earliest first: {told}");
    }
    assert_eq!(team.matches("against it Bo: too early").count(), 2, "{team}");
    let shown = flowed(&ok(&room, &["fact", "show", "aware"]).out);
    assert!(shown.contains("against it Bo: too early"), "{shown}");

    let marked = ["--by", "Kim", "--role", "commander"];
    decide("shut-shop", "canary", &[&marked[..], &again("2099-01-03 10:00")].concat());
    decide("pay-ransom", "canary", &marked);
    decide("aware", "2020-02-02", &[&marked[..], &again("2099-01-04 10:00")].concat());
    let [team, _, next, _] = told(&room);
    let counsel = flowed(&ok(&room, &["brief", "--audience", "counsel"]).out);
    // What was decided before is not what is decided.
    assert!(!team.contains("shut it") && !team.contains("canary"), "{team}");
    for said in [
        "Also: 2 decisions marked privileged",
        "Decision: marked privileged; look again Sat 3 Jan 2099",
        "Decision: marked privileged; look again Sun 4 Jan 2099",
    ] {
        assert!(team.contains(said) && !counsel.contains(said), "{said}: {team}");
    }
    for told in [&counsel, &next] {
        assert!(told.contains("shut-shop: canary, decided by Kim; look again"), "{told}");
    }
    let page = flowed(&ok(&room, &["handoff", "--to", "Bo", "--as", "Kim"]).out);
    assert!(page.contains("pay-ransom: canary, by Kim (commander), marked privileged"), "{page}");
}

#[test]
fn no_name_is_broken_at_its_hyphen() {
    let room = directed();
    let boxes: Vec<String> = (0..14).map(|n| format!("eu-west-{n:02}")).collect();
    ok(&room, &["fact", "set", "hosts_affected", &boxes.join(", "), "--not-privileged"]);
    let boxes: Vec<&str> = boxes.iter().map(String::as_str).collect();
    ok(&room, &["note", &boxes.join(" "), "--not-privileged"]);
    ok(&room, &["step", "image", "waiting", &boxes.join(" "), "--item", "web-01"]);
    for words in [
        &["brief", "--audience", "counsel"][..],
        &["next"],
        &["handoff", "--to", "Bo", "--as", "Kim"],
        &["report", "--audience", "internal", "--format", "text"],
    ] {
        let page = ok(&room, words).out;
        let broken: Vec<&str> = page
            .lines()
            .filter(|line| line.trim_end().ends_with('-') && line.contains(char::is_alphabetic))
            .collect();
        assert!(page.contains("eu-west-") && broken.is_empty(), "{words:?} {broken:?}");
    }
}

#[test]
fn what_is_late_stands_before_what_waits() {
    let room = directed();
    ok(&room, &["fact", "set", "people_affected", "DE 1500"]);
    ok(&room, &["fact", "set", "controller_or_processor", "controller"]);
    ok(&room, &[&["decide", "aware", "2020-01-01 10:00Z"][..], &COUNSEL].concat());
    ok(&room, &["step", "name-boxes", "waiting", "x", "--check-at", "2099-01-01"]);
    ok(&room, &["step", "image", "assigned", "--to", "Bo", "--item", "all"]);
    ok(&room, &["step", "wipe", "waiting", "y", "--item", "web-03", "--check-at", "2020-01-01"]);
    let status = ok(&room, &["status"]).out;
    let at = |said: &str| status.find(said).unwrap_or_else(|| panic!("{said}: {status}"));
    let order = [
        "Overdue duties: eu-gdpr.33-1",
        "Ready now:",
        "OVERDUE, waiting: Wipe web-03",
        "waiting: Name the boxes",
    ];
    let places: Vec<usize> = order.iter().map(|said| at(said)).collect();
    assert!(places.is_sorted(), "{status}");
    assert!(at("OVERDUE, waiting") < at("assigned: Image web-01"), "{status}");
}

/// What there is to do of a step, by its items.
fn items(room: &Room, step: &str) -> Vec<Value> {
    let next: Value =
        serde_json::from_str(&ok(room, &["next", "--format", "json"]).out).expect("JSON");
    let tasks = next["tasks"].as_array().expect("a list").iter();
    tasks.filter(|task| task["step"] == step).map(|task| task["items"].clone()).collect()
}

#[test]
fn whoever_records_a_fact_outside_the_walk_changes_which_notices_are_to_be_given() {
    let room = directed();
    room.pipe(&["notify", "--as", "Ada", "--playbook", "generic"], b"");
    assert_eq!(items(&room, "give-notice"), [serde_json::json!([])]);
    for (name, value) in [
        ("people_affected", "DE 41207"),
        ("controller_or_processor", "controller"),
        ("data_classes", "bank"),
        ("data_encrypted", "no"),
    ] {
        ok(&room, &["fact", "set", name, value]);
    }
    let given = [serde_json::json!(["eu-gdpr.33-1", "eu-gdpr.33-5"])];
    assert_eq!(items(&room, "give-notice"), given);
    ok(&room, &["fact", "set", "controller_or_processor", "processor"]);
    assert_eq!(items(&room, "give-notice"), [serde_json::json!(["eu-gdpr.33-2"])]);
    // The list is no act of a person.
    assert!(ok(&room, &["undo"]).said().contains("Taken back: Controller or processor"));
    assert_eq!(items(&room, "give-notice"), given);
    // Where none is known to apply and some may, there is a list to come, and not an empty one.
    ok(&room, &["fact", "set", "people_affected", "unknown"]);
    assert_eq!(items(&room, "give-notice"), [serde_json::json!([])]);
    ok(&room, &["undo"]);
    assert_eq!(items(&room, "give-notice"), given);
    ok(&room, &["pack", "--without", "privileged", "-o", "out.tar.gz"]);
    let one = ["step", "give-notice", "assigned", "--to", "Nadia", "--item", "eu-gdpr.33-1"];
    ok(&room, &one);
    // It went out before somebody was assigned, and is recorded after that.
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--at", "1m ago", "--reference", "4711"]);
    assert_eq!(items(&room, "give-notice"), [serde_json::json!(["eu-gdpr.33-5"])]);
    // What is said of it after that stands.
    ok(&room, &["step", "give-notice", "waiting", "the receipt", "--item", "eu-gdpr.33-1"]);
    assert_eq!(items(&room, "give-notice").len(), 2);
    room.verify();
    // A copy without these facts cannot tell what applies, and leaves the list as it is.
    let other = Room::new();
    std::fs::copy(room.path("out.tar.gz"), other.path("in.tar.gz")).expect("copied");
    ok(&other, &["join", "in.tar.gz"]);
    ok(&other, &["fact", "set", "industry", "retail", "--as", "Bo"]);
    other.pipe(&["notify", "--as", "Bo"], b"");
    ok(&other, &["step", "tell-insurer", "waiting", "the broker", "--as", "Bo"]);
    assert_eq!(items(&other, "give-notice"), given);
}

#[test]
fn open_action_items_are_told_and_those_that_are_withheld_are_said_to_be() {
    let room = directed();
    ok(&room, &["action", "add", "canary-keys", "--owner", "Lena", "--due", "2099-01-01"]);
    let [team, executive, next, status] = told(&room);
    for told in [&next, &status] {
        assert!(told.contains("Lena: canary-keys, due 2099-01-01"), "{told}");
    }
    assert!(!team.contains("canary") && !executive.contains("canary"), "{team} {executive}");
    ok(&room, &["fact", "set", "action_items", "Omar: canary-locks by 2099-01-02"]);
    let [team, executive, next, _] = told(&room);
    assert!(team.contains("Action items: marked privileged"), "{team}");
    assert!(next.contains("Omar: canary-locks, due 2099-01-02"), "{next}");
    assert!(!team.contains("canary") && !executive.contains("canary"), "{team} {executive}");
    ok(&room, &["pack", "--without", "privileged", "-o", "out.tar.gz"]);
    let other = Room::new();
    std::fs::copy(room.path("out.tar.gz"), other.path("in.tar.gz")).expect("copied");
    ok(&other, &["join", "in.tar.gz"]);
    let list = ok(&other, &["action", "list"]);
    assert!(list.said().contains("marked privileged and not here"), "{list:?}");
}

#[test]
fn steps_that_a_table_told_are_counted_as_what_they_are() {
    let room = directed();
    std::fs::write(room.path("who.csv"), "item,outcome,to\nweb-01,assigned,Lena\n")
        .expect("written");
    ok(&room, &["step", "image", "--from", "who.csv"]);
    let counsel = flowed(&ok(&room, &["brief", "--audience", "counsel"]).out);
    assert!(counsel.contains("1 step assigned") && !counsel.contains("row imported"), "{counsel}");
}
