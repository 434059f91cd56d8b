//! Entries since a moment are those that say so, however the clock went.

use std::sync::Arc;

use breach::clock::FakeClock;
use breach::incident::event::Note;
use breach::log::{Folder, Following, IncidentLog};
use breach::world::World;
use chrono::{DateTime, TimeDelta, Utc};

use super::room::{NAME, actor, world_and_clock};

const HOURS: [i64; 9] = [0, 10, 20, 5, 30, 15, 15, 2, 40];

fn append(
    folder: &Folder,
    world: &World,
    clock: &Arc<FakeClock>,
    hours: impl Iterator<Item = i64>,
) {
    let mut log = IncidentLog::open(folder, world, true, &mut Vec::new()).expect("a log");
    let start = world.now().at;
    for hour in hours {
        clock.set(start + TimeDelta::hours(hour));
        log.append(&Note::new(format!("{hour}")).into(), &actor(), world).expect("recorded");
    }
}

fn lines(folder: &Folder, since: Option<DateTime<Utc>>) -> Vec<(DateTime<Utc>, Vec<u8>)> {
    let mut lines = Vec::new();
    Following::new(folder)
        .read(since, &mut |line| lines.push((line.at().to_utc(), line.bytes().to_vec())))
        .expect("readable");
    lines
}

#[test]
fn what_is_shown_since_a_moment_is_what_was_written_since_then() {
    let home = tempfile::tempdir().expect("a folder");
    let name = breach::id::IncidentName::parse(NAME).expect("a name");
    let folder = Folder::create(home.path(), &name).expect("an incident");
    let (world, clock) = world_and_clock();
    append(&folder, &world, &clock, HOURS.into_iter());
    let (mut other, clock) = world_and_clock();
    other.machine = "another".to_owned();
    for _ in 0..100 {
        other.random::<1>().expect("entropy");
    }
    append(&folder, &other, &clock, HOURS.into_iter().rev());
    let all = lines(&folder, None);
    assert!(all.len() > 2 * HOURS.len());
    for (moment, _) in &all {
        for since in [*moment, *moment + TimeDelta::microseconds(1)] {
            let expected: Vec<_> = all.iter().filter(|(at, _)| *at >= since).cloned().collect();
            assert_eq!(lines(&folder, Some(since)), expected, "{since}");
        }
    }
}
