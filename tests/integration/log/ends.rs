//! Whether an incident is open, told from what is remembered of a long chain and what grew since.

use breach::fact::Value;
use breach::incident::Incident;
use breach::incident::event::{Closed, Draft, Event, FactSet, Note, Reopened, Withdrawn};
use breach::log::{IncidentLog, fold_all};

use super::room::Room;

/// A room that remembers, and a note that makes a chain worth remembering.
fn room() -> (Room, tempfile::TempDir) {
    let state = tempfile::tempdir().expect("a folder");
    let mut room = Room::new();
    room.world.state = Some(state.path().to_owned());
    (room, state)
}

fn long() -> Note {
    Note::new("x".repeat(70 << 10))
}

fn closed() -> Draft {
    Closed::new(Vec::new(), Vec::new()).into()
}

/// What is remembered of chains.
fn remembered(state: &tempfile::TempDir) -> Vec<std::path::PathBuf> {
    let all = state.path().read_dir().expect("a folder").flatten().map(|entry| entry.path());
    all.filter(|path| path.extension().is_some_and(|end| end == "signs")).collect()
}

#[test]
fn the_quick_look_says_what_the_fold_says_however_a_chain_grew() {
    let (room, state) = room();
    let mut log = room.open();
    let mut last_closed = String::new();
    // Each letter is an entry: note, close, open again, counsel directs, directs no longer, take back
    // the last end or the last word of counsel.
    for (number, acts) in
        ["n", "nc", "n", "cn", "r", "ncw", "n", "dnn", "we", "cd", "nrc"].iter().enumerate()
    {
        for act in acts.chars() {
            let draft: Draft = match act {
                'n' => long().into(),
                'c' => closed(),
                'd' | 'e' => FactSet::new("counsel_directs", Value::YesNo(act == 'd')).into(),
                'r' => Event::Reopened(Reopened { reason: "more".into() }).into(),
                _ => Event::Withdrawn(Withdrawn { entry: last_closed.clone(), why: None }).into(),
            };
            let written = append(&mut log, &room, &draft);
            if matches!(act, 'c' | 'd') {
                last_closed = written;
            }
            let mut incident = Incident::default();
            fold_all(&room.folder, &room.world, &mut incident).expect("readable");
            let is_open = incident.closed_at.is_none();
            assert_eq!(room.folder.is_open(&room.world), is_open, "{number} {act}");
            let directs = incident.is_under_counsel();
            assert_eq!(room.folder.is_under_counsel(&room.world), directs, "{number} {act}");
            // Who remembers nothing says the same.
            let mut without = super::room::world();
            without.state = None;
            assert_eq!(room.folder.is_open(&without), is_open, "{number} {act}");
            assert_eq!(room.folder.is_under_counsel(&without), directs, "{number} {act}");
        }
        log = room.open();
    }
    assert_eq!(remembered(&state).len(), 1);
}

fn append(log: &mut IncidentLog, room: &Room, draft: &Draft) -> String {
    log.append(draft, &super::room::actor(), &room.world).expect("recorded").ours.id
}

#[test]
fn what_is_remembered_spares_the_look_and_binds_nobody() {
    let (room, state) = room();
    room.append(&mut room.open(), closed());
    room.append(&mut room.open(), long());
    room.open();
    assert!(!room.folder.is_open(&room.world));
    let path = remembered(&state).remove(0);
    let text = std::fs::read_to_string(&path).expect("remembered");
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    // It is believed: what stands before its line is not looked at again.
    let mut other = told.clone();
    other["said"]["ends"] = serde_json::json!([{"at": "9", "id": "x", "opens": true}]);
    std::fs::write(&path, other.to_string()).expect("written");
    assert!(room.folder.is_open(&room.world));
    // Not where another line stands there, or none, or it is no longer what it was.
    let line = serde_json::json!("0".repeat(64));
    for (key, value) in [("line", line), ("offset", 1.into()), ("offset", (1_u64 << 50).into())] {
        let mut wrong = other.clone();
        wrong[key] = value;
        std::fs::write(&path, wrong.to_string()).expect("written");
        assert!(!room.folder.is_open(&room.world), "{key}");
    }
    for text in ["", "{}", "[1", &"x".repeat(2 << 20)] {
        std::fs::write(&path, text).expect("written");
        assert!(!room.folder.is_open(&room.world), "{text:.20}");
    }
}
