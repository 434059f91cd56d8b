//! What one machine saw of another's chain stands in its own, once, before what it wrote next.

use breach::incident::Incident;
use breach::incident::event::Note;
use breach::log::{Folder, IncidentLog};
use breach::world::World;
use serde_json::Value;

use super::room::{Room, actor, world};

/// Two machines on one folder.
struct Two {
    room: Room,
    other: World,
}

impl Two {
    fn new() -> Self {
        let mut other = world();
        "another".clone_into(&mut other.machine);
        // Both count up their random bytes: the second one begins elsewhere.
        for _ in 0..40 {
            other.random::<1>().expect("entropy");
        }
        let two = Self { room: Room::new(), other };
        two.room.append(&mut two.room.open(), Note::new("one".to_owned()));
        two.beside("two");
        two
    }

    fn beside(&self, text: &str) {
        let folder = &self.room.folder;
        let mut log = IncidentLog::open(folder, &self.other, true, &mut Vec::new()).expect("a log");
        log.append(&Note::new(text.to_owned()).into(), &actor(), &self.other).expect("recorded");
    }

    fn session(&self) -> IncidentLog {
        let mut log = self.room.open();
        log.fold(&mut Incident::default(), &self.room.world, &mut Vec::new()).expect("folded");
        log
    }

    fn write(&self, log: &mut IncidentLog) {
        self.room.append(log, Note::new("on".to_owned()));
    }

    /// Kinds in our chain behind the first two entries, with how many heads a `joined` names.
    fn kinds(&self) -> Vec<String> {
        let chains = self.room.folder.chains().expect("chains");
        let texts = chains.iter().map(|(_, path)| std::fs::read_to_string(path).expect("text"));
        let ours = texts.into_iter().find(|text| text.contains("\"one\"")).expect("ours");
        let entries = ours.lines().skip(2).map(|line| {
            let entry: Value = serde_json::from_str(line).expect("an entry");
            let kind = entry["kind"].as_str().expect("a kind").to_owned();
            let heads = entry["body"]["heads"].as_array().map(|heads| format!(" {}", heads.len()));
            kind + &heads.unwrap_or_default()
        });
        entries.collect()
    }
}

#[test]
fn a_session_names_what_it_saw_and_only_what_is_new() {
    let two = Two::new();
    let mut log = two.session();
    assert!(two.kinds().is_empty(), "who only reads writes nothing");
    two.write(&mut log);
    two.write(&mut log);
    assert_eq!(two.kinds(), ["joined 1", "note", "note"]);
    two.write(&mut two.session());
    assert_eq!(two.kinds().len(), 4, "nothing is new");
    two.beside("three");
    log.refresh().expect("read");
    two.write(&mut log);
    assert_eq!(two.kinds()[4..], ["joined 1", "note"], "it grew while we looked");
    two.beside("four");
    two.write(&mut two.room.open());
    assert_eq!(two.kinds()[6..], ["note"], "who did not read it did not see it");
    two.write(&mut two.session());
    assert_eq!(two.kinds()[7..], ["joined 1", "note"]);
    for report in breach::log::verify(&two.room.folder, &two.room.world).expect("readable") {
        assert!(report.damage.is_none(), "{report:?}");
        assert!(report.ending.is_none(), "an end names its own chain, too");
    }
}

#[test]
fn thousands_of_chains_are_named_in_entries_that_fit() {
    let two = Two::new();
    let chains = two.room.folder.chains().expect("chains");
    let (_, other) = &chains
        .into_iter()
        .find(|(_, path)| std::fs::read_to_string(path).expect("text").contains("\"two\""))
        .expect("the other");
    let genesis = std::fs::read_to_string(other).expect("text");
    let genesis = genesis.lines().next().expect("a genesis");
    let name = other.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
    for number in 0..2500 {
        let chain = format!("ff{number:06x}");
        let line = format!("{}\n", genesis.replace(&name, &chain));
        std::fs::write(other.with_file_name(format!("{chain}.jsonl")), line).expect("written");
    }
    two.write(&mut two.session());
    assert_eq!(two.kinds(), ["joined 1000", "joined 1000", "joined 501", "note"]);
    // A chain that begins there names them in such entries, too.
    let mut third = world();
    third.machine = "a third".to_owned();
    for _ in 0..90 {
        third.random::<1>().expect("entropy");
    }
    let folder = &two.room.folder;
    let mut log = IncidentLog::open(folder, &third, true, &mut Vec::new()).expect("a new chain");
    log.append(&Note::new("on".to_owned()).into(), &actor(), &third).expect("recorded");
    assert_eq!(kinds_of(&log, folder)[..3], ["genesis", "joined", "joined"]);
}

/// Kinds of the entries of the chain that a log writes.
fn kinds_of(log: &IncidentLog, folder: &Folder) -> Vec<String> {
    let ours = &log.heads()[0].chain;
    let chains = folder.chains().expect("chains");
    let chain = chains.iter().find(|(name, _)| name.as_str() == ours).expect("ours");
    let text = std::fs::read_to_string(&chain.1).expect("text");
    let entry = |line| serde_json::from_str::<Value>(line).expect("an entry");
    text.lines().map(|line| entry(line)["kind"].as_str().expect("a kind").to_owned()).collect()
}

#[test]
fn a_chain_that_begins_names_the_others_with_its_first_entry() {
    for is_folded in [true, false] {
        let two = Two::new();
        let mut third = world();
        third.machine = "a third".to_owned();
        for _ in 0..90 {
            third.random::<1>().expect("entropy");
        }
        let folder = &two.room.folder;
        let mut log = IncidentLog::open(folder, &third, true, &mut Vec::new()).expect("a log");
        assert_eq!(kinds_of(&log, folder), ["genesis"]);
        if is_folded {
            log.fold(&mut Incident::default(), &third, &mut Vec::new()).expect("folded");
        }
        let draft = Note::new("three".to_owned()).into();
        for _ in 0..2 {
            log.append(&draft, &actor(), &third).expect("recorded");
        }
        assert_eq!(kinds_of(&log, folder), ["genesis", "joined", "note", "note"]);
    }
}
