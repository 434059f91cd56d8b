//! What is said of how an answer was read: places by name, hours that came twice or never, zones.

use super::room::{Ran, Room, feed, flowed};

/// Runs in this time zone, and puts what is said on one line.
fn within(room: &Room, zone: &str, arguments: &[&str], input: &str) -> Ran {
    let mut command = room.command(arguments);
    command.env("TZ", zone);
    let ran = feed(command, input.as_bytes());
    Ran { err: flowed(&ran.err), ..ran }
}

const STATES: &str = "jurisdiction,count\nCA,500\nGA,40\nIN,9\nFR,3\n";

#[test]
fn states_do_not_become_countries() {
    let room = Room::new();
    room.open();
    let file = room.path("people.csv");
    std::fs::write(&file, STATES).expect("written");
    let file = file.to_str().expect("text");
    let import = |more: &[&str]| {
        within(&room, "UTC", &[&["fact", "import", "people", file], more].concat(), "")
    };
    let refused = import(&[]);
    assert_eq!(refused.exit, Some(2), "{refused:?}");
    for says in [
        "line 2: `CA` is Canada, or California: write `Canada` or `US-CA`",
        "line 3: `GA` is Gabon, or Georgia",
        "line 4: `IN` is India, or Indiana",
        "--codes us-states",
        "nothing was recorded",
    ] {
        assert!(refused.err.contains(says), "{}", refused.err);
    }
    let refused = import(&["--codes", "us-states"]);
    assert_eq!(refused.exit, Some(2), "{refused:?}");
    assert!(refused.err.contains("line 5: `FR` is not a US state"), "{}", refused.err);
    assert_eq!(room.bodies("fact").len(), 2, "those of the opening");
    let countries = import(&["--codes", "countries"]);
    assert_eq!(countries.exit, Some(0), "{countries:?}");
    let named = "Canada (CA) 500, France (FR) 3, Gabon (GA) 40, India (IN) 9.";
    assert!(countries.err.contains(named), "{}", countries.err);
    std::fs::write(file, STATES.replace("FR", "TX")).expect("written");
    let states = import(&["--codes", "us-states"]);
    assert_eq!(states.exit, Some(0), "{states:?}");
    let named = "California (US-CA) 500, Georgia (US-GA) 40, Indiana (US-IN) 9, Texas (US-TX) 3.";
    assert!(states.err.contains(named), "{}", states.err);
    let last = room.bodies("fact").pop().expect("a fact");
    assert_eq!(last["value"]["people"]["by"]["US-IN"]["n"], 9);
}

#[test]
fn wherever_people_are_counted_their_places_are_named() {
    let room = Room::new();
    room.open();
    for arguments in [
        &["fact", "set", "people_affected", "CA=500, GA=40"][..],
        &["duties", "--set", "people_affected=CA=500, GA=40"],
    ] {
        let ran = within(&room, "UTC", arguments, "");
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.err.contains("`CA` is Canada, or California"), "{}", ran.err);
        assert!(ran.err.contains("start with `countries:` or `us-states:`"), "{}", ran.err);
    }
    for (answer, named) in [
        ("CA=500, FR=40", "Canada (CA) 500, France (FR) 40 `CA` is Canada; California is `US-CA`."),
        ("us-states: CA 500, GA 40", "California (US-CA) 500, Georgia (US-GA) 40"),
        ("countries: CA 500, GA 40", "Canada (CA) 500, Gabon (GA) 40"),
        ("Canada 500, US-GA 40", "Canada (CA) 500, Georgia (US-GA) 40"),
    ] {
        let set = within(&room, "UTC", &["fact", "set", "people_affected", answer], "");
        assert_eq!(set.exit, Some(0), "{set:?}");
        assert!(set.err.contains(named), "{}", set.err);
        let supposed = format!("people_affected={answer}");
        let supposed = within(&room, "UTC", &["duties", "--set", &supposed], "");
        assert!(supposed.err.contains(named), "{}", supposed.err);
    }
    let playbook = room.playbook();
    let walk = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
    let walked = within(&room, "UTC", &walk, "f people_affected CA 1, GA 2\nCA 1, RE 2\n");
    assert!(walked.err.contains("Not understood: `CA` is Canada, or California"), "{}", walked.err);
    let named = "Canada (CA) 1, Réunion (RE) 2 `CA` is Canada; California is `US-CA`.";
    assert!(walked.err.contains(named), "{}", walked.err);
    assert_eq!(room.bodies("fact").len(), 2 + 4 + 1);
}

#[test]
fn people_in_the_territory_of_the_union_have_its_law() {
    let room = Room::new();
    for (place, owed) in [("RE", true), ("AX", true), ("NC", false), ("BL", false)] {
        let people = format!("people_affected={place} 5");
        let at = ["--at", "2026-11-23 12:00"];
        let set = ["duties", "--set", &people, "--set", "aware=2026-11-23 10:00"];
        let more = ["--set", "establishment=not-concerned", "--explain", "eu-gdpr.33-1"];
        let ran = room.breach(&[&set[..], &more, &at].concat());
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        let counted = ran.out.contains("5 people in European Economic Area (EEA)");
        assert_eq!(counted, owed, "{place}: {}", ran.out);
        let state = ran.out.lines().find(|line| line.starts_with("State ")).expect("a state");
        assert_eq!(state.ends_with(" not owed"), !owed, "{place}: {}", ran.out);
    }
}

#[test]
fn an_hour_that_came_twice_or_never_is_told_wherever_a_time_is_read() {
    let room = Room::new();
    room.open();
    let twice = "2026-10-25 02:30 happened twice here, because the clocks went back. The earlier one is \
                 used, at +02:00; for the later one, write `2026-10-25 02:30 +01:00`.";
    let never = "2026-03-29 02:30 did not exist here, because the clocks went forward: it was \
                 2026-03-29 03:30 +02:00 then.";
    std::fs::write(room.path("kept.txt"), "kept").expect("written");
    room.breach(&["fact", "set", "boxes", "web-01, web-02"]);
    for (time, said) in [("2026-10-25 02:30", twice), ("2026-03-29 02:30", never)] {
        let supposed = format!("aware={time}");
        let table = format!("item,to,check-at\nweb-01,Priya,{time}\nweb-02,Priya,{time}\n");
        std::fs::write(room.path("who.csv"), table).expect("written");
        for arguments in [
            &["note", "--at", time, "x"][..],
            &["fact", "set", "first_signal", time],
            &["fact", "set", "hosts_affected", "web-01", "--at", time],
            &["fact", "set", "aware", time, "--by", "Ada", "--role", "counsel", "--why", "x"],
            &["evidence", "add", "kept.txt", "--at", time],
            &["duties", "--set", &supposed],
            &["duties", "--set", "aware=2026-10-01", "--at", time],
            &["log", "show", "--since", time],
            &["step", "image", "assigned", "--from", "who.csv", "--at", time],
        ] {
            let ran = within(&room, "Europe/Berlin", arguments, "");
            assert_eq!(ran.exit, Some(0), "{ran:?}");
            assert_eq!(ran.err.matches(said).count(), 1, "{arguments:?}: {}", ran.err);
        }
        let playbook = room.playbook();
        let walk = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
        for answer in [
            format!("n @\"{time}\" x\n"),
            format!("f first_signal {time}\n"),
            format!("f hosts_affected @\"{time}\" web-01\n"),
            format!("f aware {time}\n"),
            format!("w @\"{time}\" Priya\n"),
        ] {
            let ran = within(&room, "Europe/Berlin", &walk, &answer);
            assert_eq!(ran.err.matches(said).count(), 1, "{answer}: {}", ran.err);
        }
        let fresh = Room::new();
        let opening = ["contain", "--new", "--as", "Ada"];
        let ran = within(&fresh, "Europe/Berlin", &opening, &format!("Test\n{time}\n"));
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let at = |text: &str| {
        let shown = room.entries().into_iter().filter(|entry| entry["kind"] == "note");
        shown.filter(|entry| entry["occurred"]["earliest"] == text).count()
    };
    assert!(at("2026-10-25T02:30:00+02:00") > 0 && at("2026-03-29T03:30:00+02:00") > 0);
    room.verify();
}

#[test]
fn a_meeting_that_is_still_to_come_is_read_as_one() {
    let room = Room::new();
    room.open();
    for answer in ["tomorrow 14:00", "00:01", "23:59", "monday 9am", "friday", "in 2 h"] {
        let ran = room.breach(&["fact", "set", "postmortem_meeting_at", answer]);
        assert_eq!(ran.exit, Some(0), "{answer}: {ran:?}");
        let entry = room.entries().pop().expect("an entry");
        let (value, at) = (entry["body"]["value"]["time"]["latest"].as_str(), entry["at"].as_str());
        assert!(value.is_some() && value > at, "{answer}: {entry}");
    }
    let ran = room.breach(&["fact", "set", "postmortem_meeting_at", "soon"]);
    assert!(ran.exit == Some(2) && ran.said().contains("tomorrow 09:00"), "{ran:?}");
}

#[test]
fn a_zone_that_nobody_knows_is_told_once_and_one_that_is_known_is_not() {
    let room = Room::new();
    room.open();
    let note = ["note", "--at", "2026-07-01 12:00", "x"];
    for (zone, off) in [
        ("UTC", "+00:00"),
        ("", "+00:00"),
        ("Europe/Berlin", "+02:00"),
        (":Europe/Berlin", "+02:00"),
        ("/usr/share/zoneinfo/Europe/Berlin", "+02:00"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "+02:00"),
        ("EST5EDT4,M3.2.0/2,M11.1.0/2", "-04:00"),
        ("AAA3BBB,J60/0,300/24", "-02:00"),
        ("JST-9", "+09:00"),
        ("<+0330>-3:30", "+03:30"),
        ("EST5EDT", "-04:00"),
    ] {
        // Where no zone files are installed, a path to one names nothing.
        if zone.starts_with('/') && !std::path::Path::new(zone).exists() {
            continue;
        }
        let ran = within(&room, zone, &note, "");
        assert!(!ran.err.contains("warning:"), "{zone}: {}", ran.err);
        assert!(ran.err.contains(&format!("Wed 1 Jul 2026 12:00 {off}")), "{zone}: {}", ran.err);
    }
    for zone in ["Europe/Berln", ":Berlin", "CET-1CEST", "Europe", "/etc/passwd", "CET-99", "\u{7}"]
    {
        let shown = zone.trim_start_matches(':').replace('\u{7}', "\\x07");
        let warning =
            format!("the time zone `{shown}` is not known here, so times are read as UTC");
        for arguments in [&note[..], &["status"], &["duties"], &["log", "show"], &["export", "csv"]]
        {
            let ran = within(&room, zone, arguments, "");
            assert_eq!(ran.exit, Some(0), "{zone}: {ran:?}");
            assert_eq!(ran.err.matches(&warning).count(), 1, "{zone}: {}", ran.err);
            assert_eq!(ran.err.matches("warning:").count(), 1, "{zone}: {}", ran.err);
        }
        let ran = within(&room, zone, &["generate", "completions", "bash"], "");
        assert!(!ran.err.contains("warning:"), "{zone}: {}", ran.err);
        let mut notes = room.entries().into_iter().filter(|entry| entry["kind"] == "note");
        let last = notes.next_back().expect("a note");
        assert_eq!(last["occurred"]["earliest"], "2026-07-01T12:00:00Z", "{zone}");
    }
}
