//! What the clock asks of a responder: the cut on the card, and the next briefing.

use breach::clock::Clock as _;
use breach::digest::Digest;
use breach::incident::event::PlaybookPinned;
use breach::output::Screen;
use breach::output::card::Beside;
use breach::phase::Phase;
use breach::walk::Walk;
use chrono::TimeDelta;

use super::driver::{World, ask, type_in};
use super::{step, steps_of_schema};
use crate::paper::Paper;

const CUT_OFFS: &str = r#"
[[cut-off]]
by = "45m"
steps = ["shut", "end", "part"]
after = ["save"]

[[cut-off]]
by = "2d"
steps = ["reset"]
"#;

/// Starts a playbook, perhaps in place of another.
fn take_up(world: &mut World, name: &str) {
    let pinned = PlaybookPinned {
        phase: Phase::Containment,
        playbook: name.to_owned(),
        version: "1".to_owned(),
        sha256: Digest::of(b""),
        source: "built-in".to_owned(),
        facts_sha256: None,
        steps_sha256: None,
        instead_of: None,
    };
    world.fold(pinned.into());
}

/// The card of a step, on a screen or as plain lines.
fn card(walk: &mut Walk<'_>, world: &mut World, id: &str, plain: bool) -> String {
    type_in(walk, world, &[&format!("j {id}")]);
    let card = ask(walk, world).expect("a question").card.expect("a card");
    let paper = Paper::default();
    let mut screen = Screen::new(Box::new(paper.clone()), 80);
    if plain {
        screen.plain();
    }
    screen.card(&card, &Beside::default(), world.clock.now().at);
    paper.plain()
}

#[test]
fn a_card_says_until_when_it_is_cut_and_with_what() {
    let ids = ["save", "shut", "end", "part", "reset", "tell"];
    let all: String = ids.map(|id| step(id, "")).concat();
    let (playbook, vocabulary) = steps_of_schema(2, &format!("{CUT_OFFS}{all}"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    let before = card(&mut walk, &mut world, "shut", false);
    let said = [" | cut within 45 min of the start -", "\nIn the same minute as end and part\n"];
    assert!(said.iter().all(|said| before.contains(said)), "{before}");

    take_up(&mut world, "test");
    world.clock.advance(TimeDelta::minutes(33));
    for (id, by, with) in [
        ("save", "before the cut, by 03:57 (in 12 min)", None),
        ("shut", "cut by 03:57 (in 12 min)", Some("In the same minute as end and part")),
        ("reset", "cut by Wed 03:12 (in 47 h 27 min)", None),
    ] {
        let shown = card(&mut walk, &mut world, id, false);
        assert!(shown.contains(&format!(" | {by} -")), "{by}: {shown}");
        let plain = card(&mut walk, &mut world, id, true);
        assert!(plain.contains(&format!(", {by}.\n")), "{by}: {plain}");
        for (shown, end) in [(shown, ""), (plain, ".")] {
            let said = with.is_none_or(|with| shown.contains(&format!("\n{with}{end}\n")));
            assert!(said && shown.contains("same minute") == with.is_some(), "{shown}");
        }
    }
    let other = card(&mut walk, &mut world, "tell", false);
    assert!(!other.contains("03:57") && !other.contains("same minute"), "{other}");
    world.clock.advance(TimeDelta::minutes(20));
    let late = card(&mut walk, &mut world, "end", false);
    let said = [" | cut was due 03:57 (8 min ago) -", "\nIn the same minute as shut and part\n"];
    assert!(said.iter().all(|said| late.contains(said)), "{late}");
}

#[test]
fn another_playbook_gives_no_more_time_to_cut() {
    let all: String = ["save", "shut", "end", "part", "reset"].map(|id| step(id, "")).concat();
    let (playbook, vocabulary) = steps_of_schema(2, &format!("{CUT_OFFS}{all}"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    take_up(&mut world, "generic");
    world.clock.advance(TimeDelta::minutes(40));
    take_up(&mut world, "test");
    let shown = card(&mut walk, &mut world, "shut", false);
    assert!(shown.contains(" | cut by 03:57 (in 4 min) -"), "{shown}");
}

#[test]
fn the_severity_sets_when_the_next_briefing_is_due() {
    let (playbook, vocabulary) = steps_of_schema(2, &step("one", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    let due = |walk: &mut Walk<'_>, world: &World| walk.due(&world.incident, world.clock.now());
    let none: [String; 0] = [];
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(due(&mut walk, &world), none, "nobody set a severity");
    world.know(&vocabulary, "severity", "major");
    world.clock.advance(TimeDelta::hours(3));
    assert_eq!(due(&mut walk, &world), none, "every 4 hours");
    // Raised: the rhythm counts from when there was a severity.
    world.know(&vocabulary, "severity", "critical");
    let said = due(&mut walk, &world);
    let first = "A briefing is due: severity critical, hourly; there was none yet. ";
    assert!(said.len() == 1 && said[0].starts_with(first), "{said:?}");
    assert_eq!(due(&mut walk, &world), none, "said once");
    world.know(&vocabulary, "briefed_at", "now");
    world.clock.advance(TimeDelta::minutes(59));
    assert_eq!(due(&mut walk, &world), none);
    world.clock.advance(TimeDelta::minutes(2));
    let said = due(&mut walk, &world);
    assert!(said.len() == 1 && said[0].contains("hourly; the last was at 06:12."), "{said:?}");
    world.clock.advance(TimeDelta::hours(1));
    assert_eq!(due(&mut walk, &world).len(), 1, "again after an hour without one");
    world.know(&vocabulary, "severity", "minor");
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(due(&mut walk, &world), none, "people brief at the end");
}
