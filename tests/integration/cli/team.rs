//! A team's weeks: what is next, steps from outside the walk, decisions, privilege, hand-over, links.

use serde_json::Value;

use super::room::{Ran, Room, flowed};
use crate::walk::team::with_a_decision;

fn ok(room: &Room, words: &[&str]) -> Ran {
    let ran = room.breach(words);
    assert_eq!(ran.exit, Some(0), "{words:?} {ran:?}");
    ran
}

/// An incident with three boxes whose playbook is at its second step.
fn begun() -> Room {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "boxes", "web-01, web-02, web-03"]);
    room
}

fn next(room: &Room, more: &[&str]) -> Vec<Value> {
    let ran = ok(room, &[&["next", "--format", "json"], more].concat());
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["schema"], "breach.next/1");
    json["tasks"].as_array().expect("a list").clone()
}

fn of<'t>(tasks: &'t [Value], step: &str) -> Vec<&'t Value> {
    tasks.iter().filter(|task| task["step"] == step).collect()
}

#[test]
fn a_step_comes_out_from_outside_the_walk_and_next_says_who_waits_for_whom() {
    let room = begun();
    ok(&room, &["step", "name-boxes", "done"]);
    let assigned = ["step", "image", "assigned", "the EU ones", "--to", "Priya Shah"];
    ok(&room, &[&assigned[..], &["--item", "web-01,web-02", "--check-at", "in 2 h"]].concat());
    let why = ["step", "containment/image", "blocked", "--why", "offline-at-the-sweep"];
    ok(&room, &[&why[..], &["--item", "web-03"]].concat());
    let tasks = next(&room, &[]);
    let image = of(&tasks, "image");
    assert_eq!(image.len(), 2, "{tasks:#?}");
    assert_eq!((&image[0]["owner"], &image[0]["state"]), (&"Priya Shah".into(), &"waiting".into()));
    assert_eq!(image[0]["items"], serde_json::json!(["web-01", "web-02"]));
    assert_eq!(image[1]["reason"], "offline-at-the-sweep");
    let mine = next(&room, &["--to", "Priya"]);
    assert_eq!((mine.len(), of(&mine, "image").len()), (1, 1), "{mine:#?}");
    assert_eq!(next(&room, &["--mine", "--as", "Priya Shah"]).len(), 1);
    assert!(next(&room, &["--role", "counsel"]).is_empty());
    let text = ok(&room, &["next"]).out;
    for said in
        ["READY", "WAITING", "image (web-01 and web-02), with Priya Shah: the EU ones; look"]
    {
        assert!(flowed(&text).contains(said), "{text}");
    }
    // One entry for one act on several items.
    assert_eq!(room.bodies("step-outcome").len(), 3);
    assert_eq!(room.bodies("step-outcome")[1]["items"], serde_json::json!(["web-01", "web-02"]));
    let again = ok(&room, &[&why[..], &["--item", "web-03"]].concat());
    assert!(again.said().contains("Already recorded"), "{again:?}");
    assert_eq!(room.bodies("step-outcome").len(), 3);
    room.verify();
}

#[test]
fn what_waits_for_one_person_or_role_is_theirs_alone() {
    let room = begun();
    ok(&room, &["fact", "set", "severity", "critical"]);
    ok(&room, &["fact", "set", "briefed_at", "2020-01-01 10:00"]);
    let assigned = |to: &str, item: &str| {
        ok(&room, &["step", "image", "assigned", "--to", to, "--item", item]);
    };
    assigned("Priya Shah", "web-01");
    assigned("Priya Rao", "web-02");
    ok(&room, &["step", "commands", "waiting", "Priya Rao, then the bank"]);
    let review = ["--review-at", "2099-01-01 10:00", "--basis", "x"];
    let kim = ["decide", "pay-ransom", "no", "--by", "Kim Park", "--role", "executive"];
    ok(&room, &[&kim[..], &review].concat());
    let sam = ["decide", "aware", "2026-01-01", "--by", "Sam", "--role", "counsel"];
    ok(&room, &[&sam[..], &review].concat());
    for (text, owner, due) in [
        ("keys", "Priya Rao", "2099-01-01"),
        ("locks", "Kim", "2020-01-01"),
        ("doors", "Bo", "2099-01-02"),
    ] {
        ok(&room, &["action", "add", text, "--owner", owner, "--due", due]);
    }
    ok(&room, &["fact", "set", "checks_30_days", "Priya Rao: keys fail; Bo: doors are shut"]);
    ok(&room, &["handoff", "--to", "Bo Li", "--as", "Ada"]);
    let whole = flowed(&ok(&room, &["next"]).out);
    let all = [
        "Briefing due",
        "with Priya Shah",
        "with Priya Rao",
        "waiting: Priya Rao, then the bank",
        "decided by Kim Park",
        "decided by Sam",
        "Priya Rao: keys, due 2099-01-01",
        "Kim: locks, due 2020-01-01",
        "Bo: doors, due",
        "Priya Rao: keys fail",
        "Bo: doors are shut; due",
        "Bo Li has not accepted",
        "NOT BEGUN",
    ];
    for said in all {
        assert!(whole.contains(said), "{said}: {whole}");
    }
    for (of, theirs) in [
        (&["--to", "Priya Shah"][..], &["with Priya Shah"][..]),
        (
            &["--to", "Priya Rao"],
            &[
                "with Priya Rao",
                "waiting: Priya Rao, then the bank",
                "Priya Rao: keys, due 2099-01-01",
                "Priya Rao: keys fail",
            ],
        ),
        (&["--to", "kim"], &["decided by Kim Park", "Kim: locks, due 2020-01-01"]),
        (
            &["--mine", "--as", "Bo Li"],
            &["Bo: doors, due", "Bo: doors are shut; due", "Bo Li has not accepted"],
        ),
        (&["--role", "counsel"], &["decided by Sam"]),
    ] {
        let text = flowed(&ok(&room, &[&["next"][..], of].concat()).out);
        for said in all {
            assert_eq!(text.contains(said), theirs.contains(&said), "{of:?} {said}: {text}");
        }
        assert!(text.contains("Only what waits for"), "{text}");
    }
    let namesake = ok(&room, &["step", "image", "assigned", "--to", "Priya", "--item", "web-03"]);
    let may_be = "Priya may be Priya Rao or Priya Shah: give the full name.";
    assert!(namesake.said().contains(may_be), "{namesake:?}");
    assert!(
        !ok(&room, &["step", "wipe", "assigned", "--to", "Bo", "--item", "all"])
            .said()
            .contains("may be")
    );
    let walk = room.walk("j image web-03\nw to Priya\n");
    assert!(walk.said().contains("Priya may be"), "{walk:?}");
    let none = ok(&room, &["next", "--to", "Nobody"]).out;
    assert!(none.contains("Nothing waits for Nobody;"), "{none}");
    let status = flowed(&ok(&room, &["status"]).out);
    assert!(status.contains("Action items: ") && status.contains("Bo: doors"), "{status}");
}

#[test]
fn a_step_that_waits_for_another_waits_for_whoever_has_that_one() {
    let room = begun();
    ok(&room, &["step", "name-boxes", "assigned", "--to", "Priya"]);
    let tasks = next(&room, &["--to", "Priya"]);
    assert_eq!(of(&tasks, "image")[0]["reason"], "after 1 name-boxes (with Priya)", "{tasks:#?}");
    assert!(of(&next(&room, &["--to", "Lena"]), "image").is_empty());
    ok(&room, &["step", "name-boxes", "blocked", "Priya is on holiday"]);
    assert!(next(&room, &["--to", "Priya"]).is_empty());
}

#[test]
fn a_time_that_is_over_is_overdue() {
    let room = begun();
    let waits = ["step", "commands", "waiting", "the bank", "--check-at", "2020-01-01 10:00"];
    let ran = ok(&room, &waits);
    assert!(ran.said().contains("that time has passed"), "{ran:?}");
    let tasks = next(&room, &[]);
    assert_eq!(of(&tasks, "commands")[0]["state"], "overdue", "{tasks:#?}");
    assert!(ok(&room, &["next"]).out.contains("OVERDUE"));
    let status = ok(&room, &["status"]).out;
    assert!(status.contains("1 overdue; `breach next` lists them"), "{status}");
}

#[test]
fn a_step_needs_a_reason_a_place_and_evidence_that_is_kept() {
    let room = begun();
    for (words, said) in [
        (&["step", "commands", "waiting"][..], "say what it waits for"),
        (&["step", "commands", "assigned"], "say whose it is"),
        (&["step", "commands", "blocked"], "say what holds it up"),
        (&["step", "commands", "skipped"], "say why"),
        (&["step", "comands", "done"], "did you mean `commands`?"),
        (&["step", "scoping/commands", "done"], "there is no step"),
        (&["step", "commands", "done", "--item", "web-01"], "has no items"),
        (&["step", "image", "done"], "3 items: say which"),
        (&["step", "image", "done", "--item", "web-09"], "not on the list `boxes`: web-09"),
        (&["step", "wipe", "done", "--item", "web-01"], "destroys evidence"),
        (&["step", "commands", "open"], "it is open"),
    ] {
        let ran = room.breach(words);
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{words:?} {ran:?}");
    }
    assert!(room.bodies("step-outcome").is_empty());
    let lost = room.breach(&["step", "comands", "blocked", "no", "access"]);
    assert!(lost.err.contains("NOT RECORDED") && lost.err.contains("no access"), "{lost:?}");
    let wipe = ["step", "wipe", "done", "it burned", "--item", "web-01"];
    let bare = room.breach(&[&wipe[..], &["--anyway"]].concat());
    assert!(bare.exit == Some(2) && bare.said().contains("--reason"), "{bare:?}");
    let why = ["--anyway", "--reason", "the rack is on fire"];
    let ran = ok(&room, &[&wipe[..], &why].concat());
    assert!(ran.said().contains("not kept: Image web-01"), "{ran:?}");
    let notes = room.bodies("note");
    assert_eq!(
        notes[0]["text"],
        "Confirmed although this evidence was not kept: Image web-01. Why: the rack is on fire"
    );
    let again = ok(&room, &[&wipe[..], &why].concat());
    assert!(again.said().contains("Already recorded"), "{again:?}");
    let harmless = ok(&room, &[&["step", "commands", "done"][..], &why].concat());
    assert!(harmless.said().contains("--reason is not recorded"), "{harmless:?}");
    std::fs::write(room.path("wiped.csv"), "item,outcome\nweb-02,done\nweb-03,done\n")
        .expect("written");
    let table = ["step", "wipe", "--from", "wiped.csv"];
    assert!(room.breach(&table).said().contains("destroys evidence"));
    ok(&room, &[&table[..], &why].concat());
    let notes = room.bodies("note");
    assert!(
        notes.len() == 2
            && notes[1]["text"].as_str().is_some_and(|text| text.ends_with("the rack is on fire"))
    );
    let owed = ok(&room, &["step", "image", "done", "--item", "rest"]);
    assert!(owed.said().contains("owed: Image of each item"), "{owed:?}");
}

#[test]
fn outside_the_walk_items_and_times_are_named_as_in_it() {
    let room = begun();
    for items in ["web-[01-02]", "web-01..web-02", "web-01..02"] {
        let ran = room.breach(&["step", "image", "blocked", items, "--item", items]);
        assert!(ran.exit == Some(0) && ran.said().contains("on web-01 and web-02"), "{ran:?}");
    }
    let ran = room.breach(&["step", "image", "blocked", "x", "--item", "web-02..web-05"]);
    assert!(ran.exit == Some(2) && ran.said().contains("boxes`: web-04; web-05"), "{ran:?}");
    for time in ["tomorrow 09:00", "+30m", "in 30 min", "45m", "monday 9am", "9pm"] {
        let ran = ok(&room, &["step", "commands", "waiting", time, "--check-at", time]);
        assert!(ran.said().contains("Time: ") && ran.said().contains(", in "), "{time} {ran:?}");
    }
    let ran = room.breach(&["step", "commands", "waiting", "x", "--check-at", "soon"]);
    assert!(ran.said().contains("tomorrow 09:00") && !ran.said().contains("ago"), "{ran:?}");
    let ran = room.pipe(&["ran", "image", "--item", "web-03"], b"x");
    assert!(ran.said().contains("`breach step image done --item web-03`"), "{ran:?}");
}

#[test]
fn a_step_is_opened_again_for_one_item_and_the_others_stay() {
    let room = begun();
    ok(&room, &["step", "image", "waiting", "the disk", "--item", "web-01"]);
    ok(&room, &["step", "image", "done", "--item", "all", "--at", "2020-01-01 10:00"]);
    ok(&room, &["step", "image", "open", "it does not mount", "--item", "web-01"]);
    let tasks = next(&room, &[]);
    let image = of(&tasks, "image");
    assert_eq!(
        (image.len(), &image[0]["items"]),
        (1, &serde_json::json!(["web-01"])),
        "{tasks:#?}"
    );
    assert_eq!(image[0]["outcome"], Value::Null);
    let outcomes = room.bodies("step-outcome");
    let last = outcomes.last().expect("an outcome");
    assert_eq!(
        (&last["outcome"], &last["items"]),
        (&"done".into(), &serde_json::json!(["web-02", "web-03"]))
    );
    assert_eq!(room.bodies("withdrawn").len(), 2);
    room.verify();
}

#[test]
fn a_table_says_how_many_items_came_out_all_or_nothing_and_once() {
    let room = begun();
    std::fs::write(room.path("image.dd"), "bytes").expect("written");
    let table = "item;outcome;text;why;evidence;to;check-at;at\n\
                 web-01;done;;;image.dd;;;2026-11-20 22:40\n\
                 web-02;blocked;;offline-at-the-sweep;;;;\n\
                 web-03;assigned;;;;Priya;2099-01-01 10:00;\n";
    std::fs::write(room.path("results.csv"), table).expect("written");
    let ran = ok(&room, &["step", "image", "--from", "results.csv"]);
    assert!(ran.said().contains("3 rows: 3 recorded."), "{ran:?}");
    // In which zone a time was read is seen.
    assert!(ran.said().contains("on web-01, happened Fri 20 Nov 2026 22:40 +00:00."), "{ran:?}");
    assert_eq!(room.bodies("evidence")[0]["wanted"], "disk-image");
    assert!(room.bodies("step-outcome")[0].get("missing_evidence").is_none());
    let tasks = next(&room, &[]);
    assert_eq!(of(&tasks, "image").len(), 2, "{tasks:#?}");
    let again = ok(&room, &["step", "image", "--from", "results.csv"]);
    assert!(again.said().contains("0 recorded, 3 already so"), "{again:?}");
    assert_eq!(room.bodies("evidence").len(), 1);
    for (bad, said) in [
        ("item,outcome\nweb-09,done\n", "line 2: not on the list `boxes`: web-09"),
        ("item,step\nweb-01,imagine\n", "line 2: there is no step `imagine`"),
        ("item,outcome\nweb-01,finished\n", "`finished` is no outcome"),
        ("item,outcome\nweb-01,skipped\n", "it does not say why"),
        ("item,why,outcome\nweb-01,lazy,blocked\n", "`lazy` is no reason"),
        ("host,outcome\nweb-01,done\n", "`host` is no column"),
        ("item,evidence\nweb-01,gone.dd\n", "there is no file `gone.dd`"),
        ("item,outcome\n", "it has no rows"),
    ] {
        let before = room.entries().len();
        std::fs::write(room.path("bad.csv"), bad).expect("written");
        let ran = room.breach(&["step", "image", "--from", "bad.csv"]);
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{bad:?} {ran:?}");
        assert_eq!(room.entries().len(), before, "{bad:?}");
    }
    room.verify();
}

#[test]
fn ten_thousand_assignments_are_a_few_entries() {
    let room = Room::new();
    room.open();
    let hosts: Vec<String> = (0..10_000).map(|n| format!("h{n:05}")).collect();
    let walk = format!("fact set boxes {}", hosts.join(","));
    let words: Vec<&str> = walk.splitn(4, ' ').collect();
    ok(&room, &words);
    let rows = hosts.iter().enumerate();
    let rows = rows.map(|(n, host)| format!("{host},assigned,team {}\n", n % 4));
    let table = format!("item,outcome,to\n{}", rows.collect::<String>());
    std::fs::write(room.path("who.csv"), table).expect("written");
    let ran = ok(&room, &["step", "image", "--from", "who.csv"]);
    assert!(ran.said().contains("10000 rows: 10000 recorded."), "{ran:?}");
    assert!(room.bodies("step-outcome").len() <= 24);
    assert_eq!(of(&next(&room, &["--to", "team"]), "image").len(), 4);
}

#[test]
fn what_ran_elsewhere_is_reported_and_its_output_kept() {
    let room = begun();
    let words = ["ran", "commands", "--command", "look", "--host", "web-03", "--account", "root"];
    let ran = room.pipe(&[&words[..], &["--exit", "0"]].concat(), b"uid=0\x1b[2J\n");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let body = &room.bodies("command-outcome")[0];
    assert_eq!((&body["mode"], &body["place"]), (&"reported".into(), &"web-03".into()));
    assert_eq!((&body["account"], &body["stdout"]["bytes"]), (&"root".into(), &10.into()));
    let several = room.pipe(&["ran", "commands"], b"x");
    assert!(several.said().contains("name one with --command"), "{several:?}");
    let unknown = room.pipe(&["ran", "commands", "--command", "lok"], b"x");
    assert!(unknown.said().contains("did you mean `look`?"), "{unknown:?}");
    assert_eq!(room.bodies("command-outcome").len(), 1);
    room.verify();
}

const BY: [&str; 6] = ["--by", "Kim", "--role", "executive", "--basis", "cards still leak"];

#[test]
fn a_decision_is_told_with_its_dissent_and_looked_at_again() {
    let room = begun();
    let shut = ["decide", "shut-checkout", "2", "--question", "Do we shut the checkout?"];
    let options = ["--option", "leave it", "--option", "shut it until Monday"];
    let more = ["--dissent", "Bo: sales will notice", "--review-at", "2020-01-01 09:00"];
    ok(&room, &[&shut[..], &options, &more, &BY].concat());
    let body = &room.bodies("decision")[0];
    assert_eq!(body["decided"], "shut it until Monday");
    let brief = ok(&room, &["brief"]).out;
    let flat = flowed(&brief);
    for said in
        ["shut it until Monday, decided by Kim, executive", "against it Bo: sales will notice"]
    {
        assert!(flat.contains(said), "{brief}");
    }
    let next = ok(&room, &["next"]).out;
    assert!(next.contains("Decision to look at again now: shut-checkout"), "{next}");
    let report = ok(&room, &["report"]).out;
    let flat = flowed(&report);
    assert!(flat.contains("shut-checkout") && flat.contains("shut it until Monday"), "{report}");
    let outside = ok(&room, &["report", "--audience", "regulator"]).out;
    assert!(!outside.contains("shut-checkout") && !outside.contains("sales"), "{outside}");
    room.verify();
}

#[test]
fn a_determination_needs_a_role_and_a_decision_a_name() {
    let room = begun();
    let basis = ["--by", "Kim", "--basis", "x"];
    for (words, said) in [
        (&["decide", "leaking", "yes", "--role", "counsel"][..], "is a fact"),
        (&["decide", "aware", "unknown", "--role", "counsel"], "nobody decides"),
        (&["decide", "ransom", "no", "--role", "counsel"], "no determination, and no name"),
        (&["decide", "Pay Ransom", "no", "--role", "counsel"], "no determination, and no name"),
        (&["decide", "pay-ransom", "no", "--role", "yes"], "there is no role `yes`"),
        (
            &["decide", "pay-ransom", "3", "--role", "counsel", "--option", "no"],
            "there is no option 3",
        ),
    ] {
        let ran = room.breach(&[words, &basis].concat());
        assert!(ran.exit == Some(2) && ran.said().contains(said), "{words:?} {ran:?}");
        assert!(ran.err.contains("NOT RECORDED"), "{ran:?}");
    }
    assert!(room.bodies("decision").is_empty());
    ok(
        &room,
        &[&["decide", "aware", "2026-01-01 10:00Z", "--role", "counsel"][..], &basis].concat(),
    );
    let aware = ok(&room, &["fact", "show", "aware"]).out;
    assert!(aware.contains("Kim"), "{aware}");
}

#[test]
fn a_step_that_decides_is_done_with_its_decision() {
    let room = with_a_decision();
    room.open();
    let by = ["--by", "Kim", "--basis", "backups restore"];
    let other = ok(&room, &[&["decide", "pay", "2", "--role", "counsel"][..], &by].concat());
    assert!(other.said().contains("The playbook has the commander decide this"), "{other:?}");
    let body = &room.bodies("decision")[0];
    assert_eq!((&body["decided"], &body["question"]), (&"do not pay".into(), &"Do we pay?".into()));
    assert!(of(&next(&room, &[]), "pay").is_empty());
    room.verify();
}

#[test]
fn a_false_alarm_closes_as_one() {
    let room = begun();
    let open = room.breach(&["close"]);
    assert_eq!(open.exit, Some(2), "{open:?}");
    ok(&room, &[&["decide", "false-alarm", "yes"][..], &BY].concat());
    let closed = ok(&room, &["close"]);
    assert!(closed.said().contains("a false alarm"), "{closed:?}");
    let body = &room.bodies("closed")[0];
    assert!(body["reason"].as_str().expect("a reason").contains("false alarm"), "{body}");
}

const DIRECTS: [&str; 9] = [
    "decide",
    "counsel_directs",
    "yes",
    "--by",
    "Sam",
    "--role",
    "counsel",
    "--basis",
    "engagement letter",
];

#[test]
fn once_counsel_directs_what_people_write_is_marked_and_withheld_and_counted() {
    let room = begun();
    let marked = |kind: &str| {
        let of = room.entries().into_iter().filter(|entry| entry["kind"] == kind);
        of.map(|entry| entry.get("priv").is_some()).collect::<Vec<_>>()
    };
    ok(&room, &["note", "canary-open"]);
    ok(&room, &["note", "canary-mine", "--privileged"]);
    ok(&room, &["fact", "set", "leaking", "yes", "--why", "canary-why", "--privileged"]);
    ok(&room, &["fact", "set", "notice_contact", "canary-value", "--privileged"]);
    ok(&room, &["fact", "add", "boxes", "canary-added", "--privileged"]);
    ok(&room, &DIRECTS);
    ok(&room, &["note", "canary-secret"]);
    ok(&room, &["note", "canary-plain", "--not-privileged"]);
    assert_eq!(marked("note"), [false, true, true, false]);
    // Everybody has to know that counsel directs the work.
    assert_eq!(marked("decision"), [false]);
    ok(&room, &["step", "commands", "blocked", "canary-step"]);
    ok(&room, &[&["decide", "pay-ransom", "canary-decided"][..], &BY].concat());
    std::fs::write(room.path("x"), "x").expect("written");
    ok(&room, &["evidence", "add", "x", "--title", "canary-title"]);
    room.walk("n canary-walk\n");
    for kind in ["step-outcome", "evidence"] {
        assert!(marked(kind).iter().all(|marked| *marked), "{kind}");
    }
    assert_eq!(marked("decision"), [false, true]);
    assert_eq!(marked("note").last(), Some(&true));
    let log = std::fs::read_to_string(&room.chains()[0]).expect("a chain");
    for text in ["mine", "why", "value", "added", "secret", "step", "decided", "title", "walk"] {
        assert!(!log.contains(&format!("canary-{text}")), "{text} is in the log");
    }
    let facts = ok(&room, &["fact", "show"]).out;
    assert!(facts.contains("canary-value") && facts.contains("canary-added"), "{facts}");
    let shown = ok(&room, &["log", "show", "--kind", "fact"]).out;
    assert!(shown.contains("notice_contact = canary-value"), "{shown}");
    let status = ok(&room, &["status"]).out;
    for said in ["Counsel directs the work", "Marked privileged: "] {
        assert!(status.contains(said), "{status}");
    }
    let brief = ok(&room, &["brief"]).out;
    assert!(brief.contains("Privileged and left out: ") && !brief.contains("canary-secret"));
    assert!(brief.contains("canary-plain"), "{brief}");
    assert!(ok(&room, &["brief", "--audience", "counsel"]).out.contains("canary-secret"));
    for audience in ["executive", "regulator", "public"] {
        let stream = ok(&room, &["log", "follow", "--once", "--audience", audience]);
        assert!(!stream.out.contains("canary-secret"), "{stream:?}");
        assert!(stream.said().contains("Left out for this audience: "), "{stream:?}");
        for format in ["csv", "stix", "timesketch-jsonl"] {
            let export = room.breach(&["export", format, "--audience", audience]);
            assert!(!export.out.contains("canary-secret"), "{format} {export:?}");
        }
    }
    let packed = ok(&room, &["pack", "--without", "privileged", "-o", "out.tar.gz"]);
    assert!(packed.said().contains("privileged files left out"), "{packed:?}");
    let other = Room::new();
    std::fs::copy(room.path("out.tar.gz"), other.path("in.tar.gz")).expect("copied");
    ok(&other, &["join", "in.tar.gz"]);
    other.verify();
    let all = other.breach(&["log", "show"]).out;
    assert!(all.contains("notice_contact = [marked privileged, not here]"), "{all}");
    assert!(!all.contains("canary-secret") && all.contains("canary-plain"), "{all}");
    // Counsel's word ends as it began.
    ok(&room, &[&DIRECTS[..2], &["no"], &DIRECTS[3..]].concat());
    ok(&room, &["note", "after"]);
    assert_eq!(marked("note").last(), Some(&false));
    room.verify();
}

#[test]
fn the_work_is_handed_over_on_a_page_and_both_sign() {
    let room = begun();
    let roster = "schema = 1\norganisation = \"Example\"\nreviewed-on = 2026-11-01\n\
                  channel = \"the bridge +44 20 7946 0001\"\n[[contact]]\npart = \"counsel\"\n\
                  name = \"Sam\"\nphone = [\"+44 20 7946 0002\"]\n";
    let path = room.home().join("roster.toml");
    std::fs::write(&path, roster).expect("written");
    ok(&room, &["step", "commands", "assigned", "--to", "Priya"]);
    ok(&room, &[&["decide", "pay-ransom", "we do not pay"][..], &BY].concat());
    let to = ["handoff", "--to", "Bo Li", "--note", "the bank calls at six", "--as", "Ada"];
    let page = ok(&room, &to).out;
    let flat = flowed(&page);
    for said in [
        "Ada hands over to Bo Li",
        "the bank calls at six",
        "name-boxes",
        "with Priya",
        "pay-ransom: we do not pay",
        "+44 20 7946 0001",
        "+44 20 7946 0002",
        "Head code ",
        "Accepted: ____",
    ] {
        assert!(flat.contains(said), "{said}: {page}");
    }
    let code = flat.split("Head code ").nth(1).and_then(|rest| rest.split(';').next());
    let code = code.expect("a code");
    ok(&room, &["log", "verify", "--head", code]);
    assert!(ok(&room, &["status"]).out.contains("Hand-over: Bo Li has not accepted"));
    let other = room.breach(&["handoff", "--accept", "--as", "Eve"]);
    assert!(other.exit == Some(2) && other.said().contains("handed over to Bo Li"), "{other:?}");
    let accepted = ok(&room, &["handoff", "--accept", "--as", "Bo Li"]).out;
    assert!(accepted.contains("Accepted: Bo Li, "), "{accepted}");
    assert!(!ok(&room, &["status"]).out.contains("has not accepted"));
    let twice = room.breach(&["handoff", "--accept", "--as", "Bo Li"]);
    assert_eq!(twice.exit, Some(2), "{twice:?}");
    let self_ = room.breach(&["handoff", "--to", "Ada", "--as", "Ada"]);
    assert_eq!(self_.exit, Some(2), "{self_:?}");
    assert_eq!(room.bodies("handoff").len(), 2);
    room.verify();
}

#[test]
fn a_changed_fact_names_the_steps_letters_and_statements_that_tell_the_old_value() {
    let room = begun();
    let set = |text: &str| ok(&room, &["fact", "set", "likely_consequences", text]).said();
    assert!(!set("spam").contains("old value"));
    ok(&room, &["step", "name-boxes", "done"]);
    ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    ok(&room, &["statement", "--keep"]);
    let changed = set("spam, and fraud");
    for said in ["is still in `eu-gdpr.33-1`, drafted ", "update 1 of the status page: correct it"]
    {
        assert!(changed.contains(said), "{said}: {changed}");
    }
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "4711"]);
    let changed = set("fraud");
    assert!(changed.contains("`eu-gdpr.33-1`, notice sent "), "{changed}");
    let changed = ok(&room, &["fact", "add", "boxes", "web-04"]).said();
    assert!(changed.contains("was used in containment/name-boxes"), "{changed}");
}

#[test]
fn two_incidents_are_linked_in_both() {
    let room = Room::new();
    room.open();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let again = ["contain", "--new", "--playbook", playbook, "--as", "Ada"];
    room.pipe(&again, b"Another theft\nunknown\n1\n");
    let list: Value =
        serde_json::from_str(&ok(&room, &["incident", "list", "--format", "json"]).out)
            .expect("JSON");
    let names: Vec<&str> = list["incidents"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect();
    let itself = ["incident", "link", names[0], names[0], "--kind", "related", "--reason", "odd"];
    let itself = room.breach(&itself);
    assert!(itself.exit == Some(2) && itself.err.contains("NOT RECORDED:\nodd"), "{itself:?}");
    let link =
        ["incident", "link", names[0], names[1], "--kind", "split", "--reason", "two thefts"];
    ok(&room, &link);
    for (name, said) in [
        (names[0], format!("split off {}", names[1])),
        (names[1], format!("split into {}", names[0])),
    ] {
        let status = ok(&room, &["status", "--incident", name]).out;
        assert!(status.contains(&format!("Linked: {said}: two thefts")), "{status}");
    }
    room.verify();
}

#[test]
fn a_stream_hands_out_each_entry_as_its_audience_may_read_it() {
    let room = begun();
    ok(&room, &["note", "canary \u{1b}[2J", "--as", "Ada"]);
    let stream = ok(&room, &["log", "follow", "--once"]);
    let lines: Vec<Value> =
        stream.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), room.entries().len());
    assert!(!stream.out.contains('\u{1b}') && stream.out.contains("canary"), "{stream:?}");
    let outside = ok(&room, &["log", "follow", "--once", "--audience", "public"]);
    assert!(!outside.out.contains("Ada") && !outside.out.contains("canary"), "{outside:?}");
    let none = ok(&room, &["log", "follow", "--once", "--since", "now"]);
    assert!(none.out.is_empty(), "{none:?}");
}

#[test]
fn what_stands_in_the_way_of_one_item_holds_up_no_other() {
    let room = Room::new();
    let playbook = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let seal = "\n[[step]]\nid = \"seal\"\ntitle = \"Seal {item}\"\nwhy = \"It matters.\"\n\
                do = \"Seal it.\"\nrole = \"expert\"\nfor-each = \"boxes\"\nneeds = [\"image\"]\n";
    std::fs::write(room.playbook(), playbook + seal).expect("written");
    room.open();
    ok(&room, &["fact", "set", "boxes", "web-01, web-02, web-03, web-04"]);
    ok(&room, &["step", "name-boxes", "done"]);
    ok(&room, &["step", "image", "done", "--item", "web-01"]);
    let blocked = ["step", "image", "blocked", "--why", "no-access", "--item", "web-02,web-03"];
    ok(&room, &blocked);
    let tasks = next(&room, &[]);
    let seal = of(&tasks, "seal");
    assert_eq!(
        (&seal[0]["state"], &seal[0]["items"]),
        (&"ready".into(), &serde_json::json!(["web-01"]))
    );
    assert_eq!(seal[1]["reason"], "after 2 image (blocked: no-access)", "{seal:#?}");
    assert_eq!(seal[1]["items"], serde_json::json!(["web-02", "web-03"]));
    assert_eq!(seal[2]["reason"], "after 2 image");
    // People read one line of what is held up, and one of what is not.
    ok(&room, &["step", "image", "assigned", "--to", "Priya", "--item", "web-04"]);
    let text = flowed(&ok(&room, &["next"]).out);
    for said in [
        "seal (web-01): Seal web-01 [expert]",
        "seal (web-02, web-03 and web-04): Seal each item [expert]; after 2 image (blocked: \
         no-access; with Priya)",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(text.matches(" seal (").count(), 2, "{text}");
    let status = ok(&room, &["status"]).out;
    assert!(status.contains("blocked: Image web-02 and 1 more: no-access"), "{status}");
    // The walk offers it, too.
    let walk = room.walk("o\n");
    assert_ne!(walk.exit, Some(101));
    room.verify();
}

#[test]
fn a_cut_that_is_late_is_told_once_whoever_holds_it_up() {
    let room = Room::new();
    let playbook = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let playbook = playbook.replacen("schema = 1", "schema = 2", 1);
    let cut = "\n[[cut-off]]\nby = \"1s\"\nsteps = [\"wipe\"]\n";
    let playbook = playbook.replacen("destroys = [\"disk\"]", "needs = [\"image\"]", 1) + cut;
    std::fs::write(room.playbook(), playbook).expect("written");
    room.open();
    ok(&room, &["fact", "set", "boxes", "web-01, web-02, web-03, web-04"]);
    ok(&room, &["step", "image", "assigned", "--to", "Lena", "--item", "web-01"]);
    ok(&room, &["step", "image", "assigned", "--to", "Omar", "--item", "web-02"]);
    ok(&room, &["step", "image", "done", "--item", "web-03"]);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let text = flowed(&ok(&room, &["next"]).out);
    for said in [
        "wipe (web-01, web-02 and web-04): Wipe each item [responder]; after 2 image (with Lena; \
         with Omar); was to be cut by",
        "wipe (web-03): Wipe web-03 [responder]; was to be cut by",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let status = ok(&room, &["status"]).out;
    assert!(status.contains(", 2 overdue; `breach next`"), "{status}");
}

#[test]
fn a_brief_tells_how_far_it_is_and_none_of_the_words_that_are_marked() {
    let room = begun();
    ok(&room, &DIRECTS);
    ok(&room, &["step", "name-boxes", "done", "canary-done"]);
    ok(&room, &["step", "commands", "waiting", "canary-waits"]);
    let brief = ok(&room, &["brief"]).out;
    let flat = flowed(&brief);
    assert!(flat.contains("commands, waiting: [marked privileged]; said by"), "{brief}");
    assert!(flat.contains("1 of 5 steps settled, 1 of 9 counting each item"), "{brief}");
    assert!(!brief.contains("canary"), "{brief}");
}
