//! The bytes of a chain, and what the clock does to them.

use breach::id::IncidentName;
use breach::incident::Incident;
use breach::incident::event::{Draft, Note, Opened};
use breach::log::{Folder, IncidentLog, fold_all, verify};
use chrono::TimeDelta;

use super::room::{Room, actor, world_and_clock};

#[test]
fn a_chain_repeats_to_the_byte() {
    let room = Room::new();
    let mut log = room.open();
    room.append(&mut log, Opened { title: Some("Größe \u{1b}[2J".into()) });
    let mut draft = Draft::from(Note::new("x".to_owned()));
    draft.step = Some("containment/isolate".to_owned());
    draft.privileged = true;
    draft.drill = true;
    room.append(&mut log, draft);
    let text = std::fs::read_to_string(room.chain()).expect("a chain");
    insta::assert_snapshot!("bytes", text);
}

#[test]
fn a_clock_that_jumps_is_written_down_and_never_repaired() {
    let (world, clock) = world_and_clock();
    let home = tempfile::tempdir().expect("a folder");
    let name = IncidentName::parse("2026-11-23-amber-heron").expect("a name");
    let folder = Folder::create(home.path(), &name).expect("an incident");
    let mut log = IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log");
    let mut note = |text: &str| {
        let draft = Draft::from(Note::new(text.to_owned()));
        log.append(&draft, &actor(), &world).expect("recorded")
    };
    note("before");
    clock.advance(TimeDelta::minutes(5));
    note("five minutes later, nothing wrong");
    clock.set(world.now().at - TimeDelta::hours(2));
    note("the clock was set back");
    clock.set(world.now().at + TimeDelta::milliseconds(900));
    note("a leap smear is no jump");
    let mut incident = Incident::default();
    fold_all(&folder, &world, &mut incident).expect("readable");
    assert_eq!(incident.tally["clock"], 1);
    assert_eq!(incident.tally["note"], 4);
    let report = verify(&folder, &world).expect("readable").remove(0);
    assert!(report.damage.is_none());
    assert!(report.remarks.iter().any(|remark| remark.to_string().contains("backwards")));
    let text = std::fs::read_to_string(&folder.chains().expect("chains")[0].1).expect("a chain");
    assert!(text.contains("\"step_us\":-7200000000"), "{text}");
}

#[test]
fn several_chains_fold_in_the_order_of_their_moments() {
    let room = Room::new();
    room.notes(2);
    // Another machine copies the folder and goes on: it starts a chain of its own.
    let mut other = super::room::world();
    other.machine = "laptop-07/test".to_owned();
    other.random::<1>().expect("a byte");
    let mut log = IncidentLog::open(&room.folder, &other, true, &mut Vec::new()).expect("a log");
    let draft = Draft::from(Opened { title: Some("from the laptop".into()) });
    log.append(&draft, &actor(), &other).expect("recorded");
    let reports = verify(&room.folder, &room.world).expect("readable");
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(|report| report.damage.is_none()));
    let mut incident = Incident::default();
    fold_all(&room.folder, &room.world, &mut incident).expect("readable");
    assert_eq!((incident.tally["note"], incident.tally["joined"]), (2, 1));
    assert_eq!(incident.title.as_deref(), Some("from the laptop"));
    // A third look by the first machine finds its own chain, not the laptop's.
    room.notes(1);
    assert_eq!(room.folder.chains().expect("chains").len(), 2);
}

#[test]
fn chains_witness_each_other() {
    let room = Room::new();
    room.notes(3);
    let first = room.chain();
    let mut other = super::room::world();
    other.machine = "laptop-07/test".to_owned();
    other.random::<1>().expect("a byte");
    let mut log = IncidentLog::open(&room.folder, &other, true, &mut Vec::new()).expect("a log");
    let draft = Draft::from(Opened { title: Some("from the laptop".into()) });
    log.append(&draft, &actor(), &other).expect("recorded");
    let damaged = || {
        let reports = verify(&room.folder, &room.world).expect("readable");
        reports.into_iter().filter_map(|report| report.damage).collect::<Vec<_>>()
    };
    assert_eq!(damaged(), []);
    let remarks = || {
        let reports = verify(&room.folder, &room.world).expect("readable");
        let remarks = reports.iter().flat_map(|report| &report.remarks);
        remarks.map(ToString::to_string).collect::<Vec<_>>()
    };
    // An older copy of a chain is a true one; the chain that saw more tells.
    let text = std::fs::read_to_string(&first).expect("a chain");
    let cut: String = text.split_inclusive('\n').take(3).collect();
    std::fs::write(&first, cut).expect("written");
    assert_eq!(damaged(), []);
    assert_eq!(remarks(), ["1 more line is known to exist, not here yet"]);
    std::fs::remove_file(&first).expect("removed");
    assert_eq!(damaged(), []);
    assert_eq!(remarks(), ["4 more lines are known to exist, not here yet"]);
    // The files travel piecemeal, and it settles when they are all there.
    std::fs::write(&first, &text).expect("written");
    assert_eq!((damaged(), remarks()), (vec![], vec![]));
    // Another line in the place of one that was seen is damage.
    let last = text.rfind("note 2").expect("the last note") + "note ".len();
    let forged = format!("{}9{}", &text[..last], &text[last + 1..]);
    std::fs::write(&first, forged).expect("written");
    let found = damaged();
    assert_eq!(found.len(), 1);
    assert!(found[0].to_string().contains("is not the one that was seen there"), "{}", found[0]);
}

#[test]
fn a_clock_in_a_year_that_nobody_meant_costs_no_note() {
    for year in [
        "0001-01-01T00:30:00Z",
        "1969-12-31T23:59:59Z",
        "9998-06-01T00:00:00Z",
        "9999-12-31T23:30:00Z",
    ] {
        let (world, clock) = world_and_clock();
        let home = tempfile::tempdir().expect("a folder");
        let name = IncidentName::parse("2026-11-23-amber-heron").expect("a name");
        let folder = Folder::create(home.path(), &name).expect("an incident");
        let there = |log: &mut IncidentLog| {
            log.append(&Note::new("x".to_owned()).into(), &actor(), &world).expect("recorded");
        };
        let mut log = IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log");
        let now = world.now().at;
        there(&mut log);
        clock.set(year.parse().expect("a moment"));
        there(&mut log);
        // Who opens it then, and who does when the clock is right again.
        there(&mut IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log"));
        clock.set(now);
        there(&mut IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log"));
        let mut incident = Incident::default();
        let report = fold_all(&folder, &world, &mut incident).expect("readable").remove(0);
        assert_eq!((report.damage, incident.tally["note"]), (None, 4), "{year}");
        let own = IncidentName::parse("2026-11-23-other-heron").expect("a name");
        clock.set(year.parse().expect("a moment"));
        let folder = Folder::create(home.path(), &own).expect("an incident");
        there(&mut IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log"));
        assert_eq!(verify(&folder, &world).expect("readable").remove(0).damage, None, "{year}");
    }
}
