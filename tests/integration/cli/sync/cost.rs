//! What a store costs: a model of the requests, checked against what the program does.

use std::path::Path;

use super::remote::{REMOTE, with_rclone};
use super::{fine, note, segments, text, with_incident};
use crate::cli::room::Room;

/// Bytes per entry, from the benchmarks: 5.1 MB for 10,000 entries.
const ENTRY: u64 = 510;
/// Objects per page of a listing.
const PAGE: u64 = 1_000;

/// Machines that each write this many entries, push them in this many pieces, and pull this often.
#[derive(Clone, Copy)]
struct Plan {
    name: &'static str,
    machines: u64,
    entries: u64,
    pushes: u64,
    pulls: u64,
    /// Whether it pushes alongside a walk, which lists the store only once.
    follows: bool,
}

#[derive(Default)]
struct Cost {
    objects: u64,
    listings: u64,
    lists: u64,
    puts: u64,
    heads: u64,
    gets: u64,
    up: u64,
    down: u64,
}

impl Plan {
    /// The cost of all rounds: in each, every machine pushes a piece, and in some, all pull what is new.
    fn cost(&self) -> Cost {
        let mut cost = Cost::default();
        let piece = self.entries / self.pushes * ENTRY;
        let every = self.pushes / self.pulls;
        // A machine does not pull its own pieces.
        let (mut new, others) = (0, self.machines - 1);
        let list = |cost: &mut Cost, times: u64| {
            cost.listings += times;
            cost.lists += times * cost.objects.div_ceil(PAGE).max(1);
        };
        for round in 1..=self.pushes {
            if !self.follows || round == 1 {
                list(&mut cost, self.machines);
            }
            // `rclone` checks whether the object exists, puts it, and checks again.
            cost.objects += self.machines;
            cost.puts += self.machines;
            cost.heads += 2 * self.machines;
            cost.up += self.machines * piece;
            new += others;
            if round % every == 0 {
                // One listing of the objects, one of their older versions.
                list(&mut cost, 2 * self.machines);
                cost.heads += self.machines * new;
                cost.gets += self.machines * new;
                cost.down += self.machines * new * piece;
                new = 0;
            }
        }
        cost
    }

    #[expect(clippy::print_stdout, reason = "the sums are what the model is for")]
    fn print(&self, prices: &toml::Table) {
        let price = |name: &str| prices[name].as_float().expect("a price");
        let cost = self.cost();
        let of = |count: u64| f64::from(u32::try_from(count).expect("fewer"));
        let gigabytes = |bytes: u64| of(bytes / 1_000_000) / 1_000.0;
        let requests = of(cost.lists + cost.puts) * price("put-or-list")
            + of(cost.heads + cost.gets) * price("get-or-head");
        let kept = gigabytes(cost.up) * price("stored");
        let sent = gigabytes(cost.down) * price("sent-out");
        println!(
            "ROW store, {} machines with {} entries, {}: {} objects, {:.2} GB up, {:.1} GB down; {} LIST, \
             {} PUT, {} HEAD, {} GET; USD {requests:.2} for requests, {sent:.2} for sending, {kept:.2} a \
             month for keeping",
            self.machines,
            self.entries,
            self.name,
            cost.objects,
            gigabytes(cost.up),
            gigabytes(cost.down),
            cost.lists,
            cost.puts,
            cost.heads,
            cost.gets,
        );
    }
}

#[test]
fn a_thousand_machines_cost_what_the_requests_come_to() {
    let prices: toml::Table = toml::from_str(include_str!("prices.toml")).expect("a table");
    assert!(prices["read-on"].is_datetime() && prices["source"].is_str());
    let by_hand = Plan {
        name: "pushed and pulled ten times by hand",
        machines: 1_000,
        entries: 1_000,
        pushes: 10,
        pulls: 10,
        follows: false,
    };
    let beside = Plan {
        name: "pushed a hundred times beside the walk, pulled ten times",
        pushes: 100,
        follows: true,
        ..by_hand
    };
    let each =
        Plan { name: "each entry pushed by itself, pulled ten times", pushes: 1_000, ..beside };
    for plan in [by_hand, beside, each] {
        plan.print(&prices);
    }
    // Reads grow fastest: every machine gets the objects of all others.
    let cost = by_hand.cost();
    assert_eq!((cost.objects, cost.puts), (10_000, 10_000));
    assert_eq!(cost.gets, 1_000 * 999 * 10);
}

/// Counts calls of the `rclone` stand-in that contain a word.
fn calls(bin: &Path, word: &str) -> u64 {
    let calls = std::fs::read_to_string(bin.join("remote.calls")).unwrap_or_default();
    calls.lines().filter(|line| line.contains(word)).count() as u64
}

#[test]
fn the_program_makes_the_objects_and_listings_of_the_model() {
    let plan = Plan { name: "", machines: 3, entries: 4, pushes: 4, pulls: 2, follows: false };
    let first = with_incident();
    let bin = first.path("bin");
    let run = with_rclone(&first, &bin);
    // Everybody already has the incident and knows the store.
    fine(run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]));
    let rooms: Vec<Room> = (0..plan.machines).map(|_| Room::new()).collect();
    let machines: Vec<_> = rooms.iter().map(|room| with_rclone(room, &bin)).collect();
    for run in &machines {
        fine(run(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]));
        fine(run(&["sync", "push", REMOTE, "--as", "Bo"]));
    }
    let at = bin.join("remote");
    let (objects, listings) = (segments(&at).len() as u64, calls(&bin, "lsjson"));
    for round in 1..=plan.pushes {
        for (room, run) in rooms.iter().zip(&machines) {
            note(room, "one entry");
            fine(run(&["sync", "push", REMOTE, "--as", "Bo"]));
        }
        if round % (plan.pushes / plan.pulls) == 0 {
            for run in &machines {
                fine(run(&["sync", "pull", REMOTE, "--as", "Bo"]));
            }
        }
    }
    let cost = plan.cost();
    assert_eq!(segments(&at).len() as u64 - objects, cost.objects, "{}", text(&at));
    assert_eq!(calls(&bin, "lsjson") - listings, cost.listings);
}
